# Durations as people write them into settings: "1h30m", "90", "2d", "1 d 12 h"
import re
from datetime import timedelta

PATTERN = re.compile(
    r"(?:(?P<days>\d+)\s*d)?\s*"
    r"(?:(?P<hours>\d+)\s*h)?\s*"
    r"(?:(?P<minutes>\d+)\s*m)?\s*"
    r"(?:(?P<seconds>\d+)\s*s?)?"
)


class BadSpan(ValueError):
    pass


def parse(text):
    found = PATTERN.match(text.strip().lower())
    if not found or not found[0]:
        raise BadSpan(f"not a duration: {text!r}")
    return timedelta(**{unit: int(value) for unit, value in found.groupdict().items() if value})


def show(span):
    seconds = int(span.total_seconds())
    parts = []
    for unit, length in (("d", 86400), ("h", 3600), ("m", 60), ("s", 1)):
        count, seconds = divmod(seconds, length)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"


class Settings:
    def __init__(self, **texts):
        self.spans = {}
        self.errors = []
        for name, text in texts.items():
            try:
                self.spans[name] = parse(text)
            except BadSpan as error:
                self.errors.append(f"{name}: {error}")

    def get(self, name, default="0s"):
        return self.spans.get(name, parse(default))
