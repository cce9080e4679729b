"""SYN.MISSING_COLON: a colon is missing."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SYN_MISSING_COLON,
    title="A colon is missing",
    cause=(
        "The head of a block, a key or a branch ends without the colon that the grammar asks for. It "
        "is forgotten, or lost when a line is edited."
    ),
    hint="add the missing `{expected}` here",
    found_by={
        "python": (
            "the compiler says \"expected ':'\"; the tokens confirm it: a block's keyword opens the "
            "line and no colon ends it"
        ),
        "javascript": (
            "V8 stops at the next token; the tokens show a key or a branch of `?:` without its colon"
        ),
        "php": "the tokenizer stops at the next token; a `case` or a branch of `?:` has no colon before it",
    },
    examples=(
        Example(
            language="python",
            broken="""\
def total(prices)
    return sum(prices)


print(total([1, 2]))
""",
            mended="""\
def total(prices):
    return sum(prices)


print(total([1, 2]))
""",
        ),
        Example(
            language="javascript",
            broken="""\
const order = { id 7, open: true };
console.log(order.id);
""",
            mended="""\
const order = { id: 7, open: true };
console.log(order.id);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$open = true;
echo $open ? "yes" "no";
""",
            mended="""\
<?php
$open = true;
echo $open ? "yes" : "no";
""",
        ),
    ),
    place="function_def",
    untemplated="it is mended by the rung of syntax",
)
