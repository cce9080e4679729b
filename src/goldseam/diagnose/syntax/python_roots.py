"""All root faults of a Python text that does not parse: each repaired where it is, so that follow-ups vanish.

What was pasted goes first, then long strings, then each logical line alone, then the layout; at the end the
compiler judges the whole, and repairs that it can do without are dropped.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goldseam.core.fault import Code
from goldseam.diagnose.syntax.draft import Draft
from goldseam.diagnose.syntax.judge import Judge, spliced
from goldseam.diagnose.syntax.python_layout import layouts
from goldseam.diagnose.syntax.python_lines import Logical, cut_early, logical_lines
from goldseam.diagnose.syntax.python_long_strings import long_strings
from goldseam.diagnose.syntax.python_pasted import foreign_blocks, lookalikes, merge_conflicts, pasted_lines
from goldseam.diagnose.syntax.python_statements import Place, mend, unparsable, words_above
from goldseam.diagnose.syntax.python_tokens import Kind, Token, tokens_of
from goldseam.diagnose.syntax.python_words import lost_imports
from goldseam.diagnose.syntax.repair import Repair, habits_of

MANY_BROKEN = 4
MOST_TEXT, LONGEST_LINE = 400_000, 5_000
"""What is larger was not written by hand: the compiler's word must do."""
MOST_CUTS = 40
MOST_LINES = 40
"""Broken lines beyond this are no longer mended: the file is no Python."""


@dataclass(frozen=True, slots=True)
class Survey:
    """A text, its tokens and logical lines, and those lines that do not parse alone."""

    text: str
    tokens: list[Token]
    lines: list[Logical]
    broken: set[Logical]


def survey(text: str, judge: Judge, tokens: list[Token] | None = None) -> Survey:
    tokens = list(tokens_of(text)) if tokens is None else tokens
    lines = logical_lines(text, tokens)
    broken = set(unparsable(lines, text, judge))
    return Survey(text, tokens, lines, broken | set(_idle_decorators(lines, broken)))


def _idle_decorators(lines: Sequence[Logical], broken: set[Logical]) -> Iterator[Logical]:
    """Lines that begin with an `@` and decorate nothing, though they parse."""
    for line, after in itertools.pairwise(lines):
        if line.word == "@" and len(line.tokens) > 1 and line not in broken and after not in broken:
            named = line.tokens[1].kind is Kind.NAME or line.tokens[1].text == "("
            if not named or after.word not in ("@", "def", "class", "async"):
                yield line


def find_roots(text: str, judge: Judge) -> Draft:
    """A draft whose repairs are the root faults; its text parses if all were found."""
    draft = Draft(text)
    if len(text) > MOST_TEXT or max(map(len, text.split("\n"))) > LONGEST_LINE:
        return draft
    tokens = _without_pasted(draft)
    seen = survey(draft.text, judge, tokens)
    quotes = False
    for sign in sorted(('"""', "'''"), key=lambda sign: draft.text.count(sign) % 2 == 0):
        missing = long_strings(draft.text, sign, judge, strange=len(seen.broken) >= MANY_BROKEN)
        if missing:
            draft.add(missing)
            seen, quotes = survey(draft.text, judge), True
    signs = [*lookalikes(draft.text, list(tokens_of(draft.text)) if quotes else tokens)]
    if signs:
        draft.add(signs)
    if signs:
        seen = survey(draft.text, judge)
    _mend_lines(draft, seen, judge)
    if judge.whole(draft.text) is not None:
        draft.add([*lost_imports(logical_lines(draft.text, tokens_of(draft.text)))])
        _mend_layout(draft, judge)
    return _necessary(draft, judge)


def _without_pasted(draft: Draft) -> list[Token]:
    """Remove what was pasted; the tokens of what is left."""
    draft.add([ours._replace(others=(theirs.splices,)) for ours, theirs in merge_conflicts(draft.text)])
    tokens = list(tokens_of(draft.text))
    fences = [*pasted_lines(draft.text, tokens)]
    if fences:
        draft.add(fences)
        tokens = list(tokens_of(draft.text))
    blocks = [*foreign_blocks(draft.text, tokens)]
    if blocks:
        draft.add(blocks)
        tokens = list(tokens_of(draft.text))
    return tokens


def _mend_lines(draft: Draft, seen: Survey, judge: Judge) -> None:
    text = seen.text
    habits = habits_of(seen.tokens)
    lines, broken = _cut(seen.lines, seen.broken, text, judge)
    above = list(words_above(lines))
    repairs: list[Repair] = []
    for number, line in enumerate(lines):
        if line not in broken or len(repairs) > MOST_LINES or judge.seconds_left <= 0:
            continue
        deeper = number + 1 < len(lines) and len(lines[number + 1].indent) > len(line.indent)
        mended = mend(line, text, Place(habits, deeper, above[number]), judge)
        if mended is not None:
            repairs += [_with_space(repair, line, lines) for repair in mended.repairs]
    draft.add(repairs)


def _with_space(repair: Repair, line: Logical, lines: Sequence[Logical]) -> Repair:
    """A word that was lost at the start of a line leaves its space behind, which is no indentation."""
    first = repair.splices[0]
    indents = {other.indent for other in lines if other is not line}
    if repair.code is not Code.SYN_MISSING_KEYWORD or first.start != line.start or line.indent in indents:
        return repair
    if line.indent[:-1] not in indents or not line.indent:
        return repair
    return repair._replace(splices=(first._replace(start=first.start - 1), *repair.splices[1:]))


def _cut(
    lines: Sequence[Logical], broken: set[Logical], text: str, judge: Judge, depth: int = 0
) -> tuple[list[Logical], set[Logical]]:
    """Broken lines that hold several statements, cut where the rest parses."""
    found: list[Logical] = []
    still: set[Logical] = set()
    for line in lines:
        may_cut = line in broken and depth < MOST_CUTS and judge.seconds_left > 0
        parts = _parts(line, text, judge, depth) if may_cut else None
        if parts is None:
            found.append(line)
            still |= {line} & broken
        else:
            found += parts[0]
            still |= parts[1]
    return found, still


def _parts(line: Logical, text: str, judge: Judge, depth: int) -> tuple[list[Logical], set[Logical]] | None:
    """The line's head, and the lines that its rest makes; None if it is one statement."""
    at = next(iter(cut_early(line, text)), None)
    if at is None:
        return None
    head = Logical(line.indent, line.tokens[:at])
    start = text.rfind("\n", 0, line.tokens[at].start) + 1
    rest = logical_lines(text, tokens_of(text, start, line.end))
    broken = set(unparsable([head, *rest], text, judge))
    if rest[0] in broken and len(broken) > 1 and len(rest) == 1:
        return None
    cut, still = _cut(rest, broken & set(rest), text, judge, depth + 1)
    return [head, *cut], still | (broken & {head})


def _mend_layout(draft: Draft, judge: Judge) -> None:
    """The cheapest layout that parses; if none does, the cheapest that is."""
    text = draft.text
    ways = layouts(text, logical_lines(text, tokens_of(text)), late=lambda: judge.seconds_left <= 0)
    if not ways:
        return
    texts = [spliced(text, [splice for repair in way for splice in repair.splices]) for way in ways]
    verdicts = judge.judge(texts, [(number, ()) for number in range(len(texts))], whole=True)
    best = next((way for way, problem in zip(ways, verdicts, strict=False) if problem is None), ways[0])
    draft.add(best)


def _necessary(draft: Draft, judge: Judge) -> Draft:
    """Without the repairs that the whole parses without."""
    draft.parses = judge.whole(draft.text) is None
    if len(draft.repairs) < 2 or not draft.parses:
        return draft
    texts = [draft.without([repair]).text for repair in draft.repairs]
    verdicts = judge.judge(texts, [(number, ()) for number in range(len(texts))])
    spare = [repair for repair, problem in zip(draft.repairs, verdicts, strict=False) if problem is None]
    slim = draft.without(spare)
    return slim if spare and judge.whole(slim.text) is None else draft
