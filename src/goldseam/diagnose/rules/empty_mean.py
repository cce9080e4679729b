"""A mean, share or rate that divides by the length of what may be empty."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.diagnose.rule import Rule, hit, miss
from goldseam.languages.python_view import Function, Module, Project, name_of, own, words_of

_MEANS = frozenset(
    {
        "average",
        "averages",
        "avg",
        "mean",
        "ratio",
        "rate",
        "percent",
        "percentage",
        "share",
        "pct",
        "fraction",
        "per",
    }
)


def find(project: Project) -> Iterator[Fault]:
    """Divisions by `len(...)` in functions, or for names, of means and shares, that nothing guards."""
    for module in project:
        for division in module.every(ast.BinOp):
            function = module.function_of(division)
            if function is None or not isinstance(division.op, ast.Div | ast.FloorDiv | ast.Mod):
                continue
            counted = _counted(division.right, function, module)
            if (
                not counted
                or not _is_mean(division, function, module)
                or _is_in_round(division, counted, module)
            ):
                continue
            if not _is_guarded(counted, function):
                yield module.fault(
                    division,
                    Code.RUN_ZERO_DIVISION,
                    f"'{counted}' may be empty, and then its length divides by zero",
                    f"say what {function.name}() gives for no '{counted}' at all before dividing",
                    suspiciousness=0.45,
                )


def _counted(divisor: ast.expr, function: Function, module: Module) -> str:
    """What `len(...)` is taken of in a divisor, also by way of one local name."""
    if isinstance(divisor, ast.Name):
        given = module.given(divisor.id, function)
        return (
            _counted(given[0], function, module) if len(given) == 1 and isinstance(given[0], ast.Call) else ""
        )
    if isinstance(divisor, ast.Call) and isinstance(divisor.func, ast.Name) and divisor.func.id == "len":
        return name_of(divisor.args[0]) if divisor.args else ""
    return ""


def _is_mean(division: ast.BinOp, function: Function, module: Module) -> bool:
    """Whether the result is named as a mean or a share, or a sum is divided."""
    if isinstance(division.left, ast.Call) and name_of(division.left.func) == "sum":
        return True
    names = [function.name]
    for around in module.ancestors(division):
        if isinstance(around, ast.Assign):
            names += map(name_of, around.targets)
        if isinstance(around, ast.stmt):
            break
    return any(_MEANS & set(words_of(name)) for name in names)


def _is_in_round(division: ast.BinOp, counted: str, module: Module) -> bool:
    """Whether a division is done once for each element of what is counted."""
    for around in module.ancestors(division):
        if isinstance(around, ast.For) and name_of(around.iter) == counted:
            return True
        generators = getattr(around, "generators", ())
        if any(name_of(generator.iter) == counted for generator in generators):
            return True
    return False


def _is_guarded(counted: str, function: Function) -> bool:
    """Whether anything in the function asks about what is counted, or catches the error."""
    for node in own(function):
        if isinstance(node, ast.If | ast.IfExp | ast.While | ast.Assert) and _asks(node.test, counted):
            return True
        if isinstance(node, ast.Try | ast.BoolOp):
            return True
        if isinstance(node, ast.Call) and name_of(node.func) in ("max", "mean", "fmean"):
            return True
        if isinstance(node, ast.Assign) and _is_filled(node, counted):
            return True
    return False


def _asks(test: ast.expr, counted: str) -> bool:
    """Whether a condition is about what is counted, or about a number."""
    words = {name_of(node) for node in ast.walk(test)}
    numbers = (node.value for node in ast.walk(test) if isinstance(node, ast.Constant))
    return counted in words or any(isinstance(number, int) for number in numbers)


def _is_filled(node: ast.Assign, counted: str) -> bool:
    named = any(name_of(target) == counted for target in node.targets)
    return named and isinstance(node.value, ast.List | ast.Tuple) and bool(node.value.elts)


_C = Code.RUN_ZERO_DIVISION
EXAMPLES = (
    hit(_C, "def average(xs):\n    return sum(xs) / len(xs)\n", 2),
    hit(_C, "def mean_of(xs):\n    n = len(xs)\n    return sum(xs) / n\n", 3),
    hit(_C, "def ok_ratio(rows):\n    good = [r for r in rows]\n    return len(good) / len(rows)\n", 3),
    hit(_C, "def f(rows):\n    rate = sum(rows) / len(rows)\n    return rate\n", 2),
    hit(_C, "class A:\n    def mean(self):\n        return sum(self.xs) / len(self.xs)\n", 3),
    hit(_C, "def share(rows):\n    return 100 * sum(rows) // len(rows)\n", 2),
    hit(
        _C,
        "def percent_done(xs):\n    done = 0\n    for x in xs:\n        done += x\n"
        "    return done / len(xs) * 100\n",
        5,
    ),
    hit(_C, "def f(xs):\n    avg_size = sum(xs) / len(xs)\n    print(avg_size)\n", 2),
    hit(_C, "async def average(xs):\n    return sum(xs) / len(xs)\n", 2),
    hit(_C, "def averages(rows):\n    return [sum(row) / len(row) for row in rows]\n", 2),
    hit(_C, "def average(xs, loud):\n    if loud:\n        print(xs)\n    return sum(xs) / len(xs)\n", 4),
    hit(_C, "def f(rows):\n    return {'mid': sum(r['n'] for r in rows) / len(rows)}\n", 2),
    hit(
        _C,
        "def f(rows):\n    good = 0\n    for row in rows:\n        if row['ok']:\n            good += 1\n"
        "    ratio = good / len(rows)\n    return ratio\n",
        6,
    ),
    miss("def shares(xs):\n    return [x / len(xs) for x in xs]\n"),
    miss("def average(xs):\n    if not xs:\n        return 0\n    return sum(xs) / len(xs)\n"),
    miss("def average(xs):\n    return sum(xs) / len(xs) if xs else 0\n"),
    miss("def average(xs):\n    return sum(xs) / max(1, len(xs))\n"),
    miss("def average(xs):\n    return sum(xs) / (len(xs) or 1)\n"),
    miss(
        "def average(xs):\n    try:\n        return sum(xs) / len(xs)\n    except ZeroDivisionError:\n"
        "        return 0\n"
    ),
    miss("def average(xs):\n    assert xs\n    return sum(xs) / len(xs)\n"),
    miss("def half(xs):\n    return xs[: len(xs) // 2]\n"),
    miss("def wrap(i, xs):\n    return xs[i % len(xs)]\n"),
    miss("def average():\n    xs = [1, 2]\n    return sum(xs) / len(xs)\n"),
    miss("def average(a, b):\n    return (a + b) / 2\n"),
    miss("average = 6 / len('abc')\n"),
)
RULE = Rule("empty_mean", find, EXAMPLES)
