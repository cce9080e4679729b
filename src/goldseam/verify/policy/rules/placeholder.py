"""'Rest of the code' in place of the code."""

import re
from collections.abc import Iterator

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Example, Objection, Rule, reject

_THING = r"(?:code|file|function|method|class|implementation|logic|body|script|module|program)"
_PLACEHOLDER = re.compile(
    r"(?:#|//|/\*|\*|<!--|--|;)\s*\W*(?:"
    rf"(?:the |your |my )?(?:rest|remainder|remaining)\b.{{0,24}}\b{_THING}s?\b"
    rf"|(?:the |your )?(?:existing|original|previous|other|same|old) (?:\w+ )?{_THING}s?"
    r" (?:\w+ )?(?:here|goes|remains?|stays?|unchanged|as is|continues?)\b"
    rf"|(?:\.\.\.|…)\s*(?:the |your )?(?:existing|original|previous|other|same|rest|remaining)\b"
    rf"|(?:your|actual|real|more|add) (?:\w+ )?{_THING} (?:goes )?here\b"
    rf"|(?:todo|fixme)\W+(?:implement|add (?:the )?(?:{_THING})|complete|finish|fill in)\b"
    rf"|{_THING}s? (?:remains?|stays?|is|are|left) (?:the same|unchanged|omitted|as is|as before)\b"
    r"|(?:unchanged|omitted|truncated|snipped?|elided)(?: for (?:brevity|clarity))?\W*$"
    r"|implementation (?:omitted|goes here|unchanged)"
    r"|(?:same|unchanged|as) (?:as )?(?:before|above|original)\W*$"
    r"|(?:\.\.\.|…)\s*(?:\*/|-->)?\s*$"
    r")",
    re.IGNORECASE,
)


def check(change: FileChange, _: Context) -> Iterator[Objection]:
    """Added comments that stand for code."""
    known = {text.strip() for text in change.old.split("\n")}
    for line, text in change.added:
        if text.strip() not in known and _PLACEHOLDER.search(text):
            yield reject(line, f"a placeholder stands where code should be: {text.strip()[:80]}")


_OLD = "def f(x):\n    y = x + 1\n    return y\n"
RULE = Rule(
    "placeholder",
    check,
    hits=(
        Example(_OLD, "def f(x):\n    # ... rest of the code ...\n    return x\n"),
        Example(_OLD, "def f(x):\n    # existing code remains unchanged\n    return x\n"),
        Example(_OLD, "def f(x):\n    # TODO: implement\n    return x\n"),
        Example(_OLD, "def f(x):\n    # ...\n    return x\n"),
        Example("let a = 1\n", "// rest of your code here\n", path="a.js"),
        Example("$a = 1;\n", "/* ... existing code ... */\n", path="a.php"),
    ),
    misses=(
        Example(_OLD, "def f(x):\n    # the rest of the values is added here\n    return x + 1\n"),
        Example(_OLD, "def f(x):\n    y = x + 1  # one more than before, see above\n    return y\n"),
        Example(_OLD, "def f(x):\n    # Existing files are kept.\n    return x + 1\n"),
        Example(_OLD, "def f(*rest):\n    return rest\n"),
    ),
)
