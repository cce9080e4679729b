"""Real small changes of JavaScript, TypeScript and PHP, for `policy_corpus.py --language`.

Packages come from the npm registry by `npm pack`, those of PHP from Debian's archive, where the releases of
a package are those of Debian's suites. They are read, never run.
"""

import lzma
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from itertools import pairwise
from pathlib import Path

from goldseam.languages.parse_tree import below, grammar_of, text_of, tree_of
from goldseam.verify.policy.project import MANIFESTS, Project
from goldseam.verify.policy.scripts.grammar import FUNCTION_NODES

TUNED = {
    "js": {
        "express": ("4.16.4", "4.17.1", "4.18.0", "4.18.2", "4.19.2", "4.20.0", "4.21.0"),
        "commander": ("9.0.0", "9.2.0", "9.4.0", "10.0.0", "11.0.0", "11.1.0", "12.0.0", "12.1.0"),
        "qs": ("6.9.0", "6.10.0", "6.10.3", "6.11.0", "6.11.2", "6.12.0", "6.13.0"),
        "ws": ("8.0.0", "8.2.0", "8.5.0", "8.8.0", "8.11.0", "8.13.0", "8.16.0", "8.18.0"),
        "semver": ("7.3.5", "7.3.8", "7.4.0", "7.5.0", "7.5.4", "7.6.0", "7.6.3"),
        "immer": ("9.0.0", "9.0.6", "9.0.15", "9.0.21", "10.0.0", "10.0.3", "10.1.1"),
    },
    "php": {
        "@wordpress/block-library": (
            "8.10.0", "8.12.0", "8.14.0", "8.16.0", "8.18.0", "8.20.0", "8.22.0", "8.24.0",
        ),
        "debian/php-twig": ("bookworm", "trixie", "forky", "sid"),
        "debian/composer": ("bookworm", "trixie", "forky", "sid"),
        "debian/php-monolog": ("trixie", "forky"),
        "debian/php-doctrine-dbal": ("trixie", "forky"),
        "debian/php-tcpdf": ("bullseye", "bookworm", "trixie", "forky"),
        "debian/php-nesbot-carbon": ("bullseye", "bookworm", "trixie"),
    },
}  # fmt: skip
HELD_OUT = {
    "js": {
        "koa": ("2.8.0", "2.11.0", "2.13.0", "2.13.4", "2.14.2", "2.15.0", "2.15.3"),
        "fastify": ("4.0.0", "4.3.0", "4.8.0", "4.12.0", "4.17.0", "4.21.0", "4.25.0", "4.28.0"),
        "mocha": ("10.0.0", "10.2.0", "10.3.0", "10.4.0", "10.6.0", "10.7.0"),
        "redux": ("4.0.5", "4.1.0", "4.1.2", "4.2.0", "5.0.0", "5.0.1"),
        "rxjs": ("7.0.0", "7.1.0", "7.3.0", "7.5.0", "7.5.6", "7.6.0", "7.8.1"),
    },
    "php": {
        "@wordpress/block-library": (
            "8.26.0", "8.28.0", "8.30.0", "8.32.0", "9.0.0", "9.2.0", "9.4.0", "9.7.0",
        ),
        "debian/php-guzzlehttp-guzzle": ("bookworm", "trixie", "forky"),
        "debian/php-ramsey-uuid": ("bookworm", "trixie", "forky"),
        "debian/php-phpseclib3": ("bookworm", "trixie", "forky"),
        "debian/php-mockery": ("bookworm", "trixie", "forky"),
        "debian/php-league-commonmark": ("bookworm", "trixie", "forky"),
        "debian/php-league-flysystem": ("trixie", "forky"),
        "debian/php-doctrine-collections": ("bookworm", "trixie", "forky"),
    },
}  # fmt: skip
DEBIAN = "http://deb.debian.org/debian"
MAX_LINES = 40
MAX_FUNCTIONS = 3
GENERATED = (
    "/dist/", "/build/", "/build-module/", "/test/", "/tests/", ".min.js", ".d.ts", "/lib/esm", "/cjs/",
    "/mocha.js",
    "/mocha-es2018.js",
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One real small change: `project` is the release that it completes."""

    package: str
    version: str
    path: str
    old: str
    new: str
    project: Project


def fetched(package: str, version: str, cache: Path) -> Path:
    """The archive of one release, downloaded once."""
    folder = cache / f"{package.strip('@').replace('/', '-')}-{version}"
    folder.mkdir(parents=True, exist_ok=True)
    if not list(folder.glob("*.t*")):
        if package.startswith("debian/"):
            fetch_debian(package.removeprefix("debian/"), version, cache, folder)
        else:
            command = ["npm", "pack", "--silent", f"{package}@{version}", "--pack-destination", str(folder)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)
    return next(folder.glob("*.t*"))


def fetch_debian(package: str, suite: str, cache: Path, folder: Path) -> None:
    """The files of a Debian package as a tar archive."""
    index = cache / f"debian-{suite}.xz"
    if not index.exists():
        index.write_bytes(downloaded(f"{DEBIAN}/dists/{suite}/main/binary-all/Packages.xz"))
    text = lzma.decompress(index.read_bytes()).decode()
    (entry,) = (told for told in text.split("\n\n") if told.startswith(f"Package: {package}\n"))
    place = next(
        line.removeprefix("Filename: ") for line in entry.splitlines() if line.startswith("Filename: ")
    )
    (folder / "package.deb").write_bytes(downloaded(f"{DEBIAN}/{place}"))
    with (folder / "package.tar").open("wb") as tar:
        subprocess.run(["dpkg-deb", "--fsys-tarfile", folder / "package.deb"], check=True, stdout=tar)


def downloaded(address: str) -> bytes:
    return subprocess.run(["curl", "-fsSL", address], check=True, capture_output=True).stdout


def sources(archive: Path, language: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            name = member.name.partition("/")[2]
            if not member.isfile() or any(part in f"/{name}" for part in GENERATED):
                continue
            is_php = grammar_of(name) == "php"
            wanted = is_php if language == "php" else grammar_of(name) is not None and not is_php
            if (wanted or name in MANIFESTS) and (opened := tar.extractfile(member)):
                found[name] = opened.read()
    return found


def changes(language: str, package: str, versions: Sequence[str], cache: Path) -> Iterator[Change]:
    """Small changes of a package, release by release."""
    releases = []
    for version in versions:
        try:
            releases.append((version, sources(fetched(package, version, cache), language)))
        except (subprocess.CalledProcessError, StopIteration, ValueError):
            print(f"{package} {version}: not to be had", file=sys.stderr)
    for (_, before), (version, after) in pairwise(releases):
        project = Project(partial(dict, after))
        for path in sorted(before.keys() & after.keys()):
            if before[path] != after[path] and path not in MANIFESTS:
                for old, new in groups(
                    before[path].decode(errors="replace"), after[path].decode(errors="replace"), path
                ):
                    yield Change(package, version, path, old, new, project)


Hunk = tuple[int, int, int, int]


def groups(before: str, after: str, path: str) -> Iterator[tuple[str, str]]:
    """The new text with one group of hunks taken back, and the new text."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    codes = SequenceMatcher(None, old, new, autojunk=len(old) > 2_000).get_opcodes()
    hunks = [code[1:] for code in codes if code[0] != "equal"]
    places = function_lines(after, path)
    group: list[Hunk] = []
    for hunk in [*hunks, None]:
        grown = [*group, *([hunk] if hunk else [])]
        if hunk is None or size(grown) > MAX_LINES or len(touched(grown, places)) > MAX_FUNCTIONS:
            if group and size(group) <= MAX_LINES and 1 <= len(touched(group, places)) <= MAX_FUNCTIONS:
                lines = list(new)
                for i1, i2, j1, j2 in reversed(group):
                    lines[j1:j2] = old[i1:i2]
                taken_back = "".join(lines)
                if meaning(taken_back, path) not in (None, meaning(after, path)):
                    yield taken_back, after
            grown = [hunk] if hunk else []
        group = grown


def size(group: Sequence[Hunk]) -> int:
    return sum(i2 - i1 + j2 - j1 for i1, i2, j1, j2 in group)


def touched(group: Sequence[Hunk], places: dict[int, int]) -> set[int]:
    lines = (line for _, _, j1, j2 in group for line in range(j1 + 1, max(j2, j1 + 1) + 1))
    return {places[line] for line in lines if line in places}


def function_lines(text: str, path: str) -> dict[int, int]:
    """First line of the outermost function of each line."""
    root = tree_of(grammar_of(path) or "", text.encode())
    found: dict[int, int] = {}
    for node in below(root) if root is not None else ():
        if node.type in FUNCTION_NODES:
            for line in range(node.start_point[0] + 1, node.end_point[0] + 2):
                found.setdefault(line, node.start_point[0])
    return found


def meaning(text: str, path: str) -> tuple[str, ...] | None:
    """The words without comments; None for a text that does not parse."""
    root = tree_of(grammar_of(path) or "", text.encode())
    if root is None or root.has_error:
        return None
    leaves = (node for node in below(root) if not node.named_children and node.type != "comment")
    return tuple(f"{node.type} {' '.join(text_of(node).split())}" for node in leaves)
