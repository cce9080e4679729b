"""ENV.MISSING_COMMAND: a command is not installed."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.ENV_MISSING_COMMAND,
    title="A command is not installed",
    cause=(
        "The command of `--run` or `--test`, or a program that the code starts, is not on this "
        "machine or not on PATH."
    ),
    hint="install `{name}`, or give its full path",
    found_by={
        "python": (
            'exit code 127 of the shell, "No module named" of `python -m`, or FileNotFoundError from '
            "a started program"
        ),
        "javascript": "exit code 127 of the shell, or ENOENT of a spawned program",
        "php": "exit code 127 of the shell",
    },
    examples=(
        Example(
            language="python",
            broken="""\
import subprocess

subprocess.run(["a-command-that-is-not-here"], check=True)
""",
            mended="""\
# install a-command-that-is-not-here
import subprocess

subprocess.run(["a-command-that-is-not-here"], check=True)
""",
        ),
        Example(
            language="javascript",
            broken="""\
const { execFileSync } = require("node:child_process");
execFileSync("a-command-that-is-not-here");
""",
            mended="""\
// install a-command-that-is-not-here
const { execFileSync } = require("node:child_process");
execFileSync("a-command-that-is-not-here");
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
exec("a-command-that-is-not-here 2>/dev/null", $lines, $code);
exit($code);
""",
            mended="""\
<?php
// install a-command-that-is-not-here
exec("a-command-that-is-not-here 2>/dev/null", $lines, $code);
exit($code);
""",
        ),
    ),
    rungs=(),
    unserved="installing is the owner's decision; `heal` declines with the reason `environment`",
)
