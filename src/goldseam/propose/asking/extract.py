"""The code in a model's answer, without Markdown fences, headings and prose.

An opening fence is a line of at least three backticks or tildes with an optional language; the block ends
at a bare line of at least as many (CommonMark), except where the code so far has an open triple quote: then
that line is part of a string.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

_OPENING = re.compile(
    r"^(?P<before>[ \t]*|[^`~'\"=]{0,200}:[ \t]{1,8})"
    r"(?P<fence>`{3,}|~{3,})[ \t]*(?P<tag>[^`\s]*)(?:\s[^`\n]*)?$"
)
_CLOSING = re.compile(r"^[ \t]*(?P<fence>`{3,}|~{3,})[ \t]*$")
_ONE_LINE = re.compile(r"^(?P<fence>`{1,})(?P<code>[^`\n]+)(?P=fence)$")
_THINKING = re.compile(r"^\s*<think(?:ing)?>.*?</think(?:ing)?>", re.S | re.I)
_OPEN_THINKING = re.compile(r"^\s*<think(?:ing)?>", re.I)

_NOT_CODE = frozenset(
    {
        "text",
        "txt",
        "plain",
        "plaintext",
        "output",
        "console",
        "shell",
        "sh",
        "bash",
        "zsh",
        "terminal",
        "session",
        "diff",
        "patch",
        "log",
        "traceback",
        "stdout",
        "stderr",
        "markdown",
        "md",
        "json",
        "yaml",
        "toml",
        "ini",
    }
)
_LANGUAGES = frozenset(
    {
        "python",
        "py",
        "python3",
        "javascript",
        "js",
        "jsx",
        "typescript",
        "ts",
        "tsx",
        "node",
        "mjs",
        "php",
        "java",
        "c",
        "cpp",
        "go",
        "rust",
        "ruby",
    }
)
_MOST_FENCES_IN_A_STRING = 40
_WRAPPERS = frozenset({"markdown", "md"})

_CODE_START = re.compile(
    r"(?:import [\w.]+(?: as \w+)?$|from \S+ import |(?:async )?def \w+\(|class \w+\s*[:({]|#!|<\?php|@\w+"
    r"|(?:const|let|var) [\w{\[]|(?:async )?function\*? ?\w*\(|export |\"\"\"|'''|if __name__)"
)
_REMARK = re.compile(
    r"(?:\*\*|[-*] (?:\*\*)?[A-Z`]|\d+\. (?:\*\*)?[A-Z`]|(?:Sure|Certainly|Sorry|Okay|Yes|No)[,.! :])"
)
_FIRST_WORD = re.compile(r"(?!(?:True|False|None|SELECT)$)[A-Z][\w’'-]*[,!:]?")
_WORD = re.compile(r"[`*\"(]*[\w’'./-]+(?:\(\))?[`*\"),;:.!?]*")
_WORDY = re.compile(r"[\w’'`*.-]+(?:[,;:]? [\w’'`*.-]+){2,}[,;:.!?]?")
_STATEMENTS = frozenset(
    {
        "from",
        "import",
        "return",
        "raise",
        "assert",
        "if",
        "elif",
        "else",
        "while",
        "for",
        "del",
        "not",
        "yield",
        "global",
        "nonlocal",
        "with",
        "lambda",
        "await",
        "async",
        "class",
        "def",
        "pass",
        "use",
        "namespace",
        "new",
        "throw",
        "print",
        "echo",
        "public",
        "private",
        "static",
        "const",
        "let",
        "var",
    }
)


@dataclass(frozen=True, slots=True)
class _Block:
    tag: str
    code: str

    @property
    def rank(self) -> tuple[bool, int]:
        return self.tag not in _NOT_CODE, len(self.code)


def code_from_answer(text: str) -> str | None:
    """The code of the largest block, or of the whole text without prose around it; None if there is none.

    A fence that never closes is an answer that was cut off: None. Code in a fence keeps its last line end.
    """
    text = _THINKING.sub("", text, count=1)
    if _OPEN_THINKING.match(text):
        return None
    one_line = _ONE_LINE.match(text.strip())
    if one_line:
        return _without_tag(one_line["code"])
    lines = _lines(text)
    if _starts_as_code(lines):
        return _unfenced(lines)
    blocks = _blocks(lines)
    if blocks is None:
        return None
    return _chosen(blocks) if blocks else _unfenced(lines)


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+$", text)


def _starts_as_code(lines: Sequence[str]) -> bool:
    first = next((line for line in lines if line.strip()), "")
    return bool(_CODE_START.match(first.rstrip()))


def _blocks(lines: Sequence[str]) -> list[_Block] | None:
    """All closed blocks in order; None if one never closes."""
    found: list[_Block] = []
    position = 0
    while position < len(lines):
        opening = _OPENING.match(lines[position].rstrip("\r\n"))
        position += 1
        if opening is None:
            continue
        end = _end(lines, position, opening["fence"])
        if end is None:
            return None
        found.append(_Block(opening["tag"].lower(), _dedented(lines[position:end], opening["before"])))
        position = end + 1
    return found


def _end(lines: Sequence[str], start: int, fence: str) -> int | None:
    """Index of the line that closes a block: the first one outside of strings, else the first one."""
    first = None
    for end in islice(_closings(lines, start, fence), _MOST_FENCES_IN_A_STRING):
        if not _in_string("".join(lines[start:end])):
            return end
        first = end if first is None else first
    return first


def _closings(lines: Sequence[str], start: int, fence: str) -> Iterator[int]:
    """Lines that may close a block; a fence with a language opens an inner block, which closes first."""
    depth = 0
    for index in range(start, len(lines)):
        line = lines[index].rstrip("\r\n")
        closing = _CLOSING.match(line)
        if closing and closing["fence"].startswith(fence):
            if depth == 0:
                yield index
            depth = max(0, depth - 1)
        elif _opens_inner(line, fence):
            depth += 1


def _opens_inner(line: str, fence: str) -> bool:
    opening = _OPENING.match(line)
    return opening is not None and opening["fence"].startswith(fence) and bool(opening["tag"])


def _in_string(code: str) -> bool:
    return code.count('"""') % 2 == 1 or code.count("'''") % 2 == 1


def _dedented(lines: Sequence[str], before: str) -> str:
    indent = len(before) if not before.strip() else 0
    return "".join(line[min(indent, len(line) - len(line.lstrip(" \t"))) :] for line in lines)


def _chosen(blocks: Sequence[_Block]) -> str | None:
    best = max(blocks, key=lambda block: block.rank)
    if best.tag in _WRAPPERS:
        return code_from_answer(best.code)
    if best.tag in _NOT_CODE or not best.code.strip():
        return None
    return best.code


def _without_tag(code: str) -> str | None:
    tag, _, rest = code.partition(" ")
    code = rest if tag.lower() in _LANGUAGES and rest.strip() else code
    return code if code.strip() and not _is_prose(code) else None


def _unfenced(lines: Sequence[str]) -> str | None:
    """The text without prose before the first and after the last line of code; None if prose is all."""
    first = next((i for i, line in enumerate(lines) if line.strip() and not _is_prose(line)), len(lines))
    kept = list(lines[first:])
    while (last := _last_line(kept)) is not None and _is_prose(kept[last]) and not kept[last][0].isspace():
        del kept[last:]
        while kept and not kept[-1].strip():
            kept.pop()
    filled = [line for line in kept if line.strip()]
    wordy = sum(1 for line in filled if _is_wordy(line))
    return "".join(kept) if filled and wordy * 2 <= len(filled) else None


def _last_line(lines: Sequence[str]) -> int | None:
    return next((i for i in range(len(lines) - 1, -1, -1) if lines[i].strip()), None)


def _is_wordy(line: str) -> bool:
    words = line.split()
    return words[0] not in _STATEMENTS and _WORDY.fullmatch(" ".join(words)) is not None


def _is_prose(line: str) -> bool:
    first, *rest = line.split() or [""]
    if len(rest) >= 2 and _FIRST_WORD.fullmatch(first):
        return all(_WORD.fullmatch(word) for word in rest)
    return _REMARK.match(line.strip() + " ") is not None
