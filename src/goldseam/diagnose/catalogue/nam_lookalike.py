"""NAM.LOOKALIKE: a name with a character that looks like another."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.NAM_LOOKALIKE,
    title="A name with a character that looks like another",
    cause=(
        "`0` for `O`, `1` for `l`, `rn` for `m`, or a letter of another alphabet: the two names look "
        "the same and are not."
    ),
    hint="write `{expected}`: `{name}` only looks the same",
    found_by={
        "python": "the undefined name and one in scope are equal once look-alike characters are folded",
        "javascript": "the undefined name and one in scope are equal once look-alike characters are folded",
        "php": "the undefined name and one that exists are equal once look-alike characters are folded",
    },
    examples=(
        Example(
            language="python",
            broken="""\
class Label:
    text = "fragile"


print(Labe1().text)
""",
            mended="""\
class Label:
    text = "fragile"


print(Label().text)
""",
        ),
        Example(
            language="javascript",
            broken="""\
class Tool {
  name = "saw";
}
console.log(new T0ol().name);
""",
            mended="""\
class Tool {
  name = "saw";
}
console.log(new Tool().name);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
class Tool {
    public $name = "saw";
}
echo (new T0ol())->name;
""",
            mended="""\
<?php
class Tool {
    public $name = "saw";
}
echo (new Tool())->name;
""",
        ),
    ),
    templates=("diagnosis",),
)
