"""RUN.MEMORY: the program fills the memory."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.RUN_MEMORY,
    title="The program fills the memory",
    cause="All of something is held at once, or something grows with every turn and is never let go.",
    hint="do not hold all of it in memory",
    found_by={
        "python": "MemoryError of a run, or the box ends it at its memory limit; growth seen in the samples",
        "javascript": '"heap out of memory" or "Invalid string length" of a run, or the box ends it',
        "php": '"Allowed memory size exhausted" of a run',
    },
    examples=(
        Example(
            language="python",
            broken="""\
print(sum([1] * 10**13))
""",
            mended="""\
from itertools import islice, repeat

print(sum(islice(repeat(1), 10)))
""",
        ),
        Example(
            language="javascript",
            broken="""\
console.log("x".repeat(2 ** 30).length);
""",
            mended="""\
console.log(2 ** 30);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
ini_set("memory_limit", "16M");
echo strlen(str_repeat("x", 64 << 20));
""",
            mended="""\
<?php
ini_set("memory_limit", "16M");
echo 64 << 20;
""",
        ),
    ),
    untemplated="what need not be kept is not told by where memory grew",
)
