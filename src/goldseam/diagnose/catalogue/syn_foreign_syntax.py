"""SYN.FOREIGN_SYNTAX: syntax of another language."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SYN_FOREIGN_SYNTAX,
    title="Syntax of another language",
    cause=(
        "A construct is right in another language: `&&`, `++`, `elif`, `let`. It comes with code "
        "that was copied or with old habits."
    ),
    hint="write it as this language does: `{expected}`",
    found_by={
        "python": "the token is an operator or keyword of another language, and its counterpart parses",
        "javascript": "the token is a keyword or comment of another language, and its counterpart parses",
        "php": "the token is a keyword of another language, and its counterpart parses",
    },
    examples=(
        Example(
            language="python",
            broken="""\
ready, open_ = True, True
if ready && open_:
    print("go")
""",
            mended="""\
ready, open_ = True, True
if ready and open_:
    print("go")
""",
        ),
        Example(
            language="javascript",
            broken="""\
const n = 2;
if (n > 2) {
  console.log("many");
} elif (n === 2) {
  console.log("two");
}
""",
            mended="""\
const n = 2;
if (n > 2) {
  console.log("many");
} else if (n === 2) {
  console.log("two");
}
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
let $count = 3;
echo $count;
""",
            mended="""\
<?php
$count = 3;
echo $count;
""",
        ),
    ),
    place="if_statement",
    untemplated="it is mended by the rung of syntax",
)
