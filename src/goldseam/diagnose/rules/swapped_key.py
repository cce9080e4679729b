"""A mapping whose keys are written in one order and read in the other: (base, quote) and (quote, base)."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from goldseam.core.fault import Code, Fault
from goldseam.core.source import Edit
from goldseam.diagnose.rule import Rule, hit, miss
from goldseam.languages.python_view import Module, Project, dotted_of, name_of

_READERS = frozenset({"get", "pop"})
_WRITERS = frozenset({"setdefault"})


@dataclass(frozen=True, slots=True)
class _Use:
    """A key of several names in order, where it reads or writes a mapping."""

    module: Module
    node: ast.expr
    names: tuple[str, ...]
    writes: bool
    right: bool
    """Whether the names stand in the order of the function's parameters."""


def find(project: Project) -> Iterator[Fault]:
    """Keys of the same names in another order than where the mapping is filled."""
    for module in project:
        for owner, uses in _uses(module).items():
            written = {use.names for use in uses if use.writes}
            read = {use.names for use in uses if not use.writes}
            if len(written) != 1 or len(read) != 1 or read == written or not _is_turned(read, written):
                continue
            wrong = [use for use in uses if not use.right] or [use for use in uses if not use.writes]
            if len(wrong) == len(uses):
                wrong = [use for use in uses if not use.writes]
            (put,), (got,) = written, read
            turned = (edit for use in wrong for edit in _turned(use, got if use.writes else put))
            fix = tuple(dict.fromkeys(turned))
            for use in {id(use.node): use for use in wrong}.values():
                yield module.fault(
                    use.node,
                    Code.SEM_SWAPPED_KEY,
                    f"'{owner}' is filled by ({', '.join(*written)}) and read by ({', '.join(*read)})",
                    "build the key in one order, in one place",
                    suspiciousness=0.8,
                    fix=fix,
                )


def _turned(use: _Use, order: tuple[str, ...]) -> Iterator[Edit]:
    """The edits that put the parts of a tuple in another order."""
    if not isinstance(use.node, ast.Tuple):
        return
    texts = dict(zip(use.names, map(use.module.text, use.node.elts), strict=True))
    for part, name in zip(use.node.elts, order, strict=True):
        yield Edit(use.module.span(part), texts[name].encode())


def _is_turned(read: set[tuple[str, ...]], written: set[tuple[str, ...]]) -> bool:
    (one,), (other,) = read, written
    return sorted(one) == sorted(other) and len(set(one)) == len(one)


def _uses(module: Module) -> dict[str, list[_Use]]:
    found: dict[str, list[_Use]] = defaultdict(list)
    for owner, key, writes in _places(module):
        at = _resolved(key, module)
        names = _names(at)
        if len(names) > 1 and all(names):
            found[owner].append(_Use(module, at, names, writes, _in_order(names, at, module)))
    return found


def _places(module: Module) -> Iterator[tuple[str, ast.expr, bool]]:
    """Every key of a named mapping: its owner, the key, and whether it is written."""
    for node in module.every(ast.Subscript):
        if owner := dotted_of(node.value):
            yield owner, node.slice, isinstance(node.ctx, ast.Store)
    for call in module.every(ast.Call):
        if not isinstance(call.func, ast.Attribute) or call.func.attr not in _READERS | _WRITERS:
            continue
        if call.args and (owner := dotted_of(call.func.value)):
            yield owner, call.args[0], call.func.attr in _WRITERS
    for comparison in module.every(ast.Compare):
        is_in = isinstance(comparison.ops[0], ast.In | ast.NotIn) and len(comparison.ops) == 1
        if is_in and (owner := dotted_of(comparison.comparators[0])):
            yield owner, comparison.left, False


def _resolved(key: ast.expr, module: Module) -> ast.expr:
    """The key itself where a local name stands for it."""
    function = module.function_of(key)
    if not isinstance(key, ast.Name) or function is None:
        return key
    given = module.given(key.id, function)
    return given[0] if len(given) == 1 else key


def _names(key: ast.expr) -> tuple[str, ...]:
    """The names in a key, in order, of a tuple, an f-string or a sum of texts."""
    if isinstance(key, ast.Tuple):
        return tuple(map(_plain, key.elts))
    if isinstance(key, ast.JoinedStr):
        return tuple(_plain(part.value) for part in key.values if isinstance(part, ast.FormattedValue))
    if isinstance(key, ast.BinOp) and isinstance(key.op, ast.Add):
        sides = [*_terms(key)][::-1]
        return tuple(_plain(side) for side in sides if not isinstance(side, ast.Constant))
    return ()


def _terms(node: ast.expr) -> Iterator[ast.expr]:
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        if isinstance(node.right, ast.BinOp):
            return
        yield node.right
        node = node.left
    yield node


def _plain(node: ast.expr) -> str:
    """The name of a part of a key, also through `.upper()` and the like; empty for anything else."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and not node.args:
        return _plain(node.func.value)
    return name_of(node) if isinstance(node, ast.Name | ast.Attribute) else ""


def _in_order(names: tuple[str, ...], at: ast.AST, module: Module) -> bool:
    function = module.function_of(at)
    if function is None:
        return True
    parameters = [argument.arg for argument in function.args.args]
    places = [parameters.index(name) for name in names if name in parameters]
    return places == sorted(places)


_C = Code.SEM_SWAPPED_KEY
_P = "class Rates:\n    def __init__(self):\n        self.known = {}\n"
_PUT = f"{_P}    def put(self, base, quote, rate):\n        self.known[(base, quote)] = rate\n"
_GET = "    def get(self, base, quote):\n"
EXAMPLES = (
    hit(_C, f"{_PUT}{_GET}        return self.known[(quote, base)]\n", 7),
    hit(_C, f"{_PUT}{_GET}        return self.known.get((quote, base))\n", 7),
    hit(_C, f"{_PUT}{_GET}        return (quote, base) in self.known\n", 7),
    hit(_C, f"{_PUT}{_GET}        key = (quote, base)\n        return self.known[key]\n", 7),
    hit(_C, "seen = {}\ndef put(a, b):\n    seen[b, a] = 1\ndef get(a, b):\n    return seen[a, b]\n", 3),
    hit(
        _C,
        "seen = {}\ndef put(a, b):\n    seen[f'{a}/{b}'] = 1\ndef get(a, b):\n    return seen[f'{b}/{a}']\n",
        5,
    ),
    hit(
        _C,
        "seen = {}\ndef put(a, b):\n    seen[a + '-' + b] = 1\ndef get(a, b):\n"
        "    return seen[b + '-' + a]\n",
        5,
    ),
    hit(
        _C,
        "seen = {}\ndef find(row, col):\n    if (row, col) in seen:\n        return seen[row, col]\n"
        "    seen[col, row] = 1\n    return 1\n",
        5,
    ),
    hit(
        _C,
        "class A:\n    def f(self, x, y):\n        self.grid[x, y] = 1\n"
        "    def g(self, x, y):\n        return self.grid.pop((y, x))\n",
        5,
    ),
    hit(
        _C,
        "class A:\n    def f(self, x, y):\n        self.grid.setdefault((y, x), 1)\n"
        "    def g(self, x, y):\n        return self.grid[x, y]\n",
        3,
    ),
    hit(
        _C,
        "seen = {}\ndef put(a, b):\n    seen[a.lower(), b.lower()] = 1\n"
        "def get(a, b):\n    return seen[b.lower(), a.lower()]\n",
        5,
    ),
    hit(
        _C,
        f"{_PUT}{_GET}        key = (quote, base)\n"
        "        return self.known[key] if key in self.known else None\n",
        7,
    ),
    miss(f"{_PUT}{_GET}        return self.known[(base, quote)]\n"),
    miss(
        f"{_PUT}{_GET}        if (base, quote) in self.known:\n            return self.known[(base, quote)]\n"
        "        return 1 / self.known[(quote, base)]\n"
    ),
    miss(
        "seen = {}\ndef put(a, b):\n    seen[a, b] = 1\n    seen[b, a] = 1\ndef get(a, b):\n"
        "    return seen[b, a]\n"
    ),
    miss("seen = {}\ndef put(a, b):\n    seen[a, b] = 1\ndef get(c, d):\n    return seen[d, c]\n"),
    miss(
        "seen, other = {}, {}\ndef put(a, b):\n    seen[a, b] = 1\ndef get(a, b):\n    return other[b, a]\n"
    ),
    miss("seen = {}\ndef put(a, b):\n    seen[a] = b\ndef get(a, b):\n    return seen[b]\n"),
    miss("seen = {}\ndef put(a, b):\n    seen[a, a] = 1\ndef get(a, b):\n    return seen[a, b]\n"),
    miss("seen = {}\ndef put(a, b):\n    seen[a, b, 1] = 1\ndef get(a, b):\n    return seen[b, a, 1]\n"),
    miss(
        "seen = {}\ndef put(a, b):\n    seen[tuple(sorted((a, b)))] = 1\ndef get(a, b):\n"
        "    return seen[tuple(sorted((b, a)))]\n"
    ),
    miss("def turn(grid, out, x, y):\n    out[y, x] = grid[x, y]\n"),
    miss("seen = {}\ndef get(a, b):\n    return seen[a, b], seen[b, a]\n"),
)
RULE = Rule("swapped_key", find, EXAMPLES)
