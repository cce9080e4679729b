"""Clicks of visitors, grouped into sessions."""

from collections import defaultdict
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Click:
    visitor: str
    at: int  # seconds
    page: str


@dataclass
class Session:
    visitor: str
    clicks: list[Click] = field(default_factory=list)

    @property
    def seconds(self):
        return self.clicks[-1].at - self.clicks[0].at

    @property
    def bounced(self):
        return len(self.clicks) == 1


class Sessions:
    def __init__(self, pause=1800):
        self.pause = pause

    def of(self, clicks):
        by_visitor = defaultdict(list)
        for click in sorted(clicks, key=lambda click: click.at):
            by_visitor[click.visitor].append(click)
        found = []
        for visitor, theirs in by_visitor.items():
            current = None
            for click in theirs:
                if current is None or click.at - current.clicks[0].at > self.pause:
                    current = Session(visitor)
                    found.append(current)
                current.clicks.append(click)
        return found

    def report(self, clicks):
        sessions = self.of(clicks)
        if not sessions:
            return {"sessions": 0, "bounced": 0, "longest": 0}
        return {
            "sessions": len(sessions),
            "bounced": sum(session.bounced for session in sessions),
            "longest": max(session.seconds for session in sessions),
        }
