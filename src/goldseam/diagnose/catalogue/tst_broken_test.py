"""TST.BROKEN_TEST: the test itself is broken."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.TST_BROKEN_TEST,
    title="The test itself is broken",
    cause=(
        "A test fails before it tests anything: it does not parse, imports what is gone, or misses a fixture."
    ),
    hint="mend the test; `heal` never edits one",
    found_by={
        "python": (
            "no analyzer names it by itself yet; `heal` declines with the reason `protected`, or "
            "finds no fault in what it may edit"
        ),
        "javascript": (
            "no analyzer names it by itself yet; `heal` declines with the reason `protected`, or "
            "finds no fault in what it may edit"
        ),
        "php": (
            "no analyzer names it by itself yet; `heal` declines with the reason `protected`, or "
            "finds no fault in what it may edit"
        ),
    },
    examples=(
        Example(
            language="python",
            broken="""\
def area(width, height):
    return width * height


def test_area():
    assert areas(3, 4) == 12


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
assert.equals(area(3, 4), 12);
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
expect(area(3, 4) === 12);
""",
            mended="""\
<?php
function area($width, $height) {
    return $width * $height;
}
assert(area(3, 4) === 12);
""",
        ),
    ),
    rungs=(),
    unserved="tests belong to what judges a repair, so they are never edited",
)
