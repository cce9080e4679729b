"""SYN.LOOKALIKE_CHARACTER: a character that only looks like code."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SYN_LOOKALIKE_CHARACTER,
    title="A character that only looks like code",
    cause=(
        "Curly quotes, long dashes, full-width brackets or invisible spaces came along from a "
        "document, a chat or a page."
    ),
    hint="replace `{name}` by `{expected}`",
    found_by={
        "python": "the character's Unicode name; replaced by its ASCII counterpart the line parses",
        "javascript": "the character's Unicode name; replaced by its ASCII counterpart the line parses",
        "php": "PHP takes such bytes for letters; replaced by its ASCII counterpart the line parses",
    },
    examples=(
        Example(
            language="python",
            broken="""\
print(“Good morning”)
""",
            mended="""\
print("Good morning")
""",
        ),
        Example(
            language="javascript",
            broken="""\
console.log(“Good morning”);
""",
            mended="""\
console.log("Good morning");
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
echo “Good morning”;
""",
            mended="""\
<?php
echo "Good morning";
""",
        ),
    ),
    untemplated="it is mended by the rung of syntax",
)
