"""Dates that know their time zone met with dates that do not: comparing raises, subtracting too."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from goldseam.core.fault import Code, Fault
from goldseam.diagnose.rule import Rule, hit, miss
from goldseam.languages.python_view import (
    Defined,
    Function,
    Module,
    Project,
    dotted_of,
    name_of,
    own,
    text_of,
)

NAIVE, AWARE = "naive", "aware"
_ROUNDS = 3
_LONGEST_PAIR = 3
_WORDS = frozenset({"datetime", "now", "utcnow", "tzinfo"})
_ORDERS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
_Key = tuple[str, str]


def find(project: Project) -> Iterator[Fault]:
    """Comparisons and differences of which one side is naive and the other aware."""
    dated = [module for module in project if module.words & _WORDS]
    made = {_made(call) for module in dated for call in module.every(ast.Call)}
    if not {NAIVE, AWARE} <= made:
        return
    kinds = _Kinds(dated, project)
    for module in dated:
        yield from _mixed(module, kinds)


def _mixed(module: Module, kinds: "_Kinds") -> Iterator[Fault]:
    for node, sides in (*_compared(module), *_subtracted(module)):
        found = {kinds.of(side, module) for side in sides}
        if {NAIVE, AWARE} <= found:
            yield module.fault(
                node,
                Code.SEM_NAIVE_DATETIME,
                f"'{module.text(node)[:60]}' mixes a date with a time zone and one without",
                "give both a time zone: datetime.now(timezone.utc)",
                suspiciousness=0.8,
            )


def _compared(module: Module) -> Iterator[tuple[ast.expr, tuple[ast.expr, ...]]]:
    for node in module.every(ast.Compare):
        if all(isinstance(operator, _ORDERS) for operator in node.ops):
            yield node, (node.left, *node.comparators)


def _subtracted(module: Module) -> Iterator[tuple[ast.expr, tuple[ast.expr, ...]]]:
    for node in module.every(ast.BinOp):
        if isinstance(node.op, ast.Sub):
            yield node, (node.left, node.right)


class _Kinds:
    """Which names, attributes, keys and functions of a project hold naive or aware dates.

    Found by passing over all assignments, returns and calls a few times; what is given different kinds, or
    once something unknown, has none.
    """

    def __init__(self, modules: Sequence[Module], project: Project) -> None:
        self._modules = modules
        self._project = project
        self._known: Mapping[_Key, set[str]] = {}
        for _ in range(_ROUNDS):
            self._known = self._pass()

    def of(self, node: ast.expr, module: Module) -> str:
        """`NAIVE`, `AWARE`, or empty where it is not certain."""
        if isinstance(node, ast.Call):
            return _made(node) or self._only(("call", name_of(node.func)))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
            return self.of(node.left, module) if _is_span(node.right) else ""
        if isinstance(node, ast.BoolOp | ast.IfExp):
            return self._of_choice(node, module)
        if isinstance(node, ast.Name | ast.Attribute | ast.Subscript):
            return self._only(_key(node, module)) or self._only_of_module(node, module)
        return ""

    def _of_choice(self, node: ast.BoolOp | ast.IfExp, module: Module) -> str:
        """The kind of `given or default`, if what is known of the two agrees."""
        parts = node.values if isinstance(node, ast.BoolOp) else [node.body, node.orelse]
        kinds = {self.of(part, module) for part in parts} - {""}
        return next(iter(kinds)) if len(kinds) == 1 else ""

    def _only(self, key: _Key) -> str:
        kinds = self._known.get(key) or set()
        return next(iter(kinds)) if len(kinds) == 1 and all(key) else ""

    def _only_of_module(self, node: ast.expr, module: Module) -> str:
        if not isinstance(node, ast.Name) or _key(node, module) in self._known:
            return ""
        return self._only((module.path, node.id))

    def _pass(self) -> dict[_Key, set[str]]:
        found: dict[_Key, set[str]] = defaultdict(set)
        for module in self._modules:
            for key, value in _givings(module, self._project):
                self._add(found, key, value, module)
        return found

    def _add(self, found: dict[_Key, set[str]], key: _Key, value: ast.expr | _Key, module: Module) -> None:
        if isinstance(value, tuple):
            found[key].add(self._only(value))
        elif not _is_none(value):
            found[key].add(self.of(value, module))


def _givings(module: Module, project: Project) -> Iterator[tuple[_Key, ast.expr | _Key]]:
    """All that a module gives to names, attributes, keys, parameters, and as results."""
    for target, value in module.assignments:
        yield from _parts(target, value, module)
    for display in module.every(ast.Dict):
        for name, value in zip(display.keys, display.values, strict=True):
            yield ("key", text_of(name) or ""), value
    for function in module.functions:
        yield from _defaults(function, module)
        for inside in own(function):
            if isinstance(inside, ast.Return) and inside.value is not None:
                yield ("call", function.name), inside.value
    for call in module.every(ast.Call):
        yield from _passed(call, project)


def _defaults(function: Function, module: Module) -> Iterator[tuple[_Key, ast.expr]]:
    arguments, scope = function.args, f"{module.path}:{function.lineno}"
    positional = [*arguments.posonlyargs, *arguments.args]
    for argument, value in zip(positional[::-1], arguments.defaults[::-1], strict=False):
        yield (scope, argument.arg), value


def _key(node: ast.expr, module: Module) -> _Key:
    """Under what a date that stands in a name, attribute or item is known."""
    if isinstance(node, ast.Attribute):
        return "attribute", node.attr
    if isinstance(node, ast.Subscript):
        index = node.slice.value if isinstance(node.slice, ast.Constant) else None
        if isinstance(index, int):
            return "item", f"{name_of(node.value)}.{index}"
        return "key", text_of(node.slice) or f"[{name_of(node.value)}]"
    if isinstance(node, ast.Name):
        function = module.function_of(node)
        return (f"{module.path}:{function.lineno}" if function else module.path), node.id
    return "", ""


def _parts(target: ast.expr, value: ast.expr, module: Module) -> Iterator[tuple[_Key, ast.expr | _Key]]:
    """What an assignment gives to what: also the parts of pairs that a mapping keeps."""
    if isinstance(target, ast.Tuple):
        for number, part in enumerate(target.elts):
            if isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts):
                yield _key(part, module), value.elts[number]
            else:
                yield _key(part, module), ("item", f"{_container(value)}.{number}")
    elif isinstance(value, ast.Tuple) and isinstance(target, ast.Subscript):
        for number, part in enumerate(value.elts):
            yield ("item", f"{name_of(target.value)}.{number}"), part
    else:
        if isinstance(target, ast.Name) and (container := _container(value)):
            for number in range(_LONGEST_PAIR):
                yield ("item", f"{target.id}.{number}"), ("item", f"{container}.{number}")
        yield _key(target, module), value


def _container(value: ast.expr) -> str:
    """The mapping that a value is read from."""
    if isinstance(value, ast.Subscript):
        return name_of(value.value)
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "get":
        return name_of(value.func.value)
    return value.id if isinstance(value, ast.Name) else ""


def _passed(call: ast.Call, project: Project) -> Iterator[tuple[_Key, ast.expr]]:
    """What a call gives to the parameters, or fields, of the one function or class of that name."""
    name = name_of(call.func)
    functions = project.functions.get(name, ())
    classes = [defined for defined in project.classes if defined.name == name] if name[:1].isupper() else []
    if len(functions) + len(classes) != 1:
        return
    if functions:
        yield from _bound(functions[0], call)
        return
    makers = [one for one in project.functions.get("__init__", ()) if one.node in classes[0].node.body]
    if makers:
        yield from _bound(makers[0], call)
        return
    fields = [
        statement.target.id
        for statement in classes[0].node.body
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
    ]
    yield from ((("attribute", field), value) for field, value in zip(fields, call.args, strict=False))
    yield from ((("attribute", k.arg), k.value) for k in call.keywords if k.arg in fields and k.arg)


def _bound(defined: Defined, call: ast.Call) -> Iterator[tuple[_Key, ast.expr]]:
    """Parameters and the values that a call gives them."""
    if isinstance(defined.node, ast.ClassDef):
        return
    scope, arguments = f"{defined.module.path}:{defined.node.lineno}", defined.node.args
    names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
    if names[:1] in (["self"], ["cls"]):
        names = names[1:]
    if not any(isinstance(given, ast.Starred) for given in call.args):
        yield from (((scope, name), value) for name, value in zip(names, call.args, strict=False))
    yield from (((scope, keyword.arg), keyword.value) for keyword in call.keywords if keyword.arg)


def _is_span(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and dotted_of(node.func).rpartition(".")[2] == "timedelta"


def _made(call: ast.Call) -> str:
    """What a call of the datetime module makes."""
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    if not isinstance(call.func, ast.Attribute):
        is_class = isinstance(call.func, ast.Name) and call.func.id == "datetime"
        return _constructed(call, keywords) if is_class else ""
    method, owner = call.func.attr, dotted_of(call.func.value).rpartition(".")[2]
    if method == "replace" and set(keywords) == {"tzinfo"}:
        return NAIVE if _is_none(keywords["tzinfo"]) else AWARE
    if method == "astimezone":
        return AWARE
    if method == "datetime" and dotted_of(call.func) == "datetime.datetime":
        return _constructed(call, keywords)
    return _of_class_method(method, call, keywords) if owner in ("datetime", "dt") else ""


def _of_class_method(method: str, call: ast.Call, keywords: Mapping[str | None, ast.expr]) -> str:
    if method in ("utcnow", "today", "utcfromtimestamp"):
        return NAIVE
    zone_at = {"now": 0, "fromtimestamp": 1}.get(method)
    if zone_at is not None:
        zone = call.args[zone_at] if len(call.args) > zone_at else keywords.get("tz")
        return NAIVE if zone is None or _is_none(zone) else AWARE if _is_zone(zone) else ""
    if method == "strptime" and len(call.args) == 2 and (pattern := text_of(call.args[1])):
        return AWARE if "%z" in pattern else NAIVE
    if method == "fromisoformat" and call.args and (text := text_of(call.args[0])):
        return AWARE if text.endswith("Z") or "+" in text or text.count("-") > 2 else NAIVE
    return ""


def _constructed(call: ast.Call, keywords: Mapping[str | None, ast.expr]) -> str:
    if None in keywords or any(isinstance(given, ast.Starred) for given in call.args):
        return ""
    if len(call.args) + len(keywords) < 3:
        return ""
    zone = call.args[7] if len(call.args) > 7 else keywords.get("tzinfo")
    return NAIVE if zone is None or _is_none(zone) else AWARE if _is_zone(zone) else ""


def _is_zone(node: ast.expr) -> bool:
    """Whether a value is a time zone for certain: a variable may be None."""
    name = dotted_of(node.func if isinstance(node, ast.Call) else node).rpartition(".")[2]
    return name.lower() in ("utc", "timezone", "zoneinfo", "tzutc", "tzlocal", "gettz")


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


_C = Code.SEM_NAIVE_DATETIME
_I = "from datetime import datetime, timezone, timedelta\n"
_B = f"{_I}start = datetime.now(timezone.utc)\n"
EXAMPLES = (
    hit(_C, f"{_I}print(datetime.now() < datetime.now(timezone.utc))\n", 2),
    hit(_C, f"{_B}print(datetime.now() - start)\n", 3),
    hit(_C, f"{_B}def age():\n    return datetime.utcnow() - start\n", 4),
    hit(_C, f"{_B}end = datetime(2024, 1, 1)\nprint(end > start)\n", 4),
    hit(_C, f"{_B}end = datetime.now() + timedelta(days=1)\nprint(end > start)\n", 4),
    hit(
        _C,
        "import datetime as dt\na = dt.datetime.now(dt.timezone.utc)\nb = dt.datetime.today()\n"
        "print(a > b)\n",
        4,
    ),
    hit(_C, f"{_B}print(datetime.strptime('2024', '%Y') < start)\n", 3),
    hit(
        _C,
        f"{_I}class Entry:\n    def __init__(self):\n        self.made = datetime.now(timezone.utc)\n"
        "    def age(self):\n        return datetime.now() - self.made\n",
        6,
    ),
    hit(_C, f"{_I}def now():\n    return datetime.now()\nprint(now() == datetime.now(timezone.utc))\n", 4),
    hit(
        _C,
        f"{_I}def is_late(due):\n    return due < datetime.now()\n"
        "print(is_late(datetime(2024, 1, 1, tzinfo=timezone.utc)))\n",
        3,
    ),
    hit(_C, f"{_B}print(start.replace(tzinfo=None) < start)\n", 3),
    hit(_C, f"{_I}print(datetime.fromisoformat('2024-01-01T00:00:00+00:00') < datetime.now())\n", 2),
    hit(
        _C,
        f"{_I}class Rates:\n    def put(self, key, rate):\n"
        "        self.kept[key] = (rate, datetime.now(timezone.utc))\n"
        "    def get(self, key):\n        rate, at = self.kept[key]\n        return datetime.now() - at\n",
        7,
    ),
    hit(
        _C,
        "from datetime import datetime\nfrom made import Entry\nprint(datetime.now() > Entry().due)\n",
        3,
        beside={
            "made.py": f"{_I}class Entry:\n    def __init__(self):\n"
            "        self.due = datetime.now(timezone.utc)\n"
        },
    ),
    hit(
        _C,
        f"{_I}class A:\n    def put(self, at=None):\n        self.at = at or datetime.now()\n"
        "    def age(self, now=None):\n        now = now or datetime.now(timezone.utc)\n"
        "        return now - self.at\n",
        7,
    ),
    hit(
        _C,
        f"{_I}ROWS = [{{'due': datetime(2024, 1, 1)}}]\ndef f(row, now=datetime.now(timezone.utc)):\n"
        "    return row['due'] < now\n",
        4,
    ),
    miss(f"{_B}print(datetime.now(timezone.utc) - start)\n"),
    miss(f"{_I}start = datetime.now()\nprint(datetime.now() - start)\n"),
    miss(f"{_B}print(datetime.now().astimezone() - start)\n"),
    miss(f"{_B}print(datetime.now().replace(tzinfo=timezone.utc) - start)\n"),
    miss(f"{_B}print(start - timedelta(days=1))\n"),
    miss(
        f"{_I}def age(then, tz=None):\n    return datetime.now(tz) - then\nage(datetime.now(timezone.utc))\n"
    ),
    miss(f"{_I}def age(then):\n    return datetime.now(then.tzinfo) - then\n"),
    miss(f"{_B}print(start.replace(tzinfo=None) < datetime.utcnow())\n"),
    miss(f"{_B}shown = datetime.now()\nprint(start, shown)\n"),
    miss(f"{_B}start = datetime.now()\nprint(start < datetime.now(timezone.utc))\n"),
    miss(f"{_I}a = datetime.strptime('1', '%z')\nprint(a < datetime.now(timezone.utc))\n"),
)
RULE = Rule("naive_datetime", find, EXAMPLES)
