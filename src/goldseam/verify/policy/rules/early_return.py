"""Code that is cut off: dead statements, constant conditions, loops that end in their first round."""

import ast
from collections.abc import Iterable, Iterator
from itertools import pairwise

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Decision, Example, Objection, Rule, reject, review
from goldseam.verify.policy.trees import dotted, line_of, surplus

_LEAVING = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_EXITS = frozenset({"exit", "quit", "sys.exit", "os._exit", "os.abort"})


def check(change: FileChange, _: Context) -> Iterator[Objection]:
    """What leaves code unreached that was reached before."""
    old, new = list(change.old_nodes()), list(change.new_nodes())
    for dead in surplus(_dead(old), _dead(new), _key):
        yield reject(line_of(dead), "this and what follows is never reached any more")
    for test in surplus(_fixed_tests(old), _fixed_tests(new), ast.unparse):
        yield reject(line_of(test), f"the condition '{ast.unparse(test)}' always has the same result")
    for end in surplus(_first_rounds(old), _first_rounds(new), ast.unparse):
        yield review(line_of(end), "the loop now ends in its first round")


def _key(node: ast.stmt) -> str:
    return ast.unparse(node)


def _dead(nodes: Iterable[ast.AST]) -> list[ast.stmt]:
    found = []
    for node in nodes:
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list):
                found += [after for before, after in pairwise(block) if _leaves(before)]
    return found


def _leaves(statement: ast.stmt) -> bool:
    if isinstance(statement, _LEAVING):
        return True
    call = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(call, ast.Call) and dotted(call.func) in _EXITS


def _fixed_tests(nodes: Iterable[ast.AST]) -> list[ast.expr]:
    found = []
    for node in nodes:
        if (isinstance(node, ast.If | ast.IfExp | ast.Assert) and _is_fixed(node.test)) or (
            isinstance(node, ast.While) and _is_fixed(node.test) and not _is_true(node.test)
        ):
            found.append(node.test)
        elif isinstance(node, ast.BoolOp) and _decides(node):
            found.append(node)
        elif isinstance(node, ast.comprehension):
            found += [test for test in node.ifs if _is_fixed(test)]
    return found


def _is_true(test: ast.expr) -> bool:
    return isinstance(test, ast.Constant) and bool(test.value)


def _is_fixed(test: ast.expr) -> bool:
    match test:
        case ast.Constant():
            return True
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _is_fixed(operand)
        case ast.Compare(left=left, comparators=others):
            same = len(others) == 1 and ast.unparse(left) == ast.unparse(others[0])
            return same or all(isinstance(part, ast.Constant) for part in (left, *others))
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return bool(elements) or isinstance(test, ast.List)
    return False


def _decides(node: ast.BoolOp) -> bool:
    """`x or True`, `x and False`: one operand alone makes the result."""
    wanted = isinstance(node.op, ast.Or)
    flags = [part.value for part in node.values if isinstance(part, ast.Constant)]
    return any(isinstance(flag, bool) and flag is wanted for flag in flags)


def _first_rounds(nodes: Iterable[ast.AST]) -> list[ast.stmt]:
    loops = [node for node in nodes if isinstance(node, ast.For | ast.While)]
    ends = [loop.body[-1] for loop in loops if isinstance(loop.body[-1], ast.Return | ast.Break)]
    return [end for end in ends if not any(end in loop.body and _continues(loop) for loop in loops)]


def _continues(loop: ast.For | ast.While) -> bool:
    return any(isinstance(node, ast.Continue) for node in ast.walk(loop))


_OLD = "def total(rows):\n    result = 0\n    for row in rows:\n        result += row\n    return result\n"
RULE = Rule(
    "cut-off code",
    check,
    hits=(
        Example(_OLD, _OLD.replace("    for", "    return 0\n    for")),
        Example(_OLD, _OLD.replace("    for", "    exit()\n    for")),
        Example(_OLD, _OLD.replace("    for", "    if False:\n        rows = []\n    for")),
        Example(_OLD, _OLD.replace("    for", "    if rows or True:\n        return 0\n    for")),
        Example(_OLD, _OLD.replace("    for", "    if 1 == 1:\n        return 0\n    for")),
        Example(_OLD, _OLD.replace("    return", "        return"), Decision.REVIEW),
    ),
    misses=(
        Example(_OLD, _OLD.replace("    for", "    if not rows:\n        return 0\n    for")),
        Example(
            _OLD,
            _OLD.replace("    for row in rows", "    while True").replace(
                "result += row", "result = step(result)"
            ),
        ),
        Example(_OLD, _OLD.replace("= 0", "= None or 0")),
    ),
)
