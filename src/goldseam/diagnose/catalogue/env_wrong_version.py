"""ENV.WRONG_VERSION: another version than the code was written for."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example, Proof

ENTRY = Entry(
    code=Code.ENV_WRONG_VERSION,
    title="Another version than the code was written for",
    cause="A function was removed, moved or added in another version of the language or of a package.",
    hint="use what this version has: `{expected}`; or install the version that the code needs",
    found_by={
        "python": (
            "no analyzer names it by itself yet; what is missing is named as NAM.WRONG_IMPORT, "
            "NAM.WRONG_ATTRIBUTE or NAM.UNDEFINED"
        ),
        "javascript": (
            "no analyzer names it by itself yet; what is missing is named as NAM.WRONG_IMPORT, "
            "NAM.WRONG_ATTRIBUTE or NAM.UNDEFINED"
        ),
        "php": (
            "no analyzer names it by itself yet; what is missing is named as NAM.WRONG_IMPORT, "
            "NAM.WRONG_ATTRIBUTE or NAM.UNDEFINED"
        ),
    },
    examples=(
        Example(
            language="python",
            broken="""\
from collections import Mapping

print(isinstance({}, Mapping))
""",
            mended="""\
from collections.abc import Mapping

print(isinstance({}, Mapping))
""",
            proof=Proof.ENDS_WELL,
        ),
        Example(
            language="javascript",
            broken="""\
console.log(Object.groupBy([1, 2], (n) => (n > 1 ? "many" : "one")));
""",
            mended="""\
// Node 21 or newer
console.log(Object.groupBy([1, 2], (n) => (n > 1 ? "many" : "one")));
""",
            proof=Proof.TOLD,
        ),
        Example(
            language="php",
            broken="""\
<?php
$sizes = ["s" => 1];
list($name, $size) = each($sizes);
echo $name;
""",
            mended="""\
<?php
$sizes = ["s" => 1];
foreach ($sizes as $name => $size) {
    echo $name;
}
""",
            proof=Proof.ENDS_WELL,
        ),
    ),
    rungs=(),
    unserved="which version is right is the owner's decision",
)
