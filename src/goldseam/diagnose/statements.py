"""The statements of a source, by what they do: where a fault can lie, and how likely it is to lie there.

Python is parsed; of another language each line is a statement, with those after it that its brackets hold.
A statement that holds others (`if`, `def`) stands for its head alone.
"""

import ast
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from goldseam.core.source import Span, lines_of

MOST_BYTES = 400_000


class Kind(StrEnum):
    """What a statement does."""

    CONDITION = "condition"
    LOOP = "loop"
    RETURN = "return"
    ASSIGNMENT = "assignment"
    INITIALISER = "initialiser"
    CALL = "call"
    DEFINITION = "definition"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Statement:
    """Lines `first` to `last`, from 1; `span` in bytes, without indentation and line end.

    `words` counts names, operators and opening brackets: how much there is to be wrong.
    """

    path: str
    first: int
    last: int
    span: Span
    kind: Kind
    words: int = 0


def statements_in(path: str, data: bytes) -> tuple[Statement, ...]:
    """All statements of a source in their order; none of one that cannot be read."""
    if len(data) > MOST_BYTES:
        return ()
    if PurePosixPath(path).suffix.lower() in (".py", ".pyw"):
        return tuple(_placed(path, data, _of_python(data)))
    return tuple(_placed(path, data, _of_lines(data)))


_Found = tuple[int, int, Kind]
_WORD = re.compile(rb"[A-Za-z_$]\w*|[-+*/%<>=!&|^~?]+|[(\[]")


def _placed(path: str, data: bytes, found: Iterable[_Found]) -> Iterator[Statement]:
    lines = lines_of(data)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    taken: set[int] = set()
    for first, last, kind in sorted(found):
        if not 0 < first <= last <= len(lines) or first in taken:
            continue
        taken.add(first)
        indent = len(lines[first - 1]) - len(lines[first - 1].lstrip())
        end = starts[last - 1] + len(lines[last - 1].rstrip())
        span = Span(min(starts[first - 1] + indent, end), end)
        yield Statement(path, first, last, span, kind, len(_WORD.findall(data[span.start : span.end])))


def _of_python(data: bytes) -> Iterator[_Found]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and not _is_text(node):
            yield node.lineno, _end_of_head(node), _kind_of(node)
        elif isinstance(node, ast.ExceptHandler | ast.match_case):
            first = node.body[0].lineno
            line = getattr(node, "lineno", first)
            yield line, line, Kind.CONDITION


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _end_of_head(node: ast.stmt) -> int:
    body = getattr(node, "body", None)
    if isinstance(body, list) and body:
        return max(node.lineno, min(int(body[0].lineno) - 1, _last_of_head(node)))
    return int(node.end_lineno or node.lineno)


def _last_of_head(node: ast.stmt) -> int:
    heads: list[int] = [
        child.end_lineno or child.lineno
        for child in ast.iter_child_nodes(node)
        if isinstance(child, ast.expr)
    ]
    return max(heads, default=node.lineno)


def _kind_of(node: ast.stmt) -> Kind:
    match node:
        case ast.If() | ast.While() | ast.Assert() | ast.Match():
            return Kind.CONDITION
        case ast.For() | ast.AsyncFor():
            return Kind.LOOP
        case ast.Return() | ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            return Kind.RETURN
        case ast.Assign(value=value) | ast.AnnAssign(value=value) if _is_plain(value):
            return Kind.INITIALISER
        case ast.Assign() | ast.AugAssign() | ast.AnnAssign() | ast.Delete():
            return Kind.ASSIGNMENT
        case ast.Expr():
            return Kind.CALL
        case (
            ast.FunctionDef()
            | ast.AsyncFunctionDef()
            | ast.ClassDef()
            | ast.Import()
            | ast.ImportFrom()
            | ast.Global()
            | ast.Nonlocal()
            | ast.Pass()
            | ast.Try()
        ):
            return Kind.DEFINITION
    return Kind.OTHER


def _is_plain(value: ast.expr | None) -> bool:
    """Whether a value is a constant or an empty container, as a variable starts with."""
    if isinstance(value, ast.List | ast.Set | ast.Tuple):
        return not value.elts
    if isinstance(value, ast.Dict):
        return not value.keys
    if isinstance(value, ast.Call):
        return not value.args and not value.keywords
    return value is None or isinstance(value, ast.Constant)


_BLANK = re.compile(r"(?://|#|/?\*|<\?|\?>|[\s{}()\[\];,]*$|(?:else|try|finally|do)\b[\s{]*$)")
_KINDS = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (
            r"(?:[}\s]*else\s+)?(?:if|elseif|elif|while|switch|unless|until)\b|[}\s]*while\b|case\b",
            Kind.CONDITION,
        ),
        (r"(?:for|foreach)\b", Kind.LOOP),
        (r"(?:return|yield|throw)\b", Kind.RETURN),
        (
            r"(?:export\s+|default\s+|async\s+|abstract\s+|final\s+|public\s+|private\s+|protected\s+|static\s+)*"
            r"(?:function|class|interface|trait|enum|namespace|use|import|package)\b",
            Kind.DEFINITION,
        ),
        (r"export\b|module\.exports\b|exports\.|'use strict'|\"use strict\"", Kind.DEFINITION),
        (r"(?:const|let|var)\s+[{\w$\s,:}\[\]]+=\s*(?:await\s+)?require\(", Kind.DEFINITION),
        (
            r"(?:const|let|var)\s+\w+\s*=\s*(?:async\s*)?(?:function\b|\([^)]*\)\s*=>\s*\{\s*$)",
            Kind.DEFINITION,
        ),
        (r"(?:async\s+|static\s+|get\s+|set\s+|\*\s*)*[\w$#]+\s*\([^()]*\)\s*\{\s*$", Kind.DEFINITION),
        (
            r"(?:(?:const|let|var|public|private|static)\s+)*[$\w.>\-]+\s*=\s*"
            r"(?:-?[\d.]+|'[^']*'|\"[^\"]*\"|\[\]|\{\}|null|true|false|new \w+\(\))\s*;?\s*$",
            Kind.INITIALISER,
        ),
        (r"(?:const|let|var)\b|[^=(]*[^=!<>]=(?![=>])|[^=]*(?:\+\+|--)", Kind.ASSIGNMENT),
        (r"[\w$.>\-:]+\s*\(", Kind.CALL),
    )
)
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`(?:[^`\\]|\\.)*`|//.*|#.*")


def _of_lines(data: bytes) -> Iterator[_Found]:
    texts = [line.decode("utf-8", "replace").strip() for line in lines_of(data)]
    number, count = 0, len(texts)
    while number < count:
        text = texts[number][:500]
        first = number
        number += 1
        if not text or _BLANK.match(text):
            continue
        depth = _depth(text)
        while depth > 0 and number < count and number - first < 40:
            depth += _depth(texts[number][:500])
            number += 1
        yield first + 1, number, _kind_of_line(text)


def _depth(text: str) -> int:
    """Round and square brackets that a line opens and does not close; one that holds a block counts not."""
    plain = _QUOTED.sub("", text)
    if plain.rstrip().endswith("{"):
        return 0
    return sum(plain.count(opener) for opener in "([") - sum(plain.count(closer) for closer in ")]")


def _kind_of_line(text: str) -> Kind:
    return next((kind for pattern, kind in _KINDS if pattern.match(text)), Kind.OTHER)
