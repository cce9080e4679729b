"""Python as a tree, made from `ast`; a source that is not UTF-8 has none."""

import ast
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace

from goldseam.propose.trees.layout import block_of
from goldseam.propose.trees.python_expressions import OPERATORS, ExpressionReader, names_in, parameters_of
from goldseam.propose.trees.tree import Block, Does, Expression, Role, Statement, Token, Tree, as_target
from goldseam.propose.trees.writing import LOOSEST
from goldseam.propose.trees.written import PYTHON

_DOES: dict[type[ast.AST], Does] = {
    ast.If: Does.IF, ast.While: Does.WHILE, ast.For: Does.FOR, ast.AsyncFor: Does.FOR,
    ast.Return: Does.RETURN, ast.Assign: Does.ASSIGN, ast.AnnAssign: Does.ASSIGN,
    ast.AugAssign: Does.AUGMENT, ast.Expr: Does.EXPRESSION, ast.Break: Does.JUMP, ast.Continue: Does.JUMP,
    ast.FunctionDef: Does.FUNCTION, ast.AsyncFunctionDef: Does.FUNCTION, ast.ClassDef: Does.CLASS,
}  # fmt: skip
_WITH_OWN = (
    ast.Expr | ast.Assign | ast.Delete | ast.Raise | ast.Assert | ast.With | ast.AsyncWith | ast.Match
    | ast.FunctionDef | ast.AsyncFunctionDef
)  # fmt: skip


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


class _Reader(ExpressionReader):
    def block(
        self,
        statements: Sequence[ast.stmt],
        *,
        is_else: bool = False,
        parameters: tuple[str, ...] | None = None,
    ) -> Block:
        held = tuple(map(self.statement, statements))
        return block_of(self.data, held, is_else=is_else, parameters=parameters)

    def statement(self, node: ast.stmt) -> Statement:
        does = _DOES.get(type(node), Does.OTHER)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return self._made(node, Does.OTHER, ())
        match node:
            case ast.AugAssign():
                left, right = self._target(node.target), self.expression(node.value, needs=LOOSEST)
                token = self.token(left.span.end, right.span.start, OPERATORS[type(node.op)] + "=")
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
        span, blocks = self.span(node), tuple(self._blocks(node))
        name = getattr(node, "name", "") if does in (Does.FUNCTION, Does.CLASS) else ""
        return Statement(
            does,
            span,
            self.text(span),
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
            tuple(parameters_of(node.args))
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
        return isinstance(node, ast.If) and self.data.startswith(b"elif", self.span(node).start)

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


def _bound(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.Assign(targets=targets):
            for target in targets:
                yield from names_in(target)
        case ast.AnnAssign(target=target) | ast.AugAssign(target=target) | ast.For(target=target):
            yield from names_in(target)
        case ast.With(items=items) | ast.AsyncWith(items=items):
            for item in items:
                if item.optional_vars:
                    yield from names_in(item.optional_vars)
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            yield from ((name.asname or name.name).partition(".")[0] for name in names)


def parses(data: bytes) -> bool:
    """Whether Python would compile a source."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(data, "candidate", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
