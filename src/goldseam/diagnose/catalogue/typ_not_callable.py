"""TYP.NOT_CALLABLE: something is called that is no function."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.TYP_NOT_CALLABLE,
    title="Something is called that is no function",
    cause=(
        "A value is called instead of a function: brackets too many, a property taken for a method, "
        "a name that was reused."
    ),
    hint="leave out the call, or call the function that is meant",
    found_by={
        "python": '"object is not callable" of a run; ty without one',
        "javascript": '"is not a function" of a run; the TypeScript service without one',
        "php": '"Value not callable" or "Object of type … is not callable" of a run',
    },
    examples=(
        Example(
            language="python",
            broken="""\
names = ["Ada"]
print(names(0))
""",
            mended="""\
names = ["Ada"]
print(names[0])
""",
        ),
        Example(
            language="javascript",
            broken="""\
const names = ["Ada"];
console.log(names.length());
""",
            mended="""\
const names = ["Ada"];
console.log(names.length);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$double = ["factor" => 2];
echo $double(4);
""",
            mended="""\
<?php
$double = fn ($n) => $n * 2;
echo $double(4);
""",
        ),
    ),
    templates=("script_member", "uncalled"),
)
