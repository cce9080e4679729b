"""RUN.RECURSION: a recursion that does not end."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.RUN_RECURSION,
    title="A recursion that does not end",
    cause="The base case is missing, is never met, or the call does not come nearer to it.",
    hint="add or correct the base case, and come nearer to it with every call",
    found_by={
        "python": "RecursionError of a run; the frames repeat",
        "javascript": '"Maximum call stack size exceeded" of a run; the frames repeat',
        "php": "memory exhausted or a crash of a run; the frames repeat",
    },
    examples=(
        Example(
            language="python",
            broken="""\
def factorial(n):
    return n * factorial(n - 1)


print(factorial(4))
""",
            mended="""\
def factorial(n):
    return n * factorial(n - 1) if n > 1 else 1


print(factorial(4))
""",
        ),
        Example(
            language="javascript",
            broken="""\
const factorial = (n) => n * factorial(n - 1);
console.log(factorial(4));
""",
            mended="""\
const factorial = (n) => (n > 1 ? n * factorial(n - 1) : 1);
console.log(factorial(4));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
ini_set("memory_limit", "32M");
function factorial($n) {
    return $n * factorial($n - 1);
}
echo factorial(4);
""",
            mended="""\
<?php
ini_set("memory_limit", "32M");
function factorial($n) {
    return $n > 1 ? $n * factorial($n - 1) : 1;
}
echo factorial(4);
""",
        ),
    ),
    templates=("base_case",),
)
