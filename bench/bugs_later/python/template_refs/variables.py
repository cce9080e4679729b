"""Variables that refer to each other: `url = http://${host}:${port}`, `host = ${name}.example.org`."""

import re

PLACE = re.compile(r"\$\{(\w+)\}")
LINE = re.compile(r"\s*(\w+)\s*=\s*(.*?)\s*")


class Circle(Exception):
    pass


class Unknown(KeyError):
    pass


class Variables:
    def __init__(self, text=""):
        self.raw = {}
        for number, line in enumerate(text.splitlines(), start=1):
            line = line.partition("#")[0]
            if not line.strip():
                continue
            found = LINE.fullmatch(line)
            if not found:
                raise ValueError(f"line {number}: {line!r}")
            self.raw[found[1]] = found[2]

    def value(self, name, way=None):
        way = [] if way is None else way
        if name in way:
            raise Circle(" -> ".join([*way, name]))
        if name not in self.raw:
            raise Unknown(name)
        way.append(name)
        text = PLACE.sub(lambda found: self.value(found[1], way), self.raw[name])
        return text

    def all(self):
        return {name: self.value(name) for name in self.raw}

    def users(self, wanted):
        # which variables refer to this one, directly
        return [name for name, text in self.raw.items() if wanted in PLACE.findall(text)]
