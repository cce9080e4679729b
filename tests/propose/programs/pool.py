"""Faults: the one instance bypassed, a word in two spellings, an identity of texts."""


class Pool:
    _one = None

    def __init__(self):
        self.open = {}

    @classmethod
    def get_instance(cls):
        if cls._one is None:
            cls._one = cls()
        return cls._one


def connect(name, state="open"):
    Pool.get_instance().open[name] = {"name": name, "state": state}


def count(state):
    pool = Pool()
    return sum(1 for row in pool.open.values() if row["state"] == state)


def label(size):
    text = "".join(["man", "y"]) if size > 1 else "one"
    return "several" if text is "many" else "single"


def main():
    connect("a", "OPEN")
    connect("b")
    print(count("open"), label(count("open")))


main()
