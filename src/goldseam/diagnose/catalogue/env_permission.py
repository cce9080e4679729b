"""ENV.PERMISSION: the program may not do it."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.ENV_PERMISSION,
    title="The program may not do it",
    cause="The file, the folder or the port belongs to someone else, or is read-only here.",
    hint="give the program the right to use `{name}`, or use a place where it has it",
    found_by={
        "python": "PermissionError of a run",
        "javascript": "EACCES or EPERM of a run",
        "php": '"Permission denied" of a run',
    },
    examples=(
        Example(
            language="python",
            broken="""\
with open("/etc/hostname-of-another", "w") as file:
    file.write("shop")
""",
            mended="""\
# give the program the right to write there
with open("/etc/hostname-of-another", "w") as file:
    file.write("shop")
""",
        ),
        Example(
            language="javascript",
            broken="""\
require("node:fs").writeFileSync("/etc/hostname-of-another", "shop");
""",
            mended="""\
// give the program the right to write there
require("node:fs").writeFileSync("/etc/hostname-of-another", "shop");
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$file = new SplFileObject("/etc/hostname-of-another", "w");
""",
            mended="""\
<?php
// give the program the right to write there
$file = new SplFileObject("/etc/hostname-of-another", "w");
""",
        ),
    ),
    rungs=(),
    unserved="rights are the owner's to give",
)
