"""SEM.API_MISUSE: a function is used against its contract."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SEM_API_MISUSE,
    title="A function is used against its contract",
    cause=(
        "The call is legal and does not do what is meant: a result that is thrown away, an argument "
        "that means something else, a method of a text that does not change the text."
    ),
    hint="use `{name}` as it is meant: {expected}",
    found_by={
        "python": (
            "a rule a function: results without which the call does nothing, arguments that cannot "
            "be meant (ruff B, PLE)"
        ),
        "javascript": "errors of a run that say so: a class called without `new`, a constant assigned to",
        "php": "rules for functions whose result is thrown away",
    },
    examples=(
        Example(
            language="python",
            broken="""\
text = "Good morning"
text.replace("morning", "evening")
print(text)
""",
            mended="""\
text = "Good morning"
text = text.replace("morning", "evening")
print(text)
""",
        ),
        Example(
            language="javascript",
            broken="""\
console.log(["1", "2", "3"].map(parseInt).join(" "));
""",
            mended="""\
console.log(["1", "2", "3"].map(Number).join(" "));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$text = "Good morning";
str_replace("morning", "evening", $text);
echo $text;
""",
            mended="""\
<?php
$text = "Good morning";
$text = str_replace("morning", "evening", $text);
echo $text;
""",
        ),
    ),
    templates=("dropped_result", "none_result", "script_names"),
)
