"""Values out of nested data by paths such as `orders.0.lines.*.price`."""

import json

MISSING = object()


class NoSuchPath(LookupError):
    pass


def split(path):
    # a backslash keeps a dot inside a key
    parts, current, escaped = [], "", False
    for sign in path:
        if escaped:
            current, escaped = current + sign, False
        elif sign == "\\":
            escaped = True
        elif sign == ".":
            parts.append(current)
            current = ""
        else:
            current += sign
    return [*parts, current]


def find(data, parts):
    values = [data]
    for part in parts:
        values = [value for data in values for value in step(data, part)]
    return values


def step(data, part):
        if isinstance(data, dict) and part == "*":
            found = list(data.values())
        elif isinstance(data, list) and part == "*":
            found = data
        elif isinstance(data, (dict, list)):
            found = [data[part]] if part in data else []
        else:
            found = []
        return found


class Document:
    def __init__(self, text):
        self.data = json.loads(text)

    def all(self, path):
        return find(self.data, split(path))

    def one(self, path, default=MISSING):
        found = self.all(path)
        if found:
            return found[0]
        if default is MISSING:
            raise NoSuchPath(path)
        return default
