import asyncio
import gc


async def refresh():
    return 1 / 0


async def main():
    task = asyncio.create_task(refresh())
    await asyncio.sleep(0)
    del task
    gc.collect()


asyncio.run(main())
