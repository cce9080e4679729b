import io

import own_configparser as m

c = m.ConfigParser()
c.read_string("[a]\nx = 1\ny = %(x)s2\n[b]\nflag = yes\n")
print(c.sections(), c.getint("a", "y"), c["b"].getboolean("flag"), c.has_option("a", "z"))

s = io.StringIO()
c.write(s)
print(s.getvalue())
