"""JavaScript, TypeScript and PHP as trees, made from what tree-sitter reads."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from goldseam.languages.parse_tree import grammar_of, text_of, tree_of
from goldseam.propose.trees.brace_expressions import (
    ASSIGNMENTS,
    BLOCKS,
    EXPRESSIONS,
    SKIPPED,
    ExpressionReader,
    assigned_names,
    bound_names,
    bytes_text,
    defaults_in,
    inside,
    names_at,
    outermost,
    span_of,
)
from goldseam.propose.trees.layout import block_of
from goldseam.propose.trees.tree import Block, Does, Expression, Role, Statement, Token, Tree, as_target
from goldseam.propose.trees.writing import LOOSEST, Writing
from goldseam.propose.trees.written import JAVASCRIPT, PHP

if TYPE_CHECKING:
    from tree_sitter import Node

_DOES = {
    "if_statement": Does.IF, "else_if_clause": Does.IF, "while_statement": Does.WHILE,
    "do_statement": Does.WHILE, "for_statement": Does.FOR, "for_in_statement": Does.FOR,
    "foreach_statement": Does.FOR, "return_statement": Does.RETURN, "expression_statement": Does.EXPRESSION,
    "lexical_declaration": Does.ASSIGN, "variable_declaration": Does.ASSIGN, "break_statement": Does.JUMP,
    "continue_statement": Does.JUMP, "function_declaration": Does.FUNCTION,
    "generator_function_declaration": Does.FUNCTION, "function_definition": Does.FUNCTION,
    "method_definition": Does.FUNCTION, "method_declaration": Does.FUNCTION, "class_declaration": Does.CLASS,
}  # fmt: skip


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


class _Reader:
    def __init__(self, data: bytes, writing: Writing) -> None:
        self._data = data
        self._expressions = ExpressionReader(data, writing, self._body)
        self.expression = self._expressions.expression

    def _body(self, node: "Node", names: tuple[str, ...]) -> Block:
        return self.block(node, parameters=names)

    def top(self, root: "Node") -> Block:
        return block_of(self._data, tuple(self._statements(root.named_children)))

    def _statements(self, nodes: "Iterable[Node]") -> Iterator[Statement]:
        for node in nodes:
            if node.type not in SKIPPED:
                yield self.statement(node)

    def block(
        self, node: "Node", *, is_else: bool = False, parameters: tuple[str, ...] | None = None
    ) -> Block:
        """A block; a statement without braces is a block of its own that is not open."""
        if node.type in BLOCKS:
            held = tuple(self._statements(node.named_children))
            return block_of(self._data, held, span_of(node), is_else=is_else, parameters=parameters)
        only = self.statement(node)
        return Block((only,), only.span, is_open=False, is_else=is_else, parameters=parameters)

    def statement(self, node: "Node") -> Statement:
        reader = self._expressions
        outer, reader.bodies = reader.bodies, []
        made = self._statement(node)
        inner, reader.bodies = reader.bodies, outer
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
            held = [self.expression(one, Role.RETURNED, LOOSEST) for one in inside(node)]
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
            does, span_of(node), bytes_text(node), tuple(expressions), tuple(blocks), target, value, operator,
            declares, name, names,
        )  # fmt: skip

    def _gather(self, node: "Node", expressions: list[Expression], blocks: list[Block]) -> None:
        """Expressions and blocks of a statement of no special kind, at any depth."""
        rows: list[Node] = []
        for child in node.named_children:
            if child.type in BLOCKS:
                blocks.append(self.block(child))
            elif child.type in EXPRESSIONS:
                expressions.append(self.expression(child, needs=LOOSEST))
            elif child.type in _DOES or child.type.endswith("_statement"):
                rows.append(child)
            elif child.type not in SKIPPED:
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
                blocks += [self.block(one, is_else=True) for one in inside(other)[:1]]
        return self._made(node, does, tests, blocks)

    def _loop(self, node: "Node") -> Statement:
        body = node.child_by_field_name("body")
        heads = [one for one in inside(node) if one != body]
        expressions: list[Expression] = []
        names: list[str] = []
        if node.type == "for_statement":
            condition = node.child_by_field_name("condition")
            for head in heads:
                names += bound_names(head) if head.type.endswith("_declaration") else assigned_names(head)
                role = Role.CONDITION if head == condition else Role.VALUE
                expressions += [self.expression(one, role, LOOSEST) for one in outermost(head)]
        else:
            rows = node.child_by_field_name("right") or (heads[0] if heads else None)
            for head in heads:
                if head == rows:
                    expressions.append(self.expression(head, Role.ITERABLE, LOOSEST))
                else:
                    names += bound_names(head)
        blocks = [self.block(body)] if body else []
        return self._made(node, Does.FOR, expressions, blocks, names=tuple(names))

    def _effect(self, node: "Node", does: Does) -> Statement:
        held = inside(node)
        only = held[0] if len(held) == 1 else None
        if does is Does.EXPRESSION and only is not None and only.type in ASSIGNMENTS:
            return self._assigned(node, only, "left", "right")
        if only is not None and only.type == "variable_declarator" and only.child_by_field_name("value"):
            return self._assigned(node, only, "name", "value")
        expressions = [self.expression(one, needs=LOOSEST) for child in held for one in outermost(child)]
        declares = does is Does.ASSIGN
        names = tuple(name for child in held for name in bound_names(child)) if declares else ()
        return self._made(node, does, expressions, names=names, declares=declares)

    def _assigned(self, node: "Node", held: "Node", left: str, right: str) -> Statement:
        before, after = held.child_by_field_name(left), held.child_by_field_name(right)
        assert before is not None
        assert after is not None
        is_plain = before.type in EXPRESSIONS
        target = as_target(self.expression(before, needs=LOOSEST)) if is_plain else None
        value = self.expression(after, Role.VALUE, LOOSEST)
        sign = held.child_by_field_name("operator")
        operator = Token(bytes_text(sign), span_of(sign)) if sign else None
        names = tuple(bound_names(held)) if left == "name" else tuple(names_at(before))
        return self._made(
            node, Does.AUGMENT if operator else Does.ASSIGN, filter(None, (target, value)), (), target, value,
            operator, names, declares=left == "name",
        )  # fmt: skip

    def _definition(self, node: "Node", does: Does) -> Statement:
        name = text_of(node.child_by_field_name("name"))
        body = node.child_by_field_name("body")
        given = node.child_by_field_name("parameters")
        parameters = tuple(bound_names(given)) if given else None
        defaults = [self.expression(one) for one in defaults_in(given)] if given else []
        blocks = [self.block(body, parameters=parameters)] if body else []
        return self._made(node, does, defaults, blocks, names=(name,), name=name)
