"""An average divided by something else than the number of what was added up."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.core.source import Edit
from goldseam.diagnose.rule import Rule, hit, miss
from goldseam.languages.python_view import Module, Project, name_of, own, words_of

_MEANS = frozenset({"average", "avg", "mean", "averages"})
_EVEN_SPREAD = frozenset({"variance", "var", "std", "stdev", "sample", "gap", "interval", "spacing", "step"})
_Told = tuple[Code, str, str]


def find(project: Project) -> Iterator[Fault]:
    """Divisors of averages: a fixed number, a length less or more one, the length of something else."""
    for module in project:
        for division in module.every(ast.BinOp):
            if not isinstance(division.op, ast.Div | ast.FloorDiv) or not _is_average(division, module):
                continue
            function = module.function_of(division)
            around = function or module.tree
            summed = _summed(division.left, around)
            if told := _wrong(_resolved(division.right, around, module), summed):
                code, message, hint = told
                right = _length(summed, around, module)
                fix = (Edit(module.span(division.right), right.encode()),) if right else ()
                yield module.fault(
                    division,
                    code,
                    message,
                    hint,
                    suspiciousness=0.65,
                    detail="average",
                    expected=right,
                    fix=fix,
                )


def _length(name: str, around: ast.AST, module: Module) -> str:
    """`len(...)` of the collection that is known by a name here, as the source writes it."""
    uses = (node for node in own(around) if isinstance(node, ast.Name | ast.Attribute))
    found = next((module.text(node) for node in uses if name_of(node) == name), "")
    return f"len({found})" if found else ""


def _resolved(divisor: ast.expr, around: ast.AST, module: Module) -> ast.expr:
    """What a local name that is given one value stands for."""
    if not isinstance(divisor, ast.Name):
        return divisor
    given = module.given(divisor.id, around)
    return given[0] if len(given) == 1 and not isinstance(given[0], ast.Constant) else divisor


def _is_average(division: ast.BinOp, module: Module) -> bool:
    names: list[str] = []
    for around in module.ancestors(division):
        if isinstance(around, ast.Assign):
            names += map(name_of, around.targets)
        if isinstance(around, ast.keyword | ast.FunctionDef | ast.AsyncFunctionDef):
            names.append((around.arg if isinstance(around, ast.keyword) else around.name) or "")
            break
    words = {word for name in names for word in words_of(name)}
    return bool(words & _MEANS) and not words & _EVEN_SPREAD


def _summed(value: ast.expr, around: ast.AST) -> str:
    """The name of the collection whose elements a value is the sum of."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in ("sum", "fsum"):
        return _collection(value.args[0]) if value.args else ""
    if isinstance(value, ast.Name | ast.Attribute):
        return _summed_in_loop(name_of(value), around) or _summed_before(value, around)
    return ""


def _collection(node: ast.expr) -> str:
    if isinstance(node, ast.GeneratorExp | ast.ListComp):
        generators = node.generators
        return name_of(generators[0].iter) if len(generators) == 1 and not generators[0].ifs else ""
    return name_of(node) if isinstance(node, ast.Name | ast.Attribute) else ""


def _summed_before(value: ast.Name | ast.Attribute, around: ast.AST) -> str:
    given = [
        node.value
        for node in own(around)
        if isinstance(node, ast.Assign) and any(name_of(target) == name_of(value) for target in node.targets)
    ]
    only = given[0] if len(given) == 1 else None
    return _summed(only, around) if isinstance(only, ast.Call) else ""


def _summed_in_loop(total: str, around: ast.AST) -> str:
    """The collection of the one loop that adds to `total` in every round."""
    found = [
        name_of(loop.iter)
        for loop in own(around)
        if isinstance(loop, ast.For)
        for node in loop.body
        if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add) and name_of(node.target) == total
    ]
    return found[0] if len(found) == 1 else ""


def _wrong(divisor: ast.expr, summed: str) -> _Told | None:
    right = f"divide by len({summed})" if summed else "divide by the number of what was added up"
    if summed and isinstance(divisor, ast.Constant) and isinstance(divisor.value, int | float):
        return Code.LOG_WRONG_CONSTANT, f"the average of '{summed}' is divided by {divisor.value}", right
    if isinstance(divisor, ast.BinOp) and isinstance(divisor.op, ast.Add | ast.Sub):
        if not _is_length(divisor.left) or not isinstance(divisor.right, ast.Constant):
            return None
        return (
            Code.LOG_OFF_BY_ONE,
            "an average is divided by one more, or less, than the number of things",
            right,
        )
    if summed and _is_length(divisor) and isinstance(divisor, ast.Call):
        other = name_of(divisor.args[0]) if divisor.args else ""
        if other and other != summed and other not in summed and summed not in other:
            return (
                Code.LOG_WRONG_VARIABLE,
                f"the sum of '{summed}' is divided by the number of '{other}'",
                right,
            )
    return None


def _is_length(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len"


_CONSTANT, _ONE, _OTHER = Code.LOG_WRONG_CONSTANT, Code.LOG_OFF_BY_ONE, Code.LOG_WRONG_VARIABLE
EXAMPLES = (
    hit(_CONSTANT, "def average(xs):\n    return sum(xs) / 2\n", 2),
    hit(
        _CONSTANT,
        "def mean(xs):\n    total = 0\n    for x in xs:\n        total += x\n    return total / 10\n",
        5,
    ),
    hit(_CONSTANT, "def f(xs):\n    average = sum(xs) / 3\n    return average\n", 2),
    hit(_ONE, "def average(xs):\n    return sum(xs) / (len(xs) - 1)\n", 2),
    hit(_ONE, "def average(xs):\n    return sum(xs) / (len(xs) + 1)\n", 2),
    hit(_ONE, "def average(xs):\n    total = sum(x.size for x in xs)\n    return total / (len(xs) - 1)\n", 3),
    hit(_OTHER, "def average(xs, ys):\n    return sum(xs) / len(ys)\n", 2),
    hit(_OTHER, "class A:\n    def average(self):\n        return sum(self.times) / len(self.names)\n", 3),
    hit(_CONSTANT, "class A:\n    def average(self):\n        return sum(x for x in self.times) // 2\n", 3),
    hit(_ONE, "def f(xs):\n    avg_size = sum(xs) / (len(xs) - 1)\n    return avg_size\n", 2),
    hit(_ONE, "def average(xs):\n    n = len(xs) - 1\n    return sum(xs) / n\n", 3),
    hit(_ONE, "def average(clock, timers):\n    return clock.elapsed / (len(timers) + 1)\n", 2),
    miss("def average(xs):\n    return sum(xs) / len(xs)\n"),
    miss("def variance_mean(xs):\n    return sum(xs) / (len(xs) - 1)\n"),
    miss("def average(a, b):\n    return (a + b) / 2\n"),
    miss("def half(xs):\n    return sum(xs) / 2\n"),
    miss("def average(xs):\n    return sum(x for x in xs if x) / 2\n"),
    miss("def average(xs, n):\n    return sum(xs) / n\n"),
    miss("def average(xs):\n    total = sum(xs)\n    return total / len(xs)\n"),
    miss("def mean_of_row(rows, row):\n    return sum(rows) / len(row)\n"),
    miss("def average_gap(xs):\n    return sum(xs) / (len(xs) - 1)\n"),
    miss("def average(x):\n    return x / 2\n"),
    miss("def f(xs):\n    middle = sum(xs) / 2\n    return middle\n"),
)
RULE = Rule("wrong_divisor", find, EXAMPLES)
