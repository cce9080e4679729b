"""SYN.UNOPENED_STRING: a string has no opening quote."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SYN_UNOPENED_STRING,
    title="A string has no opening quote",
    cause=(
        "The first quote was lost. The words of the text are then read as names, and the last quote "
        "opens a string."
    ),
    hint="open the string with `{expected}` before its first word",
    found_by={
        "python": "the compiler reports the last quote; the words before it do not form an expression",
        "javascript": "the line's quotes are odd and the words before the last one form no expression",
        "php": "the last quote opens a string over later lines; the words before it form no expression",
    },
    examples=(
        Example(
            language="python",
            broken="""\
print(Good morning')
""",
            mended="""\
print('Good morning')
""",
        ),
        Example(
            language="javascript",
            broken="""\
console.log(Good morning");
""",
            mended="""\
console.log("Good morning");
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
echo Good morning";
""",
            mended="""\
<?php
echo "Good morning";
""",
        ),
    ),
    untemplated="it is mended by the rung of syntax",
)
