"""Two units of one kind, told by names, added, compared or passed for each other: cents and dollars."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.diagnose.rule import Rule, hit, miss
from goldseam.languages.python_view import Module, Project, dotted_of, name_of, text_of, words_of

_Unit = tuple[str, str]
_UNITS: dict[str, _Unit] = {
    **dict.fromkeys(("cents", "cent", "pence"), ("money", "cents")),
    **dict.fromkeys(("dollars", "euros", "pounds"), ("money", "whole")),
    **dict.fromkeys(("ms", "msec", "millis", "milliseconds"), ("time", "ms")),
    **dict.fromkeys(("us", "usec", "micros", "microseconds"), ("time", "us")),
    **dict.fromkeys(("ns", "nsec", "nanos", "nanoseconds"), ("time", "ns")),
    **dict.fromkeys(("sec", "secs", "seconds"), ("time", "s")),
    **dict.fromkeys(("mins", "minutes"), ("time", "min")),
    **dict.fromkeys(("hrs", "hours"), ("time", "h")),
    "days": ("time", "d"),
    **dict.fromkeys(("percent", "pct", "percentage"), ("share", "percent")),
    **dict.fromkeys(("fraction", "ratio"), ("share", "fraction")),
    **dict.fromkeys(("kb", "kib"), ("storage", "kb")),
    **dict.fromkeys(("mb", "mib", "megabytes"), ("storage", "mb")),
    **dict.fromkeys(("gb", "gib", "gigabytes"), ("storage", "gb")),
    **dict.fromkeys(("km", "kilometers"), ("distance", "km")),
    **dict.fromkeys(("miles",), ("distance", "mi")),
    **dict.fromkeys(("meters", "metres"), ("distance", "m")),
    "celsius": ("heat", "c"),
    "fahrenheit": ("heat", "f"),
    **dict.fromkeys(("deg", "degrees"), ("angle", "deg")),
    **dict.fromkeys(("rad", "radians"), ("angle", "rad")),
}
_CALLS: dict[str, _Unit] = dict.fromkeys(("time.time", "time.monotonic", "time.perf_counter"), ("time", "s"))
_TAKES: dict[str, _Unit] = dict.fromkeys(("time.sleep", "asyncio.sleep"), ("time", "s"))
_COMPARED = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_Told = tuple[ast.AST, str, str]


def find(project: Project) -> Iterator[Fault]:
    """Sums, differences, comparisons, arguments and assignments across two units of one kind."""
    for module in project:
        for node, one, other in _mixes(module, project):
            yield module.fault(
                node,
                Code.SEM_UNIT_MIX,
                f"'{one}' meets '{other}': they are in different units",
                f"convert '{one}' and '{other}' to one unit first",
                suspiciousness=0.65,
                detail=_kind(one, other),
            )


def _kind(one: str, other: str) -> str:
    units = [unit for unit in (unit_of(one), unit_of(other)) if unit]
    return units[0][0] if units else "money"


def unit_of(name: str) -> _Unit | None:
    """Kind and unit that the last word of a name tells."""
    words = words_of(name)
    if len(words) > 2 and words[-2] in ("per", "to", "of", "in") and words[-2] != "in":
        return None
    if "per" in words or "to" in words or name.isupper():
        return None
    if len(words) == 1 and len(name) < 4:
        return None
    return _UNITS.get(words[-1]) if words else None


def _mixes(module: Module, project: Project) -> Iterator[_Told]:
    for node, left, right in _met(module):
        yield from _pair(node, left, right)
    for call in module.every(ast.Call):
        yield from _arguments(call, project)
    for target, value in module.assignments:
        if isinstance(target, ast.Name | ast.Attribute):
            yield from _named(target, name_of(target), value)
    for display in module.every(ast.Dict):
        for key, value in zip(display.keys, display.values, strict=True):
            if name := text_of(key):
                yield from _named(value, name, value)
    yield from _sums(module)


def _met(module: Module) -> Iterator[tuple[ast.AST, ast.expr, ast.expr]]:
    """The two sides of every sum, difference and comparison."""
    for sum_of in module.every(ast.BinOp):
        if isinstance(sum_of.op, ast.Add | ast.Sub):
            yield sum_of, sum_of.left, sum_of.right
    for comparison in module.every(ast.Compare):
        if len(comparison.ops) == 1 and isinstance(comparison.ops[0], _COMPARED):
            yield comparison, comparison.left, comparison.comparators[0]
    for added in module.every(ast.AugAssign):
        if isinstance(added.op, ast.Add | ast.Sub):
            yield added, added.target, added.value


def _pair(node: ast.AST, left: ast.expr, right: ast.expr) -> Iterator[_Told]:
    one, other = _told_by(left), _told_by(right)
    if one and other and one[1][0] == other[1][0] and one[1] != other[1]:
        yield node, one[0], other[0]
    elif _is_stem(left, right) or _is_stem(right, left):
        yield node, name_of(left), name_of(right)


def _told_by(node: ast.expr) -> tuple[str, _Unit] | None:
    """A plain value's name and its unit."""
    if isinstance(node, ast.Call) and (unit := _CALLS.get(dotted_of(node.func))):
        return dotted_of(node.func), unit
    if not isinstance(node, ast.Name | ast.Attribute | ast.Subscript):
        return None
    name = name_of(node)
    unit = unit_of(name)
    return (name, unit) if unit else None


def _is_stem(node: ast.expr, other: ast.expr) -> bool:
    """Whether one is `amount` and the other `amount_cents`."""
    if not isinstance(other, ast.Name | ast.Attribute | ast.Subscript):
        return False
    unit = unit_of(name_of(other))
    plain = isinstance(node, ast.Name | ast.Attribute | ast.Subscript)
    return plain and unit == ("money", "cents") and words_of(name_of(node)) == words_of(name_of(other))[:-1]


def _arguments(call: ast.Call, project: Project) -> Iterator[_Told]:
    name = dotted_of(call.func)
    told = _told_by(call.args[0]) if name in _TAKES and call.args else None
    if told and told[1] != _TAKES[name] and told[1][0] == _TAKES[name][0]:
        yield call.args[0], told[0], f"{name}(seconds)"
    for keyword in call.keywords:
        if keyword.arg:
            yield from _named(keyword.value, keyword.arg, keyword.value)
    defined = project.functions.get(name_of(call.func), ())
    if len(defined) == 1 and not isinstance(defined[0].node, ast.ClassDef):
        names = [argument.arg for argument in defined[0].node.args.args]
        names = names[1:] if names[:1] in (["self"], ["cls"]) else names
        for parameter, value in zip(names, call.args, strict=False):
            yield from _named(value, parameter, value)


def _named(node: ast.AST, name: str, value: ast.expr) -> Iterator[_Told]:
    """A value put under a name of another unit, as it is."""
    told, unit = _told_by(value), unit_of(name)
    if (told and unit and told[1][0] == unit[0] and told[1] != unit) or (
        told and told[1] == ("money", "cents") and words_of(name) == words_of(told[0])[:-1]
    ):
        yield node, name, told[0]


def _sums(module: Module) -> Iterator[_Told]:
    """One total that both `amount` and `amount_cents` are added to."""
    added: dict[tuple[ast.AST | None, str], list[ast.AugAssign]] = {}
    for node in module.every(ast.AugAssign):
        if isinstance(node.op, ast.Add) and isinstance(node.value, ast.Name | ast.Attribute | ast.Subscript):
            added.setdefault((module.function_of(node), ast.dump(node.target)), []).append(node)
    for nodes in added.values():
        for node in nodes:
            stems = [each for each in nodes if _is_stem(each.value, node.value)]
            if stems:
                yield node, name_of(node.value), name_of(stems[0].value)


_C = Code.SEM_UNIT_MIX
EXAMPLES = (
    hit(_C, "def f(wait_ms, rest_seconds):\n    return wait_ms + rest_seconds\n", 2),
    hit(_C, "def f(fee_cents, fee_dollars):\n    return fee_cents > fee_dollars\n", 2),
    hit(_C, "def f(row):\n    return row['price'] + row['price_cents']\n", 2),
    hit(_C, "import time\ndef f(pause_ms):\n    time.sleep(pause_ms)\n", 3),
    hit(_C, "import time\ndef f(start_ms):\n    return time.time() - start_ms\n", 3),
    hit(_C, "from datetime import timedelta\ndef f(age_days):\n    return timedelta(hours=age_days)\n", 3),
    hit(
        _C,
        "def wait(timeout_seconds):\n    return timeout_seconds\ndef f(limit_ms):\n    wait(limit_ms)\n",
        4,
    ),
    hit(
        _C, "def f(rows):\n    total_ms = 0\n    for row in rows:\n        total_ms += row.spent_seconds\n", 4
    ),
    hit(_C, "def f(self, done_percent):\n    self.done_ratio = done_percent\n", 2),
    hit(_C, "def f(row):\n    return {'price': row['price_cents']}\n", 2),
    hit(
        _C,
        "def f(rows):\n    t = 0\n    for r in rows:\n        if 'fee' in r:\n            t += r['fee']\n"
        "        else:\n            t += r['fee_cents']\n",
        7,
    ),
    hit(_C, "def f(turn_degrees, turn_radians):\n    return turn_degrees - turn_radians\n", 2),
    miss("def f(wait_ms, rest_seconds):\n    return wait_ms + rest_seconds * 1000\n"),
    miss("def f(wait_ms, rest_ms):\n    return wait_ms + rest_ms\n"),
    miss("def f(fee_cents):\n    return {'fee': fee_cents / 100}\n"),
    miss("import time\ndef f(pause_ms):\n    time.sleep(pause_ms / 1000)\n"),
    miss(
        "def f(rows):\n    total_cents = 0\n    for row in rows:\n        total_cents += row['price_cents']\n"
    ),
    miss("def f(total, fee_cents):\n    total += fee_cents\n    return total\n"),
    miss("def f(ms_per_second, wait_ms):\n    return wait_ms - ms_per_second\n"),
    miss("def f(wait_ms, size_mb):\n    return wait_ms > size_mb\n"),
    miss("def f(done_percent):\n    done_ratio = done_percent / 100\n    return done_ratio\n"),
    miss("from datetime import timedelta\ndef f(age_days):\n    return timedelta(days=age_days)\n"),
    miss("def f(ms, sec):\n    return ms + sec\n"),
)
RULE = Rule("unit_mix", find, EXAMPLES)
