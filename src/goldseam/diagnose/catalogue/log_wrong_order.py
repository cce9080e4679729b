"""LOG.WRONG_ORDER: the right steps in the wrong order."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.LOG_WRONG_ORDER,
    title="The right steps in the wrong order",
    cause=(
        "A value is read before it is updated, a check comes after the act, arguments or conditions "
        "are swapped."
    ),
    hint="put `{name}` before `{expected}`",
    found_by={
        "python": (
            "no analyzer names it by itself yet; the function is named by its failing tests, or its "
            "line by coverage"
        ),
        "javascript": (
            "no analyzer names it by itself yet; the function is named by its failing tests, or its "
            "line by coverage"
        ),
        "php": "no analyzer names it by itself yet; the wrong output is named as LOG.WRONG_OUTPUT",
    },
    examples=(
        Example(
            language="python",
            broken="""\
def grade(points):
    if points >= 50:
        return "pass"
    if points >= 90:
        return "honours"
    return "fail"


print(grade(95))
""",
            mended="""\
def grade(points):
    if points >= 90:
        return "honours"
    if points >= 50:
        return "pass"
    return "fail"


print(grade(95))
""",
        ),
        Example(
            language="javascript",
            broken="""\
let balance = 10;
const shown = `${balance} left`;
balance -= 3;
console.log(shown);
""",
            mended="""\
let balance = 10;
balance -= 3;
const shown = `${balance} left`;
console.log(shown);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$balance = 10;
$shown = "$balance left";
$balance -= 3;
echo $shown;
""",
            mended="""\
<?php
$balance = 10;
$balance -= 3;
$shown = "$balance left";
echo $shown;
""",
        ),
    ),
    untemplated="nothing in the failure tells which order is meant",
)
