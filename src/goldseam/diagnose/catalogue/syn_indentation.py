"""SYN.INDENTATION: a line is indented wrongly."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SYN_INDENTATION,
    title="A line is indented wrongly",
    cause=(
        "A line is deeper or less deep than its block, or tabs and spaces are mixed. Pasting and "
        "merging do it."
    ),
    hint="give this line the indentation of its block",
    found_by={
        "python": (
            "the compiler reports unexpected or inconsistent indentation; the lines around show "
            "which depth is right"
        ),
    },
    examples=(
        Example(
            language="python",
            broken="""\
def greet(name):
    text = "Hello " + name
     return text


print(greet("Ada"))
""",
            mended="""\
def greet(name):
    text = "Hello " + name
    return text


print(greet("Ada"))
""",
        ),
    ),
    untemplated="it is mended by the rung of syntax",
)
