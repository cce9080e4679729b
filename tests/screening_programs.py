"""Small faulty programs with their tests, for both judges: each uses Python, or pytest, in its own way."""

FIXTURES = {
    "bank.py": """
class Account:
    limit = 100

    def __init__(self, owner, balance=0):
        self.owner, self.balance, self._log = owner, balance, []

    def deposit(self, amount):
        if amount < 0:
            raise ValueError("negative")
        self.balance += amount
        self._log.append(amount)
        return self.balance

    def withdraw(self, amount):
        if self.balance - amount <= -self.limit:
            raise ValueError("limit")
        self.balance -= amount
        self._log.append(-amount)
        return self.balance

    @property
    def turnover(self):
        return sum(abs(amount) for amount in self._log)

    @classmethod
    def joint(cls, first, second):
        return cls(f"{first} & {second}", 10)

    @staticmethod
    def rate(balance):
        return 3 if balance > 50 else 1
""",
    "conftest.py": """
import pytest
from bank import Account


@pytest.fixture
def account():
    return Account("Ann", 20)


@pytest.fixture(scope="module")
def rich():
    account = Account("Bob", 500)
    yield account
    account.balance = 0


@pytest.fixture(autouse=True)
def nothing_left():
    yield
    assert Account.limit == 100
""",
    "test_bank.py": """
import pytest
from bank import Account


def test_deposit(account):
    assert account.deposit(5) == 25
    assert account.turnover == 5


def test_limit(account):
    assert account.withdraw(120) == -100
    with pytest.raises(ValueError):
        account.withdraw(1)


def test_negative(account):
    with pytest.raises(ValueError, match="negative"):
        account.deposit(-1)


def test_rich(rich):
    assert rich.withdraw(100) == 400


def test_still_rich(rich):
    assert rich.balance == 400


class TestRates:
    @pytest.mark.parametrize("balance, rate", [(10, 1), (50, 1), (51, 3)])
    def test_rate(self, balance, rate):
        assert Account.rate(balance) == rate

    def test_joint(self):
        assert Account.joint("A", "B").owner == "A & B"
""",
}
UNITTEST = {
    "stack.py": """
class Stack:
    def __init__(self, size):
        self.__items = []
        self.size = size

    def push(self, item):
        if len(self.__items) > self.size:
            raise OverflowError("full")
        self.__items.append(item)

    def pop(self):
        return self.__items.pop(-1)

    def __len__(self):
        return len(self.__items)


class Deep(Stack):
    def push(self, item):
        for part in item:
            super().push(part)
        return len(self) - 0
""",
    "test_stack.py": """
import unittest
from stack import Deep, Stack


class StackTest(unittest.TestCase):
    def setUp(self):
        self.stack = Stack(2)

    def test_order(self):
        self.stack.push(1)
        self.stack.push(2)
        self.assertEqual(self.stack.pop(), 2)
        self.assertEqual(self.stack.pop(), 1)

    def test_full(self):
        self.stack.push(1)
        self.stack.push(2)
        with self.assertRaises(OverflowError):
            self.stack.push(3)

    def test_sizes(self):
        for count in range(3):
            with self.subTest(count=count):
                stack = Stack(5)
                for number in range(count):
                    stack.push(number)
                self.assertEqual(len(stack), count)

    def test_deep(self):
        self.assertEqual(Deep(5).push([1, 2]), 2)


if __name__ == "__main__":
    unittest.main()
""",
}
DECORATED = {
    "tools.py": """
import functools

LIMIT = 3
CALLS = []


def counted(add):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args):
            CALLS.append(function.__name__)
            return function(*args) + add

        return wrapper

    return decorate


@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 1 else fib(n - 1) + fib(n - 2)


@counted(1)
def double(x):
    return x * 2 - 1


def make_counter(start=0):
    count = start

    def step(by=1):
        nonlocal count
        count += by
        return count

    return step


tick = make_counter(5)


def below(values):
    return [value for value in values if value < LIMIT + 1]


TABLE = {name: len(name) + 1 for name in ("a", "bb")}
""",
    "test_tools.py": """
import pytest
from tools import CALLS, TABLE, below, double, fib, make_counter, tick


@pytest.mark.parametrize("n, value", [(0, 0), (1, 1), (2, 1), (10, 55)])
def test_fib(n, value):
    assert fib(n) == value


def test_double():
    assert double(4) == 8
    assert CALLS == ["double"]


def test_counter():
    step = make_counter()
    assert [step(), step(2)] == [1, 3]


def test_tick():
    assert tick() == 6


def test_below():
    assert below([1, 2, 3, 4]) == [1, 2, 3]


def test_table():
    assert TABLE == {"a": 2, "bb": 3}
""",
}
LAZY = {
    "flow.py": """
import asyncio
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(order=True)
class Job:
    cost: int
    name: str = field(default="job", compare=False)
    parts: list = field(default_factory=list)

    def total(self):
        return self.cost + sum(self.parts) - 1


def batches(items, size):
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) > size:
            yield batch
            batch = []
    if batch:
        yield batch


async def fetch(number):
    await asyncio.sleep(0)
    return number * 2


async def fetch_all(numbers):
    return [await fetch(number) for number in numbers if number > 0]


@contextmanager
def noted(log):
    log.append("in")
    try:
        yield len(log)
    finally:
        log.append("out")


class Grid:
    __slots__ = ("rows",)

    def __init__(self, rows):
        self.rows = rows

    def __iter__(self):
        for row in self.rows:
            yield from row

    def __getitem__(self, at):
        return self.rows[at[0]][at[1]]
""",
    "test_flow.py": """
import asyncio
import pytest
from flow import Grid, Job, batches, fetch_all, noted

SORTED = []


def test_batches():
    assert list(batches([1, 2, 3], 2)) == [[1, 2], [3]]


def test_no_batch():
    assert list(batches([], 2)) == []


def test_total():
    assert Job(3, parts=[1, 2]).total() == 5


def test_order():
    assert sorted([Job(2), Job(1)])[0].cost == 1


def test_fetch():
    assert asyncio.run(fetch_all([0, 1, 2])) == [2, 4]


def test_noted():
    log = []
    with noted(log) as size:
        assert size == 1
    assert log == ["in", "out"]


@pytest.mark.parametrize("values", [[[3, 1], [2]], [[1]]])
def test_grid(values):
    values[0].sort()
    SORTED.append(values)
    assert list(Grid(values))[0] == 1
    assert Grid(values)[0, 0] == values[0][0]
""",
}
PATCHED = {
    "report.py": """
import json
import os
from pathlib import Path

DEFAULT = "EUR"


def currency():
    return os.environ.get("CURRENCY", DEFAULT)


def rate():
    return 2


def price(amount):
    return f"{amount * rate() + 1} {currency()}"


def save(folder, amounts):
    path = Path(folder, "report.json")
    path.write_text(json.dumps({"total": sum(amounts[1:]), "count": len(amounts)}))
    print("saved", len(amounts))
    return path


def load(folder):
    return json.loads(Path(folder, "report.json").read_text())["total"]
""",
    "test_report.py": """
import json
import pytest
import report


def test_price(monkeypatch):
    monkeypatch.setattr(report, "rate", lambda: 3)
    monkeypatch.setenv("CURRENCY", "USD")
    assert report.price(2) == "6 USD"


def test_default():
    assert report.currency() == "EUR"


def test_save(tmp_path, capsys):
    path = report.save(tmp_path, [1, 2])
    assert json.loads(path.read_text()) == {"total": 3, "count": 2}
    assert capsys.readouterr().out == "saved 2\\n"


def test_load(tmp_path):
    report.save(tmp_path, [4])
    assert report.load(tmp_path) == 4


@pytest.mark.filterwarnings("error")
def test_quiet():
    assert report.rate() == 2


@pytest.mark.xfail(reason="later")
def test_later():
    assert report.rate() == 5


@pytest.mark.skip(reason="never")
def test_never():
    assert False
""",
}
LOOPS = {
    "loops.py": """
def gcd(a, b):
    while b != 0:
        a, b = a, a % b
    return a


def depth(tree):
    if not tree:
        return 0
    return 1 + max(depth(child) for child in tree)


def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 2
    return steps
""",
    "test_loops.py": """
import pytest
from loops import collatz, depth, gcd


@pytest.mark.parametrize("a, b, expected", [(4, 2, 2), (9, 6, 3), (7, 0, 7)])
def test_gcd(a, b, expected):
    assert gcd(a, b) == expected


def test_collatz():
    assert collatz(6) == 8


def test_depth():
    assert depth([[], [[]]]) == 2
""",
}
PROCESSES = {
    "tool.py": """
import sys


def twice(n):
    return n * 3


if __name__ == "__main__":
    print(twice(int(sys.argv[1])))
""",
    "test_tool.py": """
import subprocess
import sys


def test_command():
    printed = subprocess.run([sys.executable, "tool.py", "4"], capture_output=True, text=True)
    assert printed.stdout == "8\\n"
""",
}
IMPORTED = {
    "shapes/__init__.py": "from shapes.areas import area\n",
    "shapes/areas.py": """
import math

FACTOR = 3
KINDS = {"circle": lambda r: FACTOR * r * r, "square": lambda a: a * a}


def area(kind, size, *, scale=1):
    return KINDS[kind](size) * scale


class Unit:
    name = "cm"
    per_metre = 10

    @classmethod
    def metres(cls, value):
        return value / cls.per_metre
""",
    "use.py": """
from shapes import area as area_of
from shapes.areas import FACTOR, Unit

HALF = FACTOR / 2


def both(size):
    return area_of("circle", size) + area_of("square", size)
""",
    "tests/test_use.py": """
import use


def test_both():
    assert use.both(2) == 16


def test_half():
    assert use.HALF == 1.5


def test_metres():
    assert use.Unit.metres(200) == 2
""",
    "conftest.py": "",
}
BROKEN_IMPORT = {
    "parse.py": """
import re

WORD = re.compile("[a-z]+")
LONGEST = max(WORD.findall("a bb"), key=length)


def words(text):
    return WORD.findall(text.lower())
""",
    "test_parse.py": """
import pytest
import parse


def test_words():
    assert parse.words("A b") == ["a", "b"]


@pytest.mark.skip
def test_not():
    assert False


def test_longest():
    assert parse.LONGEST == "bb"
""",
}

PROGRAMS = {
    "fixtures": ("bank.py", FIXTURES),
    "unittest": ("stack.py", UNITTEST),
    "decorated": ("tools.py", DECORATED),
    "lazy": ("flow.py", LAZY),
    "patched": ("report.py", PATCHED),
    "loops": ("loops.py", LOOPS),
    "processes": ("tool.py", PROCESSES),
    "imported": ("shapes/areas.py", IMPORTED),
    "broken_import": ("parse.py", BROKEN_IMPORT),
}
"""By name: the file under repair, and all files."""
