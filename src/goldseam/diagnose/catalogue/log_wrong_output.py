"""LOG.WRONG_OUTPUT: the program prints something else than expected."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.LOG_WRONG_OUTPUT,
    title="The program prints something else than expected",
    cause=(
        "It ends well and its output differs from what was given by `--expect`; where the difference "
        "comes from is not known yet."
    ),
    hint="make it print what is expected",
    found_by={
        "python": (
            "the expected and the printed text are compared line by line; the first difference is "
            "searched in the source"
        ),
        "javascript": (
            "the expected and the printed text are compared line by line; the first difference is "
            "searched in the source"
        ),
        "php": (
            "the expected and the printed text are compared line by line; the first difference is "
            "searched in the source"
        ),
    },
    examples=(
        Example(
            language="python",
            broken="""\
total = 5
print(f"Totals: {total}")
""",
            mended="""\
total = 5
print(f"Total: {total}")
""",
        ),
        Example(
            language="javascript",
            broken="""\
const total = 5;
console.log(`Totals: ${total}`);
""",
            mended="""\
const total = 5;
console.log(`Total: ${total}`);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$total = 5;
echo "Totals: $total";
""",
            mended="""\
<?php
$total = 5;
echo "Total: $total";
""",
        ),
    ),
    rungs=("rewrite_file",),
    templates=("copied_before_change", "f_prefix"),
)
