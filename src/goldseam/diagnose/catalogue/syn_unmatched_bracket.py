"""SYN.UNMATCHED_BRACKET: a closing bracket has no opener, or the wrong one."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SYN_UNMATCHED_BRACKET,
    title="A closing bracket has no opener, or the wrong one",
    cause="A bracket is closed twice, by one of another kind, or its opener was deleted.",
    hint="remove this `{name}`, or open it where it belongs",
    found_by={
        "python": 'brackets are paired token by token; the compiler says "unmatched" or "does not match"',
        "javascript": "brackets are paired token by token; V8 stops at the closer",
        "php": "brackets are paired token by token; the tokenizer names the closer",
    },
    examples=(
        Example(
            language="python",
            broken="""\
sizes = [1, 2, 3)
print(sizes)
""",
            mended="""\
sizes = [1, 2, 3]
print(sizes)
""",
        ),
        Example(
            language="javascript",
            broken="""\
const sizes = [1, 2, 3]];
console.log(sizes.length);
""",
            mended="""\
const sizes = [1, 2, 3];
console.log(sizes.length);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
echo strlen("abc"));
""",
            mended="""\
<?php
echo strlen("abc");
""",
        ),
    ),
    untemplated="it is mended by the rung of syntax",
)
