"""SYN.MISSING_SEPARATOR: two statements are not separated."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SYN_MISSING_SEPARATOR,
    title="Two statements are not separated",
    cause=(
        "A statement begins where another has not ended: the semicolon or the line end between them "
        "is missing."
    ),
    hint="end the statement before this one with `{expected}`",
    found_by={
        "python": (
            "the compiler stops at the second statement; the tokens show a new statement on the same line"
        ),
        "javascript": "V8 stops at the second statement, where no line end allows it to insert a semicolon",
        "php": (
            "the tokenizer stops at the first token of the next line; the line before it ends "
            "without a semicolon"
        ),
    },
    examples=(
        Example(
            language="python",
            broken="""\
width = 3 height = 4
print(width * height)
""",
            mended="""\
width = 3
height = 4
print(width * height)
""",
        ),
        Example(
            language="javascript",
            broken="""\
for (let i = 0; i < 3 i++) {
  console.log(i);
}
""",
            mended="""\
for (let i = 0; i < 3; i++) {
  console.log(i);
}
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$width = 3
$height = 4;
echo $width * $height;
""",
            mended="""\
<?php
$width = 3;
$height = 4;
echo $width * $height;
""",
        ),
    ),
    untemplated="it is mended by the rung of syntax",
)
