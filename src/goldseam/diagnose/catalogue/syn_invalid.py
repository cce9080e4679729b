"""SYN.INVALID: it does not parse, and no closer reason is known."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SYN_INVALID,
    title="It does not parse, and no closer reason is known",
    cause="The compiler refuses the file, and none of the other codes of this family fits.",
    hint="make this line valid: {message}",
    found_by={
        "python": "the compiler's own message and place",
        "javascript": "V8's own message and place",
        "typescript": "its parser's own message and place",
        "php": "the tokenizer's own message and place",
    },
    examples=(
        Example(
            language="python",
            broken="""\
print("ready" if)
""",
            mended="""\
print("ready" if True else "wait")
""",
        ),
        Example(
            language="javascript",
            broken="""\
const ready = (=> true);
console.log(ready());
""",
            mended="""\
const ready = () => true;
console.log(ready());
""",
        ),
        Example(
            language="typescript",
            broken="""\
const sizes: = [1, 2];
console.log(sizes);
""",
            mended="""\
const sizes: number[] = [1, 2];
console.log(sizes);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$ready = fn => true;
echo $ready();
""",
            mended="""\
<?php
$ready = fn () => true;
echo $ready();
""",
        ),
    ),
    untemplated="it is mended by the rung of syntax",
)
