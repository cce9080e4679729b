"""Repairs of punctuation: colons, commas and operators that are missing, doubled, foreign or others."""

import itertools
import re
from collections.abc import Iterator

from goldseam.core.fault import Code
from goldseam.diagnose.syntax.judge import Splice
from goldseam.diagnose.syntax.python_tokens import HEADERS, STARTERS, Kind, Token
from goldseam.diagnose.syntax.repair import Repair, Scene

_REVERSED = frozenset({"=!", "=+", "=-", "=<"})
"""With a space between they are two operators."""
_OPERATORS = ("+", "-", "*", "/", "%", "==", "<", ">", "!=")
_TESTS = frozenset({"if", "elif", "while", "assert", "return"})
_JOINED = {
    "&&": "and", "||": "or", "<>": "!=", "=<": "<=", "=>": ">=", "!=": "!=", "===": "==", "!==": "!=",
    "==": "==", "<=": "<=", ">=": ">=", "+=": "+=", "-=": "-=", "*=": "*=", ":=": ":=", "=!": "!=",
    "**": "**",
    "//": "//", "->": "->", "=+": "+=", "=-": "-=", "--": "-", "++": "+", "/=": "/=", "%=": "%=",
}  # fmt: skip
_DENIED = _TESTS | {"and", "or", "not", "(", "=", "lambda", ",", "[", "is", "in", "else"}
"""What may stand before a `not`."""
_PRODUCT = re.compile(r"(\d+(?:\.\d+)?)([A-Za-z_]\w*)")
_SUFFIXES = frozenset("lLjJ")
_FOREIGN = frozenset({"&&", "||", "<>", "=<", "=>", "===", "!=="})


def missing_colons(scene: Scene) -> Iterator[Repair]:
    """At the end of what begins a block, behind `lambda`, in a dict, before a statement on the same line."""
    tokens = scene.tokens
    words = {tokens[0].text, tokens[1].text if len(tokens) > 1 else ""}
    headed = bool(words & HEADERS) and (tokens[0].text in HEADERS)
    if tokens[-1].text != ":" and (headed or scene.deeper):
        last = tokens[-1]
        wrong = last.text in (";", ".", ",", "=", "{")
        cost = 0.04 if headed else 0.3
        if wrong:
            yield _colon(last.start, last.end, cost)
        if last.text not in (";", "{"):
            yield _colon(last.end, last.end, cost + 0.1 * wrong)
    for number in range(len(tokens) - 1):
        left = tokens[number]
        if left.is_value or left.text in ("else", "lambda", "try", "finally"):
            inner = _inner_colon_cost(scene, number, headed)
            if inner is not None:
                yield _colon(left.end, left.end, inner)


def _inner_colon_cost(scene: Scene, number: int, headed: bool) -> float | None:
    tokens = scene.tokens
    left, right = tokens[number], tokens[number + 1]
    starts = right.opens_value or right.text in STARTERS
    if not starts:
        return None
    before = [token.text for token in tokens[: number + 1]]
    opener = scene.opener_at(number + 1)
    if opener == "{":
        return 0.12 if ":" in before or ":" in [token.text for token in tokens[number:]] else 0.4
    if "lambda" in before and ":" not in before[before.index("lambda") :]:
        return 0.15
    if headed and not opener:
        return 0.2 if right.text in STARTERS else 0.4
    if scene.word == "def" and opener == "(" and left.kind is Kind.NAME and right.kind is Kind.NAME:
        return 0.22
    if opener == "[":
        return 0.5
    return 0.8


def _colon(start: int, end: int, cost: float) -> Repair:
    return Repair(cost, (Splice(start, end, ":"),), Code.SYN_MISSING_COLON, "a ':' is missing here", ":")


def missing_commas(scene: Scene) -> Iterator[Repair]:
    """Between two operands inside brackets, or in a list of names."""
    for number in range(len(scene.tokens) - 1):
        left, right = scene.tokens[number], scene.tokens[number + 1]
        if not left.is_value or not (right.opens_value or right.text == "**"):
            continue
        opener = scene.opener_at(number + 1)
        cost = 0.2 if opener else 0.45
        if scene.ends_line(number):
            cost -= 0.08
        elif left.end == right.start:
            cost += 0.25
        else:
            cost += 0.08 * (scene.gap(number) > 1)
        if opener == "{" and not _has_colon(scene, number):
            cost += 0.12
        if scene.word in ("import", "from", "global", "nonlocal", "del") or "for" in scene.word:
            cost -= 0.2
        if right.text in ("(", "[") and left.kind is Kind.NAME and not scene.ends_line(number):
            cost += 0.3
        at = left.end
        message = "a ',' is missing here"
        yield Repair(cost, (Splice(at, at, ","),), Code.SYN_MISSING_COMMA, message, ",")


def _has_colon(scene: Scene, number: int) -> bool:
    """The element of a dict that ends with the token has its colon, or the brackets hold a set."""
    depth = len(scene.stacks[number + 1])
    for at in range(number, -1, -1):
        if len(scene.stacks[at]) < depth:
            break
        if len(scene.stacks[at]) == depth and scene.tokens[at].text in (":", ","):
            return scene.tokens[at].text == ":"
    return False


def missing_operators(scene: Scene) -> Iterator[Repair]:
    """Between two operands: `=`, `.`, arithmetic and comparison."""
    for number in range(len(scene.tokens) - 1):
        left, right = scene.tokens[number], scene.tokens[number + 1]
        if not left.is_value or not right.opens_value:
            continue
        for text, cost in _operators_between(scene, number):
            glued = left.end == right.start or text == "."
            new = text if glued or scene.gap(number) > 1 else f" {text}"
            at = left.end + (not glued and scene.gap(number) > 1)
            message = f"a '{text}' is missing here"
            yield Repair(cost, (Splice(at, at, new),), Code.SYN_MISSING_OPERATOR, message, text)


def glued_numbers(scene: Scene) -> Iterator[Repair]:
    """`3x`: a product without its sign."""
    for token in scene.tokens:
        match = _PRODUCT.fullmatch(token.text) if token.kind is Kind.NUMBER else None
        if match is not None and match[2] not in _SUFFIXES:
            at = token.start + len(match[1])
            message = "a '*' is missing here"
            yield Repair(0.12, (Splice(at, at, "*"),), Code.SYN_MISSING_OPERATOR, message, "*")


def _operators_between(scene: Scene, number: int) -> Iterator[tuple[str, float]]:
    left, right = scene.tokens[number], scene.tokens[number + 1]
    glued, wide = left.end == right.start, scene.gap(number) > 1
    opener = scene.opener_at(number + 1)
    before = [token.text for token in scene.tokens[: number + 1]]
    if right.kind is Kind.NAME and right.text not in ("None", "True", "False", "not", "lambda"):
        yield ".", 0.12 if glued else 0.7
    if left.kind is Kind.NAME or left.text in (")", "]"):
        assigns = not opener and "=" not in before and scene.word not in STARTERS | HEADERS
        named = opener == "(" and left.kind is Kind.NAME and before[-2:-1] in (["("], [","])
        if assigns:
            yield "=", 0.2 - 0.08 * wide
        elif named:
            yield "=", (0.14 if glued else 0.3)
        else:
            yield "=", 0.6
    wants = "==" if scene.word in _TESTS or {"if", "and", "or", "assert"} & set(before) else "+"
    for text in _OPERATORS:
        cost = 0.34 if text == wants else 0.42 + 0.01 * _OPERATORS.index(text)
        if text == "%" and left.kind is Kind.STRING:
            cost = 0.24
        if text == "-" and right.kind is Kind.NUMBER:
            cost -= 0.03
        yield text, cost - 0.1 * wide + 0.1 * glued + 0.1 * (bool(opener) and not wide)


def other_operators(scene: Scene) -> Iterator[Repair]:
    """Operators of other languages, two that should be one, and punctuation that should be other."""
    tokens = scene.tokens
    for number, token in enumerate(tokens):
        for length in (3, 2):
            parts = tokens[number : number + length]
            if len(parts) == length and (repair := _joined(parts, scene.text)):
                yield repair
        if token.text == "!" and number + 1 < len(tokens):
            operand = tokens[number + 1].kind is Kind.NAME or tokens[number + 1].text == "("
            denies = operand and number > 0 and tokens[number - 1].text in _DENIED
            yield _foreign(token, "not ", 0.14 if denies else 0.3)
        yield from _exchanged(scene, number)
    yield from _increments(scene)


def _joined(parts: tuple[Token, ...], text: str) -> Repair | None:
    sign = "".join(part.text for part in parts)
    apart = any(left.end != right.start for left, right in itertools.pairwise(parts))
    if (
        sign not in _JOINED
        or (apart and sign in _REVERSED)
        or any(len(part.text) > 2 or part.kind is Kind.NAME for part in parts)
    ):
        return None
    new = _JOINED[sign]
    cost = 0.08 if sign in _FOREIGN else 0.2
    message = (
        f"'{sign}' is not Python; it says '{new}'" if sign != new else f"'{new}' is written without spaces"
    )
    code = Code.SYN_FOREIGN_SYNTAX if sign in _FOREIGN else Code.SYN_EXTRA_SYMBOL
    splice = Splice(parts[0].start, parts[-1].end, _spaced(new, text, parts[0].start, parts[-1].end))
    return Repair(cost, (splice,), code, message, new)


def _spaced(word: str, text: str, start: int, end: int) -> str:
    """A word with the spaces that it needs between its neighbours."""
    if not word.isalpha():
        return word
    return " " * (text[start - 1 : start] != " ") + word + " " * (text[end : end + 1] != " ")


def _foreign(token: Token, new: str, cost: float) -> Repair:
    word = new.strip()
    message = f"'{token.text}' is not Python; it says '{word}'"
    splice = Splice(token.start, token.end, new)
    return Repair(cost, (splice,), Code.SYN_FOREIGN_SYNTAX, message, word)


def _exchanged(scene: Scene, number: int) -> Iterator[Repair]:
    token = scene.tokens[number]
    opener = scene.opener_at(number)
    if token.text == "=":
        tests = scene.word in _TESTS or opener in ("[", "(")
        message = "'=' assigns; '==' compares"
        cost = 0.1 if scene.word in _TESTS and not opener else 0.25 if tests else 0.45
        code = Code.SYN_ASSIGNMENT_FOR_COMPARISON
        yield Repair(cost, (Splice(token.start, token.end, "=="),), code, message, "==")
        if opener == "{":
            yield _other(token, ":", 0.2)
    elif token.text in (";", ".", ":", ","):
        for new in (",", ":", "=", "."):
            if new != token.text:
                listed = token.text == ";" and bool(opener)
                named = token.text + new == ":=" and opener == "("
                yield _other(token, new, 0.5 - 0.2 * listed - 0.2 * named)
    elif token.text == "->" and scene.word != "def":
        yield _foreign(token, ".", 0.2)
        yield _foreign(token, ":", 0.3)
    elif token.text == "=>":
        yield _foreign(token, ":", 0.15)
    elif token.text == "//" and number == 0:
        yield _foreign(token, "#", 0.1)
    elif token.text == "//":
        yield _foreign(token, "#", 0.5)


def _other(token: Token, new: str, cost: float) -> Repair:
    splice = Splice(token.start, token.end, new)
    return Repair(cost, (splice,), Code.SYN_EXTRA_SYMBOL, f"'{token.text}' stands where '{new}' should", new)


def _increments(scene: Scene) -> Iterator[Repair]:
    tokens = scene.tokens
    for number in range(1, len(tokens) - 1):
        sign, again = tokens[number], tokens[number + 1]
        if sign.text not in ("+", "-") or again.text != sign.text or sign.end != again.start:
            continue
        last = number + 2 == len(tokens) or tokens[number + 2].text == ";"
        new = f"{sign.text}= 1"
        left = tokens[number - 1].end
        message = f"'{sign.text * 2}' is not Python; it says '{new}'"
        splice = Splice(left, again.end, f" {new}")
        yield Repair(0.06 if last else 0.5, (splice,), Code.SYN_FOREIGN_SYNTAX, message, new)


def extra_symbols(scene: Scene) -> Iterator[Repair]:
    """Symbols, words and operators that should not be there."""
    tokens = scene.tokens
    for number, token in enumerate(tokens):
        before = tokens[number - 1] if number else None
        doubled = before is not None and before.text == token.text
        if token.kind is Kind.ODD:
            cost = 0.12 + 0.1 * (token.text == "!")
        elif token.text in (";", "@"):
            cost = 0.16
        elif token.text == "\\":
            cost = 0.1
        elif doubled and token.kind in (Kind.OP, Kind.NAME) and token.text not in "()[]{}":
            cost = 0.16 if token.kind is Kind.OP else 0.2
        elif token.kind is Kind.OP and token.text not in "()[]{}":
            cost = 0.6
        elif token.kind in (Kind.NAME, Kind.NUMBER):
            cost = 0.85
        else:
            continue
        message = f"'{token.text}' should not be here"
        yield Repair(cost, (Splice(token.start, token.end, ""),), Code.SYN_EXTRA_SYMBOL, message)
