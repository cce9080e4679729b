from grids import neighbours, rotated, spiral


def test_rotated_clockwise():
    assert rotated([[1, 2], [3, 4]]) == [[3, 1], [4, 2]]


def test_rotated_wide():
    assert rotated([[1, 2, 3], [4, 5, 6]]) == [[4, 1], [5, 2], [6, 3]]


def test_spiral():
    assert spiral([[1, 2, 3], [4, 5, 6], [7, 8, 9]]) == [1, 2, 3, 6, 9, 8, 7, 4, 5]


def test_neighbours_in_the_corner():
    assert neighbours([[1, 2, 3], [4, 5, 6], [7, 8, 9]], 0, 0) == [2, 4, 5]


def test_neighbours_in_a_wide_grid():
    assert neighbours([[1, 2, 3, 4]], 0, 2) == [2, 4]
