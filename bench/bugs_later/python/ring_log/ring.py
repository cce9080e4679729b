LEVELS = ("debug", "info", "warning", "error")


class RingLog:
    """The last messages, as many as there are slots."""

    def __init__(self, slots=4, least="debug"):
        self._slots = [None] * slots
        self._next = 0
        self._least = LEVELS.index(least)
        self.lost = 0

    def add(self, level, text):
        if LEVELS.index(level) < self._least:
            return False
        if self._slots[self._next] is not None:
            self.lost += 1
        self._slots[self._next] = (level, text)
        self._next = (self._next + 1) % len(self._slots)
        return True

    def __iter__(self):
        return (entry for entry in self._slots if entry is not None)

    def __len__(self):
        return sum(1 for _ in self)

    def texts(self, least="debug"):
        return [text for level, text in self if LEVELS.index(level) >= LEVELS.index(least)]

    def last(self, count=1):
        return self.texts()[-count:] if count > 0 else []

    def show(self):
        head = [f"({self.lost} lost)"] if self.lost else []
        return "\n".join(head + [f"{level.upper():8}{text}" for level, text in self])
