"""LOG.MISSING_CASE: a case is not handled."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.LOG_MISSING_CASE,
    title="A case is not handled",
    cause=(
        "An empty list, a negative number, a last element, a member added later: no branch is meant for it."
    ),
    hint="handle this case",
    found_by={
        "python": (
            "no analyzer names it by itself yet; the wrong output or the failing function is named, "
            "with its suspicious lines"
        ),
        "javascript": (
            "no analyzer names it by itself yet; the wrong output or the failing function is named, "
            "with its suspicious lines"
        ),
        "php": "only tests with that input fail",
    },
    examples=(
        Example(
            language="python",
            broken="""\
def sign(n):
    return 1 if n > 0 else -1


print(sign(0))
""",
            mended="""\
def sign(n):
    if n == 0:
        return 0
    return 1 if n > 0 else -1


print(sign(0))
""",
        ),
        Example(
            language="javascript",
            broken="""\
const sign = (n) => (n > 0 ? 1 : -1);
console.log(sign(0));
""",
            mended="""\
const sign = (n) => (n === 0 ? 0 : n > 0 ? 1 : -1);
console.log(sign(0));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
function sign($n) {
    return $n > 0 ? 1 : -1;
}
echo sign(0);
""",
            mended="""\
<?php
function sign($n) {
    return $n <=> 0;
}
echo sign(0);
""",
        ),
    ),
    untemplated="what the missing case should do is not in the code",
)
