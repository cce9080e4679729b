import asyncio
from dataclasses import dataclass, field


@dataclass
class Health:
    ok: int = 0
    failed: int = 0
    last_error: str = ""
    history: list = field(default_factory=list)

    @property
    def share(self):
        total = self.ok + self.failed
        return self.ok / total if total else None


class Poller:
    """Asks a probe again and again in the background."""

    def __init__(self, probe, every=0.001, limit=None):
        self.probe = probe
        self.every = every
        self.limit = limit
        self.health = Health()
        self._task = None

    async def _run(self):
        rounds = 0
        while self.limit is None or rounds < self.limit:
            rounds += 1
            try:
                value = await self.probe()
                self.health.ok += 1
                self.health.history.append(value)
                await asyncio.sleep(self.every)
            except BaseException as error:
                self.health.failed += 1
                self.health.last_error = type(error).__name__

    def start(self):
        self._task = asyncio.ensure_future(self._run())

    async def stop(self):
        if self._task is None:
            return self.health
        self._task.cancel()
        await asyncio.wait([self._task], timeout=0.2)
        return self.health

    async def wait(self):
        await self._task
        return self.health

    @property
    def running(self):
        return self._task is not None and not self._task.done()
