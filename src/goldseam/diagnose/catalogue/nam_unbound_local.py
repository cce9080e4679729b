"""NAM.UNBOUND_LOCAL: a variable is read before it has a value."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.NAM_UNBOUND_LOCAL,
    title="A variable is read before it has a value",
    cause=(
        "On some path the assignment is not reached, or assigning inside a function made the name "
        "local to it."
    ),
    hint="give `{name}` a value on every path before it is read",
    found_by={
        "python": "UnboundLocalError of a run; ty and ruff (F821, F823) without one",
        "javascript": '"Cannot access before initialization" of a run; the TypeScript service without one',
        "php": (
            'a typed property "must not be accessed before initialization"; own checks for variables '
            "assigned on one branch only"
        ),
    },
    examples=(
        Example(
            language="python",
            broken="""\
count = 0


def add():
    count += 1


add()
print(count)
""",
            mended="""\
count = 0


def add():
    global count
    count += 1


add()
print(count)
""",
        ),
        Example(
            language="javascript",
            broken="""\
console.log(limit);
const limit = 3;
""",
            mended="""\
const limit = 3;
console.log(limit);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
class Meter {
    public int $count;
}
$meter = new Meter();
echo $meter->count + 1;
""",
            mended="""\
<?php
class Meter {
    public int $count = 0;
}
$meter = new Meter();
echo $meter->count + 1;
""",
        ),
    ),
    templates=("first_value",),
)
