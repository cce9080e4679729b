import asyncio

from poller import Poller


def probe_of(*answers):
    waiting = list(answers)

    async def probe():
        answer = waiting.pop(0) if waiting else 0
        if isinstance(answer, Exception):
            raise answer
        return answer

    return probe


def test_counts():
    async def main():
        poller = Poller(probe_of(1, OSError("down"), 3), limit=3)
        poller.start()
        return await poller.wait()

    health = asyncio.run(main())
    assert (health.ok, health.failed, health.last_error) == (2, 1, "OSError")
    assert health.history == [1, 3]


def test_stops():
    async def main():
        poller = Poller(probe_of(), limit=1000)
        poller.start()
        await asyncio.sleep(0.02)
        health = await poller.stop()
        return poller.running, health.failed

    assert asyncio.run(main()) == (False, 0)


def test_not_started():
    async def main():
        poller = Poller(probe_of())
        return (await poller.stop()).share, poller.running

    assert asyncio.run(main()) == (None, False)
