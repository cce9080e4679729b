"""SEM.LATE_BINDING: functions made in a loop all see its last value."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SEM_LATE_BINDING,
    title="Functions made in a loop all see its last value",
    cause=(
        "A function keeps the variable, not the value that it had: when it is called the loop has moved on."
    ),
    hint="bind the value when the function is made",
    found_by={
        "python": "ruff (B023): a function in a loop uses the loop's variable",
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
steps = [lambda: n for n in range(3)]
print([step() for step in steps])
""",
            mended="""\
steps = [lambda n=n: n for n in range(3)]
print([step() for step in steps])
""",
        ),
        Example(
            language="javascript",
            broken="""\
const steps = [];
for (var n = 0; n < 3; n++) steps.push(() => n);
console.log(steps.map((step) => step()).join(" "));
""",
            mended="""\
const steps = [];
for (let n = 0; n < 3; n++) steps.push(() => n);
console.log(steps.map((step) => step()).join(" "));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$steps = [];
for ($n = 0; $n < 3; $n++) {
    $steps[] = function () use (&$n) {
        return $n;
    };
}
echo $steps[0]();
""",
            mended="""\
<?php
$steps = [];
for ($n = 0; $n < 3; $n++) {
    $steps[] = function () use ($n) {
        return $n;
    };
}
echo $steps[0]();
""",
        ),
    ),
    templates=("bound_in_loop",),
)
