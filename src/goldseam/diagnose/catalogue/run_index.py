"""RUN.INDEX: an index outside the sequence."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example, Proof

ENTRY = Entry(
    code=Code.RUN_INDEX,
    title="An index outside the sequence",
    cause="The index runs one too far, or the sequence is shorter than expected or empty.",
    hint="keep the index inside the sequence",
    found_by={
        "python": "IndexError of a run, with the sequence's length and the index",
        "javascript": 'no error by itself: `undefined`, and then "Cannot read properties of undefined"',
        "php": '"Undefined array key" of a run',
    },
    examples=(
        Example(
            language="python",
            broken="""\
names = ["Ada", "Grace"]
print(names[2])
""",
            mended="""\
names = ["Ada", "Grace"]
print(names[-1])
""",
        ),
        Example(
            language="javascript",
            broken="""\
const names = ["Ada", "Grace"];
console.log(names[2].length);
""",
            mended="""\
const names = ["Ada", "Grace"];
console.log(names[names.length - 1].length);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$names = ["Ada", "Grace"];
echo @$names[2] . "!";
""",
            mended="""\
<?php
$names = ["Ada", "Grace"];
echo $names[count($names) - 1] . "!";
""",
            proof=Proof.PRINTS,
        ),
    ),
    templates=("base_case", "index_range", "php_values"),
)
