import own_getopt as m

print(m.getopt(["-a", "-b", "x", "--long=3", "--flag", "rest"], "ab:", ["long=", "flag"]))
try:
    m.getopt(["-z"], "a")
except m.GetoptError as e:
    print(e)
