"""NAM.MISSING_IMPORT: a module is used and not imported."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.NAM_MISSING_IMPORT,
    title="A module is used and not imported",
    cause="The code uses a module that every reader knows, and the import is missing.",
    hint="add `{expected}` at the top of the file",
    found_by={
        "python": (
            "NameError of a run or ruff (F821); the name is a module here, or a name that a known "
            "module exports"
        ),
        "javascript": (
            "ReferenceError of a run or the TypeScript service; the name is a module of Node or a "
            "file of the project"
        ),
        "php": "an undefined class whose file lies in the project",
    },
    examples=(
        Example(
            language="python",
            broken="""\
print(math.sqrt(9))
""",
            mended="""\
import math

print(math.sqrt(9))
""",
        ),
        Example(
            language="javascript",
            broken="""\
console.log(join("a", "b"));
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
echo (new Box())->size();
""",
            mended="""\
<?php
require_once __DIR__ . "/box.php";
echo (new Box())->size();
""",
            beside={
                "box.php": """\
<?php
class Box {
    public function size() {
        return 3;
    }
}
""",
            },
        ),
    ),
    templates=("diagnosis",),
)
