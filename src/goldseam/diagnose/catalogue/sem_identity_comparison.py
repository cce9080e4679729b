"""SEM.IDENTITY_COMPARISON: being equal is not being the same object."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SEM_IDENTITY_COMPARISON,
    title="Being equal is not being the same object",
    cause="`is` in Python, `===` on objects elsewhere: two equal values are two objects.",
    hint="compare the values: `{expected}`",
    found_by={
        "python": "ruff (F632) and own rule: `is` with a literal or between values",
        "javascript": (
            "no analyzer names it by itself yet; the wrong output or the failing function is named, "
            "with its suspicious lines"
        ),
        "php": "no analyzer names it by itself yet; the wrong output is named",
    },
    examples=(
        Example(
            language="python",
            broken="""\
first = [1, 2]
second = [1, 2]
print("same" if first is second else "different")
""",
            mended="""\
first = [1, 2]
second = [1, 2]
print("same" if first == second else "different")
""",
        ),
        Example(
            language="javascript",
            broken="""\
const found = [];
console.log(found === [] ? "nothing" : "something");
""",
            mended="""\
const found = [];
console.log(found.length === 0 ? "nothing" : "something");
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$first = new DateTime("2024-05-01");
$second = new DateTime("2024-05-01");
echo $first === $second ? "same" : "different";
""",
            mended="""\
<?php
$first = new DateTime("2024-05-01");
$second = new DateTime("2024-05-01");
echo $first == $second ? "same" : "different";
""",
        ),
    ),
    templates=("diagnosis",),
)
