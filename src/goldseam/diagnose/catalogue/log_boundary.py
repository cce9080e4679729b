"""LOG.BOUNDARY: the case exactly at the limit is decided wrongly."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.LOG_BOUNDARY,
    title="The case exactly at the limit is decided wrongly",
    cause="`>` for `>=`, or the other way round: only the value at the limit itself shows it.",
    hint="decide whether the limit itself belongs to it: `{expected}`",
    found_by={
        "python": "only tests with a value equal to the limit fail; the comparison is on a suspicious line",
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
def ships_free(total):
    return total > 50


print(ships_free(50))
""",
            mended="""\
def ships_free(total):
    return total >= 50


print(ships_free(50))
""",
        ),
        Example(
            language="javascript",
            broken="""\
const shipsFree = (total) => total > 50;
console.log(shipsFree(50));
""",
            mended="""\
const shipsFree = (total) => total >= 50;
console.log(shipsFree(50));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$total = 50;
echo $total > 50 ? "free" : "5.00";
""",
            mended="""\
<?php
$total = 50;
echo $total >= 50 ? "free" : "5.00";
""",
        ),
    ),
    templates=("boundary",),
)
