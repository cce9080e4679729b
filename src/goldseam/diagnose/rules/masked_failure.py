"""Failures that look like success: a stand-in that says yes to everything, a handler that reports success."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.diagnose.rule import Rule, hit, miss
from goldseam.languages.python_view import Defined, Function, Module, Project, own, text_of, words_of

_YES_KEYS = frozenset({"ok", "success", "succeeded", "paid", "sent", "valid", "approved", "done", "accepted"})
_YES_WORDS = frozenset({"ok", "success", "succeeded", "paid", "sent", "approved", "accepted", "completed"})
_COUNTS = frozenset({"ok", "success", "successes", "succeeded", "passed", "successful"})
_EMPTY = frozenset({"null", "noop", "dummy", "fallback", "empty", "fake", "stub", "nop"})


def find(project: Project) -> Iterator[Fault]:
    """Stand-ins that are fallen back to, and handlers that turn an error into success."""
    for defined in project.classes:
        if not isinstance(defined.node, ast.ClassDef):
            continue
        lies = list(_lies(defined.node))
        chosen = list(_choices(defined, project)) if lies else []
        if chosen:
            yield from _of_stand_in(defined, lies, chosen)
    for module in project:
        for handler in module.every(ast.ExceptHandler):
            if lie := _lie_of(handler):
                yield module.fault(
                    lie,
                    Code.SEM_MASKED_FAILURE,
                    "an error is caught here and success is reported",
                    "report the failure, or let the error through",
                    suspiciousness=0.7,
                    detail="handler",
                )


def _of_stand_in(
    defined: Defined, lies: list[ast.AST], chosen: list[tuple[Module, ast.AST]]
) -> Iterator[Fault]:
    hint = "report failure where nothing was done, or raise where there is nothing to do it with"
    for module, choice in chosen:
        message = f"where nothing fits, {defined.name} is taken, which reports success without doing anything"
        yield module.fault(
            choice, Code.SEM_MASKED_FAILURE, message, hint, suspiciousness=0.6, detail="choice"
        )
    message = f"{defined.name} reports success without doing anything"
    for lie in lies:
        yield defined.module.fault(
            lie, Code.SEM_MASKED_FAILURE, message, hint, suspiciousness=0.65, detail="stand_in"
        )


def _lies(node: ast.ClassDef) -> Iterator[ast.AST]:
    """The returns of success of a class none of whose methods does anything."""
    methods = [m for m in node.body if isinstance(m, ast.FunctionDef | ast.AsyncFunctionDef)]
    public = [method for method in methods if not method.name.startswith("__")]
    named = _EMPTY & set(words_of(node.name))
    if not public or not all(_is_idle(method, bool(named)) for method in public):
        return
    for method in public:
        for inside in own(method):
            if not isinstance(inside, ast.Return) or inside.value is None:
                continue
            if _says_yes(inside.value) or (named and _is_true(inside.value) and _acts(method)):
                yield inside


def _is_idle(method: Function, named: bool) -> bool:
    """Whether a method calls nothing and only returns: in a class named so, it may also take notes."""
    inside = list(own(method))
    if any(isinstance(node, ast.Raise | ast.Await | ast.Yield | ast.YieldFrom) for node in inside):
        return False
    calls = [node for node in inside if isinstance(node, ast.Call)]
    allowed = {"append", "info", "debug", "warning", "print", "dict", "str", "get", "super", "__init__"}
    quiet = all(_called(call) in allowed for call in calls)
    return quiet if named else not calls and sum(isinstance(n, ast.stmt) for n in inside) <= 2


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _acts(method: Function) -> bool:
    """Whether a method's name is that of an action, not of a question."""
    return words_of(method.name)[:1] not in ((), ("is",), ("has",), ("can",), ("should",), ("supports",))


def _is_true(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def _says_yes(value: ast.expr) -> bool:
    if isinstance(value, ast.Dict):
        pairs = [(text_of(key), given) for key, given in zip(value.keys, value.values, strict=True)]
    elif isinstance(value, ast.Call):
        pairs = [(keyword.arg, keyword.value) for keyword in value.keywords]
    else:
        return False
    return any(_is_yes(name, given) for name, given in pairs)


def _is_yes(name: str | None, given: ast.expr) -> bool:
    if name in _YES_KEYS:
        return _is_true(given)
    return name in ("status", "state", "result") and (text_of(given) or "").lower() in _YES_WORDS


def _choices(defined: Defined, project: Project) -> Iterator[tuple[Module, ast.AST]]:
    """Where the class is taken for want of another: in a handler, after `or`, as a default, in an `else`."""
    for module in project:
        for call in module.every(ast.Call):
            if (
                isinstance(call.func, ast.Name)
                and call.func.id == defined.name
                and _is_fallback(call, module)
            ):
                yield module, call
        for name in module.every(ast.Name):
            parent = module.parent(name)
            if name.id == defined.name and _is_default(name, parent):
                yield module, name


def _is_default(value: ast.AST, parent: ast.AST | None) -> bool:
    """Whether a value is what a lookup gives where it finds nothing."""
    if not isinstance(parent, ast.Call) or not isinstance(parent.func, ast.Attribute | ast.Name):
        return False
    return (
        len(parent.args) > 1
        and parent.args[-1] is value
        and _called(parent) in ("get", "getattr", "pop", "next")
    )


def _is_fallback(call: ast.Call, module: Module) -> bool:
    parent = module.parent(call)
    if isinstance(parent, ast.BoolOp) and isinstance(parent.op, ast.Or):
        return parent.values[0] is not call
    if isinstance(parent, ast.IfExp) or _is_default(call, parent):
        return True
    inner: ast.AST = call
    for around in module.ancestors(call):
        if isinstance(around, ast.ExceptHandler | ast.If):
            return True
        if isinstance(around, ast.FunctionDef | ast.AsyncFunctionDef):
            return _ends(around, inner)
        inner = around
    return False


def _ends(function: Function, statement: ast.AST) -> bool:
    """Whether a return is the last resort of a function that returns something else before."""
    returns = [node for node in own(function) if isinstance(node, ast.Return)]
    return len(returns) > 1 and function.body[-1] is statement and isinstance(statement, ast.Return)


def _lie_of(handler: ast.ExceptHandler) -> ast.AST | None:
    """What reports success in a handler that catches anything and says nothing of it."""
    if not _is_broad(handler) or any(isinstance(node, ast.Raise) for node in own(handler)):
        return None
    for node in own(handler):
        if isinstance(node, ast.Return) and node.value is not None and _says_yes(node.value):
            return node
        if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add):
            target = node.target
            name = target.id if isinstance(target, ast.Name) else getattr(target, "attr", "")
            if set(words_of(name)) & _COUNTS:
                return node
        if isinstance(node, ast.Assign) and (_sets_success(node) or _says_yes(node.value)):
            return node
    return None


def _sets_success(node: ast.Assign) -> bool:
    if not _is_true(node.value):
        return False
    names = [t.id if isinstance(t, ast.Name) else getattr(t, "attr", "") for t in node.targets]
    keys = [text_of(t.slice) or "" for t in node.targets if isinstance(t, ast.Subscript)]
    return any(name in _YES_KEYS for name in (*names, *keys))


def _is_broad(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(kind, ast.Name) and kind.id in ("Exception", "BaseException") for kind in kinds)


_C = Code.SEM_MASKED_FAILURE
_NULL = "class NullMailer:\n    def send(self, text):\n        return {'sent': True}\n"
_TRUE = "class NullMailer:\n    def send(self, text):\n        return True\n"
_PLAIN = "class Quiet:\n    def send(self, text):\n        return {'status': 'ok', 'text': text}\n"
EXAMPLES = (
    hit(_C, f"{_NULL}def pick(known, name):\n    return known.get(name, NullMailer())\n", 5, 3),
    hit(
        _C,
        f"{_NULL}def pick(known, name):\n    try:\n        return known[name]\n    except KeyError:\n"
        "        return NullMailer()\n",
        8,
        3,
    ),
    hit(_C, f"{_NULL}def pick(given):\n    return given or NullMailer()\n", 5, 3),
    hit(
        _C,
        f"{_TRUE}def pick(given):\n    if given is None:\n        return NullMailer()\n    return given\n",
        6,
        3,
    ),
    hit(_C, f"{_PLAIN}def pick(given):\n    return given if given else Quiet()\n", 5, 3),
    hit(_C, f"{_PLAIN}def pick(a):\n    for b in a:\n        return b\n    return Quiet()\n", 7, 3),
    hit(_C, f"{_NULL}def pick(known, name):\n    return known.get(name, NullMailer)()\n", 5, 3),
    hit(
        _C,
        "def f(go):\n    try:\n        return go()\n    except Exception:\n        return {'ok': True}\n",
        5,
    ),
    hit(
        _C,
        "def f(go):\n    try:\n        return go()\n    except:\n        return dict(status='success')\n",
        5,
    ),
    hit(
        _C,
        "def f(gos):\n    ok_count = 0\n    for go in gos:\n        try:\n            go()\n"
        "        except Exception:\n            ok_count += 1\n",
        7,
    ),
    hit(
        _C,
        "def f(go, out):\n    try:\n        go()\n    except (ValueError, Exception):\n"
        "        out['success'] = True\n",
        5,
    ),
    hit(
        _C,
        "def f(go):\n    try:\n        row = go()\n    except Exception:\n        row = {'ok': True}\n"
        "    return row\n",
        5,
    ),
    miss(_NULL),
    miss(f"{_NULL}mailer = NullMailer()\n"),
    miss(
        "class NullMailer:\n    def send(self, text):\n        return {'sent': False}\n"
        "def pick(given):\n    return given or NullMailer()\n"
    ),
    miss(
        "class NullMailer:\n    def send(self, text):\n        return None\n"
        "def pick(given):\n    return given or NullMailer()\n"
    ),
    miss(
        "class Mailer:\n    def send(self, text):\n        post(text)\n        return {'sent': True}\n"
        "def pick(given):\n    return given or Mailer()\n"
    ),
    miss(
        "class NullMailer:\n    def is_open(self):\n        return True\n"
        "def pick(given):\n    return given or NullMailer()\n"
    ),
    miss("def f(go):\n    try:\n        return go()\n    except Exception:\n        return {'ok': False}\n"),
    miss("def f(go):\n    try:\n        return go()\n    except KeyError:\n        return {'ok': True}\n"),
    miss("def f(go):\n    try:\n        return go()\n    except Exception:\n        raise\n"),
    miss("def f(go):\n    try:\n        return go()\n    except Exception:\n        return None\n"),
    miss(
        "def f(gos):\n    failed = 0\n    for go in gos:\n        try:\n            go()\n"
        "        except Exception:\n            failed += 1\n"
    ),
)
RULE = Rule("masked_failure", find, EXAMPLES)
