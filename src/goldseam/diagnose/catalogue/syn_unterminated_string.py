"""SYN.UNTERMINATED_STRING: a string is never closed."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SYN_UNTERMINATED_STRING,
    title="A string is never closed",
    cause="The closing quote is missing, or is another kind of quote. All that follows is taken for text.",
    hint="close the string with `{expected}`",
    found_by={
        "python": "the compiler names the line; the tokens show where text ends and code begins again",
        "javascript": "V8 stops at the line's end; the shape of the text shows where the string should end",
        "php": "the string runs into later lines; the tokenizer stops where it finds the next quote",
    },
    examples=(
        Example(
            language="python",
            broken="""\
name = 'Ada
print(name)
""",
            mended="""\
name = 'Ada'
print(name)
""",
        ),
        Example(
            language="javascript",
            broken="""\
const name = "Ada;
console.log(name);
""",
            mended="""\
const name = "Ada";
console.log(name);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$name = "Ada;
echo $name;
""",
            mended="""\
<?php
$name = "Ada";
echo $name;
""",
        ),
    ),
    untemplated="it is mended by the rung of syntax",
)
