"""Events between the parts of the shop."""


class Bus:
    """Listeners by event. What a listener raises is kept in `errors` as `(event, error)`; the others are called."""

    def __init__(self):
        self._listeners = {}
        self.errors = []
        self.sent = 0

    def on(self, name, listener):
        self._listeners.setdefault(name, []).append(listener)

    def off(self, name, listener):
        if listener in self._listeners.get(name, []):
            self._listeners[name].remove(listener)

    def once(self, name, listener):
        """Call a listener for the next event only."""

        def only(**data):
            self.off(name, only)
            listener(**data)

        self.on(name, only)

    def send(self, name, **data):
        """Call all listeners of an event in their order; how many there were."""
        called = 0
        for listener in self._listeners.get(name, []):
            called += 1
            try:
                listener(**data)
            except Exception:
                pass
        self.sent += 1
        return called


_shared = None


def shared():
    """The one bus of the program."""
    global _shared
    if _shared is None:
        _shared = Bus()
    return _shared


def forget():
    """Begin with a new shared bus."""
    global _shared
    _shared = None
