"""A small scheduler: jobs wait in a heap until they are due."""

import heapq
from dataclasses import dataclass, field


@dataclass(order=True)
class Job:
    """What is due when. Jobs are ordered by due time, then priority, then the order in which they came.

    What a job carries (`name`, `data`) has no part in the order.
    """

    due: float
    priority: int
    name: str = field(compare=False)
    data: dict = field(default_factory=dict)
    number: int = 0


class Scheduler:
    def __init__(self):
        self._heap: list[Job] = []
        self._numbers = 0

    def __len__(self):
        return len(self._heap)

    def at(self, due, name, priority=5, **data):
        """Plan a job; a low priority number is more urgent."""
        self._numbers += 1
        job = Job(due, priority, name, data, self._numbers)
        heapq.heappush(self._heap, job)
        return job

    def due(self, now):
        """Take out all jobs that are due, in their order."""
        ready = []
        while self._heap and self._heap[0].due <= now:
            ready.append(heapq.heappop(self._heap))
        return ready

    def cancel(self, job):
        """Forget a job; whether it was still waiting."""
        for at, waiting in enumerate(self._heap):
            if waiting.number == job.number:
                del self._heap[at]
                heapq.heapify(self._heap)
                return True
        return False
