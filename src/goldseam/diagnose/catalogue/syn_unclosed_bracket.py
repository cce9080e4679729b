"""SYN.UNCLOSED_BRACKET: a bracket is never closed."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SYN_UNCLOSED_BRACKET,
    title="A bracket is never closed",
    cause=(
        "An opening bracket has no partner. The error is often reported lines later, where the "
        "parser gives up, or at the end of the file."
    ),
    hint="close the `{name}` that is opened here with `{expected}`",
    found_by={
        "python": (
            "brackets are paired token by token, with indentation as evidence of where the closer "
            "belongs; the compiler says which was never closed"
        ),
        "javascript": (
            "brackets are paired token by token; a line of the opener's indentation that does not "
            "close it places the fault; V8 confirms"
        ),
        "php": (
            "brackets are paired token by token and by indentation; the tokenizer's \"unexpected end "
            'of file" confirms'
        ),
    },
    examples=(
        Example(
            language="python",
            broken="""\
total = max((3, 4)
print(total)
""",
            mended="""\
total = max((3, 4))
print(total)
""",
        ),
        Example(
            language="javascript",
            broken="""\
function area(w, h) {
  return Math.abs(w * h;
}
console.log(area(2, 3));
""",
            mended="""\
function area(w, h) {
  return Math.abs(w * h);
}
console.log(area(2, 3));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
function area($w, $h) {
    return abs($w * $h;
}
echo area(2, 3);
""",
            mended="""\
<?php
function area($w, $h) {
    return abs($w * $h);
}
echo area(2, 3);
""",
        ),
    ),
    untemplated="it is mended by the rung of syntax",
)
