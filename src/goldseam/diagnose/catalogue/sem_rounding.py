"""SEM.ROUNDING: rounded too early."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SEM_ROUNDING,
    title="Rounded too early",
    cause=(
        "Every line is rounded before they are added up, or a fraction is cut off inside a sum: "
        "small errors add up."
    ),
    hint="add up exactly and round once, at the end",
    found_by={
        "python": "`round` or `int` inside a sum or loop whose result is used as a total",
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
shares = [0.333, 0.333, 0.334] * 10
print(round(sum(round(share, 2) for share in shares), 2))
""",
            mended="""\
shares = [0.333, 0.333, 0.334] * 10
print(round(sum(shares), 2))
""",
        ),
        Example(
            language="javascript",
            broken="""\
const shares = Array(30).fill(1 / 3);
console.log(shares.reduce((sum, share) => sum + Math.round(share), 0));
""",
            mended="""\
const shares = Array(30).fill(1 / 3);
console.log(Math.round(shares.reduce((sum, share) => sum + share, 0)));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$sum = 0;
for ($i = 0; $i < 30; $i++) {
    $sum += round(1 / 3);
}
echo $sum;
""",
            mended="""\
<?php
$sum = 0;
for ($i = 0; $i < 30; $i++) {
    $sum += 1 / 3;
}
echo round($sum);
""",
        ),
    ),
    templates=("late_rounding",),
)
