"""LOG.WRONG_CONSTANT: a wrong number or text."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.LOG_WRONG_CONSTANT,
    title="A wrong number or text",
    cause="A constant is off: a rate, a divisor, a starting value, a separator.",
    hint="use the value that the expected result asks for",
    found_by={
        "python": (
            "the line is suspicious by coverage; expected and got differ by a constant factor or summand"
        ),
        "javascript": (
            "the line is suspicious by coverage; expected and got differ by a constant factor or summand"
        ),
        "php": "no analyzer names it by itself yet; the wrong output is named",
    },
    examples=(
        Example(
            language="python",
            broken="""\
def minutes(hours):
    return hours * 24


print(minutes(2))
""",
            mended="""\
def minutes(hours):
    return hours * 60


print(minutes(2))
""",
        ),
        Example(
            language="javascript",
            broken="""\
const minutes = (hours) => hours * 24;
console.log(minutes(2));
""",
            mended="""\
const minutes = (hours) => hours * 60;
console.log(minutes(2));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
echo 2 * 24, " minutes";
""",
            mended="""\
<?php
echo 2 * 60, " minutes";
""",
        ),
    ),
    templates=("diagnosis",),
)
