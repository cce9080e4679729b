"""Code that is turned into a comment or a string instead of being repaired."""

import ast
import re
from collections.abc import Iterator

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Example, Objection, Rule, reject
from goldseam.verify.policy.trees import line_of, surplus

_COMMENT = re.compile(r"^\s*(?:#+|//+|/\*+|\*|--|;+|<!--)\s?(.*?)\s*(?:\*/|-->)?\s*$")
_CODE = re.compile(
    r"[\w)\]]\s*[(=\[]|^\s*(?:return|raise|assert|import|from|del|yield|await)\b|^@\w|[;{}]\s*$"
)


def check(change: FileChange, _: Context) -> Iterator[Objection]:
    """Removed lines of code that come back as comment, docstring or bare string."""
    present = {line.strip() for line in change.new.split("\n")}
    gone = {text.strip() for _, text in change.removed}
    gone = {text for text in gone if text not in present and _CODE.search(text)}
    for line, text in change.added:
        match = _COMMENT.match(text)
        if match and _bare(match[1]) in {_bare(code) for code in gone}:
            yield reject(line, f"code is commented out: {match[1].strip()}")
    for bare in _new_strings(change):
        inside = {part.strip() for part in str(ast.literal_eval(bare.value)).split("\n")}
        kept = {part.strip() for part in _outside(change, bare)}
        if hidden := sorted((inside & _code_lines(change)) - kept):
            yield reject(line_of(bare), f"code is turned into a string: {hidden[0]}")


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text).rstrip(";")


def _strings(nodes: Iterator[ast.AST]) -> list[ast.Expr]:
    statements = [node for node in nodes if isinstance(node, ast.Expr)]
    return [s for s in statements if isinstance(s.value, ast.Constant) and isinstance(s.value.value, str)]


def _new_strings(change: FileChange) -> list[ast.Expr]:
    """Bare strings that the old text did not have as strings."""
    new = _strings(change.new_nodes())
    if change.was_broken:
        return [bare for bare in new if (ast.get_source_segment(change.new, bare) or "") not in change.old]
    return surplus(_strings(change.old_nodes()), new, ast.unparse)


def _code_lines(change: FileChange) -> set[str]:
    """Lines of the old code that are not text already."""
    lines = {line.strip() for line in change.old.split("\n") if _CODE.search(line.strip())}
    nodes = [] if change.was_broken else change.old_nodes()
    texts = [str(node.value) for node in nodes if isinstance(node, ast.Constant)]
    return lines - {line.strip() for text in texts for line in text.split("\n")}


def _outside(change: FileChange, text: ast.Expr) -> list[str]:
    lines = change.new.split("\n")
    return lines[: text.lineno - 1] + lines[text.end_lineno or text.lineno :]


_OLD = "def f(rows):\n    rows = clean(rows)\n    return total(rows)\n"
RULE = Rule(
    "commented-out code",
    check,
    hits=(
        Example(_OLD, _OLD.replace("    rows = ", "    # rows = ")),
        Example(_OLD, _OLD.replace("    rows = clean(rows)\n", "    #rows=clean(rows)\n    pass\n")),
        Example(_OLD, _OLD.replace("    rows = clean(rows)", '    """\n    rows = clean(rows)\n    """')),
        Example(
            "a = g(1)\nb = f(a\nprint(a)\n",
            'a = g(1)\n"""\nb = f(a\n"""\nprint(a)\n',
        ),
        Example("a = f(1);\n", "// a = f(1);\n", path="job.js"),
    ),
    misses=(
        Example(_OLD, _OLD.replace("    rows = ", "    # Rows may hold blanks.\n    rows = ")),
        Example(
            _OLD, _OLD.replace("    rows = clean(rows)", "    # rows = clean(rows)\n    rows = clean(rows)")
        ),
        Example(
            'def f():\n    """Docs.\n\n    a = f(1)\n    """\n    return 1\n',
            'def f():\n    """Docs, better.\n\n    a = f(1)\n    """\n    return 2\n',
        ),
        Example("# a = f(1)\nb = 2\n", "# a = f(1)\nb = 3\n"),
        Example("# a = f(1)\na = f(2)\n", "# a = f(1)\na = f(3)\n"),
    ),
)
