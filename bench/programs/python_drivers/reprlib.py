import own_reprlib as m

print(m.repr(list(range(50))), m.repr("x" * 100), m.repr({i: i for i in range(9)}), m.repr((1, (2, (3,)))))
