"""NAM.MISSPELT: a name is misspelt."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.NAM_MISSPELT,
    title="A name is misspelt",
    cause=(
        "A name differs by a letter or two from one that exists here: swapped, lost, doubled, or in "
        "the other case."
    ),
    hint="write `{expected}` for `{name}`",
    found_by={
        "python": (
            "NameError or AttributeError of a run, ruff or ty; a name in scope is at a small edit distance"
        ),
        "javascript": (
            'ReferenceError of a run or "Did you mean" of the TypeScript service; a name in scope is near'
        ),
        "php": "an undefined function, class or variable; one that exists is at a small edit distance",
    },
    examples=(
        Example(
            language="python",
            broken="""\
customer = "Ada"
print(custmer)
""",
            mended="""\
customer = "Ada"
print(customer)
""",
        ),
        Example(
            language="javascript",
            broken="""\
const customer = "Ada";
console.log(custmer);
""",
            mended="""\
const customer = "Ada";
console.log(customer);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
echo strlenn("Ada");
""",
            mended="""\
<?php
echo strlen("Ada");
""",
        ),
    ),
    templates=("diagnosis", "foreign_member", "script_member", "suggested_member", "unused_name"),
)
