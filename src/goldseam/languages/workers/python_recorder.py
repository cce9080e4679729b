"""Runs in a box as `sitecustomize`: writes down calls of functions that take and give plain data.

Environment: `GOLDSEAM_LOCK_FILES` is a JSON list of project-relative paths, `GOLDSEAM_LOCK_REPORT` the file
to append JSON lines to: module, function, arguments and result as text, the test that was running. Only
functions of modules: no methods, no generators. Bounded in number, size and time.
"""

import atexit
import json
import os
import sys
import time
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

MAX_CALLS = 400
MAX_CALLS_A_FUNCTION = 40
MAX_TEXT = 2_000
MAX_SECONDS = 20.0
NOT_PLAIN_FUNCTIONS = 0x20 | 0x80 | 0x100 | 0x200  # generator, coroutine, iterable coroutine, async generator
HAS_ARGS, HAS_KEYWORDS = 0x04, 0x08


def is_plain(value: Any, depth: int = 6) -> bool:
    """Built-in data only, whose text says all of it and can be read back."""
    if type(value) in (bool, int, str, bytes, type(None)):
        return True
    if type(value) is float:
        return value == value and value not in (float("inf"), float("-inf"))
    if depth and type(value) in (list, tuple):
        return len(value) <= MAX_TEXT and all(is_plain(part, depth - 1) for part in value)
    if depth and type(value) is dict:
        parts = [*value, *value.values()]
        return len(parts) <= MAX_TEXT and all(is_plain(part, depth - 1) for part in parts)
    return False


def arguments_of(frame: FrameType) -> "tuple[tuple[Any, ...], dict[str, Any]]":
    """Positional and keyword arguments of a call that has just begun."""
    code, values = frame.f_code, frame.f_locals
    names = list(code.co_varnames)
    positional = [values[name] for name in names[: code.co_argcount]]
    at = code.co_argcount + code.co_kwonlyargcount
    keywords = {name: values[name] for name in names[code.co_argcount : at]}
    if code.co_flags & HAS_ARGS:
        positional += values[names[at]]
        at += 1
    if code.co_flags & HAS_KEYWORDS:
        keywords.update(values[names[at]])
    return tuple(positional), keywords


class Recorder:
    """A profile hook: a call is kept when it returns something."""

    def __init__(self, root: str, files: "list[str]") -> None:
        self.root = root
        self.files = set(files)
        self.end = time.monotonic() + MAX_SECONDS
        self.wanted: dict[CodeType, bool] = {}
        self.open: dict[int, tuple[str, str]] = {}
        self.count: dict[str, int] = {}
        self.kept: dict[str, None] = {}

    def __call__(self, frame: FrameType, event: str, result: Any) -> None:
        if event == "call":
            code = frame.f_code
            if code not in self.wanted:
                self.wanted[code] = self.is_wanted(code)
            if self.wanted[code]:
                self.begin(frame)
        elif event == "return" and self.open and (begun := self.open.pop(id(frame), None)):
            self.finish(frame, begun, result)

    def is_wanted(self, code: CodeType) -> bool:
        if code.co_flags & NOT_PLAIN_FUNCTIONS or not code.co_qualname.isidentifier():
            return False
        path = Path(code.co_filename).resolve()
        return path.is_relative_to(self.root) and path.relative_to(self.root).as_posix() in self.files

    def begin(self, frame: FrameType) -> None:
        function = frame.f_code.co_qualname
        if time.monotonic() > self.end or len(self.kept) >= MAX_CALLS:
            sys.setprofile(None)
        elif self.count.get(function, 0) < MAX_CALLS_A_FUNCTION:
            arguments = arguments_of(frame)
            if all(map(is_plain, arguments)) and len(text := repr(arguments)) <= MAX_TEXT:
                self.open[id(frame)] = (text, os.environ.get("PYTEST_CURRENT_TEST", ""))

    def finish(self, frame: FrameType, begun: "tuple[str, str]", result: Any) -> None:
        # A call that ends by an exception returns None here; so does one that returns None: neither is kept.
        if result is None or not is_plain(result) or len(text := repr(result)) > MAX_TEXT:
            return
        function, module = frame.f_code.co_qualname, frame.f_globals.get("__name__", "")
        if module == "__main__":
            return
        paths = [path for path in sys.path if path.startswith(self.root) and ".goldseam-lock" not in path]
        call = {"module": module, "function": function, "arguments": begun[0], "test": begun[1]}
        line = json.dumps({**call, "result": text, "paths": paths})
        if line not in self.kept:
            self.kept[line] = None
            self.count[function] = self.count.get(function, 0) + 1

    def write(self, report: str) -> None:
        sys.setprofile(None)
        if self.kept:
            with Path(report).open("a", encoding="utf-8") as stream:
                stream.write("\n".join(self.kept) + "\n")


def main() -> None:
    """Record until the interpreter ends."""
    recorder = Recorder(
        str(Path(__file__).resolve().parents[1]), json.loads(os.environ["GOLDSEAM_LOCK_FILES"])
    )
    atexit.register(recorder.write, os.environ["GOLDSEAM_LOCK_REPORT"])
    sys.setprofile(recorder)


if "GOLDSEAM_LOCK_FILES" in os.environ:
    main()
