"""One-function bugs for the rungs that ask a model: none is a report case, none comes from a public set.

Half of the functions say in words what they do. Each bug has tests that fail, and one that passes where the
function has an easy case.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bug:
    """`source` is broken, `tests` say what is right; `documented` if the function says what it does."""

    name: str
    source: str
    tests: str
    documented: bool
    language: str = "python"


OPENING = ('const assert = require("node:assert");', 'const { test } = require("node:test");')


def python(name: str, source: str, tests: str, *, documented: bool) -> Bug:
    return Bug(name, source.lstrip("\n"), f"import {name}\n\n\n{tests.lstrip()}", documented)


def javascript(name: str, source: str, tests: str, *, documented: bool) -> Bug:
    """Each line of `tests` becomes a test of its own."""
    lines = [f'const m = require("./{name}.js");', *OPENING, ""]
    lines += [f'test("{n}", () => {{ {line} }});' for n, line in enumerate(tests.strip().split("\n"))]
    return Bug(name, source.lstrip("\n"), "\n".join([*lines, ""]), documented, "javascript")


BUGS = (
    python(
        "runs",
        '''
def longest_run(flags):
    """The length of the longest stretch of true values in a row; 0 if there is none."""
    best = current = 0
    for flag in flags:
        if flag:
            current += 1
        else:
            best = max(best, current)
            current = 0
    return best
''',
        """
def test_inside():
    assert runs.longest_run([True, True, False, True, False]) == 2

def test_at_the_end():
    assert runs.longest_run([False, True, True, True]) == 3

def test_none():
    assert runs.longest_run([]) == 0
""",
        documented=True,
    ),
    python(
        "slug",
        '''
import re


def slug(title):
    """A title in lower case, with one hyphen between words and none at either end.

    Whatever is neither a letter nor a digit separates words.
    """
    return re.sub(r"[^a-z0-9]", "-", title.lower())
''',
        """
def test_words():
    assert slug.slug("Hello World") == "hello-world"

def test_punctuation():
    assert slug.slug("  What, now?! ") == "what-now"

def test_digits():
    assert slug.slug("Top 10") == "top-10"
""",
        documented=True,
    ),
    python(
        "merge",
        '''
def merged(spans):
    """Spans (start, end) in order, those that overlap or touch joined into one."""
    result = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    return result
''',
        """
def test_apart():
    assert merge.merged([(5, 6), (1, 2)]) == [(1, 2), (5, 6)]

def test_overlap():
    assert merge.merged([(1, 4), (3, 6)]) == [(1, 6)]

def test_inside():
    assert merge.merged([(1, 9), (2, 3)]) == [(1, 9)]
""",
        documented=True,
    ),
    python(
        "roman",
        '''
VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def number(text):
    """The number that a Roman numeral writes: a smaller letter before a larger one is taken away."""
    return sum(VALUES[letter] for letter in text)
''',
        """
def test_sum():
    assert roman.number("XVI") == 16

def test_taken_away():
    assert roman.number("XIV") == 14

def test_year():
    assert roman.number("MCMXC") == 1990
""",
        documented=True,
    ),
    python(
        "wrap",
        '''
def wrap(text, width):
    """Lines of at most `width` characters, words whole; a longer word stands alone."""
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return lines
''',
        """
def test_two_lines():
    assert wrap.wrap("one two three", 7) == ["one two", "three"]

def test_exact():
    assert wrap.wrap("aaa bbb", 6) == ["aaa", "bbb"]

def test_empty():
    assert wrap.wrap("", 5) == []

def test_long_word():
    assert wrap.wrap("abcdefgh ij", 4) == ["abcdefgh", "ij"]
""",
        documented=True,
    ),
    python(
        "leaves",
        '''
def flatten(value):
    """All values that are no lists, in order, out of lists in lists of any depth."""
    flat = []
    for item in value:
        if isinstance(item, list):
            flat.append(flatten(item))
        else:
            flat.append(item)
    return flat
''',
        """
def test_flat():
    assert leaves.flatten([1, 2]) == [1, 2]

def test_deep():
    assert leaves.flatten([1, [2, [3, [4]]], 5]) == [1, 2, 3, 4, 5]
""",
        documented=True,
    ),
    python(
        "clock",
        '''
def spoken(seconds):
    """A duration as `1h 02m 03s`; hours only if there are any, minutes only if any or hours are."""
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}h {minutes}m {seconds}s"
    return f"{minutes}m {seconds:02d}s"
''',
        """
def test_hours():
    assert clock.spoken(3723) == "1h 02m 03s"

def test_minutes():
    assert clock.spoken(123) == "2m 03s"

def test_seconds():
    assert clock.spoken(7) == "7s"
""",
        documented=True,
    ),
    python(
        "votes",
        """
def winner(ballots):
    counts = {}
    for name in ballots:
        counts[name] = 1
    best = max(counts.values(), default=0)
    leaders = [name for name, count in counts.items() if count == best]
    return leaders[0] if len(leaders) == 1 else None
""",
        """
def test_winner():
    assert votes.winner(["ann", "bob", "ann"]) == "ann"

def test_tie():
    assert votes.winner(["ann", "bob"]) is None

def test_nobody():
    assert votes.winner([]) is None
""",
        documented=False,
    ),
    python(
        "shop",
        """
SHIPPING = 4.90
FREE_FROM = 50


def order_total(prices, is_member):
    net = sum(prices)
    if is_member:
        net *= 0.9
    return round(net, 2)
""",
        """
def test_nothing():
    assert shop.order_total([], False) == 0

def test_small():
    assert shop.order_total([10], False) == 14.90

def test_member():
    assert shop.order_total([20], True) == 22.90

def test_large():
    assert shop.order_total([30, 30], False) == 60
""",
        documented=False,
    ),
    python(
        "account",
        """
class Account:
    def __init__(self, balance=0):
        self.balance = balance
        self.history = []

    def withdraw(self, amount):
        self.balance -= amount
        self.history.append(("withdraw", amount))
        return self.balance
""",
        """
import pytest

def test_enough():
    assert account.Account(10).withdraw(4) == 6

def test_too_much():
    mine = account.Account(10)
    with pytest.raises(ValueError):
        mine.withdraw(11)
    assert mine.balance == 10
    assert mine.history == []

def test_history():
    mine = account.Account(10)
    mine.withdraw(4)
    assert mine.history == [("withdraw", 4)]
""",
        documented=False,
    ),
    python(
        "grid",
        """
def neighbours(row, column, height, width):
    found = []
    for y in (row - 1, row, row + 1):
        for x in (column - 1, column, column + 1):
            if 0 <= y < height and 0 <= x < width:
                found.append((y, x))
    return found
""",
        """
def test_corner():
    assert grid.neighbours(0, 0, 3, 3) == [(0, 1), (1, 0), (1, 1)]

def test_middle():
    assert len(grid.neighbours(1, 1, 3, 3)) == 8
""",
        documented=False,
    ),
    python(
        "query",
        """
def parse_query(text):
    values = {}
    for part in text.lstrip("?").split("&"):
        name, value = part.split("=")
        values[name] = value
    return values
""",
        """
def test_two():
    assert query.parse_query("?a=1&b=2") == {"a": "1", "b": "2"}

def test_without_value():
    assert query.parse_query("a=1&flag") == {"a": "1", "flag": ""}

def test_equals_in_value():
    assert query.parse_query("q=x=y") == {"q": "x=y"}

def test_empty():
    assert query.parse_query("") == {}
""",
        documented=False,
    ),
    python(
        "median",
        """
def median(numbers):
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    return ordered[middle]
""",
        """
def test_odd():
    assert median.median([3, 1, 2]) == 2

def test_even():
    assert median.median([4, 1, 3, 2]) == 2.5
""",
        documented=False,
    ),
    python(
        "brackets",
        """
PAIRS = {")": "(", "]": "[", "}": "{"}


def is_balanced(text):
    waiting = []
    for character in text:
        if character in PAIRS.values():
            waiting.append(character)
        elif character in PAIRS:
            if waiting.pop() != PAIRS[character]:
                return False
    return True
""",
        """
def test_balanced():
    assert brackets.is_balanced("a(b[c]{d})")

def test_crossed():
    assert not brackets.is_balanced("([)]")

def test_closed_too_often():
    assert not brackets.is_balanced("())")

def test_left_open():
    assert not brackets.is_balanced("((")
""",
        documented=False,
    ),
    python(
        "batches",
        """
def batched(items, size):
    batches = []
    for start in range(0, len(items) - size, size):
        batches.append(items[start : start + size])
    return batches
""",
        """
def test_even():
    assert batches.batched([1, 2, 3, 4], 2) == [[1, 2], [3, 4]]

def test_rest():
    assert batches.batched([1, 2, 3], 2) == [[1, 2], [3]]

def test_nothing():
    assert batches.batched([], 2) == []
""",
        documented=False,
    ),
    python(
        "initials",
        '''
def initials(name):
    """The first letters of all parts of a name in capitals, each with a dot: `A. M.`"""
    return ".".join(part[0] for part in name.split(" "))
''',
        """
def test_two():
    assert initials.initials("ada lovelace") == "A. L."

def test_spaces():
    assert initials.initials("  grace   hopper ") == "G. H."

def test_nobody():
    assert initials.initials("") == ""
""",
        documented=True,
    ),
    javascript(
        "range",
        """
/** All whole numbers from `start` up to `end`, `end` left out, in steps of `step`, which may be negative. */
function range(start, end, step = 1) {
  const numbers = [];
  for (let n = start; n < end; n += step) {
    numbers.push(n);
  }
  return numbers;
}

module.exports = { range };
""",
        """
assert.deepStrictEqual(m.range(0, 3), [0, 1, 2]);
assert.deepStrictEqual(m.range(0, 5, 2), [0, 2, 4]);
assert.deepStrictEqual(m.range(3, 0, -1), [3, 2, 1]);
""",
        documented=True,
    ),
    javascript(
        "group",
        """
/** Items by the key that `keyOf` gives: an object of arrays, each in the order of the items. */
function groupBy(items, keyOf) {
  const groups = {};
  for (const item of items) {
    const key = keyOf(item);
    groups[key] = [item];
  }
  return groups;
}

module.exports = { groupBy };
""",
        """
assert.deepStrictEqual(m.groupBy([1, 2, 3], (n) => (n % 2 ? "odd" : "even")), { odd: [1, 3], even: [2] });
assert.deepStrictEqual(m.groupBy([], (n) => n), {});
""",
        documented=True,
    ),
    javascript(
        "capitals",
        """
/** The text with the first letter of every word in upper case and all other letters in lower case. */
function titleCase(text) {
  return text
    .split(" ")
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join(" ");
}

module.exports = { titleCase };
""",
        """
assert.strictEqual(m.titleCase("hello world"), "Hello World");
assert.strictEqual(m.titleCase("SHOUT it"), "Shout It");
assert.strictEqual(m.titleCase("a  b"), "A  B");
""",
        documented=True,
    ),
    javascript(
        "stock",
        """
const MINIMUM = 5;

function toOrder(stock, wanted) {
  const orders = {};
  for (const name of Object.keys(wanted)) {
    const missing = wanted[name] - stock[name];
    if (missing > 0) {
      orders[name] = missing;
    }
  }
  return orders;
}

module.exports = { toOrder };
""",
        """
assert.deepStrictEqual(m.toOrder({ nut: 1 }, { nut: 10 }), { nut: 9 });
assert.deepStrictEqual(m.toOrder({ nut: 4 }, { nut: 4 }), {});
assert.deepStrictEqual(m.toOrder({ nut: 4 }, { nut: 6 }), { nut: 5 });
assert.deepStrictEqual(m.toOrder({}, { bolt: 7 }), { bolt: 7 });
""",
        documented=False,
    ),
    javascript(
        "unique",
        """
function uniqueBy(items, key) {
  const seen = new Set();
  return items.filter((item) => {
    seen.add(item[key]);
    return seen.has(item[key]);
  });
}

module.exports = { uniqueBy };
""",
        """
assert.deepStrictEqual(m.uniqueBy([{ id: 1 }, { id: 1 }, { id: 2 }], "id"), [{ id: 1 }, { id: 2 }]);
assert.deepStrictEqual(m.uniqueBy([], "id"), []);
""",
        documented=False,
    ),
    javascript(
        "pages",
        """
function page(items, number, size) {
  const start = number * size;
  return {
    items: items.slice(start, size),
    pages: Math.floor(items.length / size),
  };
}

module.exports = { page };
""",
        """
assert.deepStrictEqual(m.page([1, 2, 3, 4], 1, 2), { items: [1, 2], pages: 2 });
assert.deepStrictEqual(m.page([1, 2, 3, 4, 5], 3, 2), { items: [5], pages: 3 });
""",
        documented=False,
    ),
)
