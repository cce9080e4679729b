import sys

sys.setrecursionlimit(80)


def depth(tree):
    return 1 + max(depth(branch) for branch in [tree])


depth([])
