"""ENV.MISSING_FILE: a file that the program is given from outside is missing."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.ENV_MISSING_FILE,
    title="A file that the program is given from outside is missing",
    cause="A configuration, a data file or a mount is not on this machine.",
    hint="provide `{name}`",
    found_by={
        "python": "no analyzer names it by itself yet; a file that is not there is named as RUN.FILE",
        "javascript": "no analyzer names it by itself yet; a file that is not there is named as RUN.FILE",
        "php": "no analyzer names it by itself yet; a file that is not there is named as RUN.FILE",
    },
    examples=(
        Example(
            language="python",
            broken="""\
with open("/srv/shop/settings.json") as file:
    print(file.read())
""",
            mended="""\
# provide /srv/shop/settings.json
with open("/srv/shop/settings.json") as file:
    print(file.read())
""",
        ),
        Example(
            language="javascript",
            broken="""\
const fs = require("node:fs");
console.log(fs.readFileSync("/srv/shop/settings.json", "utf8"));
""",
            mended="""\
// provide /srv/shop/settings.json
const fs = require("node:fs");
console.log(fs.readFileSync("/srv/shop/settings.json", "utf8"));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$file = new SplFileObject("/srv/shop/settings.json");
echo $file->fgets();
""",
            mended="""\
<?php
// provide /srv/shop/settings.json
$file = new SplFileObject("/srv/shop/settings.json");
echo $file->fgets();
""",
        ),
    ),
    rungs=(),
    unserved="what the file should hold is known to its owner alone",
)
