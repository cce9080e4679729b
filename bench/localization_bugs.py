"""Our own bugs for `localization.py`: programs with tests in Python and Node, and faults planted by hand.

Each fault replaces one line of a green program by a wrong one; at least one test is red then.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from localization import Bug


@dataclass(frozen=True)
class Program:
    """A green program; `faults` are a path, a line of it, and what stands there instead."""

    name: str
    files: Mapping[str, str]
    test: str
    faults: tuple[tuple[str, str, str], ...]
    tests: tuple[str, ...]
    group: str


CART = Program(
    "cart",
    {
        "prices.py": """RATES = {"food": 0.07, "books": 0.05, "toys": 0.19}


def gross(net, kind):
    rate = RATES.get(kind, 0.19)
    return round(net * (1 + rate), 2)


def discount(total):
    if total >= 100:
        return 0.1
    if total >= 50:
        return 0.05
    return 0.0
""",
        "cart.py": """from prices import discount, gross


class Cart:
    def __init__(self):
        self.items = []

    def add(self, name, net, kind, count=1):
        if count < 1:
            raise ValueError("count must be positive")
        for item in self.items:
            if item["name"] == name:
                item["count"] += count
                return
        self.items.append({"name": name, "net": net, "kind": kind, "count": count})

    def remove(self, name):
        kept = [item for item in self.items if item["name"] != name]
        removed = len(self.items) - len(kept)
        self.items = kept
        return removed

    def subtotal(self):
        total = 0
        for item in self.items:
            price = gross(item["net"], item["kind"])
            total += price * item["count"]
        return round(total, 2)

    def total(self):
        amount = self.subtotal()
        off = amount * discount(amount)
        return round(amount - off, 2)

    def cheapest(self):
        if not self.items:
            return None
        best = min(self.items, key=lambda item: item["net"])
        return best["name"]
""",
        "test_cart.py": """import pytest
from cart import Cart
from prices import discount, gross


def filled():
    cart = Cart()
    cart.add("bread", 2.0, "food", 3)
    cart.add("novel", 10.0, "books")
    return cart


def test_gross_food(): assert gross(10, "food") == 10.7
def test_gross_books(): assert gross(10, "books") == 10.5
def test_gross_other(): assert gross(10, "car") == 11.9
def test_discount_none(): assert discount(49.99) == 0.0
def test_discount_small(): assert discount(50) == 0.05
def test_discount_large(): assert discount(100) == 0.1
def test_subtotal(): assert filled().subtotal() == 16.92
def test_empty(): assert Cart().total() == 0
def test_total_small(): assert filled().total() == 16.92
def test_add_twice():
    cart = filled()
    cart.add("bread", 2.0, "food", 2)
    assert cart.items[0]["count"] == 5
    assert len(cart.items) == 2
def test_remove():
    cart = filled()
    assert cart.remove("bread") == 1
    assert cart.subtotal() == 10.5
def test_remove_unknown(): assert filled().remove("x") == 0
def test_count():
    with pytest.raises(ValueError):
        Cart().add("a", 1, "food", 0)
def test_cheapest(): assert filled().cheapest() == "bread"
def test_cheapest_empty(): assert Cart().cheapest() is None
def test_total_large():
    cart = filled()
    cart.add("train", 100.0, "toys")
    assert cart.total() == 122.33
""",
    },
    "python3 -m pytest -q test_cart.py",
    (
        ("prices.py", "return round(net * (1 + rate), 2)", "return round(net * rate, 2)"),
        ("prices.py", "if total >= 50:", "if total > 50:"),
        ("prices.py", "if total >= 100:", "if total > 100:"),
        ("prices.py", "rate = RATES.get(kind, 0.19)", 'rate = RATES.get(kind, RATES["food"])'),
        ("cart.py", 'item["count"] += count', 'item["count"] = count'),
        ("cart.py", 'if item["name"] == name:', 'if item["name"] != name:'),
        ("cart.py", "if count < 1:", "if count < 0:"),
        (
            "cart.py",
            "removed = len(self.items) - len(kept)",
            "removed = len(kept) - len(self.items)",
        ),
        ("cart.py", 'total += price * item["count"]', "total += price"),
        ("cart.py", "return round(amount - off, 2)", "return round(amount + off, 2)"),
        (
            "cart.py",
            'best = min(self.items, key=lambda item: item["net"])',
            'best = max(self.items, key=lambda item: item["net"])',
        ),
        ("cart.py", "off = amount * discount(amount)", "off = discount(amount)"),
    ),
    ("test_cart.py",),
    "python",
)

TEXTS = Program(
    "texts",
    {
        "texts.py": """def words(text):
    found = []
    word = ""
    for letter in text.lower():
        if letter.isalnum():
            word += letter
        elif word:
            found.append(word)
            word = ""
    if word:
        found.append(word)
    return found


def counts(text):
    table = {}
    for word in words(text):
        table[word] = table.get(word, 0) + 1
    return table


def most_common(text, limit=3):
    ordered = sorted(counts(text).items(), key=lambda pair: (-pair[1], pair[0]))
    return [word for word, count in ordered[:limit]]


def wrap(text, width):
    lines = []
    line = ""
    for word in text.split():
        if not line:
            line = word
        elif len(line) + 1 + len(word) <= width:
            line += " " + word
        else:
            lines.append(line)
            line = word
    if line:
        lines.append(line)
    return lines


def is_palindrome(text):
    letters = "".join(words(text))
    return letters == letters[::-1]


def roman(number):
    signs = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    out = ""
    for value, sign in signs:
        while number >= value:
            out += sign
            number -= value
    return out


def caesar(text, shift):
    out = []
    for letter in text:
        if letter.isalpha():
            start = ord("A") if letter.isupper() else ord("a")
            out.append(chr((ord(letter) - start + shift) % 26 + start))
        else:
            out.append(letter)
    return "".join(out)
""",
        "test_texts.py": """from texts import *


def test_words(): assert words("Hello, big World") == ["hello", "big", "world"]
def test_words_end(): assert words("one two.") == ["one", "two"]
def test_words_empty(): assert words("") == []
def test_counts(): assert counts("a b a") == {"a": 2, "b": 1}
def test_common(): assert most_common("b a b c c b a d") == ["b", "a", "c"]
def test_common_limit(): assert most_common("b a b", 1) == ["b"]
def test_wrap(): assert wrap("aa bb cc", 5) == ["aa bb", "cc"]
def test_wrap_exact(): assert wrap("aa bb", 5) == ["aa bb"]
def test_wrap_narrow(): assert wrap("aaa bbb", 3) == ["aaa", "bbb"]
def test_wrap_empty(): assert wrap("", 5) == []
def test_palindrome(): assert is_palindrome("Never odd or even")
def test_no_palindrome(): assert not is_palindrome("Never odd")
def test_roman_one(): assert roman(1) == "I"
def test_roman_four(): assert roman(4) == "IV"
def test_roman_nine(): assert roman(29) == "XXIX"
def test_caesar(): assert caesar("abc", 1) == "bcd"
def test_caesar_wraps(): assert caesar("xyz", 3) == "abc"
def test_caesar_upper(): assert caesar("XYZ!", 3) == "ABC!"
""",
    },
    "python3 -m pytest -q test_texts.py",
    (
        ("texts.py", "elif word:", "elif word is not None:"),
        ("texts.py", "table[word] = table.get(word, 0) + 1", "table[word] = table.get(word, 1) + 1"),
        (
            "texts.py",
            "ordered = sorted(counts(text).items(), key=lambda pair: (-pair[1], pair[0]))",
            "ordered = sorted(counts(text).items(), key=lambda pair: (pair[1], pair[0]))",
        ),
        ("texts.py", "elif len(line) + 1 + len(word) <= width:", "elif len(line) + 1 + len(word) < width:"),
        ("texts.py", 'line += " " + word', "line += word"),
        ("texts.py", "return letters == letters[::-1]", "return letters == letters[::1]"),
        ("texts.py", "while number >= value:", "while number > value:"),
        ("texts.py", "number -= value", "number -= 1"),
        (
            "texts.py",
            'start = ord("A") if letter.isupper() else ord("a")',
            'start = ord("a") if letter.isupper() else ord("a")',
        ),
        (
            "texts.py",
            "out.append(chr((ord(letter) - start + shift) % 26 + start))",
            "out.append(chr(ord(letter) + shift))",
        ),
        ("texts.py", "for letter in text.lower():", "for letter in text:"),
        (
            "texts.py",
            "return [word for word, count in ordered[:limit]]",
            "return [word for word, count in ordered]",
        ),
    ),
    ("test_texts.py",),
    "python",
)

STORE = Program(
    "store",
    {
        "shop/__init__.py": "",
        "shop/stock.py": """class OutOfStock(Exception):
    pass


class Stock:
    def __init__(self, limit=2):
        self.counts = {}
        self.limit = limit

    def add(self, name, count):
        self.counts[name] = self.counts.get(name, 0) + count

    def take(self, name, count):
        held = self.counts.get(name, 0)
        if held < count:
            raise OutOfStock(name)
        self.counts[name] = held - count
        return self.counts[name]

    def low(self):
        return sorted(name for name, count in self.counts.items() if count <= self.limit)
""",
        "shop/orders.py": """from shop.stock import OutOfStock


class Orders:
    def __init__(self, stock):
        self.stock = stock
        self.done = []
        self.waiting = []

    def place(self, number, name, count):
        try:
            self.stock.take(name, count)
        except OutOfStock:
            self.waiting.append((number, name, count))
            return "waiting"
        self.done.append((number, name, count))
        return "done"

    def retry(self):
        again = self.waiting
        self.waiting = []
        for number, name, count in again:
            self.place(number, name, count)
        return len(again) - len(self.waiting)
""",
        "shop/report.py": """def sold(orders):
    table = {}
    for number, name, count in orders.done:
        table[name] = table.get(name, 0) + count
    return table


def share(orders):
    total = len(orders.done) + len(orders.waiting)
    if total == 0:
        return 0.0
    return round(100 * len(orders.done) / total, 1)


def ranking(orders):
    pairs = sorted(sold(orders).items(), key=lambda pair: pair[1], reverse=True)
    return [name for name, count in pairs]
""",
        "test_shop.py": """import pytest
from shop.orders import Orders
from shop.report import ranking, share, sold
from shop.stock import OutOfStock, Stock


@pytest.fixture
def stock():
    stock = Stock()
    stock.add("pen", 5)
    stock.add("ink", 1)
    return stock


def test_take(stock): assert stock.take("pen", 2) == 3
def test_take_all(stock): assert stock.take("ink", 1) == 0
def test_take_none(stock):
    with pytest.raises(OutOfStock):
        stock.take("cap", 1)
def test_add_more(stock):
    stock.add("ink", 4)
    assert stock.counts["ink"] == 5
def test_low(stock): assert stock.low() == ["ink"]
def test_low_at_limit(stock):
    stock.take("pen", 3)
    assert stock.low() == ["ink", "pen"]
def test_place(stock): assert Orders(stock).place(1, "pen", 1) == "done"
def test_place_waits(stock):
    orders = Orders(stock)
    assert orders.place(1, "ink", 2) == "waiting"
    assert orders.waiting == [(1, "ink", 2)]
    assert stock.counts["ink"] == 1
def test_retry(stock):
    orders = Orders(stock)
    orders.place(1, "ink", 2)
    orders.place(2, "cap", 1)
    stock.add("ink", 1)
    assert orders.retry() == 1
    assert orders.waiting == [(2, "cap", 1)]
    assert orders.done == [(1, "ink", 2)]
def test_sold(stock):
    orders = Orders(stock)
    orders.place(1, "pen", 2)
    orders.place(2, "pen", 1)
    assert sold(orders) == {"pen": 3}
def test_share(stock):
    orders = Orders(stock)
    orders.place(1, "pen", 2)
    orders.place(2, "cap", 1)
    orders.place(3, "pen", 1)
    assert share(orders) == 66.7
def test_share_empty(stock): assert share(Orders(stock)) == 0.0
def test_ranking(stock):
    orders = Orders(stock)
    orders.place(1, "ink", 1)
    orders.place(2, "pen", 2)
    assert ranking(orders) == ["pen", "ink"]
""",
    },
    "python3 -m pytest -q test_shop.py",
    (
        (
            "shop/stock.py",
            "self.counts[name] = self.counts.get(name, 0) + count",
            "self.counts[name] = count",
        ),
        ("shop/stock.py", "if held < count:", "if held <= count:"),
        ("shop/stock.py", "self.counts[name] = held - count", "self.counts[name] = held + count"),
        (
            "shop/stock.py",
            "return sorted(name for name, count in self.counts.items() if count <= self.limit)",
            "return sorted(name for name, count in self.counts.items() if count < self.limit)",
        ),
        (
            "shop/orders.py",
            "self.waiting.append((number, name, count))",
            "self.waiting.append((name, number, count))",
        ),
        ("shop/orders.py", "return len(again) - len(self.waiting)", "return len(self.waiting)"),
        ("shop/orders.py", "self.waiting = []", ""),
        (
            "shop/orders.py",
            "self.done.append((number, name, count))",
            "self.done.insert(0, (number, name, 1))",
        ),
        (
            "shop/report.py",
            "table[name] = table.get(name, 0) + count",
            "table[name] = table.get(name, 0) + 1",
        ),
        (
            "shop/report.py",
            "return round(100 * len(orders.done) / total, 1)",
            "return round(100 * len(orders.waiting) / total, 1)",
        ),
        (
            "shop/report.py",
            "total = len(orders.done) + len(orders.waiting)",
            "total = len(orders.done)",
        ),
        (
            "shop/report.py",
            "pairs = sorted(sold(orders).items(), key=lambda pair: pair[1], reverse=True)",
            "pairs = sorted(sold(orders).items(), key=lambda pair: pair[1])",
        ),
    ),
    ("test_shop.py",),
    "python, modules",
)

GRID = Program(
    "grid",
    {
        "grid.js": """function make(rows, columns, value = 0) {
  const grid = [];
  for (let row = 0; row < rows; row += 1) {
    grid.push(new Array(columns).fill(value));
  }
  return grid;
}

function neighbours(grid, row, column) {
  let count = 0;
  for (let dr = -1; dr <= 1; dr += 1) {
    for (let dc = -1; dc <= 1; dc += 1) {
      if (dr === 0 && dc === 0) continue;
      const line = grid[row + dr];
      if (line && line[column + dc]) count += 1;
    }
  }
  return count;
}

function step(grid) {
  const next = make(grid.length, grid[0].length);
  for (let row = 0; row < grid.length; row += 1) {
    for (let column = 0; column < grid[0].length; column += 1) {
      const count = neighbours(grid, row, column);
      if (grid[row][column]) {
        next[row][column] = count === 2 || count === 3 ? 1 : 0;
      } else {
        next[row][column] = count === 3 ? 1 : 0;
      }
    }
  }
  return next;
}

function transpose(grid) {
  return grid[0].map((_, column) => grid.map((line) => line[column]));
}

function alive(grid) {
  let total = 0;
  for (const line of grid) {
    for (const cell of line) {
      if (cell) total += 1;
    }
  }
  return total;
}

module.exports = { make, neighbours, step, transpose, alive };
""",
        "grid.test.js": """const test = require('node:test');
const assert = require('node:assert');
const { make, neighbours, step, transpose, alive } = require('./grid.js');
const BLINKER = [[0, 0, 0], [1, 1, 1], [0, 0, 0]];

test('make', () => { assert.deepStrictEqual(make(2, 3), [[0, 0, 0], [0, 0, 0]]); });
test('make value', () => { assert.deepStrictEqual(make(1, 2, 7), [[7, 7]]); });
test('neighbours middle', () => { assert.strictEqual(neighbours(BLINKER, 1, 1), 2); });
test('neighbours corner', () => { assert.strictEqual(neighbours(BLINKER, 0, 0), 2); });
test('neighbours alone', () => { assert.strictEqual(neighbours([[1]], 0, 0), 0); });
test('step', () => { assert.deepStrictEqual(step(BLINKER), [[0, 1, 0], [0, 1, 0], [0, 1, 0]]); });
test('step block', () => { assert.deepStrictEqual(step([[1, 1], [1, 1]]), [[1, 1], [1, 1]]); });
test('step dies', () => { assert.deepStrictEqual(step([[1, 0], [0, 0]]), [[0, 0], [0, 0]]); });
test('step born', () => { assert.deepStrictEqual(step([[1, 1], [1, 0]]), [[1, 1], [1, 1]]); });
test('transpose', () => { assert.deepStrictEqual(transpose([[1, 2, 3]]), [[1], [2], [3]]); });
test('alive', () => { assert.strictEqual(alive(BLINKER), 3); });
test('alive none', () => { assert.strictEqual(alive([[0]]), 0); });
""",
    },
    "node --test grid.test.js",
    (
        ("grid.js", "for (let row = 0; row < rows; row += 1) {", "for (let row = 1; row < rows; row += 1) {"),
        ("grid.js", "grid.push(new Array(columns).fill(value));", "grid.push(new Array(rows).fill(value));"),
        ("grid.js", "for (let dr = -1; dr <= 1; dr += 1) {", "for (let dr = -1; dr < 1; dr += 1) {"),
        ("grid.js", "if (dr === 0 && dc === 0) continue;", "if (dr === 0 || dc === 0) continue;"),
        (
            "grid.js",
            "if (line && line[column + dc]) count += 1;",
            "if (line && line[column - dc + 1]) count += 1;",
        ),
        ("grid.js", "next[row][column] = count === 3 ? 1 : 0;", "next[row][column] = count > 3 ? 1 : 0;"),
        (
            "grid.js",
            "next[row][column] = count === 2 || count === 3 ? 1 : 0;",
            "next[row][column] = count === 2 ? 1 : 0;",
        ),
        ("grid.js", "if (grid[row][column]) {", "if (!grid[row][column]) {"),
        (
            "grid.js",
            "return grid[0].map((_, column) => grid.map((line) => line[column]));",
            "return grid.map((_, column) => grid.map((line) => line[column]));",
        ),
        ("grid.js", "if (cell) total += 1;", "if (cell) total += 2;"),
    ),
    ("grid.test.js",),
    "node",
)

LEDGER = Program(
    "ledger",
    {
        "package.json": '{"name": "ledger", "version": "1.0.0"}\n',
        "lib/money.js": """function parse(text) {
  const match = /^(-?\\d+)(?:\\.(\\d{1,2}))?$/.exec(text.trim());
  if (!match) {
    throw new Error('not an amount: ' + text);
  }
  const cents = Number((match[2] || '0').padEnd(2, '0'));
  const sign = match[1].startsWith('-') ? -1 : 1;
  return Number(match[1]) * 100 + sign * cents;
}

function format(cents) {
  const sign = cents < 0 ? '-' : '';
  const whole = Math.floor(Math.abs(cents) / 100);
  const rest = String(Math.abs(cents) % 100).padStart(2, '0');
  return sign + whole + '.' + rest;
}

module.exports = { parse, format };
""",
        "lib/account.js": """const { parse } = require('./money.js');

class Account {
  constructor(owner, limit = 0) {
    this.owner = owner;
    this.limit = limit;
    this.entries = [];
  }

  balance() {
    let sum = 0;
    for (const entry of this.entries) {
      sum += entry.cents;
    }
    return sum;
  }

  deposit(text) {
    const cents = parse(text);
    if (cents <= 0) {
      throw new RangeError('deposit must be positive');
    }
    this.entries.push({ kind: 'deposit', cents });
    return this.balance();
  }

  withdraw(text) {
    const cents = parse(text);
    if (this.balance() - cents < -this.limit) {
      return false;
    }
    this.entries.push({ kind: 'withdrawal', cents: -cents });
    return true;
  }

  largest() {
    let best = null;
    for (const entry of this.entries) {
      if (best === null || Math.abs(entry.cents) > Math.abs(best.cents)) {
        best = entry;
      }
    }
    return best;
  }
}

module.exports = { Account };
""",
        "lib/statement.js": """const { format } = require('./money.js');

function totals(account) {
  const sums = { deposit: 0, withdrawal: 0 };
  for (const entry of account.entries) {
    sums[entry.kind] += entry.cents;
  }
  return sums;
}

function statement(account) {
  const lines = [account.owner];
  let running = 0;
  for (const entry of account.entries) {
    running += entry.cents;
    lines.push(entry.kind + ' ' + format(entry.cents) + ' ' + format(running));
  }
  lines.push('balance ' + format(account.balance()));
  return lines.join('\\n');
}

module.exports = { totals, statement };
""",
        "test/ledger.test.js": """const test = require('node:test');
const assert = require('node:assert');
const { parse, format } = require('../lib/money.js');
const { Account } = require('../lib/account.js');
const { totals, statement } = require('../lib/statement.js');

function filled() {
  const account = new Account('ann', 1000);
  account.deposit('50');
  account.withdraw('12.5');
  account.deposit('3.05');
  return account;
}

test('parse whole', () => { assert.strictEqual(parse('7'), 700); });
test('parse cents', () => { assert.strictEqual(parse('7.5'), 750); });
test('parse two', () => { assert.strictEqual(parse(' 7.05 '), 705); });
test('parse negative', () => { assert.strictEqual(parse('-1.25'), -125); });
test('parse bad', () => { assert.throws(() => parse('x')); });
test('format', () => { assert.strictEqual(format(1205), '12.05'); });
test('format negative', () => { assert.strictEqual(format(-30), '-0.30'); });
test('balance', () => { assert.strictEqual(filled().balance(), 4055); });
test('balance empty', () => { assert.strictEqual(new Account('bob').balance(), 0); });
test('deposit nothing', () => { assert.throws(() => new Account('bob').deposit('0'), RangeError); });
test('withdraw', () => { assert.strictEqual(filled().withdraw('40'), true); });
test('withdraw to limit', () => { assert.strictEqual(filled().withdraw('50.55'), true); });
test('withdraw too much', () => { assert.strictEqual(filled().withdraw('50.56'), false); });
test('largest', () => { assert.strictEqual(filled().largest().cents, 5000); });
test('largest withdrawal', () => {
  const account = new Account('bob', 100000);
  account.deposit('1');
  account.withdraw('9');
  assert.strictEqual(account.largest().cents, -900);
});
test('largest none', () => { assert.strictEqual(new Account('bob').largest(), null); });
test('totals', () => { assert.deepStrictEqual(totals(filled()), { deposit: 5305, withdrawal: -1250 }); });
test('statement', () => {
  const text = 'ann\\ndeposit 50.00 50.00\\nwithdrawal -12.50 37.50\\ndeposit 3.05 40.55\\nbalance 40.55';
  assert.strictEqual(statement(filled()), text);
});
test('statement empty', () => { assert.strictEqual(statement(new Account('bob')), 'bob\\nbalance 0.00'); });
""",
    },
    "node --test test/",
    (
        (
            "lib/money.js",
            "const cents = Number((match[2] || '0').padEnd(2, '0'));",
            "const cents = Number((match[2] || '0').padStart(2, '0'));",
        ),
        ("lib/money.js", "const sign = match[1].startsWith('-') ? -1 : 1;", "const sign = 1;"),
        (
            "lib/money.js",
            "return Number(match[1]) * 100 + sign * cents;",
            "return Number(match[1]) * 10 + sign * cents;",
        ),
        (
            "lib/money.js",
            "const rest = String(Math.abs(cents) % 100).padStart(2, '0');",
            "const rest = String(Math.abs(cents) % 100);",
        ),
        ("lib/money.js", "const sign = cents < 0 ? '-' : '';", "const sign = cents > 0 ? '-' : '';"),
        ("lib/account.js", "sum += entry.cents;", "sum += Math.abs(entry.cents);"),
        ("lib/account.js", "if (cents <= 0) {", "if (cents < 0) {"),
        (
            "lib/account.js",
            "if (this.balance() - cents < -this.limit) {",
            "if (this.balance() - cents <= -this.limit) {",
        ),
        (
            "lib/account.js",
            "this.entries.push({ kind: 'withdrawal', cents: -cents });",
            "this.entries.push({ kind: 'withdrawal', cents });",
        ),
        (
            "lib/account.js",
            "if (best === null || Math.abs(entry.cents) > Math.abs(best.cents)) {",
            "if (best === null || entry.cents > best.cents) {",
        ),
        ("lib/statement.js", "sums[entry.kind] += entry.cents;", "sums[entry.kind] = entry.cents;"),
        ("lib/statement.js", "running += entry.cents;", "running = entry.cents;"),
    ),
    ("test/ledger.test.js",),
    "node, modules",
)

QUEUE = Program(
    "queues",
    {
        "queues.js": """class Heap {
  constructor(compare = (a, b) => a - b) {
    this.compare = compare;
    this.items = [];
  }

  push(item) {
    this.items.push(item);
    let at = this.items.length - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.compare(this.items[at], this.items[above]) >= 0) break;
      [this.items[at], this.items[above]] = [this.items[above], this.items[at]];
      at = above;
    }
  }

  pop() {
    if (this.items.length === 0) return undefined;
    const top = this.items[0];
    const last = this.items.pop();
    if (this.items.length > 0) {
      this.items[0] = last;
      this.sink(0);
    }
    return top;
  }

  sink(at) {
    for (;;) {
      let least = at;
      const left = 2 * at + 1;
      const right = left + 1;
      if (left < this.items.length && this.compare(this.items[left], this.items[least]) < 0) least = left;
      if (right < this.items.length && this.compare(this.items[right], this.items[least]) < 0) least = right;
      if (least === at) return;
      [this.items[at], this.items[least]] = [this.items[least], this.items[at]];
      at = least;
    }
  }
}

function sorted(items) {
  const heap = new Heap();
  for (const item of items) heap.push(item);
  const out = [];
  while (heap.items.length > 0) {
    out.push(heap.pop());
  }
  return out;
}

function smallest(items, count) {
  return sorted(items).slice(0, count);
}

class Ring {
  constructor(size) {
    this.size = size;
    this.slots = [];
    this.next = 0;
  }

  add(item) {
    if (this.slots.length < this.size) {
      this.slots.push(item);
    } else {
      this.slots[this.next] = item;
    }
    this.next = (this.next + 1) % this.size;
  }

  list() {
    if (this.slots.length < this.size) return [...this.slots];
    return [...this.slots.slice(this.next), ...this.slots.slice(0, this.next)];
  }
}

module.exports = { Heap, sorted, smallest, Ring };
""",
        "queues.test.js": """const test = require('node:test');
const assert = require('node:assert');
const { Heap, sorted, smallest, Ring } = require('./queues.js');

function ring(size, ...items) {
  const made = new Ring(size);
  for (const item of items) made.add(item);
  return made;
}

test('pop empty', () => { assert.strictEqual(new Heap().pop(), undefined); });
test('pop one', () => { const heap = new Heap(); heap.push(4); assert.strictEqual(heap.pop(), 4); });
test('pop least', () => {
  const heap = new Heap();
  heap.push(4);
  heap.push(2);
  assert.strictEqual(heap.pop(), 2);
});
test('own order', () => {
  const heap = new Heap((a, b) => b - a);
  [3, 9, 5].forEach((item) => heap.push(item));
  assert.strictEqual(heap.pop(), 9);
});
test('sorted', () => { assert.deepStrictEqual(sorted([5, 1, 4, 2, 3]), [1, 2, 3, 4, 5]); });
test('sorted reverse', () => { assert.deepStrictEqual(sorted([6, 5, 4, 3, 2, 1]), [1, 2, 3, 4, 5, 6]); });
test('sorted same', () => { assert.deepStrictEqual(sorted([2, 2, 1]), [1, 2, 2]); });
test('sorted none', () => { assert.deepStrictEqual(sorted([]), []); });
test('smallest', () => { assert.deepStrictEqual(smallest([9, 7, 8], 2), [7, 8]); });
test('ring part', () => { assert.deepStrictEqual(ring(3, 1, 2).list(), [1, 2]); });
test('ring full', () => { assert.deepStrictEqual(ring(3, 1, 2, 3).list(), [1, 2, 3]); });
test('ring over', () => { assert.deepStrictEqual(ring(3, 1, 2, 3, 4).list(), [2, 3, 4]); });
test('ring twice', () => { assert.deepStrictEqual(ring(2, 1, 2, 3, 4, 5).list(), [4, 5]); });
""",
    },
    "node --test queues.test.js",
    (
        (
            "queues.js",
            "if (this.compare(this.items[at], this.items[above]) >= 0) break;",
            "if (this.compare(this.items[at], this.items[above]) <= 0) break;",
        ),
        ("queues.js", "const above = (at - 1) >> 1;", "const above = (at + 1) >> 1;"),
        ("queues.js", "const left = 2 * at + 1;", "const left = 2 * at + 2;"),
        ("queues.js", "const right = left + 1;", "const right = left;"),
        ("queues.js", "this.items[0] = last;", "this.items[this.items.length - 1] = last;"),
        ("queues.js", "const top = this.items[0];", "const top = this.items[this.items.length - 1];"),
        ("queues.js", "return sorted(items).slice(0, count);", "return sorted(items).slice(1, count);"),
        ("queues.js", "this.next = (this.next + 1) % this.size;", "this.next = this.next + 1;"),
        ("queues.js", "this.slots[this.next] = item;", "this.slots[0] = item;"),
        (
            "queues.js",
            "return [...this.slots.slice(this.next), ...this.slots.slice(0, this.next)];",
            "return [...this.slots.slice(0, this.next), ...this.slots.slice(this.next)];",
        ),
    ),
    ("queues.test.js",),
    "node",
)

PROGRAMS = (CART, TEXTS, STORE, GRID, LEDGER, QUEUE)


def planted(program: Program) -> Iterator[Bug]:
    """One bug a fault."""
    for number, (path, right, wrong) in enumerate(program.faults, 1):
        lines = program.files[path].splitlines(keepends=True)
        places = [at for at, line in enumerate(lines) if line.strip() == right.partition("  #")[0]]
        at = places[-1]
        indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
        lines[at] = f"{indent}{wrong}\n" if wrong else f"{indent}pass\n"
        files = {**program.files, path: "".join(lines)}
        suspects = tuple(
            name
            for name in files
            if name.endswith((".py", ".js")) and name not in program.tests and files[name]
        )
        yield Bug(
            f"{program.name}-{number}",
            files,
            tuple(sorted(suspects)),
            {path: frozenset({at + 1})},
            test=program.test,
            group=program.group,
        )


BUGS = tuple(bug for program in PROGRAMS for bug in planted(program))
