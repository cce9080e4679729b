"""CONC.DATA_RACE: two change the same thing at once."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.CONC_DATA_RACE,
    title="Two change the same thing at once",
    cause=(
        "One reads, the other writes, the first writes back what it read: an update is lost. It "
        "depends on who comes first, so it comes and goes."
    ),
    hint="hold a lock from the read to the write, or let one alone change it",
    found_by={
        "python": (
            "no analyzer names it by itself yet; look where threads write shared names, and at "
            "results that differ between runs"
        ),
        "javascript": (
            "no analyzer names it by itself yet; look where a shared variable is read before an "
            "`await` and written after it, and at results that differ between runs"
        ),
    },
    examples=(
        Example(
            language="python",
            broken="""\
import threading
import time

count = 0


def add():
    global count
    seen = count
    time.sleep(0.01)
    count = seen + 1


threads = [threading.Thread(target=add) for _ in range(5)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert count == 5, count
""",
            mended="""\
import threading
import time

count = 0
lock = threading.Lock()


def add():
    global count
    with lock:
        seen = count
        time.sleep(0.01)
        count = seen + 1


threads = [threading.Thread(target=add) for _ in range(5)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert count == 5, count
""",
        ),
        Example(
            language="javascript",
            broken="""\
const assert = require("node:assert");
let count = 0;
const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
async function add() {
  const seen = count;
  await pause();
  count = seen + 1;
}
Promise.all([add(), add()]).then(() => assert.equal(count, 2));
""",
            mended="""\
const assert = require("node:assert");
let count = 0;
const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
async function add() {
  await pause();
  count += 1;
}
Promise.all([add(), add()]).then(() => assert.equal(count, 2));
""",
        ),
    ),
    untemplated="which lock guards what is a matter of the whole design",
)
