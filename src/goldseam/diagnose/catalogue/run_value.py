"""RUN.VALUE: a value of the right type that the call does not accept."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.RUN_VALUE,
    title="A value of the right type that the call does not accept",
    cause=(
        "A text that is no number, a negative count, a date that does not exist: input that was not checked."
    ),
    hint="pass a value that the call accepts, or handle the one that it does not",
    found_by={
        "python": "ValueError of a run, with the value in the frame",
        "javascript": "RangeError or SyntaxError of a run (`JSON.parse`, `new Array`)",
        "php": "ValueError or an exception of a run",
    },
    examples=(
        Example(
            language="python",
            broken="""\
print(int("12 pieces"))
""",
            mended="""\
print(int("12 pieces".split()[0]))
""",
        ),
        Example(
            language="javascript",
            broken="""\
console.log(JSON.parse("{count: 3}").count);
""",
            mended="""\
console.log(JSON.parse('{"count": 3}').count);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
echo str_repeat("-", 3 - 5);
""",
            mended="""\
<?php
echo str_repeat("-", max(0, 3 - 5)), "|";
""",
        ),
    ),
    templates=("read_value",),
)
