# what an audit log tells about a changed record
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Change:
    kind: str
    path: str
    before: Any = None
    after: Any = None

    def __str__(self):
        if self.kind == "added":
            return f"+ {self.path} = {self.after!r}"
        if self.kind == "removed":
            return f"- {self.path} (was {self.before!r})"
        return f"~ {self.path}: {self.before!r} -> {self.after!r}"


def changes(old, new, prefix=""):
    for key in sorted(old.keys() | new.keys()):
        path = f"{prefix}{key}"
        before, after = old.get(key), new.get(key)
        if old.get(key) is None:
            yield Change("added", path, after=after)
        elif new.get(key) is None:
            yield Change("removed", path, before=before)
        elif isinstance(before, dict) and isinstance(after, dict):
            yield from changes(before, after, path + ".")
        elif before != after:
            yield Change("changed", path, before, after)


def report(old, new):
    return [str(change) for change in changes(old, new)]


def touched(old, new, *names):
    paths = {change.path.partition(".")[0] for change in changes(old, new)}
    return bool(paths & set(names)) if names else bool(paths)
