"""LOG.WRONG_VARIABLE: the wrong variable."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.LOG_WRONG_VARIABLE,
    title="The wrong variable",
    cause=(
        "A variable of the same kind stands where another was meant: the outer for the inner, the "
        "old for the new, width for height."
    ),
    hint="use `{expected}` instead of `{name}`",
    found_by={
        "python": (
            "the line is suspicious by coverage; another variable in scope fits, and one is assigned "
            "and never used"
        ),
        "javascript": (
            "no analyzer names it by itself yet; the wrong output or the failing function is named, "
            "with its suspicious lines"
        ),
        "php": "no analyzer names it by itself yet; the wrong output is named",
    },
    examples=(
        Example(
            language="python",
            broken="""\
def area(width, height):
    return width * width


print(area(3, 4))
""",
            mended="""\
def area(width, height):
    return width * height


print(area(3, 4))
""",
        ),
        Example(
            language="javascript",
            broken="""\
const area = (width, height) => width * width;
console.log(area(3, 4));
""",
            mended="""\
const area = (width, height) => width * height;
console.log(area(3, 4));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
function area($width, $height) {
    return $width * $width;
}
echo area(3, 4);
""",
            mended="""\
<?php
function area($width, $height) {
    return $width * $height;
}
echo area(3, 4);
""",
        ),
    ),
    templates=("diagnosis",),
)
