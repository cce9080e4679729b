"""RUN.FILE: a file that is not there."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.RUN_FILE,
    title="A file that is not there",
    cause="The path is wrong, is relative to another folder, or the file is made later.",
    hint="use a path that exists, or create the file first",
    found_by={
        "python": "FileNotFoundError of a run, with near names in the folder",
        "javascript": "ENOENT of a run",
        "php": '"Failed to open stream" of a run; an exception of SplFileObject',
    },
    examples=(
        Example(
            language="python",
            broken="""\
with open("totals.txt") as file:
    print(file.read())
""",
            mended="""\
with open("totals.txt", "w") as file:
    file.write("3")
with open("totals.txt") as file:
    print(file.read())
""",
        ),
        Example(
            language="javascript",
            broken="""\
const fs = require("node:fs");
console.log(fs.readFileSync("totals.txt", "utf8"));
""",
            mended="""\
const fs = require("node:fs");
fs.writeFileSync("totals.txt", "3");
console.log(fs.readFileSync("totals.txt", "utf8"));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$file = new SplFileObject("totals.txt");
echo $file->fgets();
""",
            mended="""\
<?php
file_put_contents("totals.txt", "3");
$file = new SplFileObject("totals.txt");
echo $file->fgets();
""",
        ),
    ),
    untemplated="where the file should be is known to its owner alone",
)
