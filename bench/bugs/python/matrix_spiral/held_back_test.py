from grids import neighbours, rotated


def test_four_turns():
    grid = [[1, 2, 3], [4, 5, 6]]
    turned = grid
    for _ in range(4):
        turned = rotated(turned)
    assert turned == grid
    assert rotated([[7]]) == [[7]]
    assert rotated([[1], [2], [3]]) == [[3, 2, 1]]


def test_neighbours_of_all_shapes():
    tall = [[1], [2], [3]]
    assert neighbours(tall, 1, 0) == [1, 3]
    assert neighbours([[1, 2, 3], [4, 5, 6]], 1, 2) == [2, 3, 5]
    assert neighbours([[1, 2], [3, 4], [5, 6]], 2, 1) == [3, 4, 5]
