"""SEM.MUTABLE_DEFAULT: one object is shared where each was to have its own."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SEM_MUTABLE_DEFAULT,
    title="One object is shared where each was to have its own",
    cause=(
        "A default value is made once, when the function is defined: all calls share the list. "
        "Likewise an array filled with one object."
    ),
    hint="make a new one in each call",
    found_by={
        "python": "ruff (B006): a default that is a list, dict or set",
        "javascript": (
            "no analyzer names it by itself yet; the wrong output or the failing function is named, "
            "with its suspicious lines"
        ),
    },
    examples=(
        Example(
            language="python",
            broken="""\
def add(name, names=[]):
    names.append(name)
    return names


add("Ada")
print(add("Grace"))
""",
            mended="""\
def add(name, names=None):
    names = [] if names is None else names
    names.append(name)
    return names


add("Ada")
print(add("Grace"))
""",
        ),
        Example(
            language="javascript",
            broken="""\
const rows = Array(2).fill([]);
rows[0].push("Ada");
console.log(rows.map((row) => row.length).join(" "));
""",
            mended="""\
const rows = Array.from({ length: 2 }, () => []);
rows[0].push("Ada");
console.log(rows.map((row) => row.length).join(" "));
""",
        ),
    ),
    templates=("fresh_default",),
)
