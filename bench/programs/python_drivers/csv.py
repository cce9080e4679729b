import io

import own_csv as m

r = m.DictReader(io.StringIO("a,b\n1,2\n3,4\n"))
rows = list(r)
print(rows, r.fieldnames)
s = io.StringIO()
w = m.DictWriter(s, ["a", "b"])
w.writeheader()
w.writerows(rows)
print(repr(s.getvalue()))
print(m.Sniffer().sniff("a;b;c\n1;2;3\n4;5;6\n").delimiter)
