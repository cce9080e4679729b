"""RUN.ERROR: the program ends in an error of its own."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.RUN_ERROR,
    title="The program ends in an error of its own",
    cause=(
        "An exception that the program itself raises or does not handle, or an exit code other than "
        "0; none of the other codes fits."
    ),
    hint="handle the error, or prevent what raises it",
    found_by={
        "python": "the traceback's last line, or the exit code",
        "javascript": "the printed error, or the exit code",
        "php": "the printed error, or the exit code",
    },
    examples=(
        Example(
            language="python",
            broken="""\
def pay(balance, price):
    if price >= balance:
        raise RuntimeError("not enough money")
    return balance - price


print(pay(5, 5))
""",
            mended="""\
def pay(balance, price):
    if price > balance:
        raise RuntimeError("not enough money")
    return balance - price


print(pay(5, 5))
""",
        ),
        Example(
            language="javascript",
            broken="""\
function pay(balance, price) {
  if (price >= balance) throw new Error("not enough money");
  return balance - price;
}
console.log(pay(5, 5));
""",
            mended="""\
function pay(balance, price) {
  if (price > balance) throw new Error("not enough money");
  return balance - price;
}
console.log(pay(5, 5));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
function pay($balance, $price) {
    if ($price >= $balance) {
        throw new RuntimeException("not enough money");
    }
    return $balance - $price;
}
echo pay(5, 5);
""",
            mended="""\
<?php
function pay($balance, $price) {
    if ($price > $balance) {
        throw new RuntimeException("not enough money");
    }
    return $balance - $price;
}
echo pay(5, 5);
""",
        ),
    ),
    templates=("copied_before_change", "read_value"),
)
