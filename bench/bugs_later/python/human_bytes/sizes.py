"""Sizes of files for people: 1.5 KiB, and back."""

import re

UNITS = ("B", "KiB", "MiB", "GiB", "TiB")
PATTERN = re.compile(r"([\d.]+)\s*([A-Za-z]+)")


def show(count, digits=1):
    sign, size = ("-", -count) if count < 0 else ("", count)
    for unit in UNITS:
        if size < 1024 or unit == UNITS[-1]:
            break
        size /= 1024
    if unit == "B":
        return f"{sign}{size:.0f} B"
    return f"{sign}{size:.{digits}f} {unit}"


def parse(text):
    found = PATTERN.fullmatch(text.strip())
    if not found:
        raise ValueError(f"no size: {text!r}")
    number, unit = float(found[1]), found[2].lower()
    for power, name in enumerate(UNITS):
        # kb and kib are the same to us
        if unit in (name.lower(), name.lower().replace("i", ""), name[0].lower()):
            return round(number * 1024**power)
    raise ValueError(f"no unit: {found[2]!r}")


class Usage:
    def __init__(self, quota):
        self.quota = parse(quota)
        self.files = {}

    def put(self, path, size):
        self.files[path] = size

    @property
    def used(self):
        return sum(self.files.values())

    def __str__(self):
        share = 100 * self.used / self.quota
        return f"{show(self.used)} of {show(self.quota)} ({share:.0f} %)"

    def largest(self, count=3):
        ordered = sorted(self.files.items(), key=lambda item: (-item[1], item[0]))
        return [f"{path}: {show(size)}" for path, size in ordered[:count]]
