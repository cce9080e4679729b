import pytest

from robot import Hall, drive_along, route, tour

OPEN = Hall("R..\n...\n..G")
MAZE = Hall("R.#G\n#...\n..#.")


def test_straight():
    assert route(Hall("R..G")) == (3, "FFF")


def test_turns():
    seconds, commands = route(OPEN)
    assert seconds == 5
    assert drive_along(OPEN, commands)[0] == OPEN.goal


def test_maze():
    seconds, commands = route(MAZE)
    assert seconds == 8
    assert drive_along(MAZE, commands) == ((0, 3), "N")


def test_no_way():
    assert route(Hall("R#G")) is None


def test_tour():
    assert tour(Hall("R.G"), [(0, 2)]) == 2
    assert tour(OPEN, [(0, 2), (2, 2)]) == 5


def test_tour_back():
    assert tour(Hall("R.G"), [(0, 2), (0, 0)]) == 6


def test_no_goal():
    with pytest.raises(ValueError, match="no G"):
        Hall("R..")
