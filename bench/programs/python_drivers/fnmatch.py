import own_fnmatch as m

print(m.filter(["a.py", "b.txt", "c.py"], "*.py"), m.fnmatch("ab1", "a[!c]?"), m.translate("a*b?"))
