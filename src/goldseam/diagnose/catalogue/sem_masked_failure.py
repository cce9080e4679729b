"""SEM.MASKED_FAILURE: a failure is hidden and work goes on as if nothing were."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SEM_MASKED_FAILURE,
    title="A failure is hidden and work goes on as if nothing were",
    cause=(
        "A bare `except`, an empty `catch` or a stand-in object that answers everything: the cause "
        "is gone and a wrong result remains."
    ),
    hint="let the failure be seen, or handle exactly the one that is meant",
    found_by={
        "python": (
            "handlers that catch everything and do nothing (ruff S110, BLE001, E722), stand-ins "
            "whose methods return constants"
        ),
        "javascript": "empty `catch` blocks, stand-ins whose methods return constants",
        "php": "empty `catch` blocks and `@` before calls",
    },
    examples=(
        Example(
            language="python",
            broken="""\
def price(text):
    try:
        return float(text)
    except Exception:
        return 0.0


print(price("12,50"))
""",
            mended="""\
def price(text):
    return float(text.replace(",", "."))


print(price("12,50"))
""",
        ),
        Example(
            language="javascript",
            broken="""\
function price(text) {
  try {
    return JSON.parse(text);
  } catch {
    return 0;
  }
}
console.log(price("12,50"));
""",
            mended="""\
function price(text) {
  return Number(text.replace(",", "."));
}
console.log(price("12,50"));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
function price($text) {
    try {
        return intdiv((int) $text, strlen($text) - 5);
    } catch (Throwable $error) {
        return 0;
    }
}
echo price("12.50");
""",
            mended="""\
<?php
function price($text) {
    return (float) $text;
}
echo price("12.50");
""",
        ),
    ),
    templates=("masked_failure",),
)
