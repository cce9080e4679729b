"""SYN.ASSIGNMENT_FOR_COMPARISON: `=` where values are compared."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SYN_ASSIGNMENT_FOR_COMPARISON,
    title="`=` where values are compared",
    cause=(
        "One equals sign assigns, two compare. Where the left side cannot be assigned to, the file "
        "does not parse."
    ),
    hint="compare with `{expected}`",
    found_by={
        "python": "the compiler suggests `==`; a condition holds a single `=`",
        "javascript": "V8 reports an invalid left side of an assignment inside a condition",
        "php": "the tokenizer stops at `=` after a value that cannot be assigned to",
    },
    examples=(
        Example(
            language="python",
            broken="""\
count = 3
if count = 3:
    print("three")
""",
            mended="""\
count = 3
if count == 3:
    print("three")
""",
        ),
        Example(
            language="javascript",
            broken="""\
const count = 3;
if (3 = count) {
  console.log("three");
}
""",
            mended="""\
const count = 3;
if (3 === count) {
  console.log("three");
}
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$count = 3;
if (3 = $count) {
    echo "three";
}
""",
            mended="""\
<?php
$count = 3;
if (3 === $count) {
    echo "three";
}
""",
        ),
    ),
    place="if_statement",
    untemplated="it is mended by the rung of syntax",
)
