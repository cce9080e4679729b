import asyncio

from poller import Poller


def test_cancelled_inside_the_probe():
    started = []

    async def slow():
        started.append(1)
        await asyncio.sleep(3)

    async def main():
        poller = Poller(slow, limit=3)
        poller.start()
        await asyncio.sleep(0.01)
        health = await poller.stop()
        return poller.running, health.ok, health.failed, health.last_error, health.share

    assert asyncio.run(main()) == (False, 0, 0, "", None)
    assert len(started) == 1


def test_failures_do_not_stop_it():
    count = []

    async def bad():
        count.append(1)
        raise KeyError("x")

    async def main():
        poller = Poller(bad, limit=4)
        poller.start()
        return await poller.wait()

    health = asyncio.run(main())
    assert (health.ok, health.failed, health.last_error) == (0, 4, "KeyError")
    assert len(count) == 4
    assert health.share == 0.0


def test_wait_after_stop_is_cancelled():
    async def probe():
        return 1

    async def main():
        poller = Poller(probe, limit=1000)
        poller.start()
        await asyncio.sleep(0.005)
        await poller.stop()
        try:
            await poller.wait()
        except asyncio.CancelledError:
            return "cancelled"

    assert asyncio.run(main()) == "cancelled"
