"""LOG.WRONG_RESULT: a function gives a wrong result."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.LOG_WRONG_RESULT,
    title="A function gives a wrong result",
    cause=(
        "The function runs and returns something else than its tests expect; which statement is "
        "wrong is not known yet."
    ),
    hint="make it give what the tests expect",
    found_by={
        "python": (
            "a failed assertion names the function; coverage of failing and passing tests ranks its "
            "statements (Ochiai)"
        ),
        "javascript": (
            "a failed assertion names the function; coverage of failing and passing tests ranks its "
            "statements"
        ),
        "php": "a failed assertion names the function",
    },
    examples=(
        Example(
            language="python",
            broken="""\
def is_even(n):
    return n % 2 == 1


print(is_even(4))
""",
            mended="""\
def is_even(n):
    return n % 2 == 0


print(is_even(4))
""",
        ),
        Example(
            language="javascript",
            broken="""\
const isEven = (n) => n % 2 === 1;
console.log(isEven(4));
""",
            mended="""\
const isEven = (n) => n % 2 === 0;
console.log(isEven(4));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
function is_even($n) {
    return $n % 2 === 1;
}
echo is_even(4) ? "even" : "odd";
""",
            mended="""\
<?php
function is_even($n) {
    return $n % 2 === 0;
}
echo is_even(4) ? "even" : "odd";
""",
        ),
    ),
    templates=("copied_before_change", "f_prefix"),
)
