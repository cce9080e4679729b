"""NAM.WRONG_IMPORT: a module is asked for a name that it does not have."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.NAM_WRONG_IMPORT,
    title="A module is asked for a name that it does not have",
    cause="The imported name is misspelt, lives in another module, or was renamed in another version.",
    hint="import a name that the module has: `{expected}`",
    found_by={
        "python": "ImportError of a run; ty without one; the module's own names show the near one",
        "javascript": "SyntaxError or TypeError of a run: no such export; the TypeScript service without one",
        "php": "an undefined function or class after `use`; own checks without a run",
    },
    examples=(
        Example(
            language="python",
            broken="""\
from math import square_root

print(square_root(9))
""",
            mended="""\
from math import sqrt

print(sqrt(9))
""",
        ),
        Example(
            language="javascript",
            broken="""\
import { joined } from "node:path";
console.log(joined("a", "b"));
""",
            mended="""\
import { join } from "node:path";
console.log(join("a", "b"));
""",
            name="program.mjs",
        ),
        Example(
            language="php",
            broken="""\
<?php
use function strings\\length;
echo length("Ada");
""",
            mended="""\
<?php
use function strlen as length;
echo length("Ada");
""",
        ),
    ),
    templates=("diagnosis", "moved_name"),
)
