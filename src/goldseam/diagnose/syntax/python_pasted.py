"""What does not belong into a program at all: conflict markers, fences, prompts, look-alike characters."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from goldseam.core.fault import Code
from goldseam.diagnose.syntax.judge import Splice
from goldseam.diagnose.syntax.python_tokens import Kind, Token
from goldseam.diagnose.syntax.repair import Repair

_CONFLICT = re.compile(
    r"^<{7}(?: .*)?\n(?P<ours>(?:.*\n)*?)(?:^\|{7}.*\n(?:.*\n)*?)?^={7}\n"
    r"(?P<theirs>(?:.*\n)*?)^>{7}(?: .*)?(?:\n|\Z)",
    re.MULTILINE,
)
MOST_CONFLICTS = 200
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[\w+-]*[ \t]*(?:\n|\Z)", re.MULTILINE)
_PROMPT = re.compile(r"^[ \t]*(?:>>>|\.\.\.)(?: |$)", re.MULTILINE)
_SIGNS = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"', "‘": "'", "’": "'", "‚": "'", "′": "'",
    "´": "'",
    "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "×": "*", "÷": "/", "⁄": "/", "∕": "/", "≠": "!=",
    "≤": "<=", "≥": ">=", "→": "->", "…": "...", "、": ",", "。": ".", "؛": ";", "·": ".", "∗": "*", "‹": "<",
    "›": ">", "【": "[", "】": "]", "｛": "{", "｝": "}", "「": '"', "」": '"', "∶": ":", "ː": ":", "٫": ",",
    "\N{GREEK QUESTION MARK}": ";", "\N{NO-BREAK SPACE}": " ",
}  # fmt: skip
_BRACED = re.compile(
    r"^([ \t]*)(?:if|elif|else|for|while|def|class|try|except|finally|with)\b[^\n#'\"]*?([ \t]*\{)[ \t]*$",
    re.MULTILINE,
)
_UNFINISHED = re.compile(r"(?:[-=(\[{,:+*/<>|&%]|\b(?:in|and|or|not|is|return|yield|await|if|lambda))\s*\Z")
_PAIRS = {"“": "”", "‘": "’", "„": "“", "«": "»", "「": "」", "”": "”", "’": "’"}


def merge_conflicts(text: str) -> Iterator[tuple[Repair, Repair]]:
    """Each conflict: keep what is ours, or what is theirs."""
    marks = [text.count(mark) for mark in ("<<<<<<<", "=======", ">>>>>>>")]
    if not all(marks) or max(marks) > MOST_CONFLICTS:
        return
    for match in _CONFLICT.finditer(text):
        ours, theirs = match.span("ours"), match.span("theirs")
        message = "an unresolved merge conflict"
        first, second = (
            Repair(
                0.1,
                (Splice(match.start(), kept[0], ""), Splice(kept[1], match.end(), "")),
                Code.SYN_MERGE_CONFLICT,
                message,
            )
            for kept in (ours, theirs)
        )
        yield first, second


def pasted_lines(text: str, tokens: Sequence[Token]) -> Iterator[Repair]:
    """Fences of Markdown and prompts of a shell, outside of strings."""
    code = {token.start for token in tokens if token.kind in (Kind.ODD, Kind.OP)}
    for match in _FENCE.finditer(text):
        if text.find(match[0].strip()[0], match.start()) in code:
            splice = Splice(match.start(), match.end(), "")
            yield Repair(0.05, (splice,), Code.SYN_PASTED_TEXT, "a Markdown fence, not Python")
    prompts = [match for match in _PROMPT.finditer(text) if match.end() - len(match[0].lstrip()) in code]
    if any(match[0].lstrip().startswith(">") for match in prompts):
        splices = tuple(Splice(match.start(), match.end(), "") for match in prompts)
        yield Repair(0.1, splices, Code.SYN_PASTED_TEXT, "prompts of an interactive session, not Python")


def foreign_blocks(text: str, tokens: Sequence[Token]) -> Iterator[Repair]:
    """Heads that end with a brace, and the brace on a line of its own that ends their block."""
    braces = {token.start for token in tokens if token.text in ("{", "}")}
    for match in _BRACED.finditer(text):
        indent, at = match[1], match.start(2)
        if match.end(2) - 1 not in braces or _UNFINISHED.search(text[match.start() : at]):
            continue
        shallow = re.compile(rf"^[ \t]{{0,{len(indent)}}}(?=\S).*$", re.MULTILINE)
        after = shallow.search(text, match.end() + 1)
        end = after[0].strip() if after else ""
        if after is not None and end.startswith("}") and end != "}":
            continue
        below = text[match.end() + 1 : after.start() if after else len(text)]
        if not below.strip():
            continue
        splices = [Splice(at, match.end(2), ":")]
        if after is not None and end == "}":
            splices.append(Splice(after.start(), min(len(text), after.end() + 1), ""))
        yield Repair(
            0.06, tuple(splices), Code.SYN_FOREIGN_SYNTAX, "a block begins with ':', not with '{'", ":"
        )


def lookalikes(text: str, tokens: Sequence[Token]) -> Iterator[Repair]:
    """Characters that only look like Python's, and invisible ones: one repair a line and kind."""
    passed = 0
    for token in tokens:
        if token.kind is not Kind.ODD or token.start < passed:
            continue
        mate = _mate(text, token) if token.text in _PAIRS else -1
        if mate > 0:
            passed = mate + 1
            yield _lookalike(text, (token.start, mate))
        elif plain_of(token.text) is not None:
            yield _lookalike(text, (token.start,))


def _mate(text: str, token: Token) -> int:
    end = text.find("\n", token.start)
    return text.find(_PAIRS[token.text], token.end, end if end >= 0 else len(text))


def plain_of(sign: str) -> str | None:
    """What a character outside ASCII stands for, or None."""
    if sign in _SIGNS:
        return _SIGNS[sign]
    if unicodedata.category(sign) in ("Cf", "Cc", "Zs", "Zl"):
        return " " if unicodedata.category(sign) in ("Zs", "Zl") else ""
    plain = unicodedata.normalize("NFKC", sign)
    return plain if plain.isascii() and plain != sign else None


def _lookalike(text: str, places: tuple[int, ...]) -> Repair:
    splices = tuple(Splice(at, at + 1, plain_of(text[at]) or "") for at in places)
    sign, new = text[places[0]], splices[0].new
    name = unicodedata.name(sign, f"U+{ord(sign):04X}").lower()
    message = f"{name} (U+{ord(sign):04X}) stands where " + (
        f"{new!r} should" if new.strip() else "nothing should"
    )
    return Repair(0.05, splices, Code.SYN_LOOKALIKE_CHARACTER, message, new)
