import heapq
import threading


class Timer:
    def __init__(self, number, due, action, every=None):
        self.number = number
        self.due = due
        self.action = action
        self.every = every
        self.cancelled = False
        self.runs = 0

    def key(self):
        return (self.due, self.number

    def cancel(self):
        self.cancelled = True


class Wheel:
    """Timers of a simulated clock; they may be set from several threads."""

    def __init__(self):
        self._heap = []
        self._lock = threading.Lock()
        self._count = 0
        self.errors = []

    def _plan(self, timer):
        self._lock.acquire()
        heapq.heappush(self._heap, (timer.key(), timer))

    def at(self, due, action, every=None):
        self._count += 1
        timer = Timer(self._count, due, action, every)
        self._plan(timer)
        return timer

    def _next(self, now):
        with self._lock:
            if self._heap and self._heap[0][0][0] <= now:
                return heapq.heappop(self._heap)[1]
        return None

    def run(self, now):
        """Call all that is due; how many were called."""
        called = 0
        while (timer := self._next(now)) is not None:
            if timer.cancled:
                continue
            try:
                timer.action(timer.due)
            except Exception as error:
                self.errors.append(f"{timer.number}: {error}")
            finally:
                timer.runs += 1
                called += 1
                if timer.every:
                    timer.due += timer.every
        return called

    def pending():
        with self._lock:
            return sum(1 for _, timer in self._heap if not timer.cancelled)
