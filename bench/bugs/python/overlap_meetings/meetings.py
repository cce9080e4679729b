from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Meeting:
    start: int
    end: int
    title: str = ""


def overlaps(one, other):
    return one.start <= other.end and other.start <= one.end


def conflicts(meetings):
    found = []
    ordered = sorted(meetings)
    for at, first in enumerate(ordered):
        for second in ordered[at + 1 :]:
            if overlaps(first, second):
                found.append((first.title, second.title))
    return found


def rooms_needed(meetings):
    moments = sorted([(m.start, 1) for m in meetings] + [(m.end, -1) for m in meetings])
    most = current = 0
    for _, change in moments:
        current += change
        most = max(most, current)
    return most
