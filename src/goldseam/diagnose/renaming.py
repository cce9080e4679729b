"""Which keys of a record were meant: those that nobody reads, renamed to those that are missed.

A pair is the likelier the more it has in common: words of the name, meaning, the kind of its value. Where the
name loses a unit (`amount_cents` becomes `amount`) the value is converted.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence

from goldseam.core.source import Edit, Span
from goldseam.languages.python_view import Module, text_of, words_of

_MEANINGS = (
    frozenset({"ok", "success", "succeeded", "successful", "passed", "valid"}),
    frozenset({"name", "title", "label"}),
    frozenset({"id", "key", "number", "code"}),
    frozenset({"total", "sum", "amount", "value"}),
    frozenset({"count", "quantity", "qty", "size", "length"}),
    frozenset({"error", "message", "reason"}),
    frozenset({"time", "timestamp", "date", "created", "at"}),
    frozenset({"price", "cost"}),
)
_PARTS = {
    "cents": 100, "pence": 100, "ms": 1000, "millis": 1000, "milliseconds": 1000, "us": 1_000_000,
    "percent": 100, "pct": 100, "grams": 1000, "minutes": 60,
}  # fmt: skip
_PLAIN = (ast.Name, ast.Attribute, ast.Subscript, ast.Call, ast.Constant)

Places = Mapping[str, ast.AST]
Values = Mapping[str, Sequence[ast.expr]]


def renamings(
    module: Module,
    places: Places,
    unread: Sequence[str],
    missing: Sequence[str],
    given: Values,
) -> Iterator[tuple[Edit, ...]]:
    """Edits of one producer, the likeliest first; `given` holds what others give under the missed keys."""
    pairs = paired(module, places, unread, missing, given)
    plain = [edit for new, old in pairs.items() for edit in _renamed(module, places[old], old, new)]
    scaled = [
        edit for new, old in pairs.items() if (value := value_of(module, places[old])) is not None
        for edit in _converted(module, value, old, new)
    ]  # fmt: skip
    if plain and scaled:
        yield tuple(sorted([*plain, *scaled]))
    if plain:
        yield tuple(sorted(plain))


def paired(
    module: Module,
    places: Places,
    unread: Sequence[str],
    missing: Sequence[str],
    given: Values,
) -> dict[str, str]:
    """The key that each missed one is written as, the surest pairs first; each only once."""
    weighed = [
        (_weight(old, new, value_of(module, places[old]), given.get(new, ())), new, old)
        for new in missing
        for old in unread
    ]
    if len(missing) == len(unread) == 1:
        return {missing[0]: unread[0]}
    pairs: dict[str, str] = {}
    for weight, new, old in sorted(weighed, key=lambda one: -one[0]):
        if weight > 0 and new not in pairs and old not in pairs.values():
            pairs[new] = old
    return pairs


def _weight(old: str, new: str, value: ast.expr | None, others: Sequence[ast.expr]) -> float:
    one, other = set(words_of(old)), set(words_of(new))
    meaning = means_same(old, new)
    kinds = {_kind(node) for node in others} - {""}
    same_kind = value is not None and _kind(value) in kinds
    return 3.0 * bool(one & other) + 2.0 * meaning + 1.0 * same_kind


def means_same(one: str, other: str) -> bool:
    """Whether words of two names are used for one thing: `ok` and `success`."""
    words, others = set(words_of(one)), set(words_of(other))
    return any(words & group and others & group for group in _MEANINGS)


def _kind(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=bool()) | ast.Compare() | ast.UnaryOp(op=ast.Not()) | ast.BoolOp():
            return "bool"
        case ast.Constant(value=value):
            return type(value).__name__
        case ast.JoinedStr():
            return "str"
    return ""


def value_of(module: Module, place: ast.AST) -> ast.expr | None:
    """What stands under a key that is written at `place`."""
    if isinstance(place, ast.keyword):
        return place.value
    parent = module.parent(place)
    if isinstance(parent, ast.Dict):
        pairs = zip(parent.keys, parent.values, strict=True)
        return next((value for key, value in pairs if key is place), None)
    return parent.value if isinstance(parent, ast.Assign) else None


def _renamed(module: Module, place: ast.AST, old: str, new: str) -> Iterator[Edit]:
    """The edit of one key, where it is plainly written."""
    if isinstance(place, ast.keyword):
        start = module.span(place).start
        yield Edit(Span(start, start + len(old.encode())), new.encode())
        return
    node = place.slice if isinstance(place, ast.Subscript) else place
    if text_of(node) == old and (edit := respelt(module, node, old, new)):
        yield edit


def respelt(module: Module, node: ast.AST, old: str, new: str) -> Edit | None:
    """The edit of a text in plain quotes, which stay."""
    span = module.span(node)
    at = module.data.find(old.encode(), span.start, span.end)
    quoted = module.data[span.start : span.start + 1] in (b"'", b'"')
    is_whole = span.end - span.start == len(old.encode()) + 2
    return Edit(Span(at, at + len(old.encode())), new.encode()) if quoted and is_whole and at > 0 else None


def _converted(module: Module, value: ast.expr, old: str, new: str) -> Iterator[Edit]:
    """The value in the unit of its new name."""
    lost, won = set(words_of(old)) - set(words_of(new)), set(words_of(new)) - set(words_of(old))
    factors = [(f" / {_PARTS[word]}") for word in lost if word in _PARTS]
    factors += [(f" * {_PARTS[word]}") for word in won if word in _PARTS]
    if len(factors) == 1:
        span = module.span(value)
        if not isinstance(value, _PLAIN):
            yield Edit(Span(span.start, span.start), b"(")
            factors = [f"){factors[0]}"]
        yield Edit(Span(span.end, span.end), factors[0].encode())
