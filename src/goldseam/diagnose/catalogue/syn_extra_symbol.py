"""SYN.EXTRA_SYMBOL: a symbol stands where none belongs."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SYN_EXTRA_SYMBOL,
    title="A symbol stands where none belongs",
    cause="A doubled comma, operator or stray character: a slip of the keyboard or the rest of a deletion.",
    hint="remove `{name}`",
    found_by={
        "python": "without this one token the file parses",
        "javascript": "without this one token the file parses",
        "php": "without this one token the file parses",
    },
    examples=(
        Example(
            language="python",
            broken="""\
print(max(3,, 4))
""",
            mended="""\
print(max(3, 4))
""",
        ),
        Example(
            language="javascript",
            broken="""\
console.log(Math.max(3,, 4));
""",
            mended="""\
console.log(Math.max(3, 4));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
echo max(3,, 4);
""",
            mended="""\
<?php
echo max(3, 4);
""",
        ),
    ),
    untemplated="it is mended by the rung of syntax",
)
