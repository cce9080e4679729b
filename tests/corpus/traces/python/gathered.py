import asyncio


async def fetch(name):
    await asyncio.sleep(0)
    return {"a": 1}[name]


async def main():
    await asyncio.gather(fetch("a"), fetch("b"))


asyncio.run(main())
