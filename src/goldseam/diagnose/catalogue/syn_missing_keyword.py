"""SYN.MISSING_KEYWORD: a keyword is missing."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SYN_MISSING_KEYWORD,
    title="A keyword is missing",
    cause="The word that makes the construct what it is was left out: `def`, `in`, `function`, `of`.",
    hint="add the keyword `{expected}`",
    found_by={
        "python": "what is there matches a statement but for one keyword",
        "javascript": "a parameter list followed by a body has no `function` before it, or a loop no `of`",
        "php": "a parameter list followed by a body has no `function` before it",
    },
    examples=(
        Example(
            language="python",
            broken="""\
for n range(3):
    print(n)
""",
            mended="""\
for n in range(3):
    print(n)
""",
        ),
        Example(
            language="javascript",
            broken="""\
double(n) {
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
double($n) {
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
    place="for_statement",
    untemplated="it is mended by the rung of syntax",
)
