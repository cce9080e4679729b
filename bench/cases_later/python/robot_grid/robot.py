"""A robot in a hall: it drives straight on or turns by a quarter, and both take a while."""

import heapq
from itertools import count

AHEAD = {"N": (-1, 0), "E": (0, 1), "S": (1, 0), "W": (0, -1)}
TURNS = "NESW"


class Hall:
    """Walls are `#`, all else is free; the robot starts at `R`, the goal is `G`."""

    def __init__(self, plan):
        self.lines = [line for line in plan.strip().splitlines()]
        self.start = self._find("R")
        self.goal = self._find("G")

    def _find(self, sign):
        for row, line in enumerate(self.lines):
            if sign in line:
                return row, line.index(sign)
        raise ValueError(f"no {sign} in the plan")

    def is_free(self, place):
        row, column = place
        inside = 0 <= row < len(self.lines) and 0 <= column < len(self.lines[row])
        return inside and self.lines[row][column] != "#"


def neighbours(hall, state, drive, turn):
    place, side = state
    down, right = AHEAD[side]
    ahead = place[0] + down, place[1] + right
    if hall.is_free(ahead):
        yield "F", drive, (ahead, side)
    at = TURNS.index(side)
    yield "R", turn, (place, TURNS[(at + 1) % 4])
    yield "L", turn, (place, TURNS[(at - 1) % 4])


def route(hall, side="E", drive=1, turn=1):
    """Seconds and commands (`F`, `R`, `L`) of a fastest way to the goal, or None if there is none.

    It does not matter which way the robot looks there.
    """
    tie = count()
    heap = [(0, next(tie), (hall.start, side), "")]
    seen = set()
    while heap:
        seconds, _, state, commands = heapq.heappop(heap)
        if state[0] == hall.goal:
            return seconds, commands
        if state in seen:
            continue
        for command, cost, after in neighbours(hall, state, drive, turn):
            heapq.heappush(heap, (seconds + cost, next(tie), after, commands + command))
        seen.add(state)
    return None


def drive_along(hall, commands, side="E"):
    """Where the robot ends up by these commands; `ValueError` where it would hit a wall."""
    place = hall.start
    for command in commands:
        if command == "F":
            place = place[0] + AHEAD[side][0], place[1] + AHEAD[side][1]
            if not hall.is_free(place):
                raise ValueError(f"wall at {place}")
        else:
            side = TURNS[(TURNS.index(side) + (1 if command == "R" else -1)) % 4]
    return place, side


def tour(hall, places, side="E"):
    """Seconds of the fastest ways from the start to one place after the other."""
    total, where = 0, hall.start
    for place in places:
        best = None
        seen = set()
        tie = count()
        heap = [(0, next(tie), (where, side))]
        while heap:
            seconds, _, state = heapq.heappop(heap)
            if state[0] in seen:
                continue
            seen.add(state[0])
            if state[0] == place:
                best = seconds, state[1]
                break
            for _, cost, after in neighbours(hall, state, 1, 1):
                heapq.heappush(heap, (seconds + cost, next(tie), after))
        if best is None:
            return None
        total, side, where = total + best[0], best[1], place
    return total
