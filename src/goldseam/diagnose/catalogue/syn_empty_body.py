"""SYN.EMPTY_BODY: a block has no body."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SYN_EMPTY_BODY,
    title="A block has no body",
    cause=(
        "The head of a block is there and nothing follows it: the body was deleted, commented out or "
        "never written."
    ),
    hint="give the block a body",
    found_by={
        "python": "the compiler expects an indented block; the next line is not deeper and belongs elsewhere",
        "javascript": "V8 stops at the token after the head",
        "php": "the tokenizer stops at the token after the head",
    },
    examples=(
        Example(
            language="python",
            broken="""\
def close(file):


print("done")
""",
            mended="""\
def close(file):
    file.close()


print("done")
""",
        ),
        Example(
            language="javascript",
            broken="""\
const ready = true;
if (ready)
else console.log("wait");
""",
            mended="""\
const ready = true;
if (ready) console.log("go");
else console.log("wait");
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$ready = true;
if ($ready)
else echo "wait";
""",
            mended="""\
<?php
$ready = true;
if ($ready) echo "go";
else echo "wait";
""",
        ),
    ),
    untemplated="it is mended by the rung of syntax",
)
