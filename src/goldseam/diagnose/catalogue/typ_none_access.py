"""TYP.NONE_ACCESS: something is asked of a value that is not there."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.TYP_NONE_ACCESS,
    title="Something is asked of a value that is not there",
    cause=(
        "A search that found nothing, a function without `return`, an optional value: `None`, `null` "
        "or `undefined` came where an object was expected."
    ),
    hint="find out why it is empty, or handle that case before",
    found_by={
        "python": (
            "AttributeError or TypeError on 'NoneType' of a run, traced back to the assignment; ty "
            "where the type says so"
        ),
        "javascript": (
            '"Cannot read properties of undefined" of a run, traced back; the TypeScript service '
            "under strict checks"
        ),
        "php": '"Call to a member function on null" of a run',
    },
    examples=(
        Example(
            language="python",
            broken="""\
import re

found = re.search("[0-9]+", "no number")
print(found.group())
""",
            mended="""\
import re

found = re.search("[0-9]+", "no number")
print(found.group() if found else "none")
""",
        ),
        Example(
            language="javascript",
            broken="""\
const users = [{ name: "Ada" }];
const found = users.find((user) => user.name === "Bob");
console.log(found.name);
""",
            mended="""\
const users = [{ name: "Ada" }];
const found = users.find((user) => user.name === "Bob");
console.log(found ? found.name : "none");
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
function find($name) {
    return $name === "Ada" ? new DateTime("2020-01-01") : null;
}
echo find("Bob")->format("Y");
""",
            mended="""\
<?php
function find($name) {
    return $name === "Ada" ? new DateTime("2020-01-01") : null;
}
echo find("Bob")?->format("Y") ?? "none";
""",
        ),
    ),
    templates=("none_result", "script_member"),
)
