"""Runs in a box: values, frames and exceptions as short plain data.

No code of the project is called: an object whose `__repr__` is not of the standard library is shown by its
attributes. Strings come whole up to 400 characters, so that secrets can be found in them before they are cut.
"""

from __future__ import annotations

import linecache
import re
import reprlib
import sys
from collections.abc import Callable, Iterator
from types import BuiltinFunctionType, FrameType, FunctionType, MethodType, ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType

    PathOf = Callable[[CodeType], str | None]

MAX_NAMES = 12
MAX_ITEMS = 4
MAX_TEXT = 400
MAX_FRAMES = 40
MAX_CHAIN = 6
STANDARD = frozenset(getattr(sys, "stdlib_module_names", ())) | {"builtins"}
NOT_SHOWN = (ModuleType, FunctionType, BuiltinFunctionType, MethodType, type)
WORD = re.compile(r"[^\W\d]\w*")


class Printer(reprlib.Repr):
    """Bounded texts of values."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlevel = 3
        self.maxlist = self.maxtuple = self.maxdict = self.maxset = self.maxfrozenset = MAX_ITEMS
        self.maxdeque = self.maxarray = MAX_ITEMS
        self.maxstring = self.maxlong = self.maxother = MAX_TEXT

    def text(self, value: Any) -> str:
        try:
            return self.repr(value)[:MAX_TEXT]
        except Exception:  # noqa: BLE001 - a value may do anything when it is looked at
            return f"<{type(value).__name__}>"

    def repr_str(self, value: str, level: int) -> str:
        return repr(value[:MAX_TEXT])

    def repr_int(self, value: int, level: int) -> str:
        return repr(value) if value.bit_length() < 1_000 else f"<int of {value.bit_length()} bits>"

    def repr_instance(self, value: Any, level: int) -> str:
        kind = type(value)
        if is_standard(kind):
            text = repr(value) if is_small(value) else f"<{kind.__name__} of {len(value)}>"
            return text[:MAX_TEXT]
        if level <= 0:
            return f"{kind.__name__}(...)"
        held = list(attributes(value).items())
        shown = [f"{name}={self.repr1(part, level - 1)}" for name, part in held[:MAX_ITEMS]]
        more = ["..."] if len(held) > MAX_ITEMS else []
        return f"{kind.__name__}({', '.join([*shown, *more])})"


def is_standard(kind: type) -> bool:
    """Whether the type's text is made by the interpreter or the standard library."""
    method: Any = kind.__repr__
    if method is object.__repr__:
        return False
    module = getattr(method, "__module__", None) or "builtins"
    return kind.__module__.partition(".")[0] in STANDARD and module.partition(".")[0] in STANDARD


def is_small(value: Any) -> bool:
    try:
        return len(value) <= 50
    except TypeError:
        return True


def attributes(value: Any) -> dict[str, Any]:
    held = getattr(value, "__dict__", None)
    if isinstance(held, dict):
        return {str(name): part for name, part in list(held.items())[: MAX_ITEMS + 1]}
    names = getattr(type(value), "__slots__", ())
    names = [names] if isinstance(names, str) else list(names)
    return {name: getattr(value, name) for name in names if type(name) is str and hasattr(value, name)}


def variables(frame: FrameType, line: int, printer: Printer) -> list[tuple[str, str, str]]:
    """Names with type and text, those that the line speaks of first."""
    spoken = WORD.findall(linecache.getline(frame.f_code.co_filename, line))
    held = frame.f_locals
    is_module = frame.f_code.co_name == "<module>"
    ordered = dict.fromkeys([name for name in spoken if name in held])
    if not is_module or len(held) < 200:
        ordered.update(dict.fromkeys(held))
    shown = []
    for name in ordered:
        value = held[name]
        if name.startswith(("__", "@")) or isinstance(value, NOT_SHOWN):
            continue
        shown.append((name[:80], type(value).__name__[:80], printer.text(value)))
        if len(shown) == MAX_NAMES:
            break
    return shown


def frames(traceback: Any, path_of: PathOf, printer: Printer) -> list[dict[str, Any]]:
    """The frames of a traceback from the project's first one, outermost first."""
    found: list[Any] = []
    while traceback is not None:
        frame = traceback.tb_frame
        if found or traceback.tb_next is None or path_of(frame.f_code) is not None:
            found.append((frame, traceback.tb_lineno))
        traceback = traceback.tb_next
    if len(found) > MAX_FRAMES:
        found = found[:5] + found[5 - MAX_FRAMES :]
    return [shown(frame, line, path_of, printer) for frame, line in found]


def shown(frame: FrameType, line: int | None, path_of: PathOf, printer: Printer) -> dict[str, Any]:
    code = frame.f_code
    path = path_of(code)
    return {
        "path": path or code.co_filename[:300],
        "line": line or code.co_firstlineno,
        "function": code.co_name[:200],
        "variables": variables(frame, line or 0, printer) if path is not None else [],
    }


def chain(error: BaseException) -> Iterator[BaseException]:
    """An error and those before it, the nearest first."""
    found: BaseException | None = error
    for _ in range(MAX_CHAIN):
        if found is None:
            return
        yield found
        if found.__cause__ is not None or found.__suppress_context__:
            found = found.__cause__
        else:
            found = found.__context__


def failure(error: BaseException, path_of: PathOf, printer: Printer) -> list[dict[str, Any]]:
    """A chain as plain data."""
    return [
        {
            "kind": kind_of(type(one)),
            "message": message_of(one),
            "frames": frames(one.__traceback__, path_of, printer),
        }
        for one in chain(error)
    ]


def kind_of(kind: type) -> str:
    """As a traceback names it."""
    if kind.__module__ in ("builtins", "__main__"):
        return kind.__qualname__[:200]
    return f"{kind.__module__}.{kind.__qualname__}"[:200]


def message_of(error: BaseException) -> str:
    try:
        return str(error)[:1_000]
    except Exception:  # noqa: BLE001 - an error's text may raise
        return ""
