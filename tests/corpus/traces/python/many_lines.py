def report(rows):
    raise ValueError("bad rows:\n  row 1: no amount\n  row 7: no name")


report([])
