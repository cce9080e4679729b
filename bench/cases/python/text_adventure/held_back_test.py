from game import Player
from world import build


def test_there_and_back():
    player = Player(build())
    for way, back in (("south", "north"), ("down", "up")):
        start = player.room
        player.go(way)
        assert player.room is not start
        player.go(back)
        assert player.room is start


def test_things():
    player = Player(build())
    assert player.obey("take rope") == "no rope here"
    player.obey("go down")
    assert player.obey("take rope") == "took rope"
    assert player.obey("take rope") == "no rope here"
    assert player.obey("bag") == "rope"
    assert player.obey("go east") == "no way"
