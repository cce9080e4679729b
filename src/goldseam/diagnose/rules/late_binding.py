"""A function made in a loop and kept, that reads the loop's variable: all of them see its last value."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.diagnose.rule import Rule, hit, miss
from goldseam.languages.python_view import Module, Project

_KEEPERS = frozenset(
    {
        "append",
        "add",
        "insert",
        "register",
        "connect",
        "subscribe",
        "schedule",
        "submit",
        "call_later",
        "call_soon",
        "after",
        "add_done_callback",
        "add_callback",
        "on",
        "appendleft",
        "setdefault",
        "put",
    }
)
_KEPT_AS = frozenset({"command", "target", "callback", "on_click", "handler", "action"})
_Made = ast.Lambda | ast.FunctionDef | ast.AsyncFunctionDef


def find(project: Project) -> Iterator[Fault]:
    """Closures over the variable of the loop or comprehension that makes them, kept beyond one round."""
    for module in project:
        made: list[_Made] = [*module.every(ast.Lambda), *module.functions]
        for closure in made:
            names = _loop_names(closure, module) & _free_names(closure)
            if names and _is_kept(closure, module):
                bound = ", ".join(f"{name}={name}" for name in sorted(names))
                yield module.fault(
                    closure,
                    Code.SEM_LATE_BINDING,
                    f"'{min(names)}' is read when this function is called: "
                    "each one made here sees its last value",
                    f"bind the value where the function is made: '{bound}' as a parameter",
                    suspiciousness=0.7,
                    detail="lambda" if isinstance(closure, ast.Lambda) else "def",
                    expected=bound,
                )


def _loop_names(closure: _Made, module: Module) -> set[str]:
    """Variables of the loops around a closure, up to the function that it is in."""
    names: set[str] = set()
    for around in module.ancestors(closure):
        if isinstance(around, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            break
        if isinstance(around, ast.For | ast.AsyncFor) and not _leaves(around):
            names |= _stored(around.target)
        elif isinstance(around, ast.ListComp | ast.DictComp | ast.SetComp):
            names |= {name for generator in around.generators for name in _stored(generator.target)}
    return names


def _leaves(loop: ast.For | ast.AsyncFor) -> bool:
    """Whether a loop ends with its first round."""
    return isinstance(loop.body[-1], ast.Return | ast.Break | ast.Raise)


def _stored(target: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}


def _free_names(closure: _Made) -> set[str]:
    arguments = closure.args
    bound = {a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    bound |= {a.arg for a in (arguments.vararg, arguments.kwarg) if a}
    body = closure.body if isinstance(closure.body, list) else [closure.body]
    inside = [node for part in body for node in ast.walk(part) if isinstance(node, ast.Name)]
    bound |= {node.id for node in inside if isinstance(node.ctx, ast.Store)}
    return {node.id for node in inside} - bound


def _is_kept(closure: _Made, module: Module) -> bool:
    if isinstance(closure, ast.Lambda):
        return _keeps(closure, module)
    around = module.parent(closure)
    uses = [
        node
        for node in (ast.walk(around) if around is not None else ())
        if isinstance(node, ast.Name) and node.id == closure.name and isinstance(node.ctx, ast.Load)
    ]
    called = any(isinstance(p := module.parent(use), ast.Call) and p.func is use for use in uses)
    return not called and any(_keeps(use, module) for use in uses)


def _keeps(value: ast.AST, module: Module) -> bool:
    """Whether the place where a function stands keeps it for later."""
    match module.parent(value):
        case ast.Call(func=ast.Attribute(attr=method), args=given):
            return method in _KEEPERS and value in given
        case ast.keyword(arg=name):
            return name in _KEPT_AS
        case ast.Assign(targets=[ast.Subscript() as target]):
            return value is not target
        case ast.ListComp(elt=made) | ast.SetComp(elt=made) | ast.DictComp(value=made):
            return made is value
        case ast.Tuple() as pair:
            return _keeps(pair, module)
    return False


_C = Code.SEM_LATE_BINDING
EXAMPLES = (
    hit(
        _C,
        "def f():\n    made = []\n    for i in range(3):\n        made.append(lambda: i)\n    return made\n",
        4,
    ),
    hit(_C, "made = [lambda x: x * i for i in range(3)]\n", 1),
    hit(_C, "made = {name: lambda: name for name in 'abc'}\n", 1),
    hit(_C, "made = {}\nfor name in 'abc':\n    made[name] = lambda: name.upper()\n", 3),
    hit(_C, "made = []\nfor i in range(3):\n    def act():\n        return i\n    made.append(act)\n", 3),
    hit(_C, "made = {}\nfor i in range(3):\n    def act():\n        return i\n    made[i] = act\n", 3),
    hit(
        _C,
        "def f(button, names):\n    for name in names:\n"
        "        button(text=name, command=lambda: print(name))\n",
        3,
    ),
    hit(_C, "def f(pool, names):\n    for name in names:\n        pool.submit(lambda: print(name))\n", 3),
    hit(_C, "made = []\nfor a, b in [(1, 2)]:\n    made.append((a, lambda: b))\n", 3),
    hit(
        _C, "import threading\nfor i in range(3):\n    threading.Thread(target=lambda: print(i)).start()\n", 3
    ),
    hit(
        _C, "made = []\nfor i in range(3):\n    async def act():\n        return i\n    made.append(act)\n", 3
    ),
    miss("made = []\nfor i in range(3):\n    made.append(lambda i=i: i)\n"),
    miss("made = []\nfor i in range(3):\n    made.append(lambda x: x)\n"),
    miss("made = [lambda x: x for _ in range(3)]\n"),
    miss("rows = []\nfor i in range(3):\n    rows.append(sorted([2, 1], key=lambda x: x * i))\n"),
    miss("from functools import partial\nmade = [partial(print, i) for i in range(3)]\n"),
    miss(
        "def f(rows):\n    for i in range(3):\n        def act():\n            return i\n"
        "        rows.append(act())\n"
    ),
    miss("def f(rows, made):\n    for row in rows:\n        made.append(lambda: row)\n        break\n"),
    miss(
        "def f(i):\n    made = []\n    for _ in range(3):\n        made.append(lambda: i)\n    return made\n"
    ),
    miss("def make(i):\n    return lambda: i\nmade = [make(i) for i in range(3)]\n"),
    miss("total = 0\nfor i in range(3):\n    total += (lambda: i)()\n"),
    miss("made = []\nfor i in range(3):\n    def act(i):\n        return i\n    made.append(act)\n"),
)
RULE = Rule("late_binding", find, EXAMPLES)
