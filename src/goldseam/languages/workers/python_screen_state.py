"""Runs in a box: puts back what a candidate did to the state of the project's modules. PYTEST_DONT_REWRITE

Many candidates are tried in one process, and each must find the program as it was after it was imported. So
what can be changed from outside is looked for from the modules' names inwards: containers, attributes of
the project's classes and of their instances, defaults, cells of closures, caches. Everything is put back by
identity, in place. What lies deeper is found out by running the unpatched program again.
"""

from __future__ import annotations

import functools
import os
import sys
from collections import Counter, OrderedDict, defaultdict, deque
from itertools import chain
from operator import is_
from types import CellType, FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MOST = 20_000
DEPENDENCIES = frozenset({"site-packages", "dist-packages", ".venv", "venv", "node_modules", ".tox", ".nox"})
_MAPPINGS = (dict, defaultdict, Counter, OrderedDict)
_SEQUENCES = (list, deque, bytearray)
_CACHE = type(functools.lru_cache(lambda: None))
_MISSING = object()


def is_project_file(filename: Any, root: str) -> bool:
    """Whether a file lies in the project, dependencies aside."""
    if not isinstance(filename, str) or not filename.startswith(root + "/"):
        return False
    return not DEPENDENCIES.intersection(filename[len(root) + 1 :].split("/"))


def project_modules(root: str) -> dict[str, ModuleType]:
    """The project's modules that are imported."""
    found = list(sys.modules.items())
    return {
        name: module
        for name, module in found
        if isinstance(module, ModuleType) and is_project_file(getattr(module, "__file__", None), root)
    }


class Guard:
    """All that is reached from `roots` and belongs to the named `modules`; `restore` puts it back."""

    def __init__(self, roots: Iterable[Any], modules: Iterable[str]) -> None:
        self.modules = frozenset(modules)
        self.seen: set[int] = set()
        self.plain: list[tuple[Any, Any]] = []
        self.mappings: list[tuple[Any, dict[Any, Any]]] = []
        self.names: list[tuple[dict[str, Any], dict[str, Any]]] = []
        self.classes: list[tuple[type, dict[str, Any]]] = []
        self.cells: list[tuple[CellType, Any]] = []
        self.slots: list[tuple[Any, list[tuple[str, Any]]]] = []
        self.caches: list[Any] = []
        left = list(roots)
        while left and len(self.seen) < MOST:
            left += self._look(left.pop())
        self.sequences = [value for value, _ in self.plain]
        self.lengths = [len(saved) for _, saved in self.plain]
        self.parts = [part for _, saved in self.plain for part in saved]

    @property
    def is_empty(self) -> bool:
        return not (self.plain or self.mappings or self.names or self.classes or self.cells or self.slots)

    def _look(self, value: Any) -> Iterable[Any]:
        """Remember a value; returns what it holds."""
        kind = type(value)
        if kind in (int, str, float, bool, bytes, type(None)) or id(value) in self.seen:
            return ()
        self.seen.add(id(value))
        for kinds, remember in _REMEMBER:
            if kind in kinds:
                return remember(self, value)
        if isinstance(value, type):
            return self._class(value) if value.__module__ in self.modules else ()
        if getattr(kind, "__module__", None) in self.modules:
            return self._instance(value)
        return ()

    def _sequence(self, value: Any) -> Iterable[Any]:
        self.plain.append((value, value[:] if type(value) is not deque else list(value)))
        return () if type(value) is bytearray else list(value)

    def _set(self, value: set[Any]) -> Iterable[Any]:
        self.mappings.append((value, dict.fromkeys(value)))
        return ()

    def _mapping(self, value: Any) -> Iterable[Any]:
        self.mappings.append((value, dict(value)))
        return list(value.values())

    def _tuple(self, value: tuple[Any, ...]) -> Iterable[Any]:
        return value

    def _module(self, value: ModuleType) -> Iterable[Any]:
        if value.__name__ not in self.modules:
            return ()
        names = vars(value)
        self.names.append((names, dict(names)))
        return [held for name, held in names.items() if name != "__builtins__"]

    def _function(self, value: FunctionType) -> Iterable[Any]:
        if value.__module__ not in self.modules:
            return ()
        cells = value.__closure__ or ()
        return [value.__defaults__, value.__kwdefaults__, value.__dict__, *cells]

    def _cell(self, value: CellType) -> Iterable[Any]:
        try:
            held = value.cell_contents
        except ValueError:
            return ()
        self.cells.append((value, held))
        return (held,)

    def _cache(self, value: Any) -> Iterable[Any]:
        self.caches.append(value)
        return (value.__wrapped__,)

    def _method(self, value: Any) -> Iterable[Any]:
        return (value.__func__,)

    def _property(self, value: property) -> Iterable[Any]:
        return (value.fget, value.fset, value.fdel)

    def _class(self, value: type) -> Iterable[Any]:
        held = dict(vars(value))
        held.pop("__dict__", None)
        held.pop("__weakref__", None)
        self.classes.append((value, held))
        return list(held.values())

    def _instance(self, value: Any) -> Iterable[Any]:
        found: list[Any] = []
        held = getattr(value, "__dict__", None)
        if type(held) is dict:
            self.mappings.append((held, dict(held)))
            found += held.values()
        slots = [name for kind in type(value).__mro__ for name in _slots_of(kind)]
        if slots:
            values = [(name, getattr(value, name, _MISSING)) for name in slots]
            self.slots.append((value, values))
            found += [one for _, one in values]
        return found

    def _are_sequences_as_they_were(self) -> bool:
        """The same as asking each, many times faster: nearly always nothing has changed."""
        if [*map(len, self.sequences)] != self.lengths:
            return False
        return all(map(is_, chain.from_iterable(self.sequences), self.parts))

    def restore(self) -> None:
        """Put everything back, by identity."""
        if not self._are_sequences_as_they_were():
            for value, saved in self.plain:
                _restore_sequence(value, saved)
        for value, saved in self.mappings:
            _restore_mapping(value, saved)
        for names, saved in self.names:
            if not _is_same(names, saved):
                _put_back(names, saved)
        for kind, saved in self.classes:
            _restore_class(kind, saved)
        for cell, held in self.cells:
            cell.cell_contents = held
        for value, slots in self.slots:
            _restore_slots(value, slots)
        for cache in self.caches:
            cache.cache_clear()


_REMEMBER: list[tuple[tuple[type, ...], Callable[[Guard, Any], Iterable[Any]]]] = [
    (_SEQUENCES, Guard._sequence),  # noqa: SLF001 - its own table
    (_MAPPINGS, Guard._mapping),  # noqa: SLF001
    ((set,), Guard._set),  # noqa: SLF001
    ((tuple,), Guard._tuple),  # noqa: SLF001
    ((FunctionType,), Guard._function),  # noqa: SLF001
    ((CellType,), Guard._cell),  # noqa: SLF001
    ((_CACHE,), Guard._cache),  # noqa: SLF001
    ((staticmethod, classmethod), Guard._method),  # noqa: SLF001
    ((property,), Guard._property),  # noqa: SLF001
    ((ModuleType,), Guard._module),  # noqa: SLF001
]


def _held(environment: Any) -> dict[Any, Any]:
    """What a mapping of the environment wraps: it compares a hundred times faster."""
    held: dict[Any, Any] = environment._data  # noqa: SLF001
    return held


def _slots_of(kind: type) -> list[str]:
    slots = vars(kind).get("__slots__", ())
    names = [slots] if isinstance(slots, str) else list(slots)
    return [name for name in names if name not in ("__dict__", "__weakref__") and not name.startswith("__")]


def _is_same(value: Any, saved: dict[Any, Any]) -> bool:
    """Whether a mapping, or a set, holds the same objects in the same order."""
    if len(value) != len(saved) or not all(map(is_, value, saved)):
        return False
    return isinstance(value, set) or all(map(is_, value.values(), saved.values()))


def _restore_mapping(value: Any, saved: dict[Any, Any]) -> None:
    if not _is_same(value, saved):
        value.clear()
        value.update(saved)


def _restore_sequence(value: Any, saved: Any) -> None:
    if len(value) != len(saved) or not all(map(is_, value, saved)):
        value.clear()
        value.extend(saved)


def _put_back(names: dict[str, Any], saved: dict[str, Any]) -> None:
    """Never empty in between: functions look up their globals here."""
    for name in [name for name in names if name not in saved]:
        del names[name]
    names.update(saved)


def _restore_class(kind: type, saved: dict[str, Any]) -> None:
    held = vars(kind)
    for name in [name for name in held if name not in saved and name not in ("__dict__", "__weakref__")]:
        type.__delattr__(kind, name)
    for name, value in saved.items():
        if held.get(name, _MISSING) is not value:
            type.__setattr__(kind, name, value)


def _restore_slots(value: Any, slots: list[tuple[str, Any]]) -> None:
    for name, held in slots:
        now = getattr(value, name, _MISSING)
        if now is held:
            continue
        if held is _MISSING:
            object.__delattr__(value, name)
        else:
            object.__setattr__(value, name, held)


class World:
    """The state of the process itself: environment, current folder, import path, recursion limit."""

    def __init__(self) -> None:
        self.environment = dict(os.environ)
        self.encoded = dict(_held(os.environ))
        self.folder = os.getcwd()  # noqa: PTH109
        self.path = list(sys.path)
        self.depth = sys.getrecursionlimit()

    def restore(self) -> None:
        if _held(os.environ) != self.encoded:
            os.environ.clear()
            os.environ.update(self.environment)
        os.chdir(self.folder)
        if sys.path != self.path:
            sys.path[:] = self.path
        if sys.getrecursionlimit() != self.depth:
            sys.setrecursionlimit(self.depth)
