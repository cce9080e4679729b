"""TYP.ARITY: a call with too many or too few arguments."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example, Proof

ENTRY = Entry(
    code=Code.TYP_ARITY,
    title="A call with too many or too few arguments",
    cause="The function was changed and this call was not, or an argument was forgotten.",
    hint="call it with its own arguments: `{expected}`",
    found_by={
        "python": "TypeError of a run, with the function's signature; ty without one",
        "javascript": "the TypeScript service; a run says nothing, the missing argument is `undefined`",
        "php": "ArgumentCountError of a run; own checks on the functions of the project without one",
    },
    examples=(
        Example(
            language="python",
            broken="""\
def area(width, height):
    return width * height


print(area(3))
""",
            mended="""\
def area(width, height):
    return width * height


print(area(3, 4))
""",
        ),
        Example(
            language="javascript",
            broken="""\
function area(width, height) {
  return width * height;
}
console.log(area(3));
""",
            mended="""\
function area(width, height) {
  return width * height;
}
console.log(area(3, 4));
""",
            proof=Proof.PRINTS,
        ),
        Example(
            language="php",
            broken="""\
<?php
function area($width, $height) {
    return $width * $height;
}
echo area(3);
""",
            mended="""\
<?php
function area($width, $height) {
    return $width * $height;
}
echo area(3, 4);
""",
        ),
    ),
    templates=("diagnosis", "fitting_call"),
)
