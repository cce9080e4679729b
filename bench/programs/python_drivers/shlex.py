import own_shlex as m

print(m.split('a "b c" d\\ e # no', comments=True))
print(m.quote("it is"), m.join(["a b", "c"]))
