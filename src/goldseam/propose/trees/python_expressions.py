"""Expressions of Python as parts of a tree, made from `ast`."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from goldseam.core.source import UTF8_BOM, Span, lines_of
from goldseam.propose.trees.tree import Expression, Kind, Role, Token
from goldseam.propose.trees.writing import ARGUMENT, ATOM, CHOICE, LOOSEST, NEGATIVE, NOT, POSTFIX
from goldseam.propose.trees.written import PYTHON

OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Pow: "**", ast.LShift: "<<", ast.RShift: ">>", ast.BitOr: "|", ast.BitXor: "^", ast.BitAnd: "&",
    ast.MatMult: "@", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
    ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not", ast.And: "and", ast.Or: "or",
}  # fmt: skip
_CONSTANTS = ((bool, Kind.BOOLEAN), (int | float | complex, Kind.NUMBER), (str | bytes, Kind.STRING))
_COMMENT = re.compile(rb"#[^\r\n]*")


@dataclass(frozen=True, slots=True)
class _Shape:
    """What an expression is, without its place."""

    kind: Kind
    precedence: int = ATOM
    parts: tuple[Expression, ...] = ()
    tokens: tuple[Token, ...] = ()
    named: int = 0
    bounds: tuple[Expression | None, ...] = ()
    names: tuple[str, ...] = ()


class ExpressionReader:
    """Reads the expressions of one source, which is UTF-8."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._starts = [*accumulate(map(len, lines_of(data)), initial=0)]
        self._bom = len(UTF8_BOM) if data.startswith(UTF8_BOM) else 0

    def expression(
        self, node: ast.expr, role: Role = Role.VALUE, needs: int = ARGUMENT, inside: int | None = None
    ) -> Expression:
        """`inside` is where the expression begins whose operand this is: parentheses may stand between."""
        span = self.span(node)
        if isinstance(node, ast.GeneratorExp) and role is Role.ARGUMENT and self._is_sole(span):
            span = Span(span.start + 1, span.end - 1)
        if inside is not None and self.data[inside : span.start].rstrip().endswith(b"("):
            needs = LOOSEST
        shape = self._shape(node, span)
        return Expression(
            shape.kind,
            span,
            self.text(span),
            shape.precedence,
            role,
            needs,
            shape.parts,
            shape.tokens,
            shape.named,
            shape.bounds,
            shape.names,
        )

    def _shape(self, node: ast.expr, span: Span) -> "_Shape":
        if isinstance(node, ast.Constant):
            kind = next((kind for types, kind in _CONSTANTS if isinstance(node.value, types)), Kind.OTHER)
            return _Shape(Kind.NULL if node.value is None else kind)
        for types, shaped in (
            (ast.Compare | ast.BoolOp | ast.BinOp | ast.UnaryOp, self._operation),
            (ast.Call | ast.Attribute | ast.Subscript, self._postfix),
            (ast.List | ast.Tuple | ast.Dict, self._container),
        ):
            if isinstance(node, types):
                return shaped(node, span)
        level = PYTHON.level
        match node:
            case ast.Name():
                return _Shape(Kind.NAME)
            case ast.IfExp():
                then = self.expression(node.body, Role.VALUE, level(CHOICE) + 1, span.start)
                test = self.expression(node.test, Role.CONDITION, level(CHOICE) + 1, then.span.end)
                other = self.expression(node.orelse, Role.VALUE, level(CHOICE), test.span.end)
                return _Shape(Kind.CONDITIONAL, level(CHOICE), (test, then, other))
            case ast.Lambda():
                body = self.expression(node.body, Role.VALUE, level("lambda"), span.start)
                return _Shape(Kind.FUNCTION, level("lambda"), (body,), names=tuple(parameters_of(node.args)))
            case ast.JoinedStr():
                return _Shape(Kind.STRING)
        return self._rare(node, span)

    def _operation(self, node: ast.expr, span: Span) -> "_Shape":
        level, start = PYTHON.level, span.start
        match node:
            case ast.Compare():
                every = [node.left, *node.comparators]
                parts = self._operands(every, level("<") + 1, start)
                return _Shape(Kind.COMPARISON, level("<"), parts, self._between(parts, node.ops))
            case ast.BoolOp():
                own = level(OPERATORS[type(node.op)])
                parts = self._operands(node.values, own + 1, start, Role.CONDITION)
                return _Shape(Kind.LOGIC, own, parts, self._between(parts, [node.op] * (len(parts) - 1)))
            case ast.BinOp():
                own, power = level(OPERATORS[type(node.op)]), isinstance(node.op, ast.Pow)
                left = self.expression(node.left, Role.VALUE, own + power, start)
                right = self.expression(node.right, Role.VALUE, own + (not power), left.span.end)
                return _Shape(Kind.ARITHMETIC, own, (left, right), self._between((left, right), [node.op]))
            case ast.UnaryOp(op=ast.Not()):
                part = self.expression(node.operand, Role.CONDITION, level(NOT), start)
                return _Shape(Kind.NOT, level(NOT), (part,))
            case ast.UnaryOp():
                kind = Kind.NEGATIVE if isinstance(node.op, ast.USub) else Kind.OTHER
                own = level(NEGATIVE)
                return _Shape(kind, own, (self.expression(node.operand, Role.VALUE, own, start),))
        raise TypeError(node)

    def _operands(
        self, nodes: Sequence[ast.expr], needs: int, start: int, role: Role = Role.VALUE
    ) -> tuple[Expression, ...]:
        parts: list[Expression] = []
        for node in nodes:
            parts.append(self.expression(node, role, needs, parts[-1].span.end if parts else start))
        return tuple(parts)

    def _postfix(self, node: ast.expr, span: Span) -> "_Shape":
        match node:
            case ast.Call():
                callee = self.expression(node.func, Role.CALLEE, POSTFIX, span.start)
                given = [*node.args, *(keyword.value for keyword in node.keywords)]
                parts = (callee, *(self.expression(one, Role.ARGUMENT) for one in given))
                return _Shape(Kind.CALL, POSTFIX, parts, named=len(node.keywords))
            case ast.Attribute():
                part = self.expression(node.value, Role.RECEIVER, POSTFIX, span.start)
                name = Span(span.end - len(node.attr.encode()), span.end)
                return _Shape(Kind.MEMBER, POSTFIX, (part,), (Token(self.text(name), name),))
            case ast.Subscript(slice=ast.Slice() as held):
                part = self.expression(node.value, Role.RECEIVER, POSTFIX, span.start)
                bounds = tuple(
                    self.expression(one, Role.INDEX) if one else None
                    for one in (held.lower, held.upper, held.step)
                )
                return _Shape(Kind.SLICE, POSTFIX, (part, *filter(None, bounds)), bounds=bounds)
            case ast.Subscript():
                part = self.expression(node.value, Role.RECEIVER, POSTFIX, span.start)
                return _Shape(Kind.INDEX, POSTFIX, (part, self.expression(node.slice, Role.INDEX, LOOSEST)))
        raise TypeError(node)

    def _container(self, node: ast.expr, span: Span) -> "_Shape":
        match node:
            case ast.List():
                return _Shape(Kind.LIST, parts=tuple(map(self.expression, node.elts)))
            case ast.Tuple():
                parts = tuple(map(self.expression, node.elts))
                closed = self.data[span.start : span.start + 1] == b"(" and (
                    not parts or parts[0].span.start > span.start
                )
                return _Shape(Kind.TUPLE, ATOM if closed else LOOSEST, parts)
            case ast.Dict():
                pairs = [one for pair in zip(node.keys, node.values, strict=True) for one in pair if one]
                return _Shape(Kind.MAP, parts=tuple(map(self.expression, pairs)))
        raise TypeError(node)

    def _rare(self, node: ast.expr, span: Span) -> "_Shape":
        """A comprehension, with the names that it binds, or anything else with expressions inside."""
        parts: list[Expression] = []
        names: list[str] = []
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                parts.append(self.expression(child))
            elif isinstance(child, ast.comprehension):
                names += names_in(child.target)
                parts.append(self.expression(child.iter, Role.ITERABLE, PYTHON.level("or")))
                parts += [self.expression(one, Role.CONDITION, PYTHON.level("or")) for one in child.ifs]
        loose = isinstance(node, ast.Starred | ast.NamedExpr | ast.Yield | ast.YieldFrom | ast.Await)
        sole = isinstance(node, ast.GeneratorExp) and span != self.span(node)
        precedence = LOOSEST if loose or sole else ATOM
        return _Shape(Kind.OTHER, precedence, tuple(parts), names=tuple(names))

    def _between(self, parts: Sequence[Expression], operators: Sequence[ast.AST]) -> tuple[Token, ...]:
        return tuple(
            self.token(left.span.end, right.span.start, OPERATORS[type(operator)])
            for left, right, operator in zip(parts, parts[1:], operators, strict=False)
        )

    def token(self, start: int, end: int, operator: str) -> Token:
        gap = _COMMENT.sub(lambda found: b" " * len(found[0]), self.data[start:end])
        found = re.search(rb"\s+".join(map(re.escape, operator.encode().split())), gap)
        if found is None:
            raise ValueError(f"no {operator} at byte {start}")
        return Token(operator, Span(start + found.start(), start + found.end()))

    def _is_sole(self, span: Span) -> bool:
        """Whether a generator expression shares its parentheses with the call whose only argument it is."""
        before = self.data[max(0, span.start - 80) : span.start].rstrip()[-1:]
        return before.isalnum() or before in (b"_", b")", b"]")

    def span(self, node: ast.expr | ast.stmt) -> Span:
        return Span(
            self._offset(node.lineno, node.col_offset),
            self._offset(node.end_lineno or node.lineno, node.end_col_offset or 0),
        )

    def _offset(self, line: int, column: int) -> int:
        return self._starts[line - 1] + column + (self._bom if line == 1 else 0)

    def text(self, span: Span) -> str:
        return self.data[span.start : span.end].decode("utf-8")


def parameters_of(arguments: ast.arguments) -> Iterator[str]:
    every = (
        *arguments.posonlyargs,
        *arguments.args,
        arguments.vararg,
        *arguments.kwonlyargs,
        arguments.kwarg,
    )
    yield from (one.arg for one in every if one)


def names_in(node: ast.AST) -> Iterator[str]:
    yield from (
        one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
    )
