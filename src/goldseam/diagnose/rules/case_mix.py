"""One word in two spellings, `usd` and `USD`, given in one place and asked for in another."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from goldseam.core.fault import Code, Fault
from goldseam.diagnose.renaming import respelt
from goldseam.diagnose.rule import Rule, hit, miss
from goldseam.languages.python_view import Defined, Module, Project, name_of, text_of

_LONGEST = 24
_FREE = frozenset({"", "name", "title", "label", "text", "message", "key", "value", "description", "id"})
"""Names of what is written as anyone likes."""
_FOLDS = frozenset({"upper", "lower", "casefold", "title", "capitalize"})


@dataclass(frozen=True, slots=True)
class _Use:
    """A word, by the name of what it is a value of: `currency` in `row["currency"] == "usd"`."""

    module: Module
    node: ast.AST
    word: str
    asks: bool


def find(project: Project) -> Iterator[Fault]:
    """Words under one name, given in one case and compared, or looked up, in another."""
    folded = {name for module in project for name in _folded(module)}
    met = {name for module in project for name in _met(module)}
    roles: dict[str, list[_Use]] = defaultdict(list)
    for module in project:
        for role, use in () if module.is_test else _uses(module, project):
            if role not in folded | _FREE and _is_word(use.word):
                roles[role].append(use)
    for role, uses in roles.items():
        for word, same in _by_word(uses).items():
            for use in _odd(same, role in met):
                other = _others(use, same)
                edit = respelt(use.module, use.node, use.word, other)
                yield use.module.fault(
                    use.node,
                    Code.SEM_CASE_MIX,
                    f"'{use.word}' stands for '{role}' here, '{other}' elsewhere",
                    f"spell '{word}' one way, or compare without case",
                    suspiciousness=0.6,
                    detail=role,
                    expected=other,
                    fix=(edit,) if edit else (),
                )


def _is_word(text: str) -> bool:
    return 1 < len(text) <= _LONGEST and text.replace("_", "").replace("-", "").isalpha()


def _by_word(uses: list[_Use]) -> dict[str, list[_Use]]:
    found: dict[str, list[_Use]] = defaultdict(list)
    for use in uses:
        found[use.word.lower()].append(use)
    return found


def _odd(uses: list[_Use], is_met: bool) -> list[_Use]:
    """The uses in the rarer spelling; all that are given where both are equally frequent.

    `is_met` says that values under this name are compared with each other.
    """
    given = {use.word for use in uses if not use.asks}
    asked = {use.word for use in uses if use.asks}
    if len(given | asked) != 2 or not given or not (asked or is_met) or given == asked:
        return []
    counts = {word: sum(use.word == word for use in uses) for word in given | asked}
    least = min(counts.values())
    rare = {word for word, count in counts.items() if count == least}
    if len(rare) == 1:
        return [use for use in uses if use.word in rare]
    return [use for use in uses if not use.asks and asked and use.word not in asked]


def _others(use: _Use, uses: list[_Use]) -> str:
    return next(other.word for other in uses if other.word != use.word)


def _uses(module: Module, project: Project) -> Iterator[tuple[str, _Use]]:
    for comparison in module.every(ast.Compare):
        yield from _compared(comparison, module)
    for role, value in _given(module, project):
        for part in _alternatives(value):
            if text := text_of(part):
                yield role, _Use(module, part, text, asks=False)
    tables = _tables(module)
    for read in module.every(ast.Subscript):
        if isinstance(read.value, ast.Name) and isinstance(
            read.slice, ast.Name | ast.Attribute | ast.Subscript
        ):
            for key in tables.get(read.value.id, ()):
                yield name_of(read.slice), _Use(module, key, text_of(key) or "", asks=True)


def _met(module: Module) -> Iterator[str]:
    """Names whose values are compared with each other, or group what is counted by them."""
    for comparison in module.every(ast.Compare):
        if isinstance(comparison.ops[0], ast.Eq | ast.NotEq):
            one, other = name_of(comparison.left), name_of(comparison.comparators[0])
            if one and one == other:
                yield one
    for item in module.every(ast.Subscript):
        if isinstance(item.slice, ast.Attribute | ast.Subscript):
            yield name_of(item.slice)


def _compared(comparison: ast.Compare, module: Module) -> Iterator[tuple[str, _Use]]:
    if len(comparison.ops) != 1:
        return
    left, right = comparison.left, comparison.comparators[0]
    if isinstance(comparison.ops[0], ast.Eq | ast.NotEq):
        for one, other in ((left, right), (right, left)):
            if (text := text_of(other)) and not isinstance(one, ast.Call | ast.Constant):
                yield name_of(one), _Use(module, other, text, asks=True)
            if (text := text_of(other)) and _is_get(one):
                yield _key_of(one), _Use(module, other, text, asks=True)
    elif isinstance(comparison.ops[0], ast.In | ast.NotIn) and isinstance(
        right, ast.Tuple | ast.List | ast.Set
    ):
        for element in right.elts:
            if (text := text_of(element)) and not isinstance(left, ast.Call):
                yield name_of(left), _Use(module, element, text, asks=True)


def _is_get(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get"


def _key_of(node: ast.expr) -> str:
    return (text_of(node.args[0]) or "") if isinstance(node, ast.Call) and node.args else ""


def _alternatives(value: ast.expr) -> list[ast.expr]:
    return [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]


def _given(module: Module, project: Project) -> Iterator[tuple[str, ast.expr]]:
    for display in module.every(ast.Dict):
        for key, value in zip(display.keys, display.values, strict=True):
            yield text_of(key) or "", value
    for call in module.every(ast.Call):
        yield from ((keyword.arg or "", keyword.value) for keyword in call.keywords)
        yield from _positional(call, project)
    yield from ((name_of(target), value) for target, value in module.assignments)
    for function in module.functions:
        defaults = function.args.defaults
        named = function.args.args[len(function.args.args) - len(defaults) :]
        yield from ((argument.arg, value) for argument, value in zip(named, defaults, strict=False))


def _positional(call: ast.Call, project: Project) -> Iterator[tuple[str, ast.expr]]:
    """Texts given by position, by the parameters' names of the project's functions of that name."""
    if not any(text_of(value) for value in call.args):
        return
    name = name_of(call.func)
    defined = project.functions.get(name, ())
    if not defined:
        makers = project.functions.get("__init__", ())
        defined = tuple(one for one in makers if _class_name(one.module, one.node) == name)
    taking = [names for one in defined if len(names := _parameters(one)) >= len(call.args)]
    fitting = [names for names in taking if len(names) == len(call.args)] or taking
    for number, value in enumerate(call.args):
        places = {names[number] for names in fitting}
        if len(places) == 1:
            yield places.pop(), value


def _parameters(defined: Defined) -> list[str]:
    if isinstance(defined.node, ast.ClassDef):
        return []
    names = [argument.arg for argument in defined.node.args.args]
    return names[1:] if names[:1] in (["self"], ["cls"]) else names


def _class_name(module: Module, node: ast.AST) -> str:
    around = module.class_of(node)
    return around.name if around else ""


def _tables(module: Module) -> dict[str, list[ast.expr]]:
    """The keys of each dict that the module names at its top."""
    return {
        node.targets[0].id: [key for key in node.value.keys if text_of(key)]  # type: ignore[misc]
        for node in module.tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Dict)
        and isinstance(node.targets[0], ast.Name)
    }


def _folded(module: Module) -> Iterator[str]:
    """Names whose values are brought to one case somewhere."""
    for call in module.every(ast.Call):
        if isinstance(call.func, ast.Attribute) and call.func.attr in _FOLDS:
            value = call.func.value
            yield _key_of(value) if _is_get(value) else name_of(value)


_C = Code.SEM_CASE_MIX
EXAMPLES = (
    hit(_C, "row = {'unit': 'KG'}\nprint(row['unit'] == 'kg')\n", 1),
    hit(_C, "rows = [{'unit': 'kg'}, {'unit': 'KG'}]\nprint([r for r in rows if r['unit'] == 'kg'])\n", 1),
    hit(_C, "def f(mode='Fast'):\n    return mode == 'fast'\n", 1),
    hit(_C, "def f(mode):\n    return mode == 'fast'\nf('FAST')\n", 3),
    hit(_C, "def f(mode):\n    return mode == 'fast' or mode != 'fast'\nf(mode='FAST')\n", 3),
    hit(
        _C,
        "class A:\n    def __init__(self):\n        self.state = 'Open'\n    def f(self):\n"
        "        return self.state == 'open'\n",
        3,
    ),
    hit(
        _C,
        "class A:\n    def __init__(self, state):\n        self.state = state\n    def f(self):\n"
        "        return self.state in ('open', 'shut')\nA('Open')\n",
        6,
    ),
    hit(
        _C,
        "FEES = {'gold': 1, 'iron': 2}\ndef f(row):\n    return FEES[row['rank']]\nf({'rank': 'Gold'})\n",
        4,
    ),
    hit(_C, "row = {'unit': 'KG'}\nprint(row.get('unit') == 'kg')\n", 1),
    hit(_C, "def f(flag):\n    state = 'ON' if flag else 'off'\n    return state == 'on'\n", 2),
    hit(
        _C,
        "from store import rows\nprint([r for r in rows if r['unit'] == 'kg'])\n",
        1,
        beside={"store.py": "rows = [{'unit': 'KG'}]\n"},
    ),
    hit(
        _C,
        "rows = [{'unit': 'KG'}, {'unit': 'KG'},\n    {'unit': 'kg'}]\ndef f(unit):\n"
        "    return [row for row in rows if row['unit'] == unit]\n",
        2,
    ),
    hit(
        _C,
        "rows = [{'unit': 'KG'}, {'unit': 'KG'},\n    {'unit': 'kg'}]\nsums = {}\nfor row in rows:\n"
        "    sums[row['unit']] = 1\n",
        2,
    ),
    hit(
        _C,
        "class A:\n    def f(self, size, mode):\n        return mode == 'fast'\n"
        "class B:\n    def f(self, name, size, mode):\n        return name\nA().f(1, 'FAST')\n",
        7,
    ),
    miss("rows = [{'unit': 'KG'}, {'unit': 'KG'}, {'unit': 'kg'}]\nprint(rows)\n"),
    miss("row = {'unit': 'kg'}\nprint(row['unit'] == 'kg')\n"),
    miss("row = {'unit': 'KG'}\nprint(row['unit'].lower() == 'kg')\n"),
    miss("row = {'unit': 'KG', 'label': 'kg'}\nprint(row['unit'] == 'KG')\n"),
    miss("row = {'unit': 'KG'}\nprint(row['name'] == 'kg')\n"),
    miss("def f(method='GET'):\n    return {'get': method}\n"),
    miss("def f(x):\n    return x == 'a' or x == 'A'\n"),
    miss("def f(x):\n    return x in ('yes', 'Yes', 'YES')\n"),
    miss("row = {'unit': 'KG'}\nprint(row['unit'] == 'KG' or row['unit'] == 'kg')\nrow = {'unit': 'kg'}\n"),
    miss("HTML = 'html'\nTITLE = 'HTML'\nprint(HTML == TITLE)\n"),
    miss("def f(key):\n    return key.upper() == 'A'\nf(key='a')\n"),
    miss("row = {'unit': 'K'}\nprint(row['unit'] == 'k')\n"),
)
RULE = Rule("case_mix", find, EXAMPLES)
