"""Literals that are given as the answer for a literal input: branches, cases, tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldseam.languages.parse_tree import below, text_of
from goldseam.verify.policy.scripts import grammar as g
from goldseam.verify.policy.scripts.parts import first_of, flat, inner, is_literal, line_of, statements_of

if TYPE_CHECKING:
    from tree_sitter import Node


@dataclass(frozen=True, slots=True)
class Answer:
    """A literal given for one literal input: `kind` is `branch`, `display`, `table` or `case`."""

    kind: str
    text: str
    line: int
    literals: frozenset[str]
    has_number: bool


def answers_in(node: "Node") -> Iterator[Answer]:
    """What `node` itself answers by a literal."""
    kind = node.type
    if kind in g.TERNARIES:
        gives = [node.child_by_field_name(name) for name in ("consequence", "body", "alternative")]
        if any(one is not None and _is_answer(one) for one in gives):
            yield from _branch(node, inner(node.child_by_field_name("condition")))
    elif kind in ("if_statement", "else_if_clause"):
        body = node.child_by_field_name("consequence") or node.child_by_field_name("body")
        if body is not None and _gives_literal(body):
            yield from _branch(node, inner(node.child_by_field_name("condition")))
    elif kind in ("switch_case", "case_statement", "match_conditional_expression"):
        value = node.child_by_field_name("value") or first_of(node)
        rest = node.named_children[1:]
        is_given = any(_gives_literal(one) or (kind.startswith("match") and _is_answer(one)) for one in rest)
        if value is not None and is_given and (literals := literals_in(node)) and _numbers(value):
            yield Answer("case", flat(node), line_of(node), literals, True)
    elif kind == "subscript_expression" and node.named_children:
        table = inner(node.named_children[0])
        if table is not None and table.type in g.TABLES and is_literal(table):
            yield Answer("table", flat(node), line_of(node), literals_in(node), True)
    elif kind in g.TABLES and is_literal(node) and _maps_numbers(node):
        yield Answer("table", flat(node), line_of(node), literals_in(node), True)


def _branch(node: "Node", test: "Node | None") -> Iterator[Answer]:
    compared = list(_compared(test)) if test is not None else []
    if not compared:
        return
    display = any(one.type in g.DISPLAYS for one in compared) or "JSON.stringify" in flat(test)
    number = any(_numbers(one) for one in compared)
    kind = "display" if display else "branch"
    text = f"{flat(test)} {flat(node)[:200]}"
    yield Answer(kind, text, line_of(node), literals_in(node), number)


def _compared(test: "Node") -> "Iterator[Node]":
    """Literals that a condition compares something with for equality; trivial ones aside."""
    for node in [test, *below(test)]:
        operator = text_of(node.child_by_field_name("operator"))
        if node.type == "binary_expression" and operator in g.EQUAL:
            sides = [node.child_by_field_name("left"), node.child_by_field_name("right")]
            yield from (s for s in sides if s is not None and is_literal(s) and flat(s) not in g.PLAIN)
        elif node.type in g.CALLS and g.last_part(g.callee(node)) in ("includes", "in_array", "indexOf"):
            yield from (one for one in below(node) if one.type in g.LITERALS and flat(one) not in g.PLAIN)


def _numbers(node: "Node") -> bool:
    return any(one.type in g.NUMBERS and text_of(one) not in g.PLAIN for one in [node, *below(node)])


def _is_answer(node: "Node") -> bool:
    node_in = inner(node)
    return node_in is not None and is_literal(node_in) and flat(node_in).lower() not in g.NO_ANSWER


def _gives_literal(body: "Node") -> bool:
    last = (statements_of(body) or [body])[-1]
    value = inner(last)
    if last.type == "return_statement":
        return bool(last.named_children) and _is_answer(last.named_children[0])
    if value is not None and value.type in g.ASSIGNMENTS:
        right = g.sides(value)[1]
        return right is not None and _is_answer(right)
    if last.type == "echo_statement":
        return all(is_literal(child) for child in last.named_children)
    if value is None or value.type not in g.CALLS:
        return False
    arguments = value.child_by_field_name("arguments")
    printed = g.QUIET_CALL.match(g.callee(value)) is not None
    return printed and arguments is not None and all(map(is_literal, arguments.named_children))


def _maps_numbers(table: "Node") -> bool:
    keys = [one.child_by_field_name("key") or first_of(one) for one in table.named_children if first_of(one)]
    return (
        len(keys) > 0
        and all(key is not None and key.type in g.NUMBERS for key in keys)
        and all(len(one.named_children) == 2 for one in table.named_children if one.type != "comment")
    )


def literals_in(node: "Node") -> frozenset[str]:
    """Literals of a part, as text without quotes."""
    every = [node, *below(node)]
    return frozenset(g.plain(text_of(one)) for one in every if one.type in g.LITERALS)
