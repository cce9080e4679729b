"""What may be named at a place: variables and functions in scope, with the types that their use shows.

Types are coarse (`number`, `text`, `list`, `set`, `map`, `tuple`, `boolean`, `null`, `object`); a name whose
use tells nothing has none. What a traced run saw is added to what the text tells.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from goldseam.propose.trees.tree import Block, Does, Expression, Kind, Role, Statement, Tree
from goldseam.propose.trees.writing import Piece, Writing

Types = Mapping[str, frozenset[str]]
_Tell = Callable[[Expression, str], None]
NUMBER, TEXT, LIST, SET, MAP, BOOLEAN, NULL = "number", "text", "list", "set", "map", "boolean", "null"
CONTAINERS = frozenset({TEXT, LIST, SET, MAP, "tuple"})
ROWS = frozenset({TEXT, LIST, "tuple"})
MOST_NAMES = 24
_LONG = 80
_LITERALS = {
    Kind.NUMBER: NUMBER, Kind.STRING: TEXT, Kind.LIST: LIST, Kind.MAP: MAP, Kind.BOOLEAN: BOOLEAN,
    Kind.COMPARISON: BOOLEAN, Kind.NOT: BOOLEAN, Kind.NEGATIVE: NUMBER, Kind.TUPLE: "tuple",
    Kind.FUNCTION: "function", Kind.NULL: NULL,
}  # fmt: skip
_OF_NUMBERS = frozenset({"-", "/", "//", "**", "<<", ">>", "&", "|", "^"})
_COUNTED = frozenset({"len", "count", "sorted", "enumerate", "reversed"})
_NOT_VALUES = frozenset({"self", "cls", "this", "$this", "_"})


@dataclass(frozen=True, slots=True)
class Scope:
    """`names` are variables, the innermost function's first; `functions` are those of the file.

    `own` are the names of the innermost function alone, `parameters` its parameters. `members` are used on
    values somewhere in the file, `methods` those that are called. `numbers`, `texts` are the constants and
    `returned` the distinct values that the function gives; `statements` are the function's, `elsewhere` those
    of others that name nothing unknown here. `mentions` are the bytes where names are told.
    """

    writing: Writing
    names: tuple[str, ...]
    own: frozenset[str]
    parameters: tuple[str, ...]
    functions: tuple[str, ...]
    types: Types
    members: tuple[str, ...]
    methods: tuple[str, ...]
    numbers: tuple[str, ...]
    texts: tuple[str, ...]
    returned: tuple[Piece, ...]
    statements: tuple[Statement, ...]
    elsewhere: tuple[Statement, ...]
    first_bound: Mapping[str, int]
    mentions: Mapping[str, tuple[int, ...]]

    def known(self, name: str) -> frozenset[str]:
        return self.types.get(name, frozenset())

    def may_be(self, name: str, types: Iterable[str]) -> bool:
        """Whether a name has one of the types, or none that is known."""
        known = self.known(name)
        return not known or bool(known & frozenset(types))

    def agree(self, one: str, other: str) -> bool:
        """Whether two names may hold the same type."""
        left, right = self.known(one), self.known(other)
        return not left or not right or bool(left & right)

    def type_of(self, expression: Expression) -> str:
        """The type of an expression, or nothing."""
        return type_of(expression, self.types, self.writing)

    def is_number(self, expression: Expression) -> bool:
        """Whether arithmetic with an expression makes sense, as far as the text tells."""
        kind, found = expression.kind, self.type_of(expression)
        if found:
            return found == NUMBER
        return kind in (Kind.ARITHMETIC, Kind.NAME, Kind.CALL, Kind.INDEX, Kind.MEMBER)

    def bound_before(self, name: str, offset: int) -> bool:
        """Whether a name has a value at a byte offset, read from top to bottom."""
        return self.first_bound.get(name, -1) < offset

    def nearest(self, offset: int, most: int, *types: str) -> list[str]:
        """Names that have a value at a byte offset and may have one of the types, the nearest first."""
        known = [
            name
            for name in self.names
            if self.bound_before(name, offset) and (not types or self.may_be(name, types))
        ]
        far = len(self.mentions) + max(self.first_bound.values(), default=0) + offset
        known.sort(
            key=lambda name: min((abs(at - offset) for at in self.mentions.get(name, ())), default=far)
        )
        return known[:most]

    def of_types(self, *types: str) -> list[str]:
        """The names that may have one of the types."""
        return [name for name in self.names if self.may_be(name, types)]


def scope_of(tree: Tree, bodies: tuple[Block, ...], observed: Types) -> Scope:
    """The scope inside the last of `bodies`, those of functions, outermost first; of the file if none."""
    body = bodies[-1] if bodies else tree.top
    statements = tuple(_within(body))
    around = tuple(_within(bodies[0])) if bodies else statements
    own = dict.fromkeys((*(body.parameters or ()), *_names(statements)))
    outer = dict.fromkeys(
        name for block in bodies[-2::-1] for name in (*(block.parameters or ()), *_names(_within(block)))
    )
    functions = dict.fromkeys(
        statement.name for statement in tree.walk() if statement.does is Does.FUNCTION and statement.name
    )
    top = dict.fromkeys(_variables(tree.top.statements)) if bodies else {}
    variables = [
        name for name in {**own, **outer, **top} if name not in functions and name not in _NOT_VALUES
    ]
    every = [expression for statement in tree.walk() for expression in statement.own]
    mine = [expression for statement in statements for expression in statement.own]
    types = _merged(inferred(around, tree.writing), observed)
    return Scope(
        tree.writing,
        tuple(name for name in variables if types.get(name) != frozenset({"function"}))[:MOST_NAMES],
        frozenset(own),
        body.parameters or (),
        tuple(functions),
        types,
        tuple(dict.fromkeys(one.tokens[0].text for one in every if one.kind is Kind.MEMBER)),
        tuple(
            dict.fromkeys(
                one.tokens[0].text for one in every if one.kind is Kind.MEMBER and one.role is Role.CALLEE
            )
        ),
        tuple(dict.fromkeys(one.text for one in mine if one.kind is Kind.NUMBER)),
        tuple(dict.fromkeys(one.text for one in mine if one.kind is Kind.STRING)),
        _returned(statements),
        statements,
        tuple(_elsewhere(tree, statements, {*variables, *functions, *_NOT_VALUES})),
        _first_bound(statements),
        _mentions(mine),
    )


def _within(body: Block) -> Iterator[Statement]:
    """All statements of a function, those of the functions inside it left out."""
    for statement in body.statements:
        yield statement
        for block in statement.blocks:
            if block.parameters is None and statement.does is not Does.CLASS:
                yield from _within(block)


def _names(statements: Iterable[Statement]) -> Iterator[str]:
    for statement in statements:
        yield from statement.names
        for expression in statement.own:
            yield from expression.names


def _variables(statements: Iterable[Statement]) -> Iterator[str]:
    for statement in statements:
        if statement.does in (Does.ASSIGN, Does.FOR) and not _is_import(statement):
            yield from statement.names


def _is_import(statement: Statement) -> bool:
    return statement.value is not None and statement.value.text.startswith(("require(", "import("))


def _returned(statements: Iterable[Statement]) -> tuple[Piece, ...]:
    found = {
        statement.value.text: statement.value.piece
        for statement in statements
        if statement.does is Does.RETURN and statement.value is not None
    }
    return tuple(found.values())


def _first_bound(statements: Iterable[Statement]) -> dict[str, int]:
    found: dict[str, int] = {}
    for statement in statements:
        for name in statement.names:
            found.setdefault(name, statement.span.start)
        for expression in statement.own:
            for name in expression.names:
                found.setdefault(name, expression.span.start - 1)
    return found


def _elsewhere(tree: Tree, own: Iterable[Statement], known: set[str]) -> Iterator[Statement]:
    """Plain statements of other functions of the file, which name nothing that is not known here."""
    spans, told = {statement.span for statement in own}, set()
    for other in tree.walk():
        if (
            other.does in (Does.EXPRESSION, Does.ASSIGN)
            and other.span not in spans
            and other.text not in told
            and len(other.text) < _LONG
            and any(one.kind is Kind.MEMBER for one in other.own)
            and all(one.text in known for one in other.own if one.kind is Kind.NAME)
        ):
            told.add(other.text)
            yield other


def _mentions(expressions: Iterable[Expression]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for expression in expressions:
        if expression.kind is Kind.NAME:
            found.setdefault(expression.text, []).append(expression.span.start)
    return {name: tuple(places) for name, places in found.items()}


def _merged(one: Types, other: Types) -> Types:
    return {name: one.get(name, frozenset()) | other.get(name, frozenset()) for name in {**one, **other}}


def type_of(expression: Expression, types: Types, writing: Writing) -> str:
    """The type of an expression as far as its text tells, or nothing."""
    kind = expression.kind
    if kind in _LITERALS:
        return _LITERALS[kind]
    if kind is Kind.NAME:
        known = types.get(expression.text, frozenset())
        return next(iter(known)) if len(known) == 1 else ""
    if kind is Kind.ARITHMETIC:
        if expression.operator == ".":
            return TEXT
        if expression.operator not in ("+", "*"):
            return NUMBER
        found = {type_of(part, types, writing) for part in expression.parts}
        return next((one for one in (LIST, TEXT) if one in found), NUMBER if found == {NUMBER} else "")
    if kind is Kind.CALL:
        return writing.builtins.get(expression.parts[0].text, "")
    if kind is Kind.SLICE:
        return type_of(expression.parts[0], types, writing)
    if kind is Kind.MEMBER and expression.operator == "length":
        return NUMBER
    return LIST if kind is Kind.OTHER and expression.text.startswith("[") else ""


def inferred(statements: Iterable[Statement], writing: Writing) -> Types:
    """Types of names by what they are given and how they are used."""
    found: dict[str, set[str]] = {}

    def tell(expression: Expression, type_: str) -> None:
        if type_ and expression.kind is Kind.NAME:
            found.setdefault(expression.text, set()).add(type_)

    for statement in statements:
        if statement.target is not None and statement.value is not None:
            tell(statement.target, type_of(statement.value, {}, writing))
        if statement.does is Does.FOR:
            _counted(statement, tell)
        for expression in statement.own:
            _used(expression, writing, tell)
    return {name: frozenset(types) for name, types in found.items()}


def _counted(statement: Statement, tell: _Tell) -> None:
    """The variable of a loop over numbers."""
    target, rows = statement.target, statement.expressions[-1]
    if target is None or rows.kind is not Kind.CALL:
        return
    if rows.parts[0].text == "range":
        tell(target, NUMBER)
    elif rows.parts[0].text == "enumerate" and target.parts:
        tell(target.parts[0], NUMBER)


def _used(expression: Expression, writing: Writing, tell: _Tell) -> None:
    kind, parts = expression.kind, expression.parts
    if kind is Kind.ARITHMETIC and expression.operator in _OF_NUMBERS:
        for part in parts:
            tell(part, NUMBER)
    elif kind in (Kind.COMPARISON, Kind.ARITHMETIC) and len(parts) == 2:
        _likened(expression, tell)
    elif kind is Kind.MEMBER and expression.text not in writing.builtins:
        if expression.role is Role.CALLEE:
            tell(parts[0], writing.builtins.get(expression.operator, ""))
        elif expression.operator == "length":
            _tell_row(parts[0], tell)
    elif kind is Kind.CALL and parts[0].text in _COUNTED:
        for part in parts[1:2]:
            _tell_row(part, tell)
    elif kind is Kind.SLICE:
        _tell_row(parts[0], tell)


def _tell_row(expression: Expression, tell: _Tell) -> None:
    """A list or a text."""
    tell(expression, LIST)
    tell(expression, TEXT)


def _likened(expression: Expression, tell: _Tell) -> None:
    """What is compared with a constant, or added to one, is of its type."""
    for one, other in (expression.parts, expression.parts[::-1]):
        if one.kind in (Kind.NUMBER, Kind.STRING) and expression.operator not in ("in", "*", "%", "."):
            tell(other, _LITERALS[one.kind])
