"""TYP.WRONG_RETURN: a function gives back something else than its callers use."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.TYP_WRONG_RETURN,
    title="A function gives back something else than its callers use",
    cause=(
        "A `return` is missing on one path, or a method that changes its object in place is used for "
        "its value."
    ),
    hint="return what the callers use",
    found_by={
        "python": (
            "TypeError on 'NoneType' of a run, traced back to a call whose function has a path "
            "without `return`; ty without one"
        ),
        "javascript": "`undefined` traced back to a call of a function without `return`",
        "php": 'TypeError of a run ("Return value must be of type"), or null traced back to a call',
    },
    examples=(
        Example(
            language="python",
            broken="""\
numbers = [3, 1, 2].sort()
print(numbers[0])
""",
            mended="""\
numbers = sorted([3, 1, 2])
print(numbers[0])
""",
        ),
        Example(
            language="javascript",
            broken="""\
function names(users) {
  users.map((user) => user.name);
}
console.log(names([{ name: "Ada" }]).length);
""",
            mended="""\
function names(users) {
  return users.map((user) => user.name);
}
console.log(names([{ name: "Ada" }]).length);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
function half(int $n): int {
    if ($n % 2 === 0) {
        return intdiv($n, 2);
    }
}
echo half(3);
""",
            mended="""\
<?php
function half(int $n): int {
    return intdiv($n, 2);
}
echo half(3);
""",
        ),
    ),
    templates=("diagnosis", "missing_result", "script_await"),
)
