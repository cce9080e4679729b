def area(width, height):
    return width * height


def walls(rooms):
    return [area(*room) for room in rooms]


walls([(3, 4), (5,)])
