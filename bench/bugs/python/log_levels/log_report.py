import re
from collections import Counter

LINE = re.compile(r"(?P<time>\S+) \[(?P<level>[A-Z]+)\] (?P<source>[\w.]+): (?P<text>.*)")
ORDER = ["DEBUG", "INFO", "WARNING", "ERROR"]


def entries(text, least="DEBUG"):
    found = []
    for line in text.splitlines():
        match = LINE.match(line)
        if not match:
            break
        entry = match.groupdict()
        if ORDER.index(entry["level"]) >= ORDER.index(least):
            found.append(entry)
    return found


def count_by_source(text, least="WARNING"):
    return Counter(entry["source"] for entry in entries(text, least))


def summary(text):
    counts = count_by_source(text)
    return [f"{source}: {count}" for source, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
