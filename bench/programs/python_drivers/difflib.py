import own_difflib as m

print("".join(m.unified_diff(["a\n", "b\n", "c\n"], ["a\n", "x\n", "c\n", "d\n"], "one", "two")))
print(m.get_close_matches("appel", ["ape", "apple", "peach"]))
print(list(m.ndiff(["one"], ["ore"])))
