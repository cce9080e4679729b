"""TYP.MISMATCH: a value is not of the type that the operation takes."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.TYP_MISMATCH,
    title="A value is not of the type that the operation takes",
    cause=(
        "A text where a number is needed, a list where one value is: often read from a file, a form "
        "or a variable of the environment and never converted."
    ),
    hint="convert the value where it comes from, or use the operation of its type",
    found_by={
        "python": (
            "TypeError of a run, with the values of the frame traced back to where they were "
            "assigned; ty without one"
        ),
        "javascript": "TypeError of a run; the TypeScript service without one, where types are known",
        "php": 'TypeError of a run ("unsupported operand types")',
    },
    examples=(
        Example(
            language="python",
            broken="""\
count = "3"
print(count + 1)
""",
            mended="""\
count = int("3")
print(count + 1)
""",
        ),
        Example(
            language="javascript",
            broken="""\
const cents = 300n;
console.log(String(cents + 1));
""",
            mended="""\
const cents = 300n;
console.log(String(cents + 1n));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$sizes = [1, 2];
echo $sizes + 1;
""",
            mended="""\
<?php
$sizes = [1, 2];
echo array_sum($sizes) + 1;
""",
        ),
    ),
    templates=("diagnosis", "converted_value", "php_values"),
)
