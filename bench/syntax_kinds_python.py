"""Kinds of syntax faults for Python, planted on the tokens of CPython's own tokenizer."""

import importlib.util
import io
import itertools
import json
import keyword
import random
import re
import sysconfig
import tokenize
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from syntax_faults import Plant

import goldseam

SUFFIX = ".py"
OPERATORS = ("=", "+", "-", "*", "/", "==", "%", ".", "<", ">", "!=")
WORDS = ("def", "in", "import", "for", "class", "else", "as", "if")
HEADS = ("def", "class", "if", "elif", "else", "for", "while", "try", "except", "finally", "with")


@dataclass(frozen=True, slots=True)
class Token:
    """A token with its kind, text and place in characters; `first`: it begins a logical line."""

    kind: int
    text: str
    start: int
    end: int
    first: bool
    depth: int


def folders() -> list[str]:
    paths = sysconfig.get_paths()
    return [paths["stdlib"], paths["purelib"]]


class Here:
    """The parser's worker in this process: for figures that other work on the machine does not change."""

    def __init__(self) -> None:
        place = Path(goldseam.__file__).parent / "languages" / "workers" / "python_parser.py"
        spec = importlib.util.spec_from_file_location("python_parser", place)
        self._worker = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self._worker)

    def ask(self, language: str, role: str, question: dict, *, seconds: float) -> dict:
        return self._worker.answer(json.loads(json.dumps(question)))


here = Here


def tokens(text: str) -> list[Token]:
    """Tokens that have text; of strings the prefix is part."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found, first, depth = [], True, 0
    for one in tokenize.generate_tokens(io.StringIO(text).readline):
        if one.type in (tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER, tokenize.NL, tokenize.COMMENT):
            continue
        if one.type == tokenize.NEWLINE:
            first = True
            continue
        depth -= one.string in (")", "]", "}")
        start, end = starts[one.start[0] - 1] + one.start[1], starts[one.end[0] - 1] + one.end[1]
        found.append(Token(one.type, one.string, start, end, first, depth))
        depth += one.string in ("(", "[", "{")
        first = False
    return found


def signature(text: str) -> object:
    """What must be the same for a repair to be exact: tokens without comments and line ends."""
    skipped = (tokenize.COMMENT, tokenize.NL)
    try:
        return [
            (one.type, one.string if one.type not in (tokenize.INDENT, tokenize.NEWLINE) else "")
            for one in tokenize.generate_tokens(io.StringIO(text).readline)
            if one.type not in skipped
        ]
    except (tokenize.TokenError, SyntaxError):
        return None


def _pick(found: Sequence[Token], rng: random.Random, wanted: Callable[[Token], bool]) -> Token | None:
    some = [one for one in found if wanted(one)]
    return rng.choice(some) if some else None


def _pick_pair(
    found: Sequence[Token], rng: random.Random, wanted: Callable[[Token, Token], bool]
) -> tuple[Token, Token] | None:
    some = [pair for pair in itertools.pairwise(found) if wanted(*pair)]
    return rng.choice(some) if some else None


def _is_value(one: Token) -> bool:
    return (
        one.kind in (tokenize.NUMBER, tokenize.STRING)
        or (one.kind == tokenize.NAME and one.text not in keyword.kwlist)
        or one.text in (")", "]", "}")
    )


def _delete(wanted: Callable[[Token], bool]) -> Callable[..., Plant | None]:
    def kind(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
        one = _pick(found, rng, wanted)
        return one and Plant(one.start, one.end, "")

    return kind


def _swap(
    table: dict[str, str], wanted: Callable[[Token], bool] = lambda one: True
) -> Callable[..., Plant | None]:
    def kind(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
        one = _pick(found, rng, lambda one: one.kind != tokenize.STRING and one.text in table and wanted(one))
        return one and Plant(one.start, one.end, table[one.text])

    return kind


def missing_colon(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    pair = _pick_pair(found, rng, lambda a, b: a.text == ":" and a.depth == 0 and b.first)
    return pair and Plant(pair[0].start, pair[0].end, "")


def missing_quote(text: str, found: Sequence[Token], rng: random.Random, *, opening: bool) -> Plant | None:
    one = _pick(
        found,
        rng,
        lambda one: one.kind == tokenize.STRING and one.text[-3:] not in ('"""', "'''") and len(one.text) > 3,
    )
    if one is None:
        return None
    at = one.start + one.text.index(one.text[-1]) if opening else one.end - 1
    return Plant(at, at + 1, "")


def triple_quote(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = _pick(found, rng, lambda one: one.kind == tokenize.STRING and one.text[-3:] in ('"""', "'''"))
    if one is None:
        return None
    if rng.random() < 0.5:
        return Plant(one.end - 3, one.end, "")
    at = one.start + one.text.index(one.text[-3:])
    return Plant(at, at + 3, "")


def misspelt_keyword(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = _pick(
        found, rng, lambda one: one.text in keyword.kwlist and len(one.text) > 2 and one.text.islower()
    )
    if one is None:
        return None
    at = rng.randrange(len(one.text) - 1)
    word, how = one.text, rng.random()
    if how < 0.5:
        new = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    elif how < 0.75:
        new = word[:at] + word[at + 1 :]
    else:
        new = word[:at] + word[at] + word[at:]
    return None if new == word or new in keyword.kwlist else Plant(one.start, one.end, new)


def indentation(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = _pick(found, rng, lambda one: one.first)
    if one is None:
        return None
    start = text.rfind("\n", 0, one.start) + 1
    old = text[start : one.start]
    new = " " * max(0, len(old) + rng.choice((-4, -2, -1, 1, 2, 4)))
    return None if old.strip() or new == old else Plant(start, one.start, new)


def increment(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    pair = _pick_pair(found, rng, lambda a, b: a.text in ("+=", "-=") and b.text == "1")
    return pair and Plant(pair[0].start - 1, pair[1].end, pair[0].text[0] * 2)


def else_if(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = _pick(found, rng, lambda one: one.text == "elif")
    return one and Plant(one.start, one.end, rng.choice(("else if", "elseif", "elsif")))


def negation(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    pair = _pick_pair(found, rng, lambda a, b: a.text == "not" and b.text != "in" and _is_value(b))
    return pair and Plant(pair[0].start, pair[1].start, "!")


def smart_quotes(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    plain = [one for one in found if one.kind == tokenize.STRING and one.text[-1] == one.text[0]]
    one = _pick(plain, rng, lambda one: one.text[:3] not in ('"""', "'''"))
    if one is None:
        return None
    left, right = ("“", "”") if one.text[0] == '"' else ("‘", "’")
    return Plant(one.start, one.end, left + one.text[1:-1] + right)


def stray_symbol(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = _pick(found, rng, lambda one: True)
    return one and Plant(one.start, one.start, rng.choice("$?`!\\;@"))


def doubled_comma(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = _pick(found, rng, lambda one: one.text == ",")
    return one and Plant(one.end, one.end, ",")


def extra_bracket(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = _pick(found, rng, lambda one: one.text in (")", "]", "}"))
    return one and Plant(one.end, one.end, one.text)


def md_fence(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    at, new = rng.choice(((0, "```python\n"), (len(text), "```\n")))
    return Plant(at, at, new)


def merge_conflict(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = _pick(found, rng, lambda one: one.first)
    if one is None:
        return None
    start, end = text.rfind("\n", 0, one.start) + 1, text.find("\n", one.start) + 1
    line = text[start:end]
    other = line.replace(one.text, one.text + "_old", 1)
    return Plant(start, end, f"<<<<<<< HEAD\n{line}=======\n{other}>>>>>>> topic/old\n")


def py2_print(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    pair = _pick_pair(
        found, rng, lambda a, b: a.first and a.text in ("print", "warn", "print_") and b.text == "("
    )
    if pair is None:
        return None
    end = text.find("\n", pair[0].start)
    line = text[pair[0].start : end]
    if not line.endswith(")") or line.count("(") != line.count(")") or "=" in line:
        return None
    return Plant(pair[0].start, end, "print " + line[line.index("(") + 1 : -1])


def py2_except(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    pair = _pick_pair(found, rng, lambda a, b: a.text == "as" and b.kind == tokenize.NAME)
    if pair is None:
        return None
    start = text.rfind("\n", 0, pair[0].start) + 1
    if not text[start:].lstrip().startswith("except"):
        return None
    return Plant(pair[0].start - 1, pair[0].end, ",")


KINDS: dict[str, Callable[..., Plant | None]] = {
    "missing_colon": missing_colon,
    "missing_comma": _delete(lambda one: one.text == ","),
    "missing_close": _delete(lambda one: one.text in (")", "]", "}")),
    "missing_open": _delete(lambda one: one.text in ("(", "[", "{")),
    "missing_close_quote": lambda *given: missing_quote(*given, opening=False),
    "missing_open_quote": lambda *given: missing_quote(*given, opening=True),
    "triple_quote": triple_quote,
    "misspelt_keyword": misspelt_keyword,
    "indentation": indentation,
    "assignment_for_comparison": _swap({"==": "="}),
    "missing_operator": _delete(lambda one: one.text in OPERATORS),
    "missing_keyword": _delete(lambda one: one.text in WORDS),
    "stray_symbol": stray_symbol,
    "foreign_operator": _swap({"and": "&&", "or": "||", "!=": "!==", "==": "==="}),
    "negation": negation,
    "else_if": else_if,
    "increment": increment,
    "smart_quotes": smart_quotes,
    "lookalike": _swap({"(": "（", ")": "）", ",": "，", ":": "：", "=": "＝", "-": "–", "+": "＋"}),
    "md_fence": md_fence,
    "merge_conflict": merge_conflict,
    "py2_print": py2_print,
    "py2_except": py2_except,
    "extra_bracket": extra_bracket,
    "wrong_bracket": _swap({")": "]", "]": ")", "}": ")"}),
    "doubled_comma": doubled_comma,
}  # fmt: skip


def doubled_keyword(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = _pick(found, rng, lambda one: one.text in keyword.kwlist and one.text.islower())
    return one and Plant(one.end, one.end, f" {one.text}")


def shifted_block(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    """A block of two to six lines loses its indentation against its header."""
    pair = _pick_pair(found, rng, lambda a, b: a.text == ":" and a.depth == 0 and b.first)
    if pair is None:
        return None
    start = text.rfind("\n", 0, pair[1].start) + 1
    margin = pair[1].start - start
    lines = text[start:].split("\n")
    block = next(
        (n for n, line in enumerate(lines) if line.strip() and len(line) - len(line.lstrip()) < margin), 99
    )
    if not 2 <= block <= 6 or margin < 4:
        return None
    body = "\n".join(lines[:block])
    if '"""' in body or "'''" in body:
        return None
    return Plant(start, start + len(body), "\n".join(line[4:] for line in lines[:block]))


def braces(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    """`if x {` for `if x:`."""
    pair = _pick_pair(found, rng, lambda a, b: a.text == ":" and a.depth == 0 and b.first)
    return pair and Plant(pair[0].start, pair[0].end, " {")


def spaced_operator(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = _pick(found, rng, lambda one: one.text in ("==", "!=", "<=", ">=", "+=", "-=", "->"))
    return one and Plant(one.start, one.end, f"{one.text[0]} {one.text[1]}")


def lost_word(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    """A name between two operators or brackets is gone."""
    some = [
        b
        for a, b, c in zip(found, found[1:], found[2:], strict=False)
        if a.text in ("=", "+", "==", ".", "in")
        and b.kind == tokenize.NAME
        and c.text in (")", ",", "+", "==", "]")
    ]
    one = rng.choice(some) if some else None
    return one and Plant(one.start, one.end, "")


SECOND: dict[str, Callable[..., Plant | None]] = {
    "doubled_keyword": doubled_keyword,
    "shifted_block": shifted_block,
    "braces": braces,
    "spaced_operator": spaced_operator,
    "semicolon_for_colon": _swap({":": ";"}, lambda one: one.depth == 0),
    "dot_for_comma": _swap({",": "."}),
    "semicolon_for_comma": _swap({",": ";"}, lambda one: one.depth > 0),
    "lost_word": lost_word,
}
"""Written after an earlier version of the finder was frozen, and looked at since."""


def slash_comment(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    """A comment that begins as in C."""
    marks = [match.start(1) for match in re.finditer(r"^[ \t]*(#)(?= \w)", text, re.MULTILINE)]
    at = rng.choice(marks) if marks else None
    return None if at is None else Plant(at, at + 1, "//")


def split_line(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    """A line end typed behind an operator, outside of brackets."""
    pair = _pick_pair(
        found,
        rng,
        lambda a, b: a.depth == 0 and a.text in ("=", "and", "or", "+", "==", "in") and not b.first,
    )
    return pair and Plant(pair[0].end, pair[1].start, "\n" + " " * 8)


def joined_lines(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    """The line end between two statements of a block is gone."""
    pair = _pick_pair(found, rng, lambda a, b: b.first and a.depth == 0 and _is_value(a))
    return pair and Plant(pair[0].end, pair[1].start, " ")


def typed_variable(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    """`int x = 1`."""
    pair = _pick_pair(found, rng, lambda a, b: a.first and a.kind == tokenize.NAME and b.text == "=")
    return pair and Plant(pair[0].start, pair[0].start, rng.choice(("int ", "var ", "let ", "string ")))


def arrow_lambda(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    """`x => y` for `lambda x: y`."""
    some = [
        (a, c)
        for a, b, c in zip(found, found[1:], found[2:], strict=False)
        if a.text == "lambda" and b.kind == tokenize.NAME and c.text == ":"
    ]
    if not some:
        return None
    word, colon = rng.choice(some)
    name = text[word.end : colon.start].strip()
    return Plant(word.start, colon.end, f"{name} =>")


def doubled_open(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = _pick(found, rng, lambda one: one.text in ("(", "[", "{"))
    return one and Plant(one.end, one.end, one.text)


def swapped_closers(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    """`)]` for `])`."""
    pair = _pick_pair(
        found, rng, lambda a, b: {a.text, b.text} <= {")", "]", "}"} and a.text != b.text and a.end == b.start
    )
    return pair and Plant(pair[0].start, pair[1].end, pair[1].text + pair[0].text)


LATER: dict[str, Callable[..., Plant | None]] = {
    "slash_comment": slash_comment,
    "split_line": split_line,
    "joined_lines": joined_lines,
    "typed_variable": typed_variable,
    "arrow_lambda": arrow_lambda,
    "html_entity": _swap({"<": "&lt;", ">": "&gt;", "<=": "&lt;=", ">=": "&gt;=", "->": "-&gt;"}),
    "doubled_open": doubled_open,
    "swapped_closers": swapped_closers,
}
"""Written after the finder was frozen."""
