"""NAM.WRONG_ATTRIBUTE: an attribute or method that the object does not have."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.NAM_WRONG_ATTRIBUTE,
    title="An attribute or method that the object does not have",
    cause="The name belongs to another type or another version, or was never there.",
    hint="use an attribute that it has: `{expected}`",
    found_by={
        "python": "AttributeError of a run, with what the object really has; ty without one",
        "javascript": '"is not a function" of a run; the TypeScript service without one',
        "php": '"undefined method" of a run; own checks on the classes of the project without one',
    },
    examples=(
        Example(
            language="python",
            broken="""\
names = ["Ada"]
names.add("Grace")
print(names)
""",
            mended="""\
names = ["Ada"]
names.append("Grace")
print(names)
""",
        ),
        Example(
            language="javascript",
            broken="""\
const names = ["Ada"];
names.append("Grace");
console.log(names.length);
""",
            mended="""\
const names = ["Ada"];
names.push("Grace");
console.log(names.length);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
class Door {
    public function open() {
        return "open";
    }
}
echo (new Door())->unlock();
""",
            mended="""\
<?php
class Door {
    public function open() {
        return "open";
    }
}
echo (new Door())->open();
""",
        ),
    ),
    templates=("foreign_member", "script_member", "suggested_member"),
)
