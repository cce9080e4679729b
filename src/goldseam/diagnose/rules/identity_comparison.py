"""`is` between a value and a literal: it asks whether they are one object, which nobody promises."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.core.source import Edit, Span
from goldseam.diagnose.rule import Rule, hit, miss
from goldseam.languages.python_view import Module, Project


def find(project: Project) -> Iterator[Fault]:
    """Comparisons by identity with a number, text or display."""
    for module in project:
        for comparison in module.every(ast.Compare):
            sides = [comparison.left, *comparison.comparators]
            for number, operator in enumerate(comparison.ops):
                if isinstance(operator, ast.Is | ast.IsNot) and any(
                    map(_is_value, sides[number : number + 2])
                ):
                    equal = "==" if isinstance(operator, ast.Is) else "!="
                    yield module.fault(
                        comparison,
                        Code.SEM_IDENTITY_COMPARISON,
                        f"'{module.text(comparison)[:60]}' asks if both are one object, not for equality",
                        f"compare with '{equal}'",
                        suspiciousness=0.75,
                        expected=equal,
                        fix=_fix(module, sides[number], sides[number + 1], equal),
                    )


def _is_value(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        return _is_value(node.operand)
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str | bytes | int | float | complex) and not isinstance(
            node.value, bool
        )
    return isinstance(node, ast.List | ast.Dict | ast.Set | ast.Tuple | ast.JoinedStr | ast.ListComp)


def _fix(module: Module, left: ast.expr, right: ast.expr, equal: str) -> tuple[Edit, ...]:
    between = Span(module.span(left).end, module.span(right).start)
    text = module.data[between.start : between.end]
    for word in (b"is not", b"is"):
        if text.count(word) == 1 and text.strip() == word:
            start = between.start + text.index(word)
            return (Edit(Span(start, start + len(word)), equal.encode()),)
    return ()


_C = Code.SEM_IDENTITY_COMPARISON
EXAMPLES = (
    hit(_C, "def f(x):\n    return x is 1000\n", 2),
    hit(_C, "def f(x):\n    return x is 'done'\n", 2),
    hit(_C, "def f(x):\n    return x is not 'done'\n", 2),
    hit(_C, "def f(x):\n    if x is '':\n        return 1\n", 2),
    hit(_C, "def f(x):\n    if 3 is x:\n        return 1\n", 2),
    hit(_C, "def f(x):\n    return x is -1\n", 2),
    hit(_C, "def f(x):\n    return x is []\n", 2),
    hit(_C, "def f(x):\n    return x is ()\n", 2),
    hit(_C, "def f(x):\n    return x is {}\n", 2),
    hit(_C, "def f(x, y):\n    while y and x is not 2.5:\n        y -= 1\n", 2),
    hit(_C, "def f(x):\n    return [y for y in x if y is b'a']\n", 2),
    miss("def f(x):\n    return x is None\n"),
    miss("def f(x):\n    return x is not None\n"),
    miss("def f(x):\n    return x is True\n"),
    miss("def f(x):\n    return x is False\n"),
    miss("def f(x):\n    return x is ...\n"),
    miss("def f(x):\n    return x == 1000\n"),
    miss("def f(x):\n    return x in (1, 2)\n"),
    miss("def f(x, y):\n    return x is y\n"),
    miss("def f(x):\n    return type(x) is int\n"),
    miss("MISSING = object()\ndef f(x):\n    return x is MISSING\n"),
)
RULE = Rule("identity_comparison", find, EXAMPLES)
