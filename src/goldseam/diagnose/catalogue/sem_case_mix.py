"""SEM.CASE_MIX: the same word in different case."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SEM_CASE_MIX,
    title="The same word in different case",
    cause=(
        "One side writes a code in upper case, the other in lower case; comparing or looking it up "
        "finds nothing."
    ),
    hint="bring both sides to one case before they are compared",
    found_by={
        "python": (
            "text constants that differ by case alone, one produced and one compared or used as a "
            "key, across modules"
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
rates = {"STANDARD": 5, "EXPRESS": 9}
order = {"shipping": "express"}
print(rates.get(order["shipping"], 0))
""",
            mended="""\
rates = {"STANDARD": 5, "EXPRESS": 9}
order = {"shipping": "express"}
print(rates.get(order["shipping"].upper(), 0))
""",
        ),
        Example(
            language="javascript",
            broken="""\
const rates = { STANDARD: 5, EXPRESS: 9 };
const order = { shipping: "express" };
console.log(rates[order.shipping] ?? 0);
""",
            mended="""\
const rates = { STANDARD: 5, EXPRESS: 9 };
const order = { shipping: "express" };
console.log(rates[order.shipping.toUpperCase()] ?? 0);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$rates = ["STANDARD" => 5, "EXPRESS" => 9];
$order = ["shipping" => "express"];
echo $rates[$order["shipping"]] ?? 0;
""",
            mended="""\
<?php
$rates = ["STANDARD" => 5, "EXPRESS" => 9];
$order = ["shipping" => "express"];
echo $rates[strtoupper($order["shipping"])] ?? 0;
""",
        ),
    ),
    templates=("diagnosis",),
)
