import own_optparse as m

p = m.OptionParser(usage="usage: x")
p.add_option("-n", "--number", type="int", default=3, help="a number")
p.add_option("-v", action="store_true", dest="v")
options, rest = p.parse_args(["-n", "5", "-v", "x"])
print(options.number, options.v, rest)
print(p.format_help())
