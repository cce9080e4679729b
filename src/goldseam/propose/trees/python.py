"""Python as a tree, made from `ast`; a source that is not UTF-8 has none."""

import ast
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from goldseam.core.source import UTF8_BOM, Span, lines_of
from goldseam.propose.trees.layout import block_of
from goldseam.propose.trees.tree import Block, Does, Expression, Kind, Role, Statement, Token, Tree, as_target
from goldseam.propose.trees.writing import ARGUMENT, ATOM, CHOICE, LOOSEST, NEGATIVE, NOT, POSTFIX
from goldseam.propose.trees.written import PYTHON

_OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Pow: "**", ast.LShift: "<<", ast.RShift: ">>", ast.BitOr: "|", ast.BitXor: "^", ast.BitAnd: "&",
    ast.MatMult: "@", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
    ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not", ast.And: "and", ast.Or: "or",
}  # fmt: skip
_DOES: dict[type[ast.AST], Does] = {
    ast.If: Does.IF, ast.While: Does.WHILE, ast.For: Does.FOR, ast.AsyncFor: Does.FOR,
    ast.Return: Does.RETURN, ast.Assign: Does.ASSIGN, ast.AnnAssign: Does.ASSIGN,
    ast.AugAssign: Does.AUGMENT, ast.Expr: Does.EXPRESSION, ast.Break: Does.JUMP, ast.Continue: Does.JUMP,
    ast.FunctionDef: Does.FUNCTION, ast.AsyncFunctionDef: Does.FUNCTION, ast.ClassDef: Does.CLASS,
}  # fmt: skip
_CONSTANTS = ((bool, Kind.BOOLEAN), (int | float | complex, Kind.NUMBER), (str | bytes, Kind.STRING))
_WITH_OWN = (
    ast.Expr | ast.Assign | ast.Delete | ast.Raise | ast.Assert | ast.With | ast.AsyncWith | ast.Match
    | ast.FunctionDef | ast.AsyncFunctionDef
)  # fmt: skip
_COMMENT = re.compile(rb"#[^\r\n]*")


def read(path: str, data: bytes) -> Tree | None:
    """The tree, or None where Python would not compile the source."""
    try:
        data.decode("utf-8")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = ast.parse(data)
        return Tree(path, data, PYTHON, _Reader(data).block(module.body))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


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


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._starts = [*accumulate(map(len, lines_of(data)), initial=0)]
        self._bom = len(UTF8_BOM) if data.startswith(UTF8_BOM) else 0

    def block(
        self,
        statements: Sequence[ast.stmt],
        *,
        is_else: bool = False,
        parameters: tuple[str, ...] | None = None,
    ) -> Block:
        held = tuple(map(self.statement, statements))
        return block_of(self._data, held, is_else=is_else, parameters=parameters)

    def statement(self, node: ast.stmt) -> Statement:
        does = _DOES.get(type(node), Does.OTHER)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return self._made(node, Does.OTHER, ())
        match node:
            case ast.AugAssign():
                left, right = self._target(node.target), self.expression(node.value, needs=LOOSEST)
                token = self._token(left.span.end, right.span.start, _OPERATORS[type(node.op)] + "=")
                return self._made(node, does, (left, right), left, right, token)
            case (
                ast.Assign(targets=[target], value=value)
                | ast.AnnAssign(target=target, value=ast.expr() as value)
            ):
                left, right = self._target(target), self.expression(value, needs=LOOSEST)
                return self._made(node, does, (left, right), left, right)
            case ast.For() | ast.AsyncFor():
                left, right = self._target(node.target), self.expression(node.iter, Role.ITERABLE, LOOSEST)
                return self._made(node, does, (left, right), left)
            case ast.If() | ast.While():
                return self._made(node, does, (self.expression(node.test, Role.CONDITION),))
            case ast.Return(value=ast.expr() as value):
                right = self.expression(value, Role.RETURNED, LOOSEST)
                return self._made(node, does, (right,), value=right)
        own = self._loose(node) if isinstance(node, _WITH_OWN) else ()
        return self._made(node, does, tuple(own))

    def _made(
        self,
        node: ast.stmt,
        does: Does,
        expressions: tuple[Expression, ...],
        target: Expression | None = None,
        value: Expression | None = None,
        operator: Token | None = None,
    ) -> Statement:
        span, blocks = self._span(node), tuple(self._blocks(node))
        name = getattr(node, "name", "") if does in (Does.FUNCTION, Does.CLASS) else ""
        return Statement(
            does,
            span,
            self._text(span),
            expressions,
            blocks,
            target,
            value,
            operator,
            name=name,
            names=(name,) if name else tuple(_bound(node)),
        )

    def _blocks(self, node: ast.stmt) -> Iterator[Block]:
        parameters = (
            tuple(_parameters(node.args))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            else None
        )
        for field in ("body", "handlers", "cases", "orelse", "finalbody"):
            held = getattr(node, field, [])
            if field in ("handlers", "cases"):
                yield from (self.block(part.body) for part in held)
            elif held:
                is_else = field == "orelse" and isinstance(node, ast.If)
                block = self.block(held, is_else=is_else, parameters=parameters)
                yield replace(block, is_open=False) if self._is_chained(held[0]) else block

    def _is_chained(self, node: ast.stmt) -> bool:
        """Whether a statement begins with `elif`, so that nothing can be put before it."""
        return isinstance(node, ast.If) and self._data.startswith(b"elif", self._span(node).start)

    def _loose(self, node: ast.stmt) -> Iterator[Expression]:
        """The expressions of a statement of no special kind; of a function its defaults alone."""
        is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr) and not is_function:
                yield self.expression(child, needs=LOOSEST)
            elif isinstance(child, ast.withitem):
                yield self.expression(child.context_expr)
            elif isinstance(child, ast.arguments):
                yield from map(self.expression, (*child.defaults, *filter(None, child.kw_defaults)))

    def _target(self, node: ast.expr) -> Expression:
        return as_target(self.expression(node, needs=LOOSEST))

    def expression(
        self, node: ast.expr, role: Role = Role.VALUE, needs: int = ARGUMENT, inside: int | None = None
    ) -> Expression:
        """`inside` is where the expression begins whose operand this is: parentheses may stand between."""
        span = self._span(node)
        if isinstance(node, ast.GeneratorExp) and role is Role.ARGUMENT and self._is_sole(span):
            span = Span(span.start + 1, span.end - 1)
        if inside is not None and self._data[inside : span.start].rstrip().endswith(b"("):
            needs = LOOSEST
        shape = self._shape(node, span)
        return Expression(
            shape.kind,
            span,
            self._text(span),
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
                return _Shape(Kind.FUNCTION, level("lambda"), (body,), names=tuple(_parameters(node.args)))
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
                own = level(_OPERATORS[type(node.op)])
                parts = self._operands(node.values, own + 1, start, Role.CONDITION)
                return _Shape(Kind.LOGIC, own, parts, self._between(parts, [node.op] * (len(parts) - 1)))
            case ast.BinOp():
                own, power = level(_OPERATORS[type(node.op)]), isinstance(node.op, ast.Pow)
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
                return _Shape(Kind.MEMBER, POSTFIX, (part,), (Token(self._text(name), name),))
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
                closed = self._data[span.start : span.start + 1] == b"(" and (
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
                names += _names_in(child.target)
                parts.append(self.expression(child.iter, Role.ITERABLE, PYTHON.level("or")))
                parts += [self.expression(one, Role.CONDITION, PYTHON.level("or")) for one in child.ifs]
        loose = isinstance(node, ast.Starred | ast.NamedExpr | ast.Yield | ast.YieldFrom | ast.Await)
        sole = isinstance(node, ast.GeneratorExp) and self._data[span.start : span.start + 1] != b"("
        precedence = LOOSEST if loose or sole else ATOM
        return _Shape(Kind.OTHER, precedence, tuple(parts), names=tuple(names))

    def _between(self, parts: Sequence[Expression], operators: Sequence[ast.AST]) -> tuple[Token, ...]:
        return tuple(
            self._token(left.span.end, right.span.start, _OPERATORS[type(operator)])
            for left, right, operator in zip(parts, parts[1:], operators, strict=False)
        )

    def _token(self, start: int, end: int, operator: str) -> Token:
        gap = _COMMENT.sub(lambda found: b" " * len(found[0]), self._data[start:end])
        found = re.search(rb"\s+".join(map(re.escape, operator.encode().split())), gap)
        if found is None:
            raise ValueError(f"no {operator} at byte {start}")
        return Token(operator, Span(start + found.start(), start + found.end()))

    def _is_sole(self, span: Span) -> bool:
        """Whether a generator expression shares its parentheses with the call whose only argument it is."""
        before = self._data[max(0, span.start - 80) : span.start].rstrip()[-1:]
        return before.isalnum() or before in (b"_", b")", b"]")

    def _span(self, node: ast.expr | ast.stmt) -> Span:
        return Span(
            self._offset(node.lineno, node.col_offset),
            self._offset(node.end_lineno or node.lineno, node.end_col_offset or 0),
        )

    def _offset(self, line: int, column: int) -> int:
        return self._starts[line - 1] + column + (self._bom if line == 1 else 0)

    def _text(self, span: Span) -> str:
        return self._data[span.start : span.end].decode("utf-8")


def _parameters(arguments: ast.arguments) -> Iterator[str]:
    every = (
        *arguments.posonlyargs,
        *arguments.args,
        arguments.vararg,
        *arguments.kwonlyargs,
        arguments.kwarg,
    )
    yield from (one.arg for one in every if one)


def _bound(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.Assign(targets=targets):
            for target in targets:
                yield from _names_in(target)
        case ast.AnnAssign(target=target) | ast.AugAssign(target=target) | ast.For(target=target):
            yield from _names_in(target)
        case ast.With(items=items) | ast.AsyncWith(items=items):
            for item in items:
                if item.optional_vars:
                    yield from _names_in(item.optional_vars)
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            yield from ((name.asname or name.name).partition(".")[0] for name in names)


def _names_in(node: ast.AST) -> Iterator[str]:
    yield from (
        one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
    )


def parses(data: bytes) -> bool:
    """Whether Python would compile a source."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(data, "candidate", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
