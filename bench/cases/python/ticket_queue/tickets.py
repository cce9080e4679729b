"""A help desk: tickets with priorities, and who works on them."""

import heapq
import itertools

PRIORITIES = {"low": 3, "normal": 2, "high": 1}


class Ticket:
    counter = itertools.count(1)

    def __init__(self, subject, priority="normal", tags=[]):
        self.number = next(self.counter)
        self.subject = subject
        self.priority = priority
        self.tags = tags
        self.owner = None
        self.closed = False

    def tag(self, name):
        self.tags.append(name)


class Desk:
    def __init__(self):
        self._waiting = []
        self._tickets = {}

    def open(self, subject, priority="normal"):
        ticket = Ticket(subject, priority)
        self._tickets[ticket.number] = ticket
        heapq.heappush(self._waiting, (PRIORITIES[priority], ticket))
        return ticket

    def take(self, worker):
        """The most urgent ticket that waits, the oldest of these, now the worker's; `None` if none waits."""
        _, ticket = heapq.heappop(self._waiting)
        ticket.owner = worker
        return ticket

    def close(self, number):
        self._tickets[number].close = True

    def load(self):
        """How many open tickets each worker has."""
        found = {}
        for ticket in self._tickets.values():
            if ticket.owner and not ticket.closed:
                found[ticket.owner] = 1
        return found
