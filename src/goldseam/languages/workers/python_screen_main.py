"""Runs in a box, in a fork of an interpreter that has started: a script as `__main__`. PYTEST_DONT_REWRITE

What an interpreter does once it has started, with a script that its words name: the folder of the script on
the import path, a fresh `__main__`, the end with its exit code, threads and handlers at exit. It saves the
start of an interpreter. Whether a script notices the difference is found out with the unpatched one.
"""

from __future__ import annotations

import atexit
import builtins
import os
import sys
import threading
from contextlib import suppress
from importlib.machinery import SourceFileLoader
from types import ModuleType
from typing import Any, NoReturn


def script_in(words: list[str]) -> str:
    """The script that an interpreter's words name; empty where they name none, or options before it."""
    if len(words) < 2 or words[1].startswith("-") or not os.path.isfile(words[1]):  # noqa: PTH113 - no Path here
        return ""
    return words[1]


def run(words: list[str]) -> NoReturn:
    """Go on as the script would, and end this process as the interpreter would end."""
    path = os.path.abspath(words[1])  # noqa: PTH100
    sys.argv = words[1:]
    sys.path.insert(0, os.path.dirname(os.path.realpath(path)))  # noqa: PTH120
    module = ModuleType("__main__")
    names: dict[str, Any] = vars(module)
    names.update(__file__=path, __builtins__=builtins, __cached__=None, __annotations__={})
    names["__loader__"] = SourceFileLoader("__main__", path)
    sys.modules["__main__"] = module
    code = _code_of(path, names)
    with suppress(Exception):
        threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001 - what an interpreter does at its end
    with suppress(Exception):
        atexit._run_exitfuncs()  # noqa: SLF001
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()
    os._exit(code)


def _code_of(path: str, names: dict[str, Any]) -> int:
    """Run the script; its exit code."""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123
            source = stream.read()
        exec(compile(source, path, "exec", dont_inherit=True), names)  # noqa: S102 - this is the program
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return (end.code or 0) & 0xFF
        sys.stderr.write(f"{end.code}\n")
        return 1
    except BaseException as error:  # noqa: BLE001 - told as the interpreter tells it
        trace = error.__traceback__
        error.__traceback__ = trace.tb_next if trace is not None else None  # without the line above
        sys.excepthook(type(error), error, error.__traceback__)
        return 1
    return 0
