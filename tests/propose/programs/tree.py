"""Faults: a recursion without an end, `self` left out twice, a counter that is local."""

visited = 0


class Node:
    def __init__(self, value, left=None, right=None):
        self.value = value
        self.left = left
        self.right = right

    def depth():
        return 1 + max(height(self.left), height(self.right))


def height(node):
    return 1 + max(height(node.left), height(node.right))


def total(node):
    if node is None:
        return 0
    visited += 1
    return node.value + total(node.left) + total(node.right)


def main():
    root = Node(1, Node(2), Node(3, Node(4)))
    print(total(root), visited)
    print(root.depth())


main()
