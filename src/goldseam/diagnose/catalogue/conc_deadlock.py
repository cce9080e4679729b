"""CONC.DEADLOCK: each waits for the other."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.CONC_DEADLOCK,
    title="Each waits for the other",
    cause=(
        "Two locks are taken in different order, one lock is taken twice, or something is awaited "
        "that only the waiter could bring about."
    ),
    hint="take locks in one order everywhere, and wait for nothing while you hold one",
    found_by={
        "python": "the run does not end, and the sampled threads all stand at a lock, a join or a queue",
        "javascript": "the program ends with exit code 13: what is awaited never comes",
    },
    examples=(
        Example(
            language="python",
            broken="""\
import threading

lock = threading.Lock()


def save():
    with lock:
        return "saved"


with lock:
    print(save())
""",
            mended="""\
import threading

lock = threading.Lock()


def save():
    with lock:
        return "saved"


print(save())
""",
        ),
        Example(
            language="javascript",
            broken="""\
const ready = new Promise((resolve) => {});
await ready;
console.log("ready");
""",
            mended="""\
const ready = new Promise((resolve) => setTimeout(resolve, 1));
await ready;
console.log("ready");
""",
            name="program.mjs",
        ),
    ),
    untemplated="in which order locks are taken is a matter of the whole design",
)
