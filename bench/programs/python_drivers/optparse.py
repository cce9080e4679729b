import own_optparse as m

p = m.OptionParser(usage="usage: x")
p.add_option("-n", "--number", type="int", default=3, help="a number")
p.add_option("-v", action="store_true", dest="v")
print(p.parse_args(["-n", "5", "-v", "x"]))
print(p.format_help())
