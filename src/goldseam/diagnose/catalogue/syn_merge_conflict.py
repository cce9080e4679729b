"""SYN.MERGE_CONFLICT: marks of a merge conflict."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SYN_MERGE_CONFLICT,
    title="Marks of a merge conflict",
    cause=(
        "Version control could not join two changes and left both, between `<<<<<<<`, `=======` and "
        "`>>>>>>>`."
    ),
    hint="keep the side that is right and remove the marks",
    found_by={
        "python": "the three marks at the start of lines, in their order",
        "javascript": "the three marks at the start of lines, in their order",
        "php": "the three marks at the start of lines, in their order",
    },
    examples=(
        Example(
            language="python",
            broken="""\
<<<<<<< HEAD
RATE = 5
=======
RATE = 7
>>>>>>> feature
print(RATE)
""",
            mended="""\
RATE = 7
print(RATE)
""",
        ),
        Example(
            language="javascript",
            broken="""\
<<<<<<< HEAD
const rate = 5;
=======
const rate = 7;
>>>>>>> feature
console.log(rate);
""",
            mended="""\
const rate = 7;
console.log(rate);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
<<<<<<< HEAD
$rate = 5;
=======
$rate = 7;
>>>>>>> feature
echo $rate;
""",
            mended="""\
<?php
$rate = 7;
echo $rate;
""",
        ),
    ),
    untemplated="it is mended by the rung of syntax",
)
