"""Expressions of JavaScript, TypeScript and PHP as parts of a tree, made from what tree-sitter reads.

The three name most things alike; what stands in parentheses is read as what is inside, with a place that asks
for none.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldseam.core.source import Span
from goldseam.languages.parse_tree import below, text_of
from goldseam.propose.trees.tree import Block, Expression, Kind, Role, Token
from goldseam.propose.trees.writing import ARGUMENT, ATOM, CHOICE, LOOSEST, NEGATIVE, NOT, POSTFIX, Writing

if TYPE_CHECKING:
    from tree_sitter import Node

_ATOMS = {
    "identifier": Kind.NAME, "variable_name": Kind.NAME, "name": Kind.NAME, "number": Kind.NUMBER,
    "integer": Kind.NUMBER, "float": Kind.NUMBER, "string": Kind.STRING, "template_string": Kind.STRING,
    "encapsed_string": Kind.STRING, "heredoc": Kind.STRING, "true": Kind.BOOLEAN, "false": Kind.BOOLEAN,
    "boolean": Kind.BOOLEAN, "null": Kind.NULL, "undefined": Kind.NULL, "this": Kind.OTHER,
    "super": Kind.OTHER, "regex": Kind.OTHER, "qualified_name": Kind.NAME, "relative_scope": Kind.OTHER,
}  # fmt: skip
_CALLS = frozenset({"call_expression", "function_call_expression", "new_expression"})
_METHODS = frozenset({"member_call_expression", "nullsafe_member_call_expression", "scoped_call_expression"})
_MEMBERS = frozenset({"member_expression", "member_access_expression", "nullsafe_member_access_expression"})
_CHOICES = frozenset({"ternary_expression", "conditional_expression"})
_LISTS = frozenset({"array", "array_creation_expression"})
ASSIGNMENTS = frozenset({"assignment_expression", "augmented_assignment_expression"})
_FUNCTIONS = frozenset({"arrow_function", "function_expression", "anonymous_function", "generator_function"})
_OTHERS = frozenset({
    "update_expression", "await_expression", "spread_element", "yield_expression", "object", "as_expression",
    "object_creation_expression", "cast_expression", "class_constant_access_expression",
    "non_null_expression",
    "scoped_property_access_expression", "match_expression", "print_intrinsic", "satisfies_expression",
    "sequence_expression", "variadic_unpacking", "clone_expression", "throw_expression", "class",
    "reference_assignment_expression", "error_suppression_expression", "include_expression", "type_assertion",
})  # fmt: skip
_LOOSE = frozenset({
    "await_expression", "spread_element", "yield_expression", "sequence_expression", "variadic_unpacking",
    "throw_expression", "assignment_expression", "augmented_assignment_expression", "as_expression",
    "reference_assignment_expression", "print_intrinsic", "satisfies_expression", "cast_expression",
    "include_expression", "error_suppression_expression", "clone_expression",
})  # fmt: skip
_OPERATIONS = frozenset(
    {"binary_expression", "unary_expression", "unary_op_expression", "subscript_expression"}
)
EXPRESSIONS = (
    _ATOMS.keys() | _CALLS | _METHODS | _MEMBERS | _CHOICES | _LISTS | ASSIGNMENTS | _FUNCTIONS | _OTHERS
    | _OPERATIONS | {"parenthesized_expression"}
)  # fmt: skip
BLOCKS = frozenset({"statement_block", "compound_statement", "class_body", "declaration_list", "colon_block"})
SKIPPED = frozenset({"comment", "php_tag", "text_interpolation", "empty_statement", "html_comment", "text"})


@dataclass(frozen=True, slots=True)
class _Shape:
    """What an expression is, without its place."""

    kind: Kind
    precedence: int = ATOM
    parts: tuple[Expression, ...] = ()
    tokens: tuple[Token, ...] = ()
    names: tuple[str, ...] = ()


class ExpressionReader:
    """Reads expressions; the bodies of functions among them are read by `body_of` and kept in `bodies`."""

    def __init__(
        self, data: bytes, writing: Writing, body_of: "Callable[[Node, tuple[str, ...]], Block]"
    ) -> None:
        self._data = data
        self._writing = writing
        self._body_of = body_of
        self.bodies: list[Block] = []

    def expression(self, node: "Node", role: Role = Role.VALUE, needs: int = ARGUMENT) -> Expression:
        while node.type == "parenthesized_expression" and len(inside(node)) == 1:
            node, needs = inside(node)[0], LOOSEST
        shape = self._shape(node)
        return Expression(
            shape.kind, span_of(node), bytes_text(node), shape.precedence, role, needs, shape.parts,
            shape.tokens, names=shape.names,
        )  # fmt: skip

    def _shape(self, node: "Node") -> _Shape:
        if node.type in _ATOMS:
            return _Shape(_ATOMS[node.type])
        if node.type in _OPERATIONS:
            return self._operation(node)
        if node.type in _CALLS | _METHODS | _MEMBERS:
            return self._postfix(node)
        if node.type in _CHOICES:
            level = self._writing.level(CHOICE)
            test, *others = inside(node)
            condition = self.expression(test, Role.CONDITION, level + 1)
            chosen = tuple(self.expression(one, Role.VALUE, level + 1) for one in others)
            kind = Kind.CONDITIONAL if len(chosen) == 2 else Kind.OTHER
            return _Shape(kind, level, (condition, *chosen))
        if node.type in _FUNCTIONS:
            return self._function(node)
        if node.type in _LISTS:
            items = [item for one in inside(node) for item in inside(one) or [one] if one.type in _ITEMS] or [
                *inside(node)
            ]
            is_list = all(one.type not in _ITEMS or len(inside(one)) == 1 for one in inside(node))
            parts = tuple(self.expression(one) for one in items if one.type in EXPRESSIONS)
            return _Shape(Kind.LIST if is_list and len(parts) == len(items) else Kind.MAP, parts=parts)
        parts = tuple(self.expression(one) for one in outermost_below(node))
        kind = Kind.MAP if node.type == "object" else Kind.OTHER
        return _Shape(kind, LOOSEST if node.type in _LOOSE else POSTFIX, parts)

    def _operation(self, node: "Node") -> _Shape:
        writing = self._writing
        sign = node.child_by_field_name("operator")
        if node.type == "subscript_expression":
            part, *index = inside(node)
            receiver = self.expression(part, Role.RECEIVER, POSTFIX)
            parts = (receiver, *(self.expression(one, Role.INDEX, LOOSEST) for one in index))
            return _Shape(Kind.INDEX if len(parts) == 2 else Kind.OTHER, POSTFIX, parts)
        operator = bytes_text(sign) if sign else ""
        if node.type != "binary_expression":
            level = writing.level(NEGATIVE if operator == "-" else NOT)
            kind = {"!": Kind.NOT, "-": Kind.NEGATIVE}.get(operator, Kind.OTHER)
            role = Role.CONDITION if kind is Kind.NOT else Role.VALUE
            return _Shape(kind, level, tuple(self.expression(one, role, level) for one in inside(node)))
        level = writing.level(operator)
        if operator in (writing.operator("and"), writing.operator("or")):
            held, signs = self._row(node, operator)
            return _Shape(
                Kind.LOGIC,
                level,
                tuple(self.expression(one, Role.CONDITION, level + 1) for one in held),
                signs,
            )
        compares = level in (writing.level("<"), writing.level("==")) or operator == "instanceof"
        power = operator in writing.right_associative
        left, right = inside(node)[:2]
        before = self.expression(left, Role.VALUE, level + (compares or power))
        after = self.expression(right, Role.VALUE, level + (not power))
        kind = Kind.COMPARISON if compares else Kind.OTHER if operator == "??" else Kind.ARITHMETIC
        return _Shape(kind, level, (before, after), (Token(operator, span_of(sign)),) if sign else ())

    def _row(self, node: "Node", operator: str) -> "tuple[list[Node], tuple[Token, ...]]":
        """The operands of a row of one logical operator, and its signs."""
        left, right = inside(node)[:2]
        sign = node.child_by_field_name("operator")
        own = (Token(operator, span_of(sign)),) if sign else ()
        if left.type == "binary_expression" and text_of(left.child_by_field_name("operator")) == operator:
            held, tokens = self._row(left, operator)
            return [*held, right], tokens + own
        return [left, right], own

    def _postfix(self, node: "Node") -> _Shape:
        name = node.child_by_field_name("property") or node.child_by_field_name("name")
        if node.type in _MEMBERS:
            return self._member(node, name)
        given = node.child_by_field_name("arguments")
        arguments = [
            one
            for held in (inside(given) if given else [])
            for one in (inside(held) if held.type == "argument" else [held])
        ]
        parts = tuple(self.expression(one, Role.ARGUMENT) for one in arguments if one.type in EXPRESSIONS)
        if node.type in _CALLS:
            callee = node.child_by_field_name("function") or node.child_by_field_name("constructor")
            first = [self.expression(callee, Role.CALLEE, POSTFIX)] if callee else []
        else:
            first = [self._method(node, name)] if name else []
        known = bool(first) and len(parts) == len(arguments)
        return _Shape(Kind.CALL if known else Kind.OTHER, POSTFIX, (*first, *parts))

    def _method(self, node: "Node", name: "Node") -> Expression:
        """The receiver and name of a method call of PHP."""
        shape = self._member(node, name)
        span = Span(node.start_byte, name.end_byte)
        text = self._data[span.start : span.end].decode("utf-8")
        return Expression(Kind.MEMBER, span, text, POSTFIX, Role.CALLEE, POSTFIX, shape.parts, shape.tokens)

    def _member(self, node: "Node", name: "Node | None") -> _Shape:
        held = node.child_by_field_name("object") or node.child_by_field_name("scope")
        parts = (self.expression(held, Role.RECEIVER, POSTFIX),) if held else ()
        tokens = (Token(bytes_text(name), span_of(name)),) if name else ()
        return _Shape(Kind.MEMBER if parts and tokens else Kind.OTHER, POSTFIX, parts, tokens)

    def _function(self, node: "Node") -> _Shape:
        given = node.child_by_field_name("parameters") or node.child_by_field_name("parameter")
        names = tuple(bound_names(given)) if given else ()
        body = node.child_by_field_name("body")
        parts: tuple[Expression, ...] = ()
        if body is not None and body.type in BLOCKS:
            self.bodies.append(self._body_of(body, names))
        elif body is not None:
            parts = (self.expression(body, Role.VALUE),)
        return _Shape(Kind.FUNCTION, ARGUMENT, parts, names=names)


_ITEMS = frozenset({"array_element_initializer"})
_NAMES = frozenset({
    "identifier", "variable_name", "shorthand_property_identifier_pattern",
})  # fmt: skip
_VALUES = frozenset({"value", "right", "default_value", "type"})


def inside(node: "Node") -> "list[Node]":
    return [child for child in node.named_children if child.type not in SKIPPED]


def outermost(node: "Node") -> "list[Node]":
    """The expressions that `node` is or has inside, the outermost only; no name that is declared."""
    if node.type == "variable_declarator":
        value = node.child_by_field_name("value")
        return [value] if value else []
    return [node] if node.type in EXPRESSIONS else outermost_below(node)


def outermost_below(node: "Node") -> "list[Node]":
    return [one for child in node.named_children for one in outermost(child) if child.type not in SKIPPED]


def bound_names(node: "Node") -> Iterator[str]:
    """The names that a declaration, a parameter list or a loop head binds; values and types are left out."""
    if node.type in _NAMES:
        yield bytes_text(node)
        return
    for number, child in enumerate(node.children):
        if child.is_named and node.field_name_for_child(number) not in _VALUES:
            yield from bound_names(child)


def assigned_names(node: "Node") -> Iterator[str]:
    left = node.child_by_field_name("left")
    if left is not None:
        yield from names_at(left)


def names_at(node: "Node") -> Iterator[str]:
    if node.type in _NAMES:
        yield bytes_text(node)
    elif node.type in ("array_pattern", "object_pattern", "list_literal", "array"):
        yield from (bytes_text(one) for one in below(node) if one.type in _NAMES)


def defaults_in(parameters: "Node") -> "Iterator[Node]":
    for one in below(parameters):
        held = one.child_by_field_name("right" if one.type == "assignment_pattern" else "default_value")
        if held is not None and held.type in EXPRESSIONS:
            yield held


def span_of(node: "Node") -> Span:
    return Span(node.start_byte, node.end_byte)


def bytes_text(node: "Node") -> str:
    return (node.text or b"").decode("utf-8")
