"""SEM.UNIT_MIX: two units are mixed."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SEM_UNIT_MIX,
    title="Two units are mixed",
    cause=(
        "Cents and whole amounts, seconds and milliseconds, metres and feet meet in one expression "
        "without a conversion."
    ),
    hint="convert to one unit before you combine them",
    found_by={
        "python": (
            "names that carry different units (`_cents`, `_ms`, `_seconds`) meet in a sum, a "
            "comparison or an argument"
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
price_cents = 250
shipping = 4
print(price_cents + shipping)
""",
            mended="""\
price_cents = 250
shipping = 4
print(price_cents + shipping * 100)
""",
        ),
        Example(
            language="javascript",
            broken="""\
const waitedMs = 2500;
const limitSeconds = 3;
console.log(waitedMs > limitSeconds);
""",
            mended="""\
const waitedMs = 2500;
const limitSeconds = 3;
console.log(waitedMs > limitSeconds * 1000);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$price_cents = 250;
$shipping = 4;
echo $price_cents + $shipping;
""",
            mended="""\
<?php
$price_cents = 250;
$shipping = 4;
echo $price_cents + $shipping * 100;
""",
        ),
    ),
    untemplated="either side may be in the wrong unit",
)
