"""TYP.WRONG_KEY: a key is almost the right one."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example, Proof

ENTRY = Entry(
    code=Code.TYP_WRONG_KEY,
    title="A key is almost the right one",
    cause='The key is misspelt, in the wrong case, or of the wrong type: `"id"` for `"ID"`, `1` for `"1"`.',
    hint="use the key `{expected}`",
    found_by={
        "python": "KeyError of a run; the mapping, bounded, is in the frame and has a near key",
        "javascript": (
            "`undefined` where the object in the frame has a near key; the TypeScript service where "
            "its shape is known"
        ),
        "php": '"Undefined array key" of a run; the array has a near key',
    },
    examples=(
        Example(
            language="python",
            broken="""\
user = {"name": "Ada", "email": "ada@example.org"}
print(user["e-mail"])
""",
            mended="""\
user = {"name": "Ada", "email": "ada@example.org"}
print(user["email"])
""",
        ),
        Example(
            language="javascript",
            broken="""\
const user = { name: "Ada", email: "ada@example.org" };
console.log(user.eMail.length);
""",
            mended="""\
const user = { name: "Ada", email: "ada@example.org" };
console.log(user.email.length);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$user = ["name" => "Ada", "email" => "ada@example.org"];
echo strtoupper(@$user["e-mail"] ?? "");
""",
            mended="""\
<?php
$user = ["name" => "Ada", "email" => "ada@example.org"];
echo strtoupper($user["email"]);
""",
            proof=Proof.PRINTS,
        ),
    ),
    templates=("diagnosis",),
)
