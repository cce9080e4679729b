from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Span:
    start: int  # minutes since midnight
    end: int

    @property
    def minutes(self):
        return self.end - self.start

    def __str__(self):
        return "-".join(f"{t // 60:02}:{t % 60:02}" for t in (self.start, self.end))

    @classmethod
    def parse(cls, text):
        return cls(*(int(t[:2]) * 60 + int(t[3:]) for t in text.split("-")))

    def cut(self, other):
        # the part of this span that lies in the other one
        return Span(max(self.start, other.start), min(self.end, other.end))


def gaps_of(day, meetings, least=15):
    inside = sorted(m.cut(day) for m in meetings if m.start < day.end and m.end > day.start)
    gaps = []
    free_from = day.start
    for meeting in inside:
        if meeting.start > free_from:
            gaps.append(Span(free_from, meeting.start))
        free_from = meeting.end
    return [gap for gap in gaps if gap.minutes >= least]


def free(day, calendars, least=15):
    """When all people are free together."""
    meetings = [Span.parse(text) for calendar in calendars.values() for text in calendar]
    return [str(gap) for gap in gaps_of(Span.parse(day), meetings, least)]


def first_free(day, calendars, minutes):
    for gap in free(day, calendars, minutes):
        start = Span.parse(gap).start
        return str(Span(start, start + minutes))
    return None
