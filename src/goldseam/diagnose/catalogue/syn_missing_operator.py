"""SYN.MISSING_OPERATOR: an operator is missing."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SYN_MISSING_OPERATOR,
    title="An operator is missing",
    cause=(
        "Two operands stand side by side and nothing says what to do with them: a `+`, `=`, `.` or a "
        "comparison was lost."
    ),
    hint="put the operator between the two operands",
    found_by={
        "python": (
            "the compiler stops at the second operand; the tokens show two values outside brackets "
            "with nothing between them"
        ),
        "javascript": "V8 stops at the second operand on the same line",
        "php": "the tokenizer stops at the second operand; two values follow each other",
    },
    examples=(
        Example(
            language="python",
            broken="""\
price = 5
total = price 2
print(total)
""",
            mended="""\
price = 5
total = price * 2
print(total)
""",
        ),
        Example(
            language="javascript",
            broken="""\
const price = 5;
const total price * 2;
console.log(total);
""",
            mended="""\
const price = 5;
const total = price * 2;
console.log(total);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$name = "Ada";
echo "Hello " $name;
""",
            mended="""\
<?php
$name = "Ada";
echo "Hello " . $name;
""",
        ),
    ),
    untemplated="it is mended by the rung of syntax",
)
