"""Kinds of syntax faults for JavaScript, TypeScript and PHP, planted on tokens.

Real files come from the folders named in the environment: GOLDSEAM_BENCH_SCRIPTS (JavaScript and TypeScript)
and GOLDSEAM_BENCH_PHP, separated by ':'. Packages that the finder's habits were counted in are left out.
"""

import itertools
import os
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from brace_habits import held_out
from syntax_faults import Plant

from goldseam.diagnose.syntax.brace_reading import KEYWORDS
from goldseam.diagnose.syntax.brace_tokens import Kind, Token, code_of

Planter = Callable[[str, Sequence[Token], random.Random], Plant | None]
LONGEST_LINE = 300
_FULLWIDTH = {
    "(": "（",
    ")": "）",
    ",": "，",
    ";": "；",
    ":": "：",
    "=": "＝",
    "-": "–",
    "{": "｛",
    "}": "｝",
}


def folders_of(variable: str) -> list[str]:
    return [folder for folder in os.environ.get(variable, "").split(":") if folder]


def accepts(path: Path) -> bool:
    """Sources that people write, of packages that are held out."""
    if path.name.endswith(".d.ts") or ".min." in path.name or not path.is_file() or not held_out(path):
        return False
    return max(map(len, path.read_bytes().split(b"\n"))) <= LONGEST_LINE


def signature_of(found: Sequence[Token]) -> object:
    """What must be the same for a repair to be exact: tokens without comments and line ends."""
    return [(one.kind, one.text) for one in code_of(found)]


def pick(found: Sequence[Token], rng: random.Random, wanted: Callable[[Token], bool]) -> Token | None:
    some = [one for one in found if wanted(one)]
    return rng.choice(some) if some else None


def pick_pair(
    found: Sequence[Token], rng: random.Random, wanted: Callable[[Token, Token], bool]
) -> tuple[Token, Token] | None:
    some = [pair for pair in itertools.pairwise(found) if wanted(*pair)]
    return rng.choice(some) if some else None


def sign(*signs: str) -> Callable[[Token], bool]:
    return lambda one: one.kind is Kind.SIGN and one.text in signs


def delete(wanted: Callable[[Token], bool]) -> Planter:
    def kind(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
        one = pick(code_of(found), rng, wanted)
        return one and Plant(one.start, one.end, "")

    return kind


def swap(table: dict[str, str], kinds: tuple[Kind, ...] = (Kind.SIGN,)) -> Planter:
    def kind(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
        one = pick(code_of(found), rng, lambda one: one.kind in kinds and one.text in table)
        return one and Plant(one.start, one.end, table[one.text])

    return kind


def quoted(one: Token) -> bool:
    return one.kind is Kind.STRING and one.text[0] in "'\"" and len(one.text) > 3 and "\n" not in one.text


def missing_close_quote(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = pick(found, rng, quoted)
    return one and Plant(one.end - 1, one.end, "")


def missing_open_quote(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = pick(found, rng, quoted)
    return one and Plant(one.start, one.start + 1, "")


def smart_quotes(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = pick(found, rng, quoted)
    if one is None:
        return None
    left, right = ("“", "”") if one.text[0] == '"' else ("‘", "’")
    return Plant(one.start, one.end, left + one.text[1:-1] + right)


def apostrophe(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    """A word of the string gets an apostrophe that ends it."""
    words = [
        (one, match)
        for one in found
        if quoted(one) and one.text[0] == "'"
        for match in re.finditer(r"(?<=[a-z])(?=s |t )", one.text)
    ]
    if not words:
        return None
    one, match = rng.choice(words)
    return Plant(one.start + match.start(), one.start + match.start(), "'")


def misspelt(keywords: frozenset[str]) -> Planter:
    def kind(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
        one = pick(code_of(found), rng, lambda one: one.text in keywords and len(one.text) > 2)
        if one is None:
            return None
        word, how, at = one.text, rng.random(), rng.randrange(len(one.text) - 1)
        if how < 0.5:
            new = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        elif how < 0.75:
            new = word[:at] + word[at + 1 :]
        else:
            new = word[:at] + word[at] + word[at:]
        return None if new == word or new in keywords else Plant(one.start, one.end, new)

    return kind


def missing_close_line(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    """A line that holds nothing but a closer is gone."""
    lines = list(re.finditer(r"^[ \t]*[)\]}]+[;,]?[ \t]*\n", text, re.M))
    match = rng.choice(lines) if lines else None
    return match and Plant(match.start(), match.end(), "")


def doubled_close(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = pick(found, rng, sign(")", "]", "}"))
    return one and Plant(one.end, one.end, one.text)


def doubled_close_line(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    lines = list(re.finditer(r"^[ \t]*\}[;)]*[ \t]*\n", text, re.M))
    match = rng.choice(lines) if lines else None
    return match and Plant(match.end(), match.end(), match[0])


def doubled_comma(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = pick(found, rng, sign(","))
    return one and Plant(one.end, one.end, ",")


def missing_operator(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    wanted = sign("=", "+", "-", "*", "/", "==", "===", ".", "&&", "||", "<", ">", "?", "=>", "!==")
    one = pick(code_of(found), rng, wanted)
    return one and Plant(one.start, one.end, "")


def stray_symbol(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = pick(code_of(found), rng, lambda one: True)
    return one and Plant(one.start, one.start, rng.choice("?\\@|:%^"))


def merge_conflict(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = pick(code_of(found), rng, lambda one: one.kind is Kind.WORD)
    if one is None:
        return None
    start, end = text.rfind("\n", 0, one.start) + 1, text.find("\n", one.start) + 1
    line = text[start:end]
    other = line.replace(one.text, one.text + "Old", 1)
    return Plant(start, end, f"<<<<<<< HEAD\n{line}=======\n{other}>>>>>>> topic/old\n") if end else None


def md_fence(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    at, new = rng.choice(((0, "```javascript\n"), (len(text), "```\n")))
    return Plant(at, at, new)


def pasted_prose(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    said = rng.choice(
        ("Here is the corrected version of the code:\n", "I also fixed the loop as you asked.\n")
    )
    starts = [one.start for one in code_of(found) if one.text in ("function", "class", "const", "if")]
    if not starts:
        return None
    at = text.rfind("\n", 0, rng.choice(starts)) + 1
    return Plant(at, at, said)


def hash_comment(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = pick(found, rng, lambda one: one.kind is Kind.COMMENT and one.text.startswith("// "))
    return one and Plant(one.start, one.start + 2, "#")


def unclosed_comment(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = pick(found, rng, lambda one: one.kind is Kind.COMMENT and one.text.startswith("/*"))
    return one and Plant(one.end - 2, one.end, "")


def unclosed_template(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = pick(
        found, rng, lambda one: one.kind is Kind.TEMPLATE and one.text[-1] == "`" and len(one.text) > 1
    )
    return one and Plant(one.end - 1, one.end, "")


def equals_for_colon(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    triple = [b for a, b in itertools.pairwise(found) if b.text == ":" and a.kind in (Kind.WORD, Kind.STRING)]
    one = rng.choice(triple) if triple else None
    return one and Plant(one.start, one.end, " =")


def foreign_else_if(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    pair = pick_pair(found, rng, lambda a, b: a.text == "else" and b.text == "if")
    return pair and Plant(pair[0].start, pair[1].end, rng.choice(("elif", "elsif", "elseif")))


def walrus(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = pick(found, rng, sign("="))
    return one and Plant(one.start, one.end, ":=")


def missing_dollar(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = pick(found, rng, lambda one: one.kind is Kind.NAME)
    return one and Plant(one.start, one.start + 1, "")


COMMON: dict[str, Planter] = {
    "missing_close": delete(sign(")", "]", "}")),
    "missing_close_line": missing_close_line,
    "missing_open": delete(sign("(", "[", "{")),
    "doubled_close": doubled_close,
    "doubled_close_line": doubled_close_line,
    "wrong_bracket": swap({")": "]", "]": ")", "}": ")"}),
    "missing_comma": delete(sign(",")),
    "missing_colon": delete(sign(":")),
    "missing_close_quote": missing_close_quote,
    "missing_open_quote": missing_open_quote,
    "apostrophe": apostrophe,
    "smart_quotes": smart_quotes,
    "lookalike": swap(_FULLWIDTH),
    "missing_operator": missing_operator,
    "stray_symbol": stray_symbol,
    "doubled_comma": doubled_comma,
    "merge_conflict": merge_conflict,
    "pasted_prose": pasted_prose,
    "unclosed_comment": unclosed_comment,
    "walrus": walrus,
    "missing_keyword": delete(
        lambda one: (
            one.kind is Kind.WORD and one.text in ("function", "const", "class", "in", "of", "case", "as")
        )
    ),
}
SCRIPT: dict[str, Planter] = {
    **COMMON,
    "misspelt_keyword": misspelt(KEYWORDS["script"] - {"string", "number", "boolean", "undefined"}),
    "md_fence": md_fence,
    "hash_comment": hash_comment,
    "unclosed_template": unclosed_template,
    "equals_for_colon": equals_for_colon,
    "else_if": foreign_else_if,
    "def": swap({"function": "def"}, (Kind.WORD,)),
    "foreign_operator": swap({"&&": "and", "||": "or", "=>": "->"}),
}
PHP: dict[str, Planter] = {
    **COMMON,
    "misspelt_keyword": misspelt(KEYWORDS["php"] - {"int", "bool", "float", "void", "mixed", "string"}),
    "missing_semicolon": delete(sign(";")),
    "missing_dollar": missing_dollar,
    "dot_for_arrow": swap({"->": "."}),
    "arrow_for_double_arrow": swap({"=>": "->"}),
    "def": swap({"function": "def"}, (Kind.WORD,)),
    "missing_arrow": delete(sign("->", "=>", "::")),
}


def semicolon_for_comma(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = pick(found, rng, sign(","))
    return one and Plant(one.start, one.end, ";")


def split_operator(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = pick(found, rng, sign("=>", "===", "!==", "&&", "||", "->", "::", "+=", "<=", "=="))
    return one and Plant(one.start, one.end, f"{one.text[0]} {one.text[1:]}")


def bare_condition(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    """`if x) {`: the opening bracket of a head, with the blank before it, is gone."""
    pair = pick_pair(found, rng, lambda a, b: a.text in ("if", "while", "for", "switch") and b.text == "(")
    return pair and Plant(pair[1].start, pair[1].end, "")


def doubled_word(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    """A keyword typed twice."""
    one = pick(found, rng, lambda one: one.text in ("function", "const", "class", "return", "if", "public"))
    return one and Plant(one.end, one.end, f" {one.text}")


def mixed_quotes(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    """A string that ends with the other quote."""
    one = pick(found, rng, quoted)
    return one and Plant(one.end - 1, one.end, '"' if one.text[0] == "'" else "'")


def missing_open_line(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    """A brace that ended its line is gone, and the blank before it."""
    ends = list(re.finditer(r"[ \t]*\{(?=\n)", text))
    match = rng.choice(ends) if ends else None
    return match and Plant(match.start(), match.end(), "")


def truncated_end(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    """The last line with code is gone."""
    whole = text.rstrip()
    return Plant(whole.rfind("\n") + 1, len(text), "") if whole.count("\n") > 3 else None


SECOND: dict[str, Planter] = {
    "semicolon_for_comma": semicolon_for_comma,
    "split_operator": split_operator,
    "bare_condition": bare_condition,
    "doubled_word": doubled_word,
    "mixed_quotes": mixed_quotes,
    "missing_open_line": missing_open_line,
    "truncated_end": truncated_end,
}
"""Written after an earlier version of the finder was frozen, and looked at since."""


def python_block(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    """`if (x):` for `if (x) {`; the closing brace stays."""
    pair = pick_pair(found, rng, lambda a, b: a.text == ")" and b.text == "{")
    return pair and Plant(pair[0].end, pair[1].end, ":")


def broken_string(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    """A line end typed inside of a string, at one of its blanks."""
    places = [
        one.start + match.start()
        for one in found
        if quoted(one)
        for match in re.finditer(r"(?<=\w) (?=\w)", one.text)
    ]
    at = rng.choice(places) if places else None
    return None if at is None else Plant(at, at + 1, "\n")


def doubled_open(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    one = pick(found, rng, sign("(", "[", "{"))
    return one and Plant(one.end, one.end, one.text)


def swapped_closers(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    """`)}` for `})`."""
    closers = (")", "]", "}")
    pair = pick_pair(
        found,
        rng,
        lambda a, b: a.text in closers and b.text in closers and a.text != b.text and a.end == b.start,
    )
    return pair and Plant(pair[0].start, pair[1].end, pair[1].text + pair[0].text)


def typed_variable(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    """`int x = 1`, `const int x = 1`."""
    pair = pick_pair(found, rng, lambda a, b: a.kind in (Kind.WORD, Kind.NAME) and b.text == "=")
    return pair and Plant(pair[0].start, pair[0].start, rng.choice(("int ", "string ", "String ")))


def half_comment(text: str, found: Sequence[Token], rng: random.Random) -> Plant | None:
    """A comment that begins with one slash."""
    one = pick(found, rng, lambda one: one.kind is Kind.COMMENT and one.text.startswith("// "))
    return one and Plant(one.start, one.start + 1, "")


_LATER: dict[str, Planter] = {
    "python_block": python_block,
    "broken_string": broken_string,
    "doubled_open": doubled_open,
    "swapped_closers": swapped_closers,
    "typed_variable": typed_variable,
    "half_comment": half_comment,
    "html_entity": swap({"&&": "&amp;&amp;", "=>": "=&gt;", "->": "-&gt;", "<": "&lt;", ">": "&gt;"}),
}
LATER_SCRIPT: dict[str, Planter] = dict(_LATER)
LATER_PHP: dict[str, Planter] = dict(_LATER)
"""Written after the finder was frozen."""
