"""NAM.UNDEFINED: a name that nothing defines."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.NAM_UNDEFINED,
    title="A name that nothing defines",
    cause=(
        "The name is used and nowhere given a value, not even under a similar name: the line that "
        "defined it was removed or never written."
    ),
    hint="define or import `{name}`, or use the name that is meant",
    found_by={
        "python": "NameError of a run; ruff (F821) and ty without one",
        "javascript": "ReferenceError of a run; the TypeScript service without one",
        "php": (
            '"undefined function", "class" or "constant" of a run; own checks on the parse tree without one'
        ),
    },
    examples=(
        Example(
            language="python",
            broken="""\
prices = [3, 4]
print(sum(prices) * tax_rate)
""",
            mended="""\
tax_rate = 2
prices = [3, 4]
print(sum(prices) * tax_rate)
""",
        ),
        Example(
            language="javascript",
            broken="""\
const prices = [3, 4];
console.log(prices.length * taxRate);
""",
            mended="""\
const taxRate = 2;
const prices = [3, 4];
console.log(prices.length * taxRate);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
echo apply_tax(4);
""",
            mended="""\
<?php
function apply_tax($price) {
    return $price * 2;
}
echo apply_tax(4);
""",
        ),
    ),
    templates=("script_names", "unused_name"),
)
