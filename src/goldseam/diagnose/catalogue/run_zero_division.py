"""RUN.ZERO_DIVISION: a division by zero."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example, Proof

ENTRY = Entry(
    code=Code.RUN_ZERO_DIVISION,
    title="A division by zero",
    cause=(
        "The divisor is zero for some input: mostly the length of an empty list, or a count that never grew."
    ),
    hint="handle the case in which the divisor is zero",
    found_by={
        "python": "ZeroDivisionError of a run, with the divisor's value and where it came from",
        "javascript": (
            "no error: `NaN` or `Infinity` in the output, traced back to a division whose divisor is zero"
        ),
        "php": "DivisionByZeroError of a run",
    },
    examples=(
        Example(
            language="python",
            broken="""\
def mean(values):
    return sum(values) / len(values)


print(mean([]))
""",
            mended="""\
def mean(values):
    return sum(values) / len(values) if values else 0.0


print(mean([]))
""",
        ),
        Example(
            language="javascript",
            broken="""\
const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
console.log(mean([]));
""",
            mended="""\
const mean = (values) => (values.length ? values.reduce((a, b) => a + b, 0) / values.length : 0);
console.log(mean([]));
""",
            proof=Proof.PRINTS,
        ),
        Example(
            language="php",
            broken="""\
<?php
function mean($values) {
    return array_sum($values) / count($values);
}
echo mean([]);
""",
            mended="""\
<?php
function mean($values) {
    return $values ? array_sum($values) / count($values) : 0;
}
echo mean([]);
""",
        ),
    ),
    templates=("php_values", "zero_guard"),
)
