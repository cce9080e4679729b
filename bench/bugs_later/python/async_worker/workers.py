import asyncio
from dataclasses import dataclass, field


@dataclass
class Pool:
    handler: object
    workers: int = 2
    results: dict = field(default_factory=dict)
    errors: list = field(default_factory=list)
    busiest: int = 0

    def __post_init__(self):
        self._queue = None
        self._busy = 0

    async def _work(self):
        while True:
            name, job = await self._queue.get()
            self._busy += 1
            self.busiest = max(self.busiest, self._busy)
            try:
                self.results[name] = await self.handler(job)
                self._busy -= 1
            except Exception as error:
                self.errors.append((name, str(error)))
                continue
            self._queue.task_done()

    async def run(self, jobs):
        """Handle all jobs, `name: job`, by some workers at once."""
        self._queue = asyncio.Queue()
        for item in jobs.items():
            self._queue.put_nowait(item)
        tasks = [asyncio.create_task(self._work()) for _ in range(self.workers)]
        try:
            await self._queue.join()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return self.results


async def fetch_all(fetch, urls, workers=2):
    pool = Pool(fetch, workers)
    found = await pool.run({url: url for url in urls})
    return [found.get(url) for url in urls], pool.errors
