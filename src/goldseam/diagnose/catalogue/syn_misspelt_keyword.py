"""SYN.MISSPELT_KEYWORD: a keyword is misspelt."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SYN_MISSPELT_KEYWORD,
    title="A keyword is misspelt",
    cause=(
        "Letters of a keyword were swapped, lost or doubled. The parser takes it for a name and stops later."
    ),
    hint="write `{expected}`",
    found_by={
        "python": "a word at the start of a statement is a near miss of a keyword, and nothing defines it",
        "javascript": (
            "the same; some of these parse as two statements, so the word is looked at before any error"
        ),
        "php": "a word at the start of a statement is a near miss of a keyword",
    },
    examples=(
        Example(
            language="python",
            broken="""\
def double(n):
    retrun n * 2


print(double(4))
""",
            mended="""\
def double(n):
    return n * 2


print(double(4))
""",
        ),
        Example(
            language="javascript",
            broken="""\
fucntion double(n) {
  return n * 2;
}
console.log(double(4));
""",
            mended="""\
function double(n) {
  return n * 2;
}
console.log(double(4));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
fucntion double($n) {
    return $n * 2;
}
echo double(4);
""",
            mended="""\
<?php
function double($n) {
    return $n * 2;
}
echo double(4);
""",
        ),
    ),
    untemplated="it is mended by the rung of syntax",
)
