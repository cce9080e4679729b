import own_pprint as m

m.pprint({"a": list(range(30)), "b": {"c": ("x" * 40, "y" * 50)}, "s": {3, 1, 2}}, width=60)
print(m.pformat([1, "two", {"three": 3.0}]), m.isreadable([1]))
