class Point:
    __slots__ = ("x", "y")


def move(point):
    point.z = 3


move(Point())
