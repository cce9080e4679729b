"""Rooms of a small adventure and the ways between them."""

OPPOSITE = {"north": "south", "south": "north", "east": "west", "west": "east"}


class Room:
    def __init__(self, name, things=()):
        self.name = name
        self.things = set(things)
        self.ways = {}

    def connect(self, direction, other):
        self.ways[direction] = other
        other.ways[OPPOSITE[direction]] = self


def build():
    hall = Room("hall", {"lamp"})
    cellar = Room("cellar", {"coin", "rope"})
    garden = Room("garden")
    hall.connect("south", garden)
    hall.connect("down", cellar)
    return hall
