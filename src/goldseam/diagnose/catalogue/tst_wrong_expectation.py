"""TST.WRONG_EXPECTATION: the test expects something wrong."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.TST_WRONG_EXPECTATION,
    title="The test expects something wrong",
    cause=(
        "The code does what it should, and the test states something else: a slip, or a rule that "
        "has changed since."
    ),
    hint="decide which is right, the code or the test; `heal` never edits a test",
    found_by={
        "python": (
            "no analyzer names it by itself yet; a failed assertion counts against the code under "
            "test until a person says otherwise"
        ),
        "javascript": (
            "no analyzer names it by itself yet; a failed assertion counts against the code under "
            "test until a person says otherwise"
        ),
        "php": (
            "no analyzer names it by itself yet; a failed assertion counts against the code under "
            "test until a person says otherwise"
        ),
    },
    examples=(
        Example(
            language="python",
            broken="""\
def area(width, height):
    return width * height


def test_area():
    assert area(3, 4) == 7


test_area()
""",
            mended="""\
def area(width, height):
    return width * height


def test_area():
    assert area(3, 4) == 12


test_area()
""",
        ),
        Example(
            language="javascript",
            broken="""\
const assert = require("node:assert");
const area = (width, height) => width * height;
assert.equal(area(3, 4), 7);
""",
            mended="""\
const assert = require("node:assert");
const area = (width, height) => width * height;
assert.equal(area(3, 4), 12);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
function area($width, $height) {
    return $width * $height;
}
if (area(3, 4) !== 7) {
    throw new Exception("area is wrong");
}
""",
            mended="""\
<?php
function area($width, $height) {
    return $width * $height;
}
if (area(3, 4) !== 12) {
    throw new Exception("area is wrong");
}
""",
        ),
    ),
    rungs=(),
    unserved="tests say what is right, so they are never edited; a person decides",
)
