"""TYP.NOT_AWAITED: a result is used before it is there."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.TYP_NOT_AWAITED,
    title="A result is used before it is there",
    cause=(
        "An asynchronous function was called and not awaited: what comes back is a promise or a "
        "coroutine, not its result."
    ),
    hint="await `{name}`",
    found_by={
        "python": '"coroutine was never awaited" and TypeError of a run; ruff and ty without one',
        "javascript": (
            "a Promise where a value is expected, in the frame's values; the TypeScript service without a run"
        ),
    },
    examples=(
        Example(
            language="python",
            broken="""\
import asyncio


async def load():
    return [3, 4]


async def main():
    print(sum(load()))


asyncio.run(main())
""",
            mended="""\
import asyncio


async def load():
    return [3, 4]


async def main():
    print(sum(await load()))


asyncio.run(main())
""",
        ),
        Example(
            language="javascript",
            broken="""\
async function load() {
  return [3, 4];
}
async function main() {
  console.log(load().map((n) => n * 2));
}
main();
""",
            mended="""\
async function load() {
  return [3, 4];
}
async function main() {
  console.log((await load()).map((n) => n * 2));
}
main();
""",
        ),
    ),
    templates=("diagnosis", "script_await", "started_loop"),
)
