"""SEM.TEXT_ORDER: numbers are ordered as texts."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SEM_TEXT_ORDER,
    title="Numbers are ordered as texts",
    cause='`"10"` comes before `"9"` in the order of texts: numbers were read as text and never converted.',
    hint="order by the number, not by its digits",
    found_by={
        "python": "`sorted`, `max` or a comparison over texts that hold digits",
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
versions = ["9", "10", "2"]
print(sorted(versions))
""",
            mended="""\
versions = ["9", "10", "2"]
print(sorted(versions, key=int))
""",
        ),
        Example(
            language="javascript",
            broken="""\
console.log([9, 10, 2].sort().join(" "));
""",
            mended="""\
console.log([9, 10, 2].sort((a, b) => a - b).join(" "));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$versions = ["9", "10", "2"];
sort($versions, SORT_STRING);
echo implode(" ", $versions);
""",
            mended="""\
<?php
$versions = ["9", "10", "2"];
sort($versions, SORT_NUMERIC);
echo implode(" ", $versions);
""",
        ),
    ),
    templates=("text_order",),
)
