"""RUN.KEY: a key that the mapping does not have."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example, Proof

ENTRY = Entry(
    code=Code.RUN_KEY,
    title="A key that the mapping does not have",
    cause=(
        "The entry was never made, was removed, or belongs to another mapping; no key of the mapping is near."
    ),
    hint="use a key that the mapping has, or handle a missing one",
    found_by={
        "python": "KeyError of a run, with the mapping's keys",
        "javascript": "no error by itself: `undefined`, traced back to the lookup",
        "php": '"Undefined array key" of a run; OutOfBoundsException of collections',
    },
    examples=(
        Example(
            language="python",
            broken="""\
stock = {"bolt": 3}
print(stock["nut"])
""",
            mended="""\
stock = {"bolt": 3}
print(stock.get("nut", 0))
""",
        ),
        Example(
            language="javascript",
            broken="""\
const stock = new Map([["bolt", { count: 3 }]]);
console.log(stock.get("nut").count);
""",
            mended="""\
const stock = new Map([["bolt", { count: 3 }]]);
console.log(stock.get("nut")?.count ?? 0);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$stock = ["bolt" => 3];
echo "left: " . @$stock["nut"];
""",
            mended="""\
<?php
$stock = ["bolt" => 3];
echo "left: " . ($stock["nut"] ?? 0);
""",
            proof=Proof.PRINTS,
        ),
    ),
    templates=("missing_entry", "php_values"),
)
