"""NAM.SHADOWED_BUILTIN: a built-in name now means something else."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.NAM_SHADOWED_BUILTIN,
    title="A built-in name now means something else",
    cause="A variable or parameter took the name of a built-in, which is needed further down.",
    hint="give the variable another name than `{name}`",
    found_by={
        "python": '"object is not callable" of a run, where the name is a built-in that the file assigns',
        "javascript": (
            '"is not a constructor" or "is not a function" of a run, where the name is a global that '
            "the file declares"
        ),
    },
    examples=(
        Example(
            language="python",
            broken="""\
list = [3, 1, 2]
print(list(reversed(list)))
""",
            mended="""\
numbers = [3, 1, 2]
print(list(reversed(numbers)))
""",
        ),
        Example(
            language="javascript",
            broken="""\
const Map = { Ada: 1 };
const seen = new Map();
console.log(seen.size);
""",
            mended="""\
const ages = { Ada: 1 };
const seen = new Map();
console.log(seen.size, ages.Ada);
""",
        ),
    ),
    templates=("uncalled",),
)
