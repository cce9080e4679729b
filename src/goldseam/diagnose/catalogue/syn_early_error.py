"""SYN.EARLY_ERROR: it parses by its grammar and is refused all the same."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SYN_EARLY_ERROR,
    title="It parses by its grammar and is refused all the same",
    cause=(
        "Rules beyond the grammar that the compiler checks before it runs anything: a `return` "
        "outside a function, a name declared twice, a duplicate parameter."
    ),
    hint="{message}",
    found_by={
        "python": "the compiler itself, which is asked for more than a tree",
        "javascript": "V8 itself, which reports early errors when it compiles",
        "php": "the compiler behind the tokenizer",
    },
    examples=(
        Example(
            language="python",
            broken="""\
count = 3
return count
""",
            mended="""\
count = 3
print(count)
""",
        ),
        Example(
            language="javascript",
            broken="""\
let count = 3;
let count = 4;
console.log(count);
""",
            mended="""\
let count = 3;
count = 4;
console.log(count);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
function area($width, $width) {
    return $width * $width;
}
echo area(2, 3);
""",
            mended="""\
<?php
function area($width, $height) {
    return $width * $height;
}
echo area(2, 3);
""",
        ),
    ),
    untemplated="it is mended by the rung of syntax",
)
