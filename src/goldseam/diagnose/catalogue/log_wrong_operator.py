"""LOG.WRONG_OPERATOR: the wrong operator."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.LOG_WRONG_OPERATOR,
    title="The wrong operator",
    cause="`+` for `-`, `and` for `or`, `/` for `//`: the operands are right.",
    hint="use `{expected}` instead of `{name}`",
    found_by={
        "python": (
            "the line is suspicious by coverage; expected and got fit another operator on the same operands"
        ),
        "javascript": (
            "no analyzer names it by itself yet; the wrong output or the failing function is named, "
            "with its suspicious lines"
        ),
        "php": "expected and got fit another operator on the same operands",
    },
    examples=(
        Example(
            language="python",
            broken="""\
price, discount = 100, 20
print(price + discount)
""",
            mended="""\
price, discount = 100, 20
print(price - discount)
""",
        ),
        Example(
            language="javascript",
            broken="""\
const [price, discount] = [100, 20];
console.log(price + discount);
""",
            mended="""\
const [price, discount] = [100, 20];
console.log(price - discount);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$price = 100;
$discount = 20;
echo $price + $discount;
""",
            mended="""\
<?php
$price = 100;
$discount = 20;
echo $price - $discount;
""",
        ),
    ),
    templates=("php_values",),
)
