import heapq


def shortest(roads, start, goal):
    """The length of the shortest way and the places on it, start and goal included; `None` if there is no way.

    `roads` maps a place to its neighbours and the lengths of the roads to them.
    """
    heap = [(0, start, [start])]
    seen = set()
    while heap:
        length, place, way = heapq.heappop(heap)
        if place == goal:
            return length, way
        if place in seen:
            continue
        seen.add(place)
        for neighbour, distance in roads.get(place, {}).items():
            if neighbour not in seen:
                heapq.heappush(heap, (distance, neighbour, [*way, neighbour]))
    return None


def reachable(roads, start):
    """All places that can be reached, the start included, sorted."""
    found, waiting = {start}, [start]
    while waiting:
        for neighbour in roads.get(waiting.pop(), {}):
            if neighbour not in found:
                found.add(neighbour)
                waiting.append(neighbour)
    return sorted(found)
