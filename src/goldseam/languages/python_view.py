"""The Python sources of a snapshot as rules see them: parsed once, nodes by kind, definitions and imports.

Nothing is imported or run. A source that is too large, too deep or does not parse is simply not in the view;
so `ast.parse` never sees what could exhaust the interpreter's stack or take seconds.
"""

import ast
import re
import warnings
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TypeVar

from goldseam.core.fault import Code, Fault
from goldseam.core.source import UTF8_BOM, Edit, Span, lines_of

MOST_BYTES = 200_000
MOST_BYTES_IN_ALL = 1_000_000
MOST_DEPTH = 80
SUFFIXES = (".py", ".pyw")

Function = ast.FunctionDef | ast.AsyncFunctionDef
Scope = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
N = TypeVar("N", bound=ast.AST)

_BRACKETS = re.compile(rb"[()\[\]{}]")


class Module:
    """One parsed source: `name` is its dotted name, positions are bytes of the file as it is."""

    def __init__(self, path: str, data: bytes, tree: ast.Module, encoding: str) -> None:
        self.path = path
        self.name = _dotted(path)
        self.data = data
        self.tree = tree
        self._encoding = encoding
        self._kinds: dict[type[ast.AST], list[ast.AST]] = defaultdict(list)
        self._parents: dict[ast.AST, ast.AST] = {}
        self._given: dict[ast.AST, dict[str, list[ast.expr]]] = {}
        self._lines = lines_of(data)
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))
        self._index()

    def _index(self) -> None:
        waiting: list[ast.AST] = [self.tree]
        while waiting:
            node = waiting.pop()
            self._kinds[type(node)].append(node)
            children = list(ast.iter_child_nodes(node))
            for child in children:
                self._parents[child] = node
            waiting += reversed(children)

    def every(self, kind: type[N]) -> Sequence[N]:
        """All nodes of exactly this kind, in the order of the source."""
        return self._kinds.get(kind, [])  # type: ignore[return-value]

    @property
    def functions(self) -> Iterator[Function]:
        yield from self.every(ast.FunctionDef)
        yield from self.every(ast.AsyncFunctionDef)

    @property
    def imports(self) -> "list[ast.Import | ast.ImportFrom]":
        return [*self.every(ast.Import), *self.every(ast.ImportFrom)]

    @cached_property
    def assignments(self) -> tuple[tuple[ast.expr, ast.expr], ...]:
        """Every target and the value that it is given, of plain and annotated assignments."""
        plain = [(target, node.value) for node in self.every(ast.Assign) for target in node.targets]
        annotated = [(node.target, node.value) for node in self.every(ast.AnnAssign) if node.value]
        return (*plain, *annotated)

    def parent(self, node: ast.AST) -> ast.AST | None:
        return self._parents.get(node)

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """What is around a node, the nearest first."""
        at = self._parents.get(node)
        while at is not None:
            yield at
            at = self._parents.get(at)

    def function_of(self, node: ast.AST) -> Function | None:
        """The nearest function around a node."""
        found = (at for at in self.ancestors(node) if isinstance(at, ast.FunctionDef | ast.AsyncFunctionDef))
        return next(found, None)

    def class_of(self, node: ast.AST) -> ast.ClassDef | None:
        """The nearest class around a node."""
        return next((at for at in self.ancestors(node) if isinstance(at, ast.ClassDef)), None)

    def given(self, name: str, around: ast.AST) -> Sequence[ast.expr]:
        """What the plain assignments of a function, or of the module's top, give to a local name."""
        if around not in self._given:
            found: dict[str, list[ast.expr]] = defaultdict(list)
            for node in own(around):
                if isinstance(node, ast.Assign):
                    for target in node.targets:
                        if isinstance(target, ast.Name):
                            found[target.id].append(node.value)
            self._given[around] = found
        return self._given[around].get(name, [])

    @property
    def is_test(self) -> bool:
        """Whether the file's name is that of tests."""
        file = PurePosixPath(self.path).name
        return file.startswith("test_") or file.endswith("_test.py") or file == "conftest.py"

    @cached_property
    def words(self) -> frozenset[str]:
        """Every identifier of the source."""
        found = {node.id for node in self.every(ast.Name)} | {node.attr for node in self.every(ast.Attribute)}
        return frozenset(found)

    def line(self, node: ast.AST) -> int:
        return int(getattr(node, "lineno", 1))

    def span(self, node: ast.AST) -> Span:
        """The bytes of a node."""
        start = self._offset(self.line(node), getattr(node, "col_offset", 0))
        end = self._offset(
            getattr(node, "end_lineno", None) or self.line(node), getattr(node, "end_col_offset", None) or 0
        )
        return Span(start, max(start, end))

    def head(self, node: ast.AST) -> Span:
        """The bytes of a node on its first line."""
        whole, number = self.span(node), self.line(node) - 1
        text = self._lines[number] if number < len(self._lines) else b""
        return Span(whole.start, max(whole.start, min(whole.end, self._starts[number] + len(text.rstrip()))))

    def text(self, node: ast.AST) -> str:
        """The source of a node."""
        span = self.span(node)
        return self.data[span.start : span.end].decode(self._encoding, "replace")

    def _offset(self, line: int, column: int) -> int:
        """Offset of a position that `ast` counts in UTF-8."""
        if line > len(self._lines):
            return len(self.data)
        start, text = self._starts[line - 1], self._lines[line - 1]
        bom = len(UTF8_BOM) if line == 1 and text.startswith(UTF8_BOM) else 0
        if self._encoding != "utf-8":
            told = text.decode(self._encoding, "replace").encode("utf-8", "replace")[:column]
            column = len(told.decode("utf-8", "replace").encode(self._encoding, "replace"))
        return min(start + bom + column, len(self.data))

    def line_at(self, offset: int) -> int:
        """1-based line of an offset."""
        return bisect_right(self._starts, offset)

    def fault(
        self,
        node: ast.AST,
        code: Code,
        message: str,
        hint: str,
        *,
        suspiciousness: float = 0.5,
        detail: str = "",
        expected: str = "",
        fix: tuple[Edit, ...] = (),
    ) -> Fault:
        """A suspicion at the first line of `node`."""
        return Fault(
            code,
            self.path,
            self.head(node),
            message,
            hint,
            suspiciousness,
            detail,
            expected,
            fix,
            static=True,
        )


@dataclass(frozen=True, slots=True)
class Defined:
    """A function or class and the module that defines it."""

    module: Module
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

    @property
    def name(self) -> str:
        return self.node.name


class Project:
    """All modules of a snapshot, and how their names hang together."""

    def __init__(self, modules: Sequence[Module]) -> None:
        self.modules: Mapping[str, Module] = {module.path: module for module in modules}
        self._imported: dict[str, Mapping[str, tuple[ast.Import | ast.ImportFrom, ast.alias]]] = {}

    def __iter__(self) -> Iterator[Module]:
        return iter(self.modules.values())

    @cached_property
    def classes(self) -> tuple[Defined, ...]:
        return tuple(Defined(module, node) for module in self for node in module.every(ast.ClassDef))

    @cached_property
    def functions(self) -> Mapping[str, tuple[Defined, ...]]:
        """Functions and methods by name."""
        found: dict[str, list[Defined]] = defaultdict(list)
        for module in self:
            for node in module.functions:
                found[node.name].append(Defined(module, node))
        return {name: tuple(all_of) for name, all_of in found.items()}

    @cached_property
    def _by_name(self) -> Mapping[str, Module]:
        """Modules by every dotted name that an import may give them, the shortest path first."""
        found: dict[str, Module] = {}
        for module in sorted(self, key=lambda module: (module.path.count("/"), module.path)):
            parts = module.name.split(".")
            for start in range(len(parts)):
                found.setdefault(".".join(parts[start:]), module)
        return found

    @cached_property
    def _tops(self) -> Mapping[str, Mapping[str, Defined]]:
        return {
            module.path: {
                node.name: Defined(module, node)
                for node in module.tree.body
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            }
            for module in self
        }

    def module_named(self, name: str, by: Module, level: int = 0) -> Module | None:
        """The module that `by` imports under a dotted name, if it is of the project."""
        if level:
            around = by.name.split(".") if by.path.endswith("/__init__.py") else by.name.split(".")[:-1]
            kept = around[: len(around) - level + 1]
            name = ".".join([*kept, *filter(None, [name])])
        found = self._by_name.get(name)
        return found if found is not by else None

    def resolve(self, module: Module, node: ast.expr) -> Defined | None:
        """The function or class of the project that `node`, a name or `module.name`, stands for."""
        if isinstance(node, ast.Name):
            return self._named(module, node.id)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            other = self.imported_as(module, node.value.id)
            return self._tops[other.path].get(node.attr) if other else None
        return None

    def _named(self, module: Module, name: str) -> Defined | None:
        if found := self._tops[module.path].get(name):
            return found
        node, alias = self._bound(module).get(name, (None, None))
        if not isinstance(node, ast.ImportFrom) or alias is None:
            return None
        source = self.module_named(node.module or "", module, node.level)
        return self._tops[source.path].get(alias.name) if source else None

    def imported_as(self, module: Module, name: str) -> Module | None:
        """The project's module that a module knows by a name."""
        node, alias = self._bound(module).get(name, (None, None))
        if alias is None:
            return None
        if isinstance(node, ast.ImportFrom):
            dotted = f"{node.module}.{alias.name}" if node.module else alias.name
            return self.module_named(dotted, module, node.level)
        return self.module_named(alias.name, module)

    def _bound(self, module: Module) -> Mapping[str, tuple[ast.Import | ast.ImportFrom, ast.alias]]:
        """What a module's imports bind, by the names that they are known by."""
        if module.path not in self._imported:
            found = {
                alias.asname or alias.name: (node, alias) for node in module.imports for alias in node.names
            }
            self._imported[module.path] = found
        return self._imported[module.path]


Encoding = Callable[[bytes], str]


def parsed(path: str, data: bytes, encoding_of: Encoding) -> Module | None:
    """A source as a module, or None where it cannot be one."""
    if len(data) > MOST_BYTES or b"\0" in data or _depth(data) > MOST_DEPTH:
        return None
    try:
        encoding = encoding_of(data).removesuffix("-sig")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(data, path)
    except (SyntaxError, ValueError, LookupError, RecursionError, MemoryError, OverflowError):
        return None
    return Module(path, data, tree, encoding)


def view_of(
    files: Mapping[str, bytes],
    encoding_of: Encoding,
    known: Mapping[str, Module] | None = None,
    is_late: Callable[[], bool] = lambda: False,
) -> Project:
    """The project of a snapshot's files, in their order, as many as there is room and time for.

    Modules of `known` with the same bytes are not parsed again.
    """
    modules: list[Module] = []
    left = MOST_BYTES_IN_ALL
    for path, data in files.items():
        if not path.endswith(SUFFIXES) or len(data) > left or is_late():
            continue
        before = (known or {}).get(path)
        module = before if before and before.data == data else parsed(path, data, encoding_of)
        if module:
            modules.append(module)
            left -= len(data)
    return Project(modules)


def _depth(data: bytes) -> int:
    """How deep brackets nest at most, those in strings included."""
    deepest = depth = 0
    for match in _BRACKETS.finditer(data):
        depth = depth + 1 if match[0] in b"([{" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


def _dotted(path: str) -> str:
    parts = PurePosixPath(path).with_suffix("").parts
    return ".".join(parts[:-1] if parts and parts[-1] == "__init__" and len(parts) > 1 else parts)


def own(node: ast.AST) -> Iterator[ast.AST]:
    """What is inside a node, without the insides of functions and classes within it."""
    waiting = list(ast.iter_child_nodes(node))[::-1]
    while waiting:
        at = waiting.pop()
        yield at
        if not isinstance(at, Scope):
            waiting += list(ast.iter_child_nodes(at))[::-1]


def name_of(node: ast.AST | None) -> str:
    """The identifier that tells what an expression is: of a name, attribute, call, or the key it reads."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
            return name
        case ast.Call(func=called):
            return name_of(called)
        case ast.Subscript(slice=ast.Constant(value=str(key))):
            return key
        case ast.Subscript(value=value):
            return name_of(value)
    return ""


def dotted_of(node: ast.AST) -> str:
    """`a.b.c` of a chain of attributes that starts at a name; empty for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def text_of(node: ast.AST | None) -> str | None:
    """The value of a string constant."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def words_of(name: str) -> tuple[str, ...]:
    """The words of an identifier in snake or camel case, in lower case."""
    return tuple(word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name))
