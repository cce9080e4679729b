"""SYN.MISSING_COMMA: a comma is missing."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SYN_MISSING_COMMA,
    title="A comma is missing",
    cause=(
        "Two values of a list, a call or a mapping stand side by side. Adding an element at the end "
        "of a list over several lines is the usual way to get there."
    ),
    hint="put a `{expected}` between the two values",
    found_by={
        "python": (
            "the compiler suggests a forgotten comma; the tokens show two values in one bracket with "
            "nothing between them"
        ),
        "javascript": "V8 stops at the second value; inside a bracket two values follow each other",
        "php": "the tokenizer stops at the second value; inside a bracket two values follow each other",
    },
    examples=(
        Example(
            language="python",
            broken="""\
sizes = [
    10,
    20
    30,
]
print(sizes)
""",
            mended="""\
sizes = [
    10,
    20,
    30,
]
print(sizes)
""",
        ),
        Example(
            language="javascript",
            broken="""\
const size = { width: 10 height: 20 };
console.log(size.height);
""",
            mended="""\
const size = { width: 10, height: 20 };
console.log(size.height);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$sizes = ["s" => 10 "m" => 20];
echo $sizes["m"];
""",
            mended="""\
<?php
$sizes = ["s" => 10, "m" => 20];
echo $sizes["m"];
""",
        ),
    ),
    untemplated="it is mended by the rung of syntax",
)
