import random

from robot import Hall, route, tour


def test_tour_of_one_place_is_a_route():
    rng = random.Random(11)
    for _ in range(60):
        cells = [rng.choice("...#") for _ in range(25)]
        start, goal = rng.sample(range(25), 2)
        cells[start], cells[goal] = "R", "G"
        hall = Hall("\n".join("".join(cells[at : at + 5]) for at in range(0, 25, 5)))
        way = route(hall)
        assert tour(hall, [hall.goal]) == (way and way[0])


def test_sides():
    line = Hall("..R..\nG....")
    assert [tour(line, [(0, 4)], side) for side in "NESW"] == [3, 2, 3, 4]
    assert [tour(line, [(0, 2)], side) for side in "NESW"] == [0, 0, 0, 0]
    assert tour(line, []) == 0


def test_there_and_back():
    hall = Hall("R..\n##.\nG..")
    assert tour(hall, [(2, 0), (0, 0)]) == 2 + 1 + 2 + 1 + 2 + 2 + 2 + 1 + 2 + 1 + 2
    assert tour(Hall("R#.\n.#G"), [(1, 0), (1, 2)]) is None
