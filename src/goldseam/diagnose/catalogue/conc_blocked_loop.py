"""CONC.BLOCKED_LOOP: one task holds up all others."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example, Proof

ENTRY = Entry(
    code=Code.CONC_BLOCKED_LOOP,
    title="One task holds up all others",
    cause="A slow call without `await` in an event loop: while it lasts nothing else runs.",
    hint="await the asynchronous counterpart, or hand the call to a thread",
    found_by={
        "python": "blocking calls in `async def` (ruff ASYNC); samples show the loop's thread inside them",
        "javascript": (
            "synchronous calls (`readFileSync`, a long loop) in asynchronous code; samples show them"
        ),
    },
    examples=(
        Example(
            language="python",
            broken="""\
import asyncio
import time


async def slow():
    time.sleep(0.05)
    print("slow")


async def quick():
    await asyncio.sleep(0.001)
    print("quick")


async def main():
    await asyncio.gather(quick(), slow())


asyncio.run(main())
""",
            mended="""\
import asyncio


async def slow():
    await asyncio.sleep(0.2)
    print("slow")


async def quick():
    await asyncio.sleep(0.001)
    print("quick")


async def main():
    await asyncio.gather(quick(), slow())


asyncio.run(main())
""",
            proof=Proof.PRINTS,
        ),
        Example(
            language="javascript",
            broken="""\
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const block = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
setTimeout(() => console.log("tick"), 1);
(async () => {
  block(50);
  console.log("done");
})();
""",
            mended="""\
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
setTimeout(() => console.log("tick"), 1);
(async () => {
  await wait(200);
  console.log("done");
})();
""",
            proof=Proof.PRINTS,
        ),
    ),
    untemplated="what may run elsewhere is a matter of the whole design",
)
