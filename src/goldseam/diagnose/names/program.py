"""The Python files of a case as trees: who defines what, who uses it, what is visible where."""

import ast
import builtins
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import PurePosixPath

from goldseam.core.source import Span, line_span
from goldseam.diagnose.names.spelling import usual_words, words_of

MAX_BYTES = 1_000_000
Function = ast.FunctionDef | ast.AsyncFunctionDef
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SCOPES = (*_FUNCTIONS, ast.ClassDef, ast.Lambda)
SUFFIXES = (".py", ".pyw")
_A_USUAL_WORD = 5
BUILTINS = frozenset(dir(builtins))
CONSTANTS = frozenset({"None", "True", "False", "Ellipsis", "NotImplemented", "__debug__"})


@dataclass(frozen=True)
class Module:
    """One file that parses. Everything is found once, without recursion into the depth of a tree."""

    path: str
    data: bytes
    tree: ast.Module
    nodes: tuple[ast.AST, ...] = field(repr=False)
    parents: Mapping[ast.AST, ast.AST] = field(repr=False)

    @property
    def name(self) -> str:
        """The module's dotted name as its path says it."""
        parts = PurePosixPath(self.path).with_suffix("").parts
        parts = parts[1:] if parts[:1] == ("src",) else parts
        return ".".join(parts[:-1] if parts[-1:] == ("__init__",) else parts)

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        return tuple(node for node in self.nodes if isinstance(node, _FUNCTIONS))

    @cached_property
    def classes(self) -> tuple[ast.ClassDef, ...]:
        return tuple(node for node in self.nodes if isinstance(node, ast.ClassDef))

    @cached_property
    def calls(self) -> tuple[ast.Call, ...]:
        return tuple(node for node in self.nodes if isinstance(node, ast.Call))

    @cached_property
    def names(self) -> tuple[ast.Name, ...]:
        return tuple(node for node in self.nodes if isinstance(node, ast.Name))

    @cached_property
    def attributes(self) -> tuple[ast.Attribute, ...]:
        return tuple(node for node in self.nodes if isinstance(node, ast.Attribute))

    @cached_property
    def loads(self) -> Counter[str]:
        """How often each name is read."""
        return Counter(node.id for node in self.names if isinstance(node.ctx, ast.Load))

    @cached_property
    def top(self) -> frozenset[str]:
        """Names that the module binds at its top, those in its conditions and loops included."""
        return frozenset(bound_in(self, self.tree))

    def scope(self, node: ast.AST) -> ast.AST:
        """The innermost function, class or module around a node, not itself."""
        here = self.parents.get(node)
        while here is not None and not isinstance(here, _SCOPES):
            here = self.parents.get(here)
        return here or self.tree

    def function_at(self, line: int) -> Function | None:
        """The innermost function whose body holds a line."""
        around = [f for f in self.functions if f.lineno <= line <= (f.end_lineno or f.lineno)]
        return max(around, key=lambda f: f.lineno, default=None)

    def class_of(self, function: Function) -> ast.ClassDef | None:
        parent = self.parents.get(function)
        return parent if isinstance(parent, ast.ClassDef) else None

    def statement(self, node: ast.AST) -> ast.stmt | None:
        """The statement that a node is part of."""
        here: ast.AST | None = node
        while here is not None and not isinstance(here, ast.stmt):
            here = self.parents.get(here)
        return here

    def at_line(self, line: int) -> Iterator[ast.AST]:
        """Nodes whose text touches a line, statements with bodies left out."""
        for node in self.nodes:
            start, end = getattr(node, "lineno", None), getattr(node, "end_lineno", None)
            if start is not None and end is not None and start <= line <= end and not hasattr(node, "body"):
                yield node

    def span(self, node: ast.AST) -> Span:
        """The bytes of a node of a file in UTF-8; in another encoding its first line."""
        start, end = getattr(node, "lineno", 1), getattr(node, "end_lineno", 1)
        first, last = line_span(self.data, start), line_span(self.data, end)
        if not self._is_utf8:
            return first
        mark = 3 if start == 1 and self.data.startswith(b"\xef\xbb\xbf") else 0
        begin = first.start + mark + getattr(node, "col_offset", 0)
        mark = mark if end == start else 0
        return Span(begin, max(begin, last.start + mark + getattr(node, "end_col_offset", 0)))

    @cached_property
    def _is_utf8(self) -> bool:
        try:
            self.data.decode("utf-8")
        except UnicodeDecodeError:
            return False
        return b"coding" not in b"\n".join(self.data.split(b"\n", 2)[:2])

    def name_span(self, node: ast.AST, name: str) -> Span:
        """The bytes of `name` inside a node, at its end for an attribute; the node if it is not there."""
        span = self.span(node)
        word = name.encode()
        text = self.data[span.start : span.end]
        at = text.rfind(word) if isinstance(node, ast.Attribute) else text.find(word)
        return span if at < 0 else Span(span.start + at, span.start + at + len(word))


@dataclass(frozen=True)
class Program:
    """All files of a case that parse."""

    modules: tuple[Module, ...]

    def module(self, path: str) -> Module | None:
        return next((module for module in self.modules if module.path == path), None)

    def named(self, dotted: str) -> Module | None:
        """The module that an import by this name means, its folders left out where needed."""
        for module in self.modules:
            if module.name == dotted or module.name.endswith("." + dotted):
                return module
        return None

    def functions(self, name: str) -> list[tuple[Module, Function]]:
        """Functions and methods by their own name."""
        return [(m, f) for m in self.modules for f in m.functions if f.name == name]

    def classes(self, name: str) -> list[tuple[Module, ast.ClassDef]]:
        return [(m, c) for m in self.modules for c in m.classes if c.name == name]

    @cached_property
    def words(self) -> Counter[str]:
        """How often each word is part of the text of all modules, in names, comments and strings alike."""
        return Counter(word for m in self.modules for word in words_of(m.data.decode("utf-8", "replace")))

    def is_odder(self, name: str, other: str) -> bool:
        """Whether `name` has a rarer word than `other`, or letters where no such are usual."""
        rarest, usual = (min(map(self._count, words_of(n)), default=0) for n in (name, other))
        return rarest < usual if rarest != usual else "__" in name.strip("_") and "__" not in other.strip("_")

    def _count(self, word: str) -> int:
        return self.words[word] + (_A_USUAL_WORD if word in usual_words() else 0)

    @cached_property
    def attribute_loads(self) -> Counter[str]:
        """How often each attribute is read, in all modules."""
        return Counter(
            node.attr for m in self.modules for node in m.attributes if isinstance(node.ctx, ast.Load)
        )


def program_of(files: Mapping[str, bytes]) -> Program:
    """The Python files among `files`; those that do not parse or are too large are left out."""
    modules = (parsed(path, data) for path, data in files.items() if path.endswith(SUFFIXES))
    return Program(tuple(module for module in modules if module is not None))


@lru_cache(maxsize=64)
def parsed(path: str, data: bytes) -> Module | None:
    """A file as a module, or None."""
    if len(data) > MAX_BYTES:
        return None
    try:
        tree = ast.parse(data)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    nodes = tuple(ast.walk(tree))
    parents = {child: node for node in nodes for child in ast.iter_child_nodes(node)}
    return Module(path, data, tree, nodes, parents)


def bound_in(module: Module, scope: ast.AST) -> Iterator[str]:
    """Names that a scope binds itself, without those of scopes inside it."""
    if isinstance(scope, (*_FUNCTIONS, ast.Lambda)):
        yield from (argument.arg for argument in arguments(scope.args))
    todo: list[ast.AST] = list(ast.iter_child_nodes(scope))
    while todo:
        node = todo.pop()
        yield from _bound_by(node)
        if not isinstance(node, _SCOPES):
            todo.extend(ast.iter_child_nodes(node))


def _bound_by(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store()):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            yield from ((alias.asname or alias.name).partition(".")[0] for alias in names)
        case ast.ExceptHandler(name=str(name)):
            yield name
        case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
        case _:
            return


def arguments(args: ast.arguments) -> list[ast.arg]:
    """All parameters of a signature, in their order."""
    rest = [argument for argument in (args.vararg, args.kwarg) if argument]
    return [*args.posonlyargs, *args.args, *args.kwonlyargs, *rest]


def visible_at(module: Module, line: int) -> frozenset[str]:
    """Names that code on a line can see: of its functions, of the module, built in."""
    names = set(module.top)
    here: ast.AST | None = module.function_at(line)
    innermost = here
    while here is not None and here is not module.tree:
        if here is innermost or not isinstance(here, ast.ClassDef):
            names.update(bound_in(module, here))
        here = module.scope(here)
    return frozenset(names) | BUILTINS
