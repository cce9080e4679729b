"""LOG.OFF_BY_ONE: one too many or one too few."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.LOG_OFF_BY_ONE,
    title="One too many or one too few",
    cause=(
        "A range ends one too early or too late, an index starts at the wrong end, a fence has a "
        "post more than it has gaps."
    ),
    hint="move the bound by one",
    found_by={
        "python": (
            "expected and got differ by one element or by one; the bound of a loop or slice is on a "
            "suspicious line"
        ),
        "javascript": (
            "no analyzer names it by itself yet; the wrong output or the failing function is named, "
            "with its suspicious lines"
        ),
        "php": "no analyzer names it by itself yet; the wrong output is named",
    },
    examples=(
        Example(
            language="python",
            broken="""\
def up_to(n):
    return list(range(1, n))


print(up_to(3))
""",
            mended="""\
def up_to(n):
    return list(range(1, n + 1))


print(up_to(3))
""",
        ),
        Example(
            language="javascript",
            broken="""\
const parts = [];
for (let i = 1; i < 3; i++) parts.push(i);
console.log(parts.join(" "));
""",
            mended="""\
const parts = [];
for (let i = 1; i <= 3; i++) parts.push(i);
console.log(parts.join(" "));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
for ($i = 1; $i < 3; $i++) {
    echo $i, " ";
}
""",
            mended="""\
<?php
for ($i = 1; $i <= 3; $i++) {
    echo $i, " ";
}
""",
        ),
    ),
    templates=("diagnosis",),
)
