"""Repairs of words: misspelt and missing keywords, and words of other languages."""

import re
from collections.abc import Iterator, Sequence

from goldseam.core.fault import Code
from goldseam.diagnose.syntax.judge import Splice
from goldseam.diagnose.syntax.python_lines import Logical
from goldseam.diagnose.syntax.python_tokens import HEADERS, KEYWORDS, STARTERS, Kind, Token
from goldseam.diagnose.syntax.repair import Repair, Scene

SHORT = 2
LONGEST = 9
_NAMED = re.compile(rf"(?!(?:{'|'.join(KEYWORDS - {'as'})})$)(?:[^\W\d]\w*|[.,])")
FOREIGN_STARTS = {
    "throw": "raise", "catch": "except", "switch": "match", "foreach": "for", "elseif": "elif",
    "elsif": "elif", "function": "def", "func": "def", "fn": "def", "fun": "def", "sub": "def",
    "include": "import", "require": "import", "using": "import", "interface": "class", "struct": "class",
    "elsf": "elif", "otherwise": "else", "default": "else", "unless": "if not", "until": "while not",
}  # fmt: skip
FOREIGN_MODIFIERS = frozenset(
    [
        "var",
        "let",
        "const",
        "new",
        "public",
        "private",
        "protected",
        "static",
        "final",
        "int",
        "float",
        "double",
        "bool",
        "string",
        "auto",
        "void",
        "my",
    ]
)


def misspelt_keywords(scene: Scene) -> Iterator[Repair]:
    """Names that are a slip away from a keyword."""
    for number, token in enumerate(scene.tokens):
        if token.kind is not Kind.NAME or token.text in KEYWORDS or len(token.text) < SHORT:
            continue
        for word, cost in near_keywords(token.text, starts=_may_start(scene, number)):
            known = scene.habits.names[token.text] > 1
            yield _misspelt(token, word, cost + 0.5 * known)


def near_keywords(name: str, *, starts: bool) -> Iterator[tuple[str, float]]:
    """Keywords that `name` may have been meant for, each with what it costs to believe."""
    if name.lower() in KEYWORDS:
        yield name.lower(), 0.1
    for word in (*sorted(KEYWORDS), "match", "case"):
        if abs(len(word) - len(name)) > 1 or not is_slip(name, word):
            continue
        apart = 0.0 if starts and (word in STARTERS or word in HEADERS or word == "from") else 0.06
        if len(word) <= SHORT:
            yield word, (0.15 if sorted(name) == sorted(word) else 0.3) + apart
        else:
            swapped = sorted(name) == sorted(word)
            yield word, (0.02 if swapped else 0.05) + apart + 0.02 * (name[0] != word[0])


def is_slip(name: str, word: str) -> bool:
    """One letter more, less or other, or two neighbours swapped."""
    if name == word:
        return False
    at = next(
        (i for i, (a, b) in enumerate(zip(name, word, strict=False)) if a != b), min(len(name), len(word))
    )
    a, b = name[at:], word[at:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and len(b) > 1 and a[2:] == b[2:])


def _may_start(scene: Scene, number: int) -> bool:
    return number == 0 or scene.tokens[number - 1].text in (":", ";", "async", "else")


def _misspelt(token: Token, word: str, cost: float) -> Repair:
    splice = Splice(token.start, token.end, word)
    message = f"'{token.text}' is no keyword; '{word}' is"
    return Repair(cost, (splice,), Code.SYN_MISSPELT_KEYWORD, message, word)


def glued_keywords(scene: Scene) -> Iterator[Repair]:
    """`importos`, `deffoo(`: a keyword and a name without the space between them."""
    for number, token in enumerate(scene.tokens):
        if token.kind is not Kind.NAME or token.text in KEYWORDS:
            continue
        for word in KEYWORDS:
            if len(token.text) > len(word) > SHORT - (number > 0) and token.text.startswith(word):
                at = token.start + len(word)
                message = f"a space is missing after '{word}'"
                cost = 0.35 if number == 0 else 0.6
                yield Repair(cost, (Splice(at, at, " "),), Code.SYN_MISSPELT_KEYWORD, message, word)


def foreign_words(scene: Scene) -> Iterator[Repair]:
    """Words that mean something in other languages."""
    tokens = scene.tokens
    for number, token in enumerate(tokens):
        after = tokens[number + 1] if number + 1 < len(tokens) else None
        if token.text == "else" and after is not None and after.text == "if":
            yield _foreign(Splice(token.start, after.end, "elif"), "else if", "elif", 0.04)
        if number == 0 and token.text in FOREIGN_STARTS and after is not None:
            word = FOREIGN_STARTS[token.text]
            yield _foreign(Splice(token.start, token.end, word), token.text, word, 0.06)
        if token.text in FOREIGN_MODIFIERS and after is not None and after.kind is Kind.NAME:
            yield _foreign(Splice(token.start, after.start, ""), token.text, "", 0.12)


def _foreign(splice: Splice, old: str, new: str, cost: float) -> Repair:
    message = f"'{old}' is not Python" + (f"; it says '{new}'" if new else "")
    return Repair(cost, (splice,), Code.SYN_FOREIGN_SYNTAX, message, new)


def missing_keywords(scene: Scene) -> Iterator[Repair]:
    """A keyword that the rest of the line asks for."""
    yield from _missing_starts(scene)
    yield from _missing_between(scene)


def _missing_starts(scene: Scene) -> Iterator[Repair]:
    tokens = scene.tokens
    first = tokens[0]
    texts = [token.text for token in tokens]
    if first.kind is Kind.NAME and first.text not in STARTERS and "import" in texts[1:]:
        yield _missing(first.start, "from ", 0.09)
    if texts[-1] != ":" and not scene.deeper:
        return
    if texts[0] == "async" and len(tokens) > 1:
        at, new = (tokens[0].end + 1, "{}") if scene.gap(0) > 1 else (tokens[1].start, "{} ")
        for word, cost in (("def", 0.05), ("for", 0.2), ("with", 0.2)):
            yield _missing(at, new.format(word), cost)
        return
    if first.text in (":",):
        for word, cost in (("else", 0.1), ("try", 0.2), ("finally", 0.3)):
            likely = (
                scene.above in ("if", "elif", "for", "while", "except") if word == "else" else not scene.above
            )
            yield _missing(first.start, word, cost - 0.05 * likely)
        return
    if first.text in HEADERS - {"async", "match", "case", "try", "finally"} and first.text != "else":
        return
    yield from (_missing(first.start, f"{word} ", cost) for word, cost in _start_words(scene, texts))


def _start_words(scene: Scene, texts: list[str]) -> Iterator[tuple[str, float]]:
    called = len(texts) > 2 and texts[1] == "("
    is_class = texts[0][:1].isupper()
    if called or len(texts) == SHORT:
        yield "def", 0.06 + 0.1 * is_class + 0.05 * (not called)
        yield "class", 0.1 + 0.1 * (not is_class)
    if "as" in texts:
        error = texts[0].endswith(("Error", "Exception", "Warning"))
        yield "except", 0.08 if error else 0.2
        yield "with", 0.1
    if texts[0].endswith(("Error", "Exception")) or (texts[0] == "(" and "Error" in " ".join(texts)):
        yield "except", 0.09
    if "in" in texts:
        loops = texts[1:2] in (["in"], [","]) and scene.above not in ("if", "elif")
        yield "for", 0.1 if loops else 0.24
    follows = scene.above in ("if", "elif")
    yield "if", 0.2 - 0.02 * (not follows)
    yield "elif", 0.21 - 0.03 * follows
    yield "while", 0.25
    yield "with", 0.3


def _missing_between(scene: Scene) -> Iterator[Repair]:
    tokens = scene.tokens
    for number in range(len(tokens) - 1):
        wide = 0.1 * (tokens[number].is_value and scene.gap(number) > 1 and not scene.ends_line(number))
        for word, price in _words_between(scene, number):
            left, right, cost = tokens[number], tokens[number + 1], max(0.03, price - wide)
            before = " " if left.end == right.start or word != "" else ""
            at = left.end if left.end == right.start else left.end + (scene.text[left.end] == " ")
            lead = before if at == left.end else ""
            yield _missing(at, f"{lead}{word} ", cost)


def _words_between(scene: Scene, number: int) -> Iterator[tuple[str, float]]:
    tokens = scene.tokens
    left, right = tokens[number], tokens[number + 1]
    if left.text == "not" and right.opens_value and number and tokens[number - 1].is_value:
        yield "in", 0.04
    if left.text in (".", "...") and right.kind is Kind.NAME and scene.word == "from":
        yield "import", 0.05
    if not left.is_value or not right.opens_value:
        return
    before = _words_before(scene, number)
    after = {token.text for token in tokens[number + 1 :]}
    if "for" in before and "in" not in before[before.index("for") :]:
        yield "in", 0.05 + 0.2 * (right.text in ("(", "[") and left.end == right.start)
    if scene.word == "from" and "import" not in before and "import" not in after:
        yield "import", 0.05
    if scene.word in ("import", "with", "except") or (scene.word == "from" and "import" in before):
        named = right.kind is Kind.NAME and number + SHORT <= len(tokens)
        yield "as", (0.12 if scene.word != "from" else 0.28) if named else 0.3
    yield from _choice_words(scene, number, before, after)
    if right.kind is Kind.NAME and "in" in after and scene.opener_at(number + 1):
        yield "for", 0.12 + 0.1 * ("for" in before)
    if scene.opener_at(number + 1) and "for" in before and "in" in before:
        yield "if", 0.3
    holds = right.text in ("(", "[", "{") and left.end < right.start
    yield from (("and", 0.5), ("or", 0.5), ("in", 0.22 if holds else 0.45), ("is", 0.6), ("not", 0.9))


def _choice_words(
    scene: Scene, number: int, before: list[str], after: set[str]
) -> Iterator[tuple[str, float]]:
    """What `a if b else c` may lack."""
    if "else" in after and "if" not in before:
        yield "if", 0.12
    if "if" in before and number > 1 and scene.word not in ("if", "elif") and "else" not in before:
        yield "else", 0.16 + 0.1 * ("for" in before)


def _words_before(scene: Scene, number: int) -> list[str]:
    """Texts of the tokens before, back to the bracket that is open here."""
    stack = scene.stacks[number + 1]
    first = stack[-1] if stack else 0
    depth = len(stack)
    return [
        token.text
        for at, token in enumerate(scene.tokens[first : number + 1], first)
        if len(scene.stacks[at]) <= depth
    ]


def lost_imports(lines: Sequence[Logical]) -> Iterator[Repair]:
    """A bare name among imports, indented by the space that followed its `import`."""
    for number, line in enumerate(lines):
        texts = [token.text for token in line.tokens]
        if len(line.indent) == 0 or not all(_NAMED.fullmatch(text) for text in texts) or len(texts) > LONGEST:
            continue
        around = [lines[at] for at in (number - 1, number + 1) if 0 <= at < len(lines)]
        if any(one.word in ("import", "from") and one.indent == line.indent[:-1] for one in around):
            splice = Splice(line.start - 1, line.start, "import ")
            yield Repair(0.1, (splice,), Code.SYN_MISSING_KEYWORD, "'import' is missing here", "import")


def _missing(at: int, text: str, cost: float) -> Repair:
    word = text.strip()
    return Repair(cost, (Splice(at, at, text),), Code.SYN_MISSING_KEYWORD, f"'{word}' is missing here", word)
