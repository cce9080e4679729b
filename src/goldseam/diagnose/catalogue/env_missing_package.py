"""ENV.MISSING_PACKAGE: a package is not installed."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.ENV_MISSING_PACKAGE,
    title="A package is not installed",
    cause=(
        "The program needs a package that is not in this environment; or a local module's name is misspelt."
    ),
    hint="install `{name}`, or correct the module's name",
    found_by={
        "python": "ModuleNotFoundError of a run; no module of the project has a near name",
        "javascript": '"Cannot find module" or "Cannot find package" of a run',
        "php": '"Class not found" of a run where composer.json names the package, or no autoloader',
    },
    examples=(
        Example(
            language="python",
            broken="""\
import a_package_that_is_not_installed

print("ready")
""",
            mended="""\
# pip install a_package_that_is_not_installed
import a_package_that_is_not_installed

print("ready")
""",
        ),
        Example(
            language="javascript",
            broken="""\
const kit = require("a-package-that-is-not-installed");
console.log(kit);
""",
            mended="""\
// npm install a-package-that-is-not-installed
const kit = require("a-package-that-is-not-installed");
console.log(kit);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
require __DIR__ . "/vendor/autoload.php";
echo "ready";
""",
            mended="""\
<?php
// composer install
require __DIR__ . "/vendor/autoload.php";
echo "ready";
""",
        ),
    ),
    rungs=(),
    unserved="installing is the owner's decision; `heal` declines with the reason `environment`",
)
