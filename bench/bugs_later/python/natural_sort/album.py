"""Names of photos in the order in which people expect them."""

import re
from itertools import groupby
from pathlib import PurePosixPath


def natural_key(name):
    """Key by which names sort naturally: numbers in them by value, all else as text, case aside.

    So `img2` comes before `Img10`; names that begin with a number come before all others.
    """
    parts = re.findall(r"\d+|\D+", name.casefold())
    return [int(part) if part.isdigit() else part for part in parts]


class Album:
    def __init__(self, paths=()):
        self._paths = [PurePosixPath(path) for path in paths]

    def add(self, path):
        self._paths.append(PurePosixPath(path))

    def ordered(self):
        """All paths by folder, and naturally in each."""
        return [str(p) for p in sorted(self._paths, key=lambda p: (str(p.parent), natural_key(p.name)))]

    def folders(self):
        """Names of the photos of each folder."""
        ordered = [PurePosixPath(p) for p in self.ordered()]
        return {str(folder): [p.name for p in inside] for folder, inside in groupby(ordered, lambda p: p.parent)}

    def after(self, path):
        """The next photo of the same folder, or None."""
        path = PurePosixPath(path)
        names = self.folders()[str(path.parent)]
        at = names.index(path.name) + 1
        return str(path.parent / names[at]) if at < len(names) else None
