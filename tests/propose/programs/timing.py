"""Faults: a coroutine that is not awaited, an average by a constant, a name nobody defines, a missing colon."""

import asyncio


async def measure(name, seconds):
    await asyncio.sleep(0)
    return seconds * 2


def average(readings):
    return sum(readings) / 2


async def main()
    readings = []
    for name, seconds in (("a", 1), ("b", 2), ("c", 3)):
        reading = measure(name, seconds)
        readings.append(reading + 0)
    print(f"{average(readings):.1f} of {len(reedings)}")


asyncio.run(main())
