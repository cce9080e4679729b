"""Words that are nearly keywords, or keywords of another language."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from goldseam.diagnose.syntax.brace_moves import PRICES, Action, Error, Move, Splice, Weigher, replacement
from goldseam.diagnose.syntax.brace_tokens import Kind, words

ONCE_PRICE = -3.0
OFTEN_PRICE = 9.0
FOREIGN_PRICE = 2.0
EVIDENT_BITS = -11.0
SHORTEST = 3
FARTHEST_GLUE, LONG_NAME, GLUED_BONUS = 120, 4, 4.0

FOREIGN = {
    "script": {
        "elif": "else if", "elsif": "else if", "elseif": "else if", "def": "function", "func": "function",
        "fun": "function", "fn": "function", "sub": "function", "and": "&&", "or": "||", "not": "!",
        "None": "null", "nil": "null", "True": "true", "False": "false", "except": "catch", "raise": "throw",
        "is": "===", "foreach": "for", "unless": "if", "elseIf": "else if", "local": "let", "echo": "",
        "end": "}", "begin": "{", "then": "{", "lambda": "", "pass": "", "val": "const", "mut": "",
    },
    "php": {
        "elif": "elseif", "elsif": "elseif", "def": "function", "func": "function", "fun": "function",
        "None": "null", "nil": "null", "True": "true", "False": "false", "not": "!", "except": "catch",
        "raise": "throw", "let": "", "end": "}", "begin": "{", "then": "{", "is": "===", "async": "",
    },
}  # fmt: skip

_TARGETS = {
    "script": words(
        "break case catch class const continue default delete else export extends finally for function if"
        " import in instanceof let new return static super switch this throw try typeof var void while"
        " with yield async await from interface type enum public private protected readonly abstract"
        " implements declare namespace null true false of get set as"
    ),
    "php": words(
        "abstract array as break case catch class clone const continue default do echo else elseif empty"
        " extends final finally foreach for function global if implements include include_once instanceof"
        " interface isset list match namespace new print private protected public readonly require"
        " require_once return static switch throw trait try unset use var while yield null true false"
    ),
}


def is_near(word: str, keyword: str) -> bool:
    """Whether one letter was dropped, added, changed or swapped with its neighbour."""
    if word == keyword or abs(len(word) - len(keyword)) > 1:
        return False
    head = 0
    while head < min(len(word), len(keyword)) and word[head] == keyword[head]:
        head += 1
    left, right = word[head:], keyword[head:]
    return (
        left[1:] == right
        or left == right[1:]
        or left[1:] == right[1:]
        or (left[:2] == right[1::-1] and len(left) > 1 and left[2:] == right[2:])
    )


@lru_cache(maxsize=4096)
def near_keywords(word: str, family: str) -> tuple[str, ...]:
    """Keywords that a word may have been meant as."""
    if len(word) < 2 or len(word) > 14:
        return ()
    lower = word.lower()
    if lower in _TARGETS[family] and lower != word:
        return (lower,)
    swapped = (
        one for one in _TARGETS[family] if len(one) == 2 and sorted(one) == sorted(word) and one != word
    )
    longer = (one for one in _TARGETS[family] if len(one) >= SHORTEST and is_near(lower, one))
    return (*swapped, *longer)


def word_moves(weigher: Weigher, error: Error) -> Iterator[Move]:
    """Near misses and foreign words around an error."""
    tokens = weigher.reading.tokens
    counts = Counter(token.text for token in tokens if token.kind is Kind.WORD)
    names = {token.text for token in tokens if token.kind is Kind.NAME}
    for index in range(max(0, error.first - 14), min(len(tokens), error.last + 3)):
        token = tokens[index]
        if token.kind is not Kind.WORD:
            continue
        price = 0.3 * max(0, error.first - index, index - error.last)
        known = token.text in weigher.keywords
        for word in () if known else near_keywords(token.text, weigher.family):
            rarity = ONCE_PRICE if counts[token.text] == 1 else OFTEN_PRICE
            yield replacement(weigher, index, word, rarity + price, "keyword")
        if weigher.family == "php" and token.text.isidentifier():
            rarity = ONCE_PRICE if f"${token.text}" in names or _declared(weigher, index) else OFTEN_PRICE
            yield replacement(weigher, index, f"${token.text}", rarity + price, "variable")
        if token.text in FOREIGN[weigher.family]:
            yield _foreign(weigher, index, FOREIGN[weigher.family][token.text], price)


def _declared(weigher: Weigher, index: int) -> bool:
    """`public name = …`: a property of a class, whose `$` is missing."""
    tokens = weigher.reading.tokens
    before, after = {token.text for token in tokens[max(0, index - 2) : index]}, tokens[index + 1 : index + 2]
    return bool(before & _VISIBLE) and bool(after) and after[0].text in ("=", ";")


def glued_openers(weigher: Weigher, error: Error) -> Iterator[Move]:
    """`definePropertyexports, …)`: a name that two others make when the bracket between them is missing."""
    tokens = weigher.reading.tokens
    counts = Counter(token.text for token in tokens if token.kind in (Kind.WORD, Kind.NAME))
    for index in range(max(0, error.first - FARTHEST_GLUE), min(len(tokens), error.last + 1)):
        word = tokens[index].text
        if tokens[index].kind is not Kind.WORD or counts[word] > 1 or word in weigher.keywords:
            continue
        heads = index > 0 and tokens[index - 1].text in ("function", "def", "async")
        for at in range(2, len(word)):
            left, right = word[:at], word[at:]
            known = (counts[left] > 0 or heads or left in weigher.keywords) + 1
            if not counts[right] or (len(right) == 1 and known < 2) or (known < 2 and len(right) < LONG_NAME):
                continue
            for sign in "([":
                place = tokens[index].start + at
                bits = PRICES["insert"] + weigher.change(weigher.flow.token_at[index], 1, ("id", sign, "id"))
                bits -= GLUED_BONUS * known
                yield Move(bits, Action.INSERT, (Splice(place, place, sign),), expected=sign)


def headless_functions(weigher: Weigher, error: Error) -> Iterator[Move]:
    """`function` before a line like `name(…) {` that is no method, not far before an error."""
    reading = weigher.reading
    tokens = reading.tokens
    for index in range(max(0, error.first - 120), min(error.last + 1, len(tokens) - 2)):
        if tokens[index].kind is not Kind.WORD or tokens[index].text in weigher.keywords:
            continue
        before = tokens[index - 1].text if index else ""
        if tokens[index + 1].text in ("extends", "implements") and before not in ("class", "interface"):
            splice = Splice(tokens[index].start, tokens[index].start, "class ")
            yield Move(HEADLESS_BITS, Action.INSERT, (splice,), expected="class")
        if tokens[index + 1].text != "(" or not (reading.gaps[index] or before in _MODIFIERS):
            continue
        last = index + 1
        while last + 1 < len(tokens) and not reading.gaps[last + 1]:
            last += 1
        following = tokens[last + 1].text if last + 1 < len(tokens) else ""
        if (
            "{" in (tokens[last].text, following)
            and tokens[last if tokens[last].text == ")" else last - 1].text == ")"
        ):
            splice = Splice(tokens[index].start, tokens[index].start, "function ")
            yield Move(HEADLESS_BITS, Action.INSERT, (splice,), expected="function")


HEADLESS_BITS = 1.0
_VISIBLE = frozenset(words("private protected public static var"))
_MODIFIERS = frozenset(words("abstract async default export final private protected public static"))


def _foreign(weigher: Weigher, index: int, meant: str, price: float) -> Move:
    token, text = weigher.reading.tokens[index], weigher.reading.lines.text
    if meant and meant != "!":
        return replacement(weigher, index, meant, FOREIGN_PRICE + price, "foreign")
    end = token.end + (len(text[token.end :]) - len(text[token.end :].lstrip(" ")))
    at = weigher.flow.token_at[index]
    bits = FOREIGN_PRICE + price + weigher.change(at, 1, (meant,) if meant else ())
    splice = Splice(token.start, end, meant)
    return Move(bits, Action.REPLACE, (splice,), expected=meant, wrong=token.text, why="foreign")


def evident_words(weigher: Weigher) -> Iterator[Move]:
    """Near misses that make a line so much more usual that they are no names, wherever the error is."""
    tokens = weigher.reading.tokens
    counts = Counter(token.text for token in tokens if token.kind is Kind.WORD)
    for index, token in enumerate(tokens):
        if token.kind is not Kind.WORD or token.text in weigher.keywords:
            continue
        if _is_foreign_head(weigher, index):
            yield replacement(weigher, index, FOREIGN[weigher.family][token.text], FOREIGN_PRICE, "foreign")
            continue
        if (
            counts[token.text] > 1
            or len(token.text) < SHORTEST
            or (index and tokens[index - 1].text in (".", "?.", "->", "::"))
        ):
            continue
        for word in near_keywords(token.text, weigher.family):
            if word == token.text.lower():
                continue
            move = replacement(weigher, index, word, ONCE_PRICE, "keyword")
            if move.bits < EVIDENT_BITS:
                yield move
                break


def _is_foreign_head(weigher: Weigher, index: int) -> bool:
    """`} elif (` and `def name(`: words of another language where only a keyword can stand."""
    tokens, gaps = weigher.reading.tokens, weigher.reading.gaps
    texts = [token.text for token in tokens[max(0, index - 1) : index + 3]]
    if len(texts) < 4 or texts[1] not in FOREIGN[weigher.family]:
        return False
    if FOREIGN[weigher.family][texts[1]] in ("else if", "elseif"):
        return texts[2] == "(" and (texts[0] in ("}", ";") or bool(gaps[index]))
    means_function = FOREIGN[weigher.family][texts[1]] == "function"
    return means_function and tokens[index + 1].kind is Kind.WORD and texts[3] == "("
