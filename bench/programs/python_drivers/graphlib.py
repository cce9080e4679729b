import own_graphlib as m

t = m.TopologicalSorter({"d": {"b", "c"}, "b": {"a"}, "c": {"a"}})
print(len(list(t.static_order())))
try:
    m.TopologicalSorter({1: [2], 2: [1]}).prepare()
except m.CycleError as e:
    print(e.args[0])
