"""RUN.TIMEOUT: the program does not end."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.RUN_TIMEOUT,
    title="The program does not end",
    cause="A loop whose condition never turns false, or a wait for something that never comes.",
    hint="make the loop or the wait end",
    found_by={
        "python": "the run is stopped at its time limit; samples of its stack show the line where it stays",
        "javascript": "the run is stopped at its time limit; the profiler's samples show the line",
        "php": "the run is stopped at its time limit",
    },
    examples=(
        Example(
            language="python",
            broken="""\
n = 10
while n > 0:
    n + 1
print("done")
""",
            mended="""\
n = 10
while n > 0:
    n -= 1
print("done")
""",
        ),
        Example(
            language="javascript",
            broken="""\
let n = 10;
while (n > 0) {
  n - 1;
}
console.log("done");
""",
            mended="""\
let n = 10;
while (n > 0) {
  n -= 1;
}
console.log("done");
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$n = 10;
while ($n > 0) {
    $n - 1;
}
echo "done";
""",
            mended="""\
<?php
$n = 10;
while ($n > 0) {
    $n -= 1;
}
echo "done";
""",
        ),
    ),
    templates=("endless_loop",),
)
