"""Errors that are no longer raised, assertions and security settings that are switched off."""

import ast
from collections.abc import Iterator

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Decision, Example, Objection, Rule, reject, review
from goldseam.verify.policy.trees import dotted, line_of, surplus

SWITCHED_OFF = frozenset(
    {("verify", False), ("check_hostname", False), ("shell", True), ("autoescape", False), ("strict", False)}
    | {("validate", False), ("usedforsecurity", False), ("verify_ssl", False), ("allow_pickle", True)}
)
HARD = frozenset({"verify", "check_hostname", "shell", "autoescape", "verify_ssl", "allow_pickle"})


def check(change: FileChange, context: Context) -> Iterator[Objection]:
    """Fewer raises or assertions than before; guards that hold less often; settings switched off."""
    old, new = list(change.old_nodes()), list(change.new_nodes())
    failing = context.failing_lines(change.path)
    for kind, word in ((ast.Raise, "error"), (ast.Assert, "assertion")):
        before, after = _of(old, kind), _of(new, kind)
        lost = surplus(after, before, _key)
        for node in lost[: max(0, len(before) - len(after))]:
            at_fault = line_of(node) in failing
            decide = reject if at_fault else review
            yield decide(line_of(node), f"the {word} '{ast.unparse(node)[:60]}' is gone")
    guards = {ast.unparse(node.test) for node in old if isinstance(node, ast.If) and _raises(node)}
    known = {ast.unparse(node.test) for node in old if isinstance(node, ast.If)}
    for node in new:
        is_new = isinstance(node, ast.If) and _raises(node) and ast.unparse(node.test) not in known
        if is_new and _narrowed(node.test) & guards:  # type: ignore[attr-defined]
            yield review(line_of(node), "an error is now raised on fewer occasions than before")
    for keyword in surplus(_switches(old), _switches(new), ast.unparse):
        decide = reject if keyword.arg in HARD else review
        yield decide(line_of(keyword.value), f"a protection is switched off: {ast.unparse(keyword)}")


def _of(nodes: list[ast.AST], kind: type[ast.AST]) -> list[ast.AST]:
    return [node for node in nodes if isinstance(node, kind)]


def _key(node: ast.AST) -> str:
    match node:
        case ast.Raise(exc=ast.Call(func=func)):
            return dotted(func)
        case ast.Raise(exc=exc):
            return ast.unparse(exc) if exc else "raise"
    return ast.unparse(node)


def _raises(node: ast.If) -> bool:
    return any(isinstance(statement, ast.Raise) for statement in node.body)


def _narrowed(test: ast.expr) -> set[str]:
    is_and = isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And)
    return {ast.unparse(part) for part in test.values} if is_and else set()  # type: ignore[attr-defined]


def _switches(nodes: list[ast.AST]) -> list[ast.keyword]:
    keywords = [k for node in nodes if isinstance(node, ast.Call) for k in node.keywords]
    assigned = [
        ast.keyword(target.attr, node.value)
        for node in nodes
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute)
    ]
    return [k for k in (*keywords, *assigned) if isinstance(k.value, ast.Constant) and _is_switch(k)]


def _is_switch(keyword: ast.keyword) -> bool:
    value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
    return isinstance(value, bool) and (keyword.arg, value) in SWITCHED_OFF


_OLD = (
    "def f(n):\n    if n < 0:\n        raise ValueError(n)\n    assert n < 9\n"
    "    return get(n, verify=True)\n"
)
RULE = Rule(
    "weaker check",
    check,
    hits=(
        Example(_OLD, _OLD.replace("        raise ValueError(n)\n", "        n = 0\n"), Decision.REVIEW),
        Example(
            _OLD, _OLD.replace("        raise ValueError(n)\n", "        n = 0\n"), failing=("ValueError", 3)
        ),
        Example(_OLD, _OLD.replace("    assert n < 9\n", ""), Decision.REVIEW),
        Example(_OLD, _OLD.replace("n < 0:", "n < 0 and n > -5:"), Decision.REVIEW),
        Example(_OLD, _OLD.replace("verify=True", "verify=False")),
        Example("run(a)\n", "run(a, shell=True)\n"),
    ),
    misses=(
        Example(_OLD, _OLD.replace("ValueError(n)", "ValueError(f'negative: {n}')")),
        Example(_OLD, _OLD.replace("n < 0", "n <= 0")),
        Example(_OLD, _OLD.replace("assert n < 9", "assert n < 10")),
        Example(_OLD, _OLD.replace("raise ValueError", "raise TypeError")),
    ),
)
