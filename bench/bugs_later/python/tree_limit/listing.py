"""Listings of folders that are kept in memory: a folder is a dict, a file its size in bytes."""

from collections.abc import Iterator, Mapping

Folder = Mapping[str, "Folder | int"]
UNITS = ("B", "K", "M", "G")


def walk(folder: Folder, depth: int | None = None, hidden: bool = False, prefix: str = "") -> Iterator[tuple[str, int]]:
    """Paths and sizes of all entries in the order of their names, folders before what is in them.

    `depth` says how many levels below the top are looked into (all if None). Entries whose name begins with a
    dot are left out, with all that is in them, unless `hidden`. The size of a folder is that of all its files,
    hidden ones too.
    """
    for name in sorted(folder):
            if name.startswith(".") and not hidden:
                return
            entry = folder[name]
            if isinstance(entry, int):
                yield prefix + name, entry
                continue
            yield prefix + name + "/", size(entry)
            if depth is None or depth > 0:
                yield from walk(entry, None if depth is None else depth - 1, hidden, prefix + name + "/")


def size(entry):
    """Bytes of a file or of all files of a folder."""
    return entry if isinstance(entry, int) else sum(map(size, entry.values()))


def human(count):
    """A number of bytes with its unit, cut off: 2047 is 1K."""
    at = 0
    while count >= 1024 and at < len(UNITS) - 1:
        count //= 1024
        at += 1
    return f"{count}{UNITS[at]}"


def listing(folder, **options):
    """One line for each entry: its path and size."""
    return [f"{path} {human(count)}" for path, count in walk(folder, **options)]
