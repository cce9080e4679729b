"""Runs in a box: tries an edit of a function by exchanging the code of its live objects. PYTEST_DONT_REWRITE

The outermost function around an edit is cut out of its module and compiled alone, below the heads of the
classes around it, so that names are mangled and `super` works as they do in the module. All function objects
whose code equals what the unedited text compiles to get the new code: methods, decorated functions, names
imported elsewhere; code inside of it is matched by name and order, for closures that were already made.

An edit is `Unfit` for this whenever the exchange could differ from loading the edited module: something
outside of the function's body changes (defaults, decorators, annotations), free variables change, the changed
code already ran when the project was imported, or the live code is not what the text compiles to.
"""

from __future__ import annotations
import __future__

import ast
import gc
import io
import tokenize
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

import python_screen_plan  # type: ignore[import-not-found,unused-ignore]

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
FUTURES = ("annotations", "generator_stop", "division", "barry_as_FLUFL")


class Unfit(Exception):
    """The edit cannot be tried by exchanging code."""


class Place:
    """An outermost function: bytes `[start, end)` of its module, from the 1-based line `line` on.

    `heads` are the lines to put before it, `names` those of the classes around it and its own.
    """

    def __init__(
        self, start: int, end: int, line: int, heads: tuple[str, ...], names: tuple[str, ...]
    ) -> None:
        self.start, self.end, self.line, self.heads, self.names = start, end, line, heads, names
        self.old: CodeType | None = None
        self.shape: Any = None


class Source:
    """A module under repair: its bytes, its outermost functions, the name that its live code bears."""

    def __init__(self, data: bytes, filename: str) -> None:
        self.data, self.filename = data, filename
        self.encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
        lines = data.splitlines(keepends=True)
        self.lines = [line.decode(self.encoding, "replace").lstrip("\ufeff") for line in lines]
        self.starts = [0]
        for line in lines:
            self.starts.append(self.starts[-1] + len(line))
        tree = ast.parse(data)
        self.flags = _future_flags(tree)
        self.tail = _tail(tree)
        self.places = list(self._places(tree, (), ()))

    def place_of(self, start: int, end: int) -> Place:
        """The function around an edit."""
        for place in self.places:
            if place.start <= start and end <= place.end:
                return place
        raise Unfit("outside of functions")

    def compiled(self, place: Place, text: bytes) -> tuple[CodeType, Any]:
        """The code of the function with this text, and the shape of what is around it."""
        source = "".join(place.heads) + text.decode(self.encoding).lstrip("\ufeff") + self.tail
        code: CodeType = compile(source, self.filename, "exec", self.flags, dont_inherit=True)
        shape, target = _shape(code, place.names)
        if target is None:
            raise Unfit("its definition is gone")
        return moved(target, place.line - len(place.heads) - 1), shape

    def _places(self, node: ast.AST, heads: tuple[str, ...], names: tuple[str, ...]) -> Iterator[Place]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, FUNCTIONS):
                first = min([child.lineno, *(one.lineno for one in child.decorator_list)])
                last = child.end_lineno or first
                place = Place(self.starts[first - 1], self.starts[last], first, heads, (*names, child.name))
                yield place
            elif isinstance(child, ast.ClassDef):
                head = f"{self._indent(child.lineno)}class {child.name}:\n"
                yield from self._places(child, (*heads, head), (*names, child.name))
            elif isinstance(child, (ast.stmt, ast.ExceptHandler)) or type(child).__name__ == "match_case":
                yield from self._places(child, self._inside(child, heads), names)

    def _inside(self, child: Any, heads: tuple[str, ...]) -> tuple[str, ...]:
        """The heads below a compound statement; one as deep as the last stands for both."""
        if not hasattr(child, "lineno"):
            return heads
        indent = self._indent(child.lineno)
        if heads and len(indent) <= len(heads[-1]) - len(heads[-1].lstrip()):
            return heads
        return (*heads, f"{indent}if 1:\n") if hasattr(child, "body") else heads

    def _indent(self, line: int) -> str:
        text = self.lines[line - 1]
        return text[: len(text) - len(text.lstrip())]


class Live:
    """The function objects of the process by code, and the codes that ran before any test."""

    def __init__(self, filenames: set[str], ran: dict[int, Any]) -> None:
        self.ran = ran
        self.functions: dict[CodeType, list[FunctionType]] = {}
        for value in gc.get_objects():
            if type(value) is FunctionType and value.__code__.co_filename in filenames:
                self.functions.setdefault(value.__code__, []).append(value)


class Swap:
    """Tries edits of `sources`, by path."""

    def __init__(self, sources: dict[str, Source], live: Live) -> None:
        self.sources, self.live = sources, live

    def begin(self, edits: dict[str, Any]) -> Callable[[], None]:
        """Put the edited code in place; returns what puts the old code back.

        Raises `Unfit`, or what `compile` raises.
        """
        wanted: list[tuple[FunctionType, CodeType]] = []
        for source, place, group in self.groups(edits):
            text = python_screen_plan.applied(source.data[place.start : place.end], group, place.start)
            code, shape = source.compiled(place, text)
            if shape != place.shape or place.old is None:
                raise Unfit("more than a body changes")
            wanted += self._exchanged(place.old, code)
        before = [(function, function.__code__) for function, _ in wanted]
        for function, code in wanted:
            function.__code__ = code

        def undo() -> None:
            for function, code in before:
                function.__code__ = code

        return undo

    def groups(self, edits: dict[str, Any]) -> list[tuple[Source, Place, list[Any]]]:
        """The edits by function; raises `Unfit`. The old code of each function is known afterwards."""
        found: dict[int, tuple[Source, Place, list[Any]]] = {}
        for path, some in edits.items():
            if path not in self.sources:
                raise Unfit("not an imported module")
            source = self.sources[path]
            for edit in some:
                place = source.place_of(edit[0], edit[1])
                if place.shape is None:
                    self._learn(source, place)
                found.setdefault(id(place), (source, place, []))[2].append(edit)
        if any(place.old is None for _, place, _ in found.values()):
            raise Unfit("its live code is another than that of its text")
        return list(found.values())

    def _learn(self, source: Source, place: Place) -> None:
        """Find the live code of a function."""
        try:
            code, place.shape = source.compiled(place, source.data[place.start : place.end])
        except (SyntaxError, ValueError, Unfit):
            place.shape = ()
            return
        functions = self.live.functions.get(code)
        if functions:
            place.old = functions[0].__code__

    def _exchanged(self, old: CodeType, new: CodeType) -> Iterator[tuple[FunctionType, CodeType]]:
        """The live functions of `old` and of the code in it, each with its new code."""
        functions = self.live.functions.get(old, [])
        if functions and old.co_freevars != new.co_freevars:
            raise Unfit("free variables change")
        ran = any(id(code) in self.live.ran for code in (old, *(one.__code__ for one in functions)))
        if ran and _own(old) != _own(new):
            raise Unfit("it ran when the project was imported")
        yield from ((function, new) for function in functions)
        inner = _by_name(_codes(new))
        for name, codes in _by_name(_codes(old)).items():
            others = inner.get(name, [])
            if len(others) == len(codes):
                for place, code in enumerate(codes):
                    yield from self._exchanged(code, others[place])
            elif any(map(self._is_live, codes)):
                raise Unfit("functions made before change in number")

    def _is_live(self, code: CodeType) -> bool:
        return (
            code in self.live.functions or id(code) in self.live.ran or any(map(self._is_live, _codes(code)))
        )


def moved(code: CodeType, lines: int) -> CodeType:
    """The same code, so many lines further down."""
    if not lines:
        return code
    constants = tuple(moved(value, lines) if type(value) is CodeType else value for value in code.co_consts)
    return code.replace(co_firstlineno=code.co_firstlineno + lines, co_consts=constants)


def _codes(code: CodeType) -> list[CodeType]:
    return [value for value in code.co_consts if type(value) is CodeType]


def _by_name(codes: Iterable[CodeType]) -> dict[str, list[CodeType]]:
    found: dict[str, list[CodeType]] = {}
    for code in codes:
        found.setdefault(code.co_name, []).append(code)
    return found


def _own(code: CodeType) -> tuple[Any, ...]:
    """What a code does itself, apart from its lines and from the code in it."""
    constants = repr([value for value in code.co_consts if type(value) is not CodeType])
    variables = (code.co_varnames, code.co_freevars, code.co_cellvars, code.co_flags, code.co_argcount)
    handlers = getattr(code, "co_exceptiontable", b"")
    return (code.co_code, constants, code.co_names, *variables, code.co_kwonlyargcount, handlers)


def _shape(code: CodeType, names: tuple[str, ...]) -> tuple[Any, CodeType | None]:
    """What is executed to define the function, the function's code left out; and that code."""
    inner = [value for value in _codes(code) if value.co_name == names[0]]
    if len(inner) != 1:
        return (), None
    others = [value for value in _codes(code) if value is not inner[0]]
    if len(names) == 1:
        arguments = inner[0].co_varnames[: inner[0].co_argcount + inner[0].co_kwonlyargcount]
        kind = (arguments, inner[0].co_posonlyargcount, inner[0].co_argcount, inner[0].co_flags & 0x0C)
        return (_own(code), others, kind), inner[0]
    shape, target = _shape(inner[0], names[1:])
    return (_own(code), others, shape), target


def _tail(tree: ast.Module) -> str:
    """Imports to put behind a function compiled alone: a call of what a module imports is another code."""
    names: set[str] = set()
    left: list[ast.AST] = [tree]
    while left:
        node = left.pop()
        if isinstance(node, ast.Import):
            names.update(one.asname or one.name.partition(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module != "__future__":
            names.update(one.asname or one.name for one in node.names if one.name != "*")
        elif not isinstance(node, (*FUNCTIONS, ast.ClassDef, ast.expr)):
            left += ast.iter_child_nodes(node)
    return "\nif 0:\n import " + ", ".join(f"sys as {name}" for name in sorted(names)) if names else ""


def _future_flags(tree: ast.Module) -> int:
    flags = 0
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            for name in statement.names:
                if name.name in FUTURES:
                    flags |= getattr(__future__, name.name).compiler_flag
    return flags
