"""A list, dict or set as the default of a parameter that the function changes: every call shares it."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.diagnose.rule import Rule, hit, miss
from goldseam.languages.python_view import Function, Module, Project, own, words_of

_MAKERS = frozenset({"list", "dict", "set", "defaultdict", "deque", "Counter", "OrderedDict"})
_CHANGERS = frozenset(
    {"append", "extend", "insert", "add", "update", "setdefault", "pop", "remove", "clear", "appendleft"}
)
_WANTED = frozenset({"cache", "memo", "memory", "registry", "state", "shared"})
"""Words of parameters that are meant to be shared between calls."""


def find(project: Project) -> Iterator[Fault]:
    """Mutable defaults of parameters that the function changes and never sets anew."""
    for module in project:
        for function in module.functions:
            for name, default in _mutable_defaults(function):
                if _is_changed(name, function, module):
                    yield module.fault(
                        default,
                        Code.SEM_MUTABLE_DEFAULT,
                        f"the default of '{name}' is made once; every call of {function.name}() changes it",
                        f"take None as the default, make the value inside {function.name}()",
                        suspiciousness=0.7,
                        detail="default",
                        expected="None",
                    )


def _mutable_defaults(function: Function) -> Iterator[tuple[str, ast.expr]]:
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    pairs = list(zip(positional[::-1], arguments.defaults[::-1], strict=False))
    pairs += [(a, d) for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if d]
    for argument, default in pairs:
        wanted = argument.arg.startswith("_") or _WANTED & set(words_of(argument.arg))
        if _is_mutable(default) and not wanted:
            yield argument.arg, default


def _is_mutable(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in _MAKERS
    return isinstance(node, ast.List | ast.Dict | ast.Set)


def _is_changed(name: str, function: Function, module: Module) -> bool:
    inside = list(own(function))
    if any(isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Store) for n in inside):
        return any(isinstance(n, ast.AugAssign) and _is(n.target, name) for n in inside) and not any(
            isinstance(n, ast.Assign) and any(_is(target, name) for target in n.targets) for n in inside
        )
    return any(_changes(node, name) for node in inside) or _is_kept_and_changed(
        name, inside, function, module
    )


def _is(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _changes(node: ast.AST, name: str) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=method)):
            return owner == name and method in _CHANGERS
        case ast.Subscript(value=ast.Name(id=owner), ctx=ast.Store() | ast.Del()):
            return owner == name
    return False


def _is_kept_and_changed(name: str, inside: list[ast.AST], function: Function, module: Module) -> bool:
    """Whether it becomes an attribute that another method of the class changes."""
    kept = {
        target.attr
        for node in inside
        if isinstance(node, ast.Assign) and _is(node.value, name)
        for target in node.targets
        if isinstance(target, ast.Attribute)
    }
    around = module.class_of(function)
    if not kept or around is None:
        return False
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _CHANGERS
        and isinstance(node.func.value, ast.Attribute)
        and node.func.value.attr in kept
        for node in ast.walk(around)
    )


_C = Code.SEM_MUTABLE_DEFAULT
EXAMPLES = (
    hit(_C, "def add(x, seen=[]):\n    seen.append(x)\n    return seen\n", 1),
    hit(_C, "def add(x, *, seen=[]):\n    seen.append(x)\n    return seen\n", 1),
    hit(_C, "def count(word, counts={}):\n    counts[word] = counts.get(word, 0) + 1\n", 1),
    hit(_C, "def tag(name, tags=set()):\n    tags.add(name)\n    return tags\n", 1),
    hit(_C, "def tag(name, tags=list()):\n    tags.insert(0, name)\n    return tags\n", 1),
    hit(_C, "async def put(x, queue=[]):\n    queue.extend(x)\n", 1),
    hit(_C, "def more(x, found=[]):\n    found += x\n    return found\n", 1),
    hit(_C, "class Bag:\n    def put(self, x, items={}):\n        items.update(x)\n", 2),
    hit(
        _C,
        "class Bag:\n    def __init__(self, items=[]):\n        self.items = items\n"
        "    def put(self, x):\n        self.items.append(x)\n",
        2,
    ),
    hit(_C, "def drop(\n    key,\n    left={},\n):\n    del left[key]\n", 3),
    hit(_C, "from collections import deque\ndef f(x, last=deque()):\n    last.appendleft(x)\n", 2),
    miss("def add(x, seen=None):\n    seen = seen or []\n    seen.append(x)\n    return seen\n"),
    miss("def add(x, seen=[]):\n    seen = list(seen)\n    seen.append(x)\n    return seen\n"),
    miss("def add(x, seen=[]):\n    return x in seen\n"),
    miss("def add(x, seen=()):\n    return (*seen, x)\n"),
    miss("def fib(n, cache={}):\n    cache[n] = n\n    return cache[n]\n"),
    miss("def fib(n, _known={}):\n    _known[n] = n\n    return _known[n]\n"),
    miss("def show(rows, head=[]):\n    for name in head:\n        rows.append(name)\n"),
    miss(
        "class Bag:\n    def __init__(self, items=[]):\n        self.items = list(items)\n"
        "    def put(self, x):\n        self.items.append(x)\n"
    ),
    miss(
        "class Bag:\n    def __init__(self, items=[]):\n        self.items = items\n"
        "    def size(self):\n        return len(self.items)\n"
    ),
    miss("def f(x, seen=frozenset()):\n    return seen | {x}\n"),
)
RULE = Rule("mutable_default", find, EXAMPLES)
