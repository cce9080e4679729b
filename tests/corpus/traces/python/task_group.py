import asyncio


async def upload(name):
    raise ConnectionError(f"{name} refused")


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(upload("a"))


asyncio.run(main())
