"""JavaScript, TypeScript and PHP as trees, made from what tree-sitter reads.

The three name most things alike; what stands in parentheses is read as what is inside, with a place that asks
for none.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldseam.core.source import Span
from goldseam.languages.parse_tree import below, grammar_of, text_of, tree_of
from goldseam.propose.trees.layout import block_of
from goldseam.propose.trees.tree import Block, Does, Expression, Kind, Role, Statement, Token, Tree, as_target
from goldseam.propose.trees.writing import ARGUMENT, ATOM, CHOICE, LOOSEST, NEGATIVE, NOT, POSTFIX, Writing
from goldseam.propose.trees.written import JAVASCRIPT, PHP

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
_ASSIGNMENTS = frozenset({"assignment_expression", "augmented_assignment_expression"})
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
_EXPRESSIONS = (
    _ATOMS.keys() | _CALLS | _METHODS | _MEMBERS | _CHOICES | _LISTS | _ASSIGNMENTS | _FUNCTIONS | _OTHERS
    | _OPERATIONS | {"parenthesized_expression"}
)  # fmt: skip
_BLOCKS = frozenset(
    {"statement_block", "compound_statement", "class_body", "declaration_list", "colon_block"}
)
_DOES = {
    "if_statement": Does.IF, "else_if_clause": Does.IF, "while_statement": Does.WHILE,
    "do_statement": Does.WHILE, "for_statement": Does.FOR, "for_in_statement": Does.FOR,
    "foreach_statement": Does.FOR, "return_statement": Does.RETURN, "expression_statement": Does.EXPRESSION,
    "lexical_declaration": Does.ASSIGN, "variable_declaration": Does.ASSIGN, "break_statement": Does.JUMP,
    "continue_statement": Does.JUMP, "function_declaration": Does.FUNCTION,
    "generator_function_declaration": Does.FUNCTION, "function_definition": Does.FUNCTION,
    "method_definition": Does.FUNCTION, "method_declaration": Does.FUNCTION, "class_declaration": Does.CLASS,
}  # fmt: skip
_PARAMETERS = frozenset({"formal_parameters"})
_SKIPPED = frozenset({"comment", "php_tag", "text_interpolation", "empty_statement", "html_comment", "text"})


def read(path: str, data: bytes) -> Tree | None:
    """The tree of a file of these languages; None of any other, and of one that does not parse."""
    grammar = grammar_of(path)
    root = tree_of(grammar, data) if grammar else None
    if root is None or root.has_error:
        return None
    writing = PHP if grammar == "php" else JAVASCRIPT
    try:
        return Tree(path, data, writing, _Reader(data, writing).top(root))
    except (UnicodeDecodeError, RecursionError):
        return None


def parses(path: str, data: bytes) -> bool:
    """Whether a file of these languages parses without an error."""
    root = tree_of(grammar_of(path) or "", data)
    return root is not None and not root.has_error


@dataclass(frozen=True, slots=True)
class _Shape:
    """What an expression is, without its place."""

    kind: Kind
    precedence: int = ATOM
    parts: tuple[Expression, ...] = ()
    tokens: tuple[Token, ...] = ()
    names: tuple[str, ...] = ()


class _Reader:
    def __init__(self, data: bytes, writing: Writing) -> None:
        self._data = data
        self._writing = writing
        self._inner: list[Block] = []

    def top(self, root: "Node") -> Block:
        return block_of(self._data, tuple(self._statements(root.named_children)))

    def _statements(self, nodes: "Iterable[Node]") -> Iterator[Statement]:
        for node in nodes:
            if node.type not in _SKIPPED:
                yield self.statement(node)

    def block(
        self, node: "Node", *, is_else: bool = False, parameters: tuple[str, ...] | None = None
    ) -> Block:
        """A block; a statement without braces is a block of its own that is not open."""
        if node.type in _BLOCKS:
            held = tuple(self._statements(node.named_children))
            return block_of(self._data, held, _span(node), is_else=is_else, parameters=parameters)
        only = self.statement(node)
        return Block((only,), only.span, is_open=False, is_else=is_else, parameters=parameters)

    def statement(self, node: "Node") -> Statement:
        outer, self._inner = self._inner, []
        made = self._statement(node)
        inner, self._inner = self._inner, outer
        if not inner:
            return made
        return Statement(
            made.does, made.span, made.text, made.expressions, (*made.blocks, *inner), made.target,
            made.value, made.operator, made.declares, made.name, made.names,
        )  # fmt: skip

    def _statement(self, node: "Node") -> Statement:
        does = _DOES.get(node.type, Does.OTHER)
        if does in (Does.IF, Does.WHILE):
            return self._conditional(node, does)
        if does is Does.FOR:
            return self._loop(node)
        if does in (Does.ASSIGN, Does.EXPRESSION):
            return self._effect(node, does)
        if does is Does.RETURN:
            held = [self.expression(one, Role.RETURNED, LOOSEST) for one in _inside(node)]
            return self._made(node, does, held, value=held[0] if held else None)
        if does in (Does.FUNCTION, Does.CLASS):
            return self._definition(node, does)
        if does is Does.JUMP:
            return self._made(node, does)
        expressions: list[Expression] = []
        blocks: list[Block] = []
        self._gather(node, expressions, blocks)
        return self._made(node, does, expressions, blocks)

    def _made(
        self,
        node: "Node",
        does: Does,
        expressions: Iterable[Expression] = (),
        blocks: Iterable[Block] = (),
        target: Expression | None = None,
        value: Expression | None = None,
        operator: Token | None = None,
        names: tuple[str, ...] = (),
        *,
        declares: bool = False,
        name: str = "",
    ) -> Statement:
        return Statement(
            does, _span(node), _text(node), tuple(expressions), tuple(blocks), target, value, operator,
            declares, name, names,
        )  # fmt: skip

    def _gather(self, node: "Node", expressions: list[Expression], blocks: list[Block]) -> None:
        """Expressions and blocks of a statement of no special kind, at any depth."""
        rows: list[Node] = []
        for child in node.named_children:
            if child.type in _BLOCKS:
                blocks.append(self.block(child))
            elif child.type in _EXPRESSIONS:
                expressions.append(self.expression(child, needs=LOOSEST))
            elif child.type in _DOES or child.type.endswith("_statement"):
                rows.append(child)
            elif child.type not in _SKIPPED:
                self._gather(child, expressions, blocks)
        if rows:
            blocks.append(block_of(self._data, tuple(self._statements(rows))))

    def _conditional(self, node: "Node", does: Does) -> Statement:
        test = node.child_by_field_name("condition")
        tests = [self.expression(test, Role.CONDITION)] if test else []
        body = node.child_by_field_name("consequence") or node.child_by_field_name("body")
        blocks = [self.block(body)] if body else []
        for other in node.children_by_field_name("alternative"):
            if other.type == "else_if_clause":
                only = self.statement(other)
                blocks.append(Block((only,), only.span, is_open=False, is_else=True))
            else:
                blocks += [self.block(one, is_else=True) for one in _inside(other)[:1]]
        return self._made(node, does, tests, blocks)

    def _loop(self, node: "Node") -> Statement:
        body = node.child_by_field_name("body")
        heads = [one for one in _inside(node) if one != body]
        expressions: list[Expression] = []
        names: list[str] = []
        if node.type == "for_statement":
            condition = node.child_by_field_name("condition")
            for head in heads:
                names += _bound_names(head) if head.type.endswith("_declaration") else _assigned_names(head)
                role = Role.CONDITION if head == condition else Role.VALUE
                expressions += [self.expression(one, role, LOOSEST) for one in _outermost(head)]
        else:
            rows = node.child_by_field_name("right") or (heads[0] if heads else None)
            for head in heads:
                if head == rows:
                    expressions.append(self.expression(head, Role.ITERABLE, LOOSEST))
                else:
                    names += _bound_names(head)
        blocks = [self.block(body)] if body else []
        return self._made(node, Does.FOR, expressions, blocks, names=tuple(names))

    def _effect(self, node: "Node", does: Does) -> Statement:
        held = _inside(node)
        only = held[0] if len(held) == 1 else None
        if does is Does.EXPRESSION and only is not None and only.type in _ASSIGNMENTS:
            return self._assigned(node, only, "left", "right")
        if only is not None and only.type == "variable_declarator" and only.child_by_field_name("value"):
            return self._assigned(node, only, "name", "value")
        expressions = [self.expression(one, needs=LOOSEST) for child in held for one in _outermost(child)]
        declares = does is Does.ASSIGN
        names = tuple(name for child in held for name in _bound_names(child)) if declares else ()
        return self._made(node, does, expressions, names=names, declares=declares)

    def _assigned(self, node: "Node", held: "Node", left: str, right: str) -> Statement:
        before, after = held.child_by_field_name(left), held.child_by_field_name(right)
        assert before is not None
        assert after is not None
        is_plain = before.type in _EXPRESSIONS
        target = as_target(self.expression(before, needs=LOOSEST)) if is_plain else None
        value = self.expression(after, Role.VALUE, LOOSEST)
        sign = held.child_by_field_name("operator")
        operator = Token(_text(sign), _span(sign)) if sign else None
        names = tuple(_bound_names(held)) if left == "name" else tuple(_names_at(before))
        return self._made(
            node, Does.AUGMENT if operator else Does.ASSIGN, filter(None, (target, value)), (), target, value,
            operator, names, declares=left == "name",
        )  # fmt: skip

    def _definition(self, node: "Node", does: Does) -> Statement:
        name = text_of(node.child_by_field_name("name"))
        body = node.child_by_field_name("body")
        given = node.child_by_field_name("parameters")
        parameters = tuple(_bound_names(given)) if given else None
        defaults = [self.expression(one) for one in _defaults(given)] if given else []
        blocks = [self.block(body, parameters=parameters)] if body else []
        return self._made(node, does, defaults, blocks, names=(name,), name=name)

    def expression(self, node: "Node", role: Role = Role.VALUE, needs: int = ARGUMENT) -> Expression:
        while node.type == "parenthesized_expression" and len(_inside(node)) == 1:
            node, needs = _inside(node)[0], LOOSEST
        shape = self._shape(node)
        return Expression(
            shape.kind, _span(node), _text(node), shape.precedence, role, needs, shape.parts, shape.tokens,
            names=shape.names,
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
            test, *others = _inside(node)
            condition = self.expression(test, Role.CONDITION, level + 1)
            chosen = tuple(self.expression(one, Role.VALUE, level + 1) for one in others)
            kind = Kind.CONDITIONAL if len(chosen) == 2 else Kind.OTHER
            return _Shape(kind, level, (condition, *chosen))
        if node.type in _FUNCTIONS:
            return self._function(node)
        if node.type in _LISTS:
            items = [
                item for one in _inside(node) for item in _inside(one) or [one] if one.type in _ITEMS
            ] or [*_inside(node)]
            is_list = all(one.type not in _ITEMS or len(_inside(one)) == 1 for one in _inside(node))
            parts = tuple(self.expression(one) for one in items if one.type in _EXPRESSIONS)
            return _Shape(Kind.LIST if is_list and len(parts) == len(items) else Kind.MAP, parts=parts)
        parts = tuple(self.expression(one) for one in _outermost_below(node))
        kind = Kind.MAP if node.type == "object" else Kind.OTHER
        return _Shape(kind, LOOSEST if node.type in _LOOSE else POSTFIX, parts)

    def _operation(self, node: "Node") -> _Shape:
        writing = self._writing
        sign = node.child_by_field_name("operator")
        if node.type == "subscript_expression":
            part, *index = _inside(node)
            receiver = self.expression(part, Role.RECEIVER, POSTFIX)
            parts = (receiver, *(self.expression(one, Role.INDEX, LOOSEST) for one in index))
            return _Shape(Kind.INDEX if len(parts) == 2 else Kind.OTHER, POSTFIX, parts)
        operator = _text(sign) if sign else ""
        if node.type != "binary_expression":
            level = writing.level(NEGATIVE if operator == "-" else NOT)
            kind = {"!": Kind.NOT, "-": Kind.NEGATIVE}.get(operator, Kind.OTHER)
            role = Role.CONDITION if kind is Kind.NOT else Role.VALUE
            return _Shape(kind, level, tuple(self.expression(one, role, level) for one in _inside(node)))
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
        left, right = _inside(node)[:2]
        before = self.expression(left, Role.VALUE, level + (compares or power))
        after = self.expression(right, Role.VALUE, level + (not power))
        kind = Kind.COMPARISON if compares else Kind.OTHER if operator == "??" else Kind.ARITHMETIC
        return _Shape(kind, level, (before, after), (Token(operator, _span(sign)),) if sign else ())

    def _row(self, node: "Node", operator: str) -> "tuple[list[Node], tuple[Token, ...]]":
        """The operands of a row of one logical operator, and its signs."""
        left, right = _inside(node)[:2]
        sign = node.child_by_field_name("operator")
        own = (Token(operator, _span(sign)),) if sign else ()
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
            for held in (_inside(given) if given else [])
            for one in (_inside(held) if held.type == "argument" else [held])
        ]
        parts = tuple(self.expression(one, Role.ARGUMENT) for one in arguments if one.type in _EXPRESSIONS)
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
        tokens = (Token(_text(name), _span(name)),) if name else ()
        return _Shape(Kind.MEMBER if parts and tokens else Kind.OTHER, POSTFIX, parts, tokens)

    def _function(self, node: "Node") -> _Shape:
        given = node.child_by_field_name("parameters") or node.child_by_field_name("parameter")
        names = tuple(_bound_names(given)) if given else ()
        body = node.child_by_field_name("body")
        parts: tuple[Expression, ...] = ()
        if body is not None and body.type in _BLOCKS:
            self._inner.append(self.block(body, parameters=names))
        elif body is not None:
            parts = (self.expression(body, Role.VALUE),)
        return _Shape(Kind.FUNCTION, ARGUMENT, parts, names=names)


_ITEMS = frozenset({"array_element_initializer"})
_NAMES = frozenset({
    "identifier", "variable_name", "shorthand_property_identifier_pattern",
})  # fmt: skip
_VALUES = frozenset({"value", "right", "default_value", "type"})


def _inside(node: "Node") -> "list[Node]":
    return [child for child in node.named_children if child.type not in _SKIPPED]


def _outermost(node: "Node") -> "list[Node]":
    """The expressions that `node` is or has inside, the outermost only; no name that is declared."""
    if node.type == "variable_declarator":
        value = node.child_by_field_name("value")
        return [value] if value else []
    return [node] if node.type in _EXPRESSIONS else _outermost_below(node)


def _outermost_below(node: "Node") -> "list[Node]":
    return [one for child in node.named_children for one in _outermost(child) if child.type not in _SKIPPED]


def _bound_names(node: "Node") -> Iterator[str]:
    """The names that a declaration, a parameter list or a loop head binds; values and types are left out."""
    if node.type in _NAMES:
        yield _text(node)
        return
    for number, child in enumerate(node.children):
        if child.is_named and node.field_name_for_child(number) not in _VALUES:
            yield from _bound_names(child)


def _assigned_names(node: "Node") -> Iterator[str]:
    left = node.child_by_field_name("left")
    if left is not None:
        yield from _names_at(left)


def _names_at(node: "Node") -> Iterator[str]:
    if node.type in _NAMES:
        yield _text(node)
    elif node.type in ("array_pattern", "object_pattern", "list_literal", "array"):
        yield from (_text(one) for one in below(node) if one.type in _NAMES)


def _defaults(parameters: "Node") -> "Iterator[Node]":
    for one in below(parameters):
        held = one.child_by_field_name("right" if one.type == "assignment_pattern" else "default_value")
        if held is not None and held.type in _EXPRESSIONS:
            yield held


def _span(node: "Node") -> Span:
    return Span(node.start_byte, node.end_byte)


def _text(node: "Node") -> str:
    return (node.text or b"").decode("utf-8")
