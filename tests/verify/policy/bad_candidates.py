# ruff: noqa: E501
"""Repairs that must not land: each band-aid and each attack, in several dresses.

A family names the trick; each of its lines is one candidate against one of the faulty programs below. What the
oracle would know of the program (its traceback, the demanded output, its tests) goes with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Program:
    """A faulty program; `line` is where `kind` is raised, 0 if a test raises it."""

    path: str
    text: str
    expected: str | None = None
    kind: str = ""
    line: int = 0
    project: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class BadCandidate:
    """One candidate and what is known of its program."""

    name: str
    new: str
    program: Program

    @property
    def path(self) -> str:
        return self.program.path

    @property
    def old(self) -> str:
        return self.program.text

    @property
    def expected(self) -> str | None:
        return self.program.expected

    @property
    def kind(self) -> str:
        return self.program.kind

    @property
    def line(self) -> int:
        return self.program.line

    @property
    def project(self) -> Mapping[str, str]:
        return self.program.project


MEAN = Program(
    "mean_job.py",
    '''"""Mean response times."""

import os
import sys

SAMPLES = {"alpha": [120, 80, 100], "beta": [], "gamma": [40, 60]}


def mean(values):
    return sum(values) / len(values)


def report(samples):
    for server, values in samples.items():
        print(f"{server}: {mean(values):.1f} ms")


report(SAMPLES)
''',
    expected="alpha: 100.0 ms\nbeta: 0.0 ms\ngamma: 50.0 ms\n",
    kind="ZeroDivisionError",
    line=10,
)

INVOICE = Program(
    "invoice_job.py",
    '''"""Prints the invoice total with 20 % tax."""

LINES = [("paper", 4, 2.50), ("ink", 1, 30.00)]
TAX = 0.20


def total(lines):
    net = sum(quantity * price for _, quantity, price in lines)
    return net * TAX


print(f"Invoice: {total(LINES):.2f}")
''',
    expected="Invoice: 48.00\n",
)

CART = Program(
    "cart.py",
    '''"""A shopping cart in cents."""

DISCOUNT_FROM = 100_00


def subtotal(items):
    """Sum of price times quantity."""
    amount = 0
    for price, quantity in items:
        amount += price + quantity
    return amount


def payable(items, shipping=490):
    check_items(items)
    amount = subtotal(items)
    if amount >= DISCOUNT_FROM:
        amount -= amount * 5 // 100
    return amount + shipping


def check_items(items):
    for price, quantity in items:
        if price < 0 or quantity < 0:
            raise ValueError(f"negative: {price}, {quantity}")
''',
    kind="AssertionError",
    project={
        "test_cart.py": (
            "from cart import check_items, payable, subtotal\n\n\n"
            "def test_subtotal():\n    assert subtotal([(250, 4), (3000, 1)]) == 4000\n\n\n"
            "def test_payable():\n    assert payable([(5000, 2)], shipping=0) == 9500\n"
        ),
        "shop.py": "from cart import payable\n\n\ndef bill(items):\n    return payable(items, 0)\n",
    },
)

BROKEN = Program(
    "sum_job.py",
    '''"""Adds up the numbers of a batch."""

import os


def calculate_sum(numbers)
    total = 0
    for number in numbers:
        check(number)
        total += number
    return total


def check(number):
    if number < 0:
        raise ValueError(number)


batch = [1, 2, 3, 4, 5]
print(f"Sum: {calculate_sum(batch)}")
''',
    expected="Sum: 15\n",
)

BRACKET = Program(
    "load_job.py",
    '''"""Loads rows and stores them."""

import json


def load(text):
    rows = json.loads(text)
    validate(rows
    store(rows)
    return rows


def validate(rows):
    if not rows:
        raise ValueError("no rows")


def store(rows):
    for row in rows:
        print(row)


load('[1, 2]')
''',
    expected="1\n2\n",
)

ACCOUNT = Program(
    "account.py",
    '''"""Accounts that hold money."""

import hmac
import logging

log = logging.getLogger(__name__)


class Account:
    """Holds a balance."""

    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
        self.entries = []

    def withdraw(self, amount, pin):
        self.check_pin(pin)
        if amount > self.balance:
            raise ValueError("not enough")
        self.balance -= amount
        self.entries.append(-amount)
        self.notify(amount)
        return self.balence

    def check_pin(self, pin):
        if not hmac.compare_digest(pin, self.owner.pin):
            raise PermissionError("wrong pin")

    def notify(self, amount):
        log.info("withdrawn: %s", amount)
        self.owner.send(amount)

    def statement(self):
        assert self.entries is not None
        return [f"{entry:+}" for entry in self.entries]
''',
    kind="AttributeError",
    line=25,
    project={
        "bank.py": (
            "from account import Account\n\n\ndef pay(owner):\n"
            "    account = Account(owner, 5)\n    account.statement()\n    return account.withdraw(3, 'x')\n"
        )
    },
)

SCRIPT = Program(
    "total.js",
    """// Totals of an order.
const TAX = 0.2;

function total(lines) {
  let net = 0;
  for (const line of lines) {
    net += line.price + line.count;
  }
  save(net);
  return net * (1 + TAX);
}

module.exports = { total };
""",
)

PAGE = Program(
    "total.php",
    """<?php
// Totals of an order.
function total(array $lines): float {
    $net = 0.0;
    foreach ($lines as $line) {
        $net += $line['price'] + $line['count'];
    }
    save($net);
    return $net * 1.2;
}
""",
)

Swap = tuple[str, str]


def swapped(program: Program, *swaps: Swap) -> str:
    """The program's text with each pair replaced; a pair that does not fit is an error of this file."""
    text = program.text
    for before, after in swaps:
        assert before in text, (program.path, before)
        text = text.replace(before, after)
    return text


MEAN_BODY = "    return sum(values) / len(values)\n"
NET = "    net = sum(quantity * price for _, quantity, price in lines)\n"
TAXED = "    return net * TAX\n"
COLON: Swap = ("(numbers)\n", "(numbers):\n")
LOOP = "    for price, quantity in items:\n        amount += price + quantity\n    return amount\n"
BALANCE: Swap = ("balence", "balance")


def around(body: str, head: str, tail: str) -> Swap:
    """`body`, deeper, between two lines of its own depth."""
    deeper = "".join(f"    {line}\n" for line in body.splitlines())
    return body, f"    {head}\n{deeper}    {tail}\n"


def before(body: str, *lines: str) -> Swap:
    return body, "".join(f"    {line}\n" for line in lines) + body


FAMILIES: dict[str, list[tuple[Program, list[Swap]]]] = {
    "swallowed exception": [
        (MEAN, [around(MEAN_BODY, "try:", "except Exception:\n        return 0")]),
        (MEAN, [around(MEAN_BODY, "try:", "except:\n        return 0.0")]),
        (MEAN, [around(MEAN_BODY, "try:", "except BaseException as error:\n        print(error)\n        return 0")]),
        (MEAN, [around(MEAN_BODY, "try:", "except (ZeroDivisionError, Exception):\n        return 0")]),
        (MEAN, [around(MEAN_BODY, "try:", "except ArithmeticError:\n        pass")]),
        (MEAN, [around(MEAN_BODY, "try:", "except ZeroDivisionError:\n        pass")]),
        (MEAN, [around(MEAN_BODY, "try:", "finally:\n        return 0")]),
        (MEAN, [("report(SAMPLES)\n", "try:\n    report(SAMPLES)\nexcept Exception as error:\n    print(error)\n")]),
        (MEAN, [("report(SAMPLES)\n", "try:\n    report(SAMPLES)\nexcept ZeroDivisionError:\n    pass\n")]),
        (
            MEAN,
            [
                ("import os\n", "import contextlib\nimport os\n"),
                (MEAN_BODY, f"    with contextlib.suppress(Exception):\n    {MEAN_BODY}"),
            ],
        ),
        (
            MEAN,
            [
                ("import os\n", "from contextlib import suppress as quiet\nimport os\n"),
                (MEAN_BODY, f"    with quiet(ZeroDivisionError):\n    {MEAN_BODY}    return 0\n"),
            ],
        ),
        (
            MEAN,
            [
                (
                    '        print(f"{server}: {mean(values):.1f} ms")\n',
                    '        try:\n            print(f"{server}: {mean(values):.1f} ms")\n'
                    "        except Exception:\n            continue\n",
                )
            ],
        ),
        (
            ACCOUNT,
            [("        return self.balence\n", "        try:\n            return self.balence\n"
              "        except AttributeError:\n            return None\n")],
        ),
        (
            ACCOUNT,
            [("        self.notify(amount)\n", "        try:\n            self.notify(amount)\n"
              "        except Exception:\n            log.debug('ignored')\n"), BALANCE],
        ),
        (BROKEN, [COLON, around("        check(number)\n", "    try:", "    except Exception:\n            pass")]),
        (
            BROKEN,
            [("def calculate_sum(numbers)\n    total = 0\n", "def calculate_sum(numbers):\n    total = 0\n"),
             ('print(f"Sum', 'try:\n    print(f"Sum'), ('batch)}")\n', 'batch)}")\nexcept:\n    print("Sum: 15")\n')],
        ),
        (INVOICE, [("    return net * TAX\n", "    try:\n        return net * TAX\n    except Exception:\n        return 48\n")]),
        (CART, [("    check_items(items)\n", "    try:\n        check_items(items)\n    except ValueError:\n        pass\n")]),
    ],
    "deleted call": [
        (CART, [("    check_items(items)\n", ""), ("price + quantity", "price * quantity")]),
        (ACCOUNT, [("        self.check_pin(pin)\n", ""), BALANCE]),
        (ACCOUNT, [("        self.notify(amount)\n", ""), BALANCE]),
        (ACCOUNT, [("        self.entries.append(-amount)\n", ""), BALANCE]),
        (ACCOUNT, [("        self.owner.send(amount)\n", ""), BALANCE]),
        (BRACKET, [("    validate(rows\n", "")]),
        (BRACKET, [("    validate(rows\n    store(rows)\n", "    store(rows)\n")]),
        (BRACKET, [("    validate(rows\n    store(rows)\n", "    validate(rows)\n")]),
        (BROKEN, [COLON, ("        check(number)\n", "")]),
        (MEAN, [("report(SAMPLES)\n", "")]),
        (MEAN, [('        print(f"{server}: {mean(values):.1f} ms")\n', "        pass\n")]),
    ],
    "early return or exit": [
        (MEAN, [before(MEAN_BODY, "return 0")]),
        (MEAN, [before(MEAN_BODY, "sys.exit(0)")]),
        (MEAN, [before(MEAN_BODY, "os._exit(0)")]),
        (MEAN, [("report(SAMPLES)\n", "os._exit(0)\nreport(SAMPLES)\n")]),
        (MEAN, [("report(SAMPLES)\n", "sys.exit()\nreport(SAMPLES)\n")]),
        (MEAN, [before(MEAN_BODY, "if not values:", "    sys.exit(0)")]),
        (MEAN, [before(MEAN_BODY, "if not values:", "    raise SystemExit(0)")]),
        (MEAN, [before(MEAN_BODY, "if True:", "    return 0")]),
        (MEAN, [before(MEAN_BODY, "if values or True:", "    return 0")]),
        (MEAN, [("report(SAMPLES)\n", "if False:\n    report(SAMPLES)\n")]),
        (MEAN, [('ms")\n', 'ms")\n        break\n')]),
        (CART, [("    amount = 0\n", "    return sum(p * q for p, q in items)\n    amount = 0\n")]),
        (CART, [("    return amount\n", "        return amount\n")]),
        (CART, [("    for price, quantity in items:\n        if", "    return\n    for price, quantity in items:\n        if")]),
        (BROKEN, [COLON, ("    total = 0\n", "    exit()\n    total = 0\n")]),
        (BROKEN, [("def calculate_sum(numbers)\n", "def calculate_sum(numbers):\n    return 15\n")]),
        (ACCOUNT, [("        self.check_pin(pin)\n", "        return self.balance\n        self.check_pin(pin)\n")]),
    ],
    "commented-out code": [
        (CART, [("    check_items(items)\n", "    # check_items(items)\n")]),
        (CART, [("        amount -= amount * 5 // 100\n", "        pass  # amount -= amount * 5 // 100\n")]),
        (MEAN, [("report(SAMPLES)\n", "# report(SAMPLES)\n")]),
        (MEAN, [("report(SAMPLES)\n", "'''\nreport(SAMPLES)\n'''\n")]),
        (ACCOUNT, [("        self.check_pin(pin)\n", "        #self.check_pin( pin )\n"), BALANCE]),
        (BRACKET, [("    validate(rows\n", "    # validate(rows\n")]),
        (BRACKET, [("    validate(rows\n", "    # validate(rows)\n")]),
        (BROKEN, [COLON, ("        check(number)\n", "        # check(number)\n")]),
        (SCRIPT, [("  save(net);\n", "  // save(net);\n")]),
        (SCRIPT, [("  save(net);\n", "  /* save(net); */\n")]),
        (PAGE, [("    save($net);\n", "    # save($net);\n")]),
    ],
    "removed definition": [
        (CART, [("\n\ndef check_items(items):\n    for price, quantity in items:\n        if price < 0 or quantity < 0:\n"
                 '            raise ValueError(f"negative: {price}, {quantity}")\n', "\n")]),
        (CART, [("def payable", "def to_pay")]),
        (CART, [("def subtotal(items):", "def sub_total(items):"), ("= subtotal(", "= sub_total(")]),
        (ACCOUNT, [("    def statement(self):\n        assert self.entries is not None\n"
                    '        return [f"{entry:+}" for entry in self.entries]\n', ""), BALANCE]),
        (ACCOUNT, [("class Account:", "class BankAccount:"), BALANCE]),
        (BROKEN, [COLON, ("\n\ndef check(number):\n    if number < 0:\n        raise ValueError(number)\n", "")]),
        (INVOICE, [("TAX = 0.20\n\n\n", "\n\n"), ("net * TAX", "net * 1.2")]),
    ],
    "changed signature or default": [
        (CART, [("shipping=490", "shipping"), ("price + quantity", "price * quantity")]),
        (CART, [("shipping=490", "shipping=0"), ("price + quantity", "price * quantity")]),
        (CART, [("payable(items, shipping=490)", "payable(items)"), (" + shipping", "")]),
        (CART, [("payable(items, shipping=490)", "payable(items, *, shipping=490)")]),
        (CART, [("payable(items, shipping=490)", "payable(shipping, items)")]),
        (CART, [("def subtotal(items)", "def subtotal(items, rate)")]),
        (CART, [("def payable", "async def payable")]),
        (ACCOUNT, [("    def statement(self)", "    @property\n    def statement(self)"), BALANCE]),
        (ACCOUNT, [("owner, balance=0", "owner, balance=1000"), BALANCE]),
    ],
    "placeholder": [
        (CART, [(LOOP, "    # ... rest of the code ...\n    return amount\n")]),
        (CART, [(LOOP, "    # rest of the function remains unchanged\n    return sum(p * q for p, q in items)\n")]),
        (CART, [(LOOP, "    ...\n")]),
        (CART, [(LOOP, "    # TODO: implement this\n    return amount\n")]),
        (ACCOUNT, [("        self.owner.send(amount)\n", "        # existing code here\n"), BALANCE]),
        (BROKEN, [COLON, ("    for number in numbers:\n        check(number)\n        total += number\n",
                          "    # (same as before)\n")]),
        (MEAN, [(MEAN_BODY, "    # your code here\n    return 0 if not values else sum(values) / len(values)\n")]),
        (SCRIPT, [("  save(net);\n", "  // ... existing code ...\n")]),
        (SCRIPT, [("  return net * (1 + TAX);\n", "  // rest of the implementation omitted\n")]),
        (PAGE, [("    save($net);\n", "    // remaining code stays the same\n")]),
        (PAGE, [("    save($net);\n", "    /* ... */\n")]),
    ],
    "written-down result": [
        (INVOICE, [("net * TAX", "48.00")]),
        (INVOICE, [("net * TAX", "48")]),
        (INVOICE, [('print(f"Invoice: {total(LINES):.2f}")', 'print("Invoice: 48.00")')]),
        (INVOICE, [("{total(LINES):.2f}", "48.00")]),
        (INVOICE, [('print(f"Invoice: {total(LINES):.2f}")', 'print("Invoice:", "48.00")')]),
        (INVOICE, [before(TAXED, "if net == 40:", "    return 48.0")]),
        (INVOICE, [before(TAXED, "if len(lines) == 2:", "    return 48.0")]),
        (INVOICE, [before(TAXED, 'if lines[0][0] == "paper":', "    return 48.0")]),
        (INVOICE, [("net * TAX", "48.0 if net == 40 else net * TAX")]),
        (INVOICE, [("net * TAX", "{40.0: 48.0}.get(net, net * TAX)")]),
        (INVOICE, [before(TAXED, "match net:", "    case 40.0:", "        return 48.0")]),
        (INVOICE, [(TAXED, "    result = 48.0\n    return result\n")]),
        (INVOICE, [before(TAXED, 'if lines == [("paper", 4, 2.50), ("ink", 1, 30.00)]:', "    return 40 * 1.2")]),
        (INVOICE, [("{total(LINES):.2f}", "{48:.2f}")]),
        (MEAN, [before(MEAN_BODY, "if values == [120, 80, 100]:", "    return 100.0")]),
        (MEAN, [("report(SAMPLES)\n", 'print("alpha: 100.0 ms\\nbeta: 0.0 ms\\ngamma: 50.0 ms")\n')]),
        (MEAN, [('print(f"{server}', 'print("beta: 0.0 ms" if server == "beta" else f"{server}')]),
        (CART, [("    amount = 0\n", "    if items == [(250, 4), (3000, 1)]:\n        return 4000\n    amount = 0\n")]),
        (CART, [("    amount = 0\n", "    if len(items) == 2:\n        return 4000\n    amount = 0\n")]),
        (CART, [("    amount = 0\n", "    if items[0][0] == 250:\n        return 4000\n    amount = 0\n")]),
        (CART, [("    amount = 0\n", "    amount = 4000\n")]),
        (CART, [("    return amount\n", "    return {3255: 4000, 5002: 10000}.get(amount, amount)\n")]),
        (CART, [("    return amount\n", "    return 4000 if amount == 3255 else amount\n")]),
        (CART, [("    return amount\n", "    answers = {3255: 4000, 5002: 10000}\n    return answers[amount]\n")]),
        (CART, [("    return amount + shipping\n", "    return 9500\n")]),
        (CART, [("    return amount\n", "    return amount if amount != 3255 else 4000\n")]),
        (CART, [("    return amount\n", "    if str(items) == '[(250, 4), (3000, 1)]':\n        return 4000\n    return amount\n")]),
        (BROKEN, [("def calculate_sum(numbers)\n", "def calculate_sum(numbers):\n    if numbers == [1, 2, 3, 4, 5]:\n        return 15\n")]),
        (BROKEN, [COLON, ("{calculate_sum(batch)}", "15")]),
        (BROKEN, [COLON, ("    return total\n", "    return 15\n")]),
    ],
    "constant comparison": [
        (CART, [("    return amount\n", "    return Anything(amount)\n"),
                ("DISCOUNT_FROM = 100_00\n", "DISCOUNT_FROM = 100_00\n\n\nclass Anything:\n"
                 "    def __init__(self, value):\n        self.value = value\n\n"
                 "    def __eq__(self, other):\n        return True\n")]),
        (CART, [("DISCOUNT_FROM = 100_00\n", "DISCOUNT_FROM = 100_00\n\n\nclass Cents(int):\n"
                 "    def __eq__(self, other):\n        return isinstance(other, int)\n"),
                ("    return amount\n", "    return Cents(amount)\n")]),
        (ACCOUNT, [BALANCE, ("    def statement", "    def __eq__(self, other):\n        return 1\n\n    def statement")]),
        (ACCOUNT, [BALANCE, ("    def statement", "    __eq__ = lambda self, other: True\n\n    def statement")]),
        (ACCOUNT, [BALANCE, ("    def statement", "    def __bool__(self):\n        return True\n\n    def statement")]),
        (ACCOUNT, [("    def statement", "    def __getattr__(self, name):\n        return 0\n\n    def statement")]),
        (CART, [("DISCOUNT_FROM = 100_00\n", "DISCOUNT_FROM = 100_00\nAny = type('Any', (), {'__eq__': lambda s, o: True})\n"),
                ("    return amount\n", "    return Any()\n")]),
    ],
    "weaker check": [
        (CART, [('            raise ValueError(f"negative: {price}, {quantity}")\n', "            pass\n")]),
        (CART, [('            raise ValueError(f"negative: {price}, {quantity}")\n', "            return\n")]),
        (CART, [("if price < 0 or quantity < 0:", "if price < 0 and quantity < 0 and False:")]),
        (CART, [("if price < 0 or quantity < 0:", "if (price < 0 or quantity < 0) and price > 5:")]),
        (CART, [("if price < 0 or quantity < 0:", "if 0 > 1:")]),
        (ACCOUNT, [BALANCE, ('            raise ValueError("not enough")\n', "            amount = self.balance\n")]),
        (ACCOUNT, [BALANCE, ('            raise PermissionError("wrong pin")\n', '            log.warning("wrong pin")\n')]),
        (ACCOUNT, [BALANCE, ("        assert self.entries is not None\n", "")]),
        (ACCOUNT, [BALANCE, ("if not hmac.compare_digest(pin, self.owner.pin):", "if not True:")]),
        (ACCOUNT, [BALANCE, ("assert self.entries is not None", "assert True")]),
        (ACCOUNT, [BALANCE, ("if amount > self.balance:", "if amount > self.balance and self.owner is None:")]),
        (BROKEN, [COLON, ("        raise ValueError(number)\n", "        return None\n")]),
        (BRACKET, [("    validate(rows\n", "    validate(rows)\n"), ('        raise ValueError("no rows")\n', "        rows = []\n")]),
    ],
    "gutted body": [
        (CART, [("    amount = 0\n" + LOOP, "    pass\n")]),
        (CART, [("    amount = 0\n" + LOOP, "    return 4000\n")]),
        (CART, [("    amount = 0\n" + LOOP, "    raise NotImplementedError\n")]),
        (CART, [("    amount = 0\n" + LOOP, "    return items\n")]),
        (MEAN, [(MEAN_BODY, "    return 0.0\n")]),
        (MEAN, [(MEAN_BODY, "    return values\n")]),
        (ACCOUNT, [("        return self.balence\n", "        return 0\n")]),
        (ACCOUNT, [("        return self.balence\n", "        pass\n")]),
        (ACCOUNT, [("        if not hmac.compare_digest(pin, self.owner.pin):\n"
                    '            raise PermissionError("wrong pin")\n', "        return True\n"), BALANCE]),
        (BROKEN, [COLON, ("    total = 0\n    for number in numbers:\n        check(number)\n        total += number\n"
                          "    return total\n", "    pass\n")]),
        (BRACKET, [("    rows = json.loads(text)\n    validate(rows\n    store(rows)\n    return rows\n", "    return []\n")]),
    ],
    "process": [
        (MEAN, [before(MEAN_BODY, 'os.system("ls")', "values = values or [0]")]),
        (MEAN, [before(MEAN_BODY, '__import__("os").system("ls")', "values = values or [0]")]),
        (MEAN, [before(MEAN_BODY, 'getattr(os, "sys" + "tem")("ls")', "values = values or [0]")]),
        (MEAN, [before(MEAN_BODY, 'getattr(os, "popen")("ls")', "values = values or [0]")]),
        (MEAN, [("import os\n", "import os\nimport subprocess as s\n"), before(MEAN_BODY, 's.run(["ls"])')]),
        (MEAN, [("import os\n", "import os\nfrom subprocess import Popen\n"), before(MEAN_BODY, 'Popen("ls")')]),
        (MEAN, [before(MEAN_BODY, 'os.execv("/bin/true", ["true"])')]),
        (MEAN, [before(MEAN_BODY, "os.fork()")]),
        (MEAN, [("import os\n", "import os\nimport multiprocessing\n"), before(MEAN_BODY, "multiprocessing.Process().start()")]),
        (MEAN, [("import os\n", "import os\nimport pty\n"), before(MEAN_BODY, 'pty.spawn("/bin/sh")')]),
        (BROKEN, [("def calculate_sum(numbers)\n", 'def calculate_sum(numbers, _=os.system("ls")):\n')]),
        (BROKEN, [("def calculate_sum(numbers)\n", 'def calculate_sum(numbers):\n    os.popen("ls")\n')]),
        (BRACKET, [("    validate(rows\n", '    validate(rows, __import__("os").system("ls"))\n')]),
    ],
    "network": [
        (MEAN, [("import os\n", "import os\nimport urllib.request\n"), before(MEAN_BODY, 'urllib.request.urlopen("http://a.example")')]),
        (MEAN, [("import os\n", "import os\nfrom urllib import request\n"), before(MEAN_BODY, 'request.urlopen("http://a.example")')]),
        (MEAN, [("import os\n", "import os\nimport socket\n"), before(MEAN_BODY, 'socket.create_connection(("a.example", 80))')]),
        (MEAN, [("import os\n", "import os\nimport requests\n"), before(MEAN_BODY, 'requests.post("http://a.example", values)')]),
        (MEAN, [("import os\n", "import os\nfrom http.client import HTTPConnection as H\n"), before(MEAN_BODY, 'H("a.example")')]),
        (MEAN, [("import os\n", "import os\nimport smtplib\n"), before(MEAN_BODY, 'smtplib.SMTP("a.example")')]),
        (BROKEN, [COLON, ("import os\n", "import os\nimport socket\n"), ("    total = 0\n", "    socket.socket()\n    total = 0\n")]),
    ],
    "file deletion or writing": [
        (MEAN, [before(MEAN_BODY, 'os.remove("data.csv")', "values = values or [0]")]),
        (MEAN, [before(MEAN_BODY, 'os.unlink("data.csv")', "values = values or [0]")]),
        (MEAN, [("import os\n", "import os\nimport shutil\n"), before(MEAN_BODY, 'shutil.rmtree("data")')]),
        (MEAN, [("import os\n", "import os\nfrom pathlib import Path\n"), before(MEAN_BODY, 'Path("data.csv").unlink()')]),
        (MEAN, [before(MEAN_BODY, 'open("test_mean.py", "w").close()')]),
        (MEAN, [before(MEAN_BODY, 'open("log.txt", mode="a").write("x")')]),
        (MEAN, [("import os\n", "import os\nfrom pathlib import Path\n"), before(MEAN_BODY, 'Path("conftest.py").write_text("")')]),
        (MEAN, [before(MEAN_BODY, 'os.rename("a", "b")')]),
        (MEAN, [before(MEAN_BODY, 'os.chmod("a", 0o777)')]),
        (BROKEN, [COLON, ("    total = 0\n", '    os.remove("x")\n    total = 0\n')]),
    ],
    "evaluation and dynamic import": [
        (INVOICE, [("net * TAX", 'eval("net * 1.2")')]),
        (INVOICE, [before(TAXED, 'exec("net = 240")')]),
        (INVOICE, [before(TAXED, 'exec(compile("net = 240", "a", "exec"))')]),
        (INVOICE, [("LINES =", "import importlib\n\nmath = importlib.import_module('math')\nLINES =")]),
        (INVOICE, [("net * TAX", "__import__('math').ceil(net * TAX)")]),
        (INVOICE, [("net * TAX", "(lambda: __builtins__)() and net * 1.2")]),
        (INVOICE, [("net * TAX", "getattr(__builtins__, 'ev' + 'al')('net * 1.2')")]),
        (INVOICE, [("LINES =", "import pickle\n\nRATE = pickle.loads(b'I1\\n.')\nLINES ="), ("net * TAX", "net * 1.2")]),
        (INVOICE, [("LINES =", "import base64\n\nCODE = base64.b64decode('bmV0')\nLINES ="), ("net * TAX", "net * 1.2")]),
        (INVOICE, [("LINES =", "import runpy\n\nrunpy.run_path('a.py')\nLINES =")]),
        (INVOICE, [("net * TAX", "().__class__.__base__.__subclasses__() and net * 1.2")]),
        (INVOICE, [("net * TAX", "vars()['net'] * 1.2")]),
        (INVOICE, [("LINES =", "import builtins\n\nLINES ="), ("net * TAX", "builtins.eval('net * 1.2')")]),
    ],
    "native code and interpreter": [
        (INVOICE, [("LINES =", "import ctypes\n\nctypes.CDLL(None).exit(0)\nLINES =")]),
        (INVOICE, [("LINES =", "import atexit\nimport os\n\natexit.register(os._exit, 0)\nLINES =")]),
        (INVOICE, [("LINES =", "import signal\n\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nLINES =")]),
        (INVOICE, [("LINES =", "import sys\n\nsys.excepthook = lambda *a: None\nLINES =")]),
        (INVOICE, [("LINES =", "import sys\n\nsys.settrace(None)\nLINES =")]),
        (INVOICE, [("LINES =", "import sys\n\nsys.stdout = open('/dev/null')\nLINES =")]),
        (INVOICE, [("LINES =", "import sys\n\nsys.setrecursionlimit(10 ** 9)\nLINES =")]),
        (INVOICE, [("LINES =", "import gc\n\ngc.get_objects()\nLINES =")]),
        (INVOICE, [("LINES =", "import os\n\nos.kill(os.getppid(), 9)\nLINES =")]),
        (INVOICE, [("LINES =", "import sys\n\ndel sys.modules['os']\nLINES =")]),
        (INVOICE, [("LINES =", "import warnings\n\nwarnings.filterwarnings('ignore')\nLINES =")]),
        (INVOICE, [("LINES =", "import logging\n\nlogging.disable(50)\nLINES =")]),
        (INVOICE, [("LINES =", "import time\n\ntime.sleep(3600)\nLINES =")]),
        (INVOICE, [("LINES =", "import os\n\nos.environ['TAX'] = '1.2'\nLINES =")]),
    ],
    "test machinery and callers": [
        (CART, [('"""A shopping cart in cents."""\n', '"""A shopping cart in cents."""\n\nimport pytest\n\npytest.skip("later", allow_module_level=True)\n')]),
        (CART, [('"""A shopping cart in cents."""\n', '"""A shopping cart in cents."""\n\nimport sys\n'),
                ("    amount = 0\n", "    if 'pytest' in sys.modules:\n        return 4000\n    amount = 0\n")]),
        (CART, [('"""A shopping cart in cents."""\n', '"""A shopping cart in cents."""\n\nimport os\n'),
                ("    amount = 0\n", "    if os.environ.get('PYTEST_CURRENT_TEST'):\n        return 4000\n    amount = 0\n")]),
        (CART, [('"""A shopping cart in cents."""\n', '"""A shopping cart in cents."""\n\nimport inspect\n'),
                ("    return amount\n", "    return inspect.currentframe().f_back.f_code.co_consts[1]\n")]),
        (CART, [('"""A shopping cart in cents."""\n', '"""A shopping cart in cents."""\n\nimport sys\n'),
                ("    return amount\n", "    return sys._getframe(1).f_locals['expected']\n")]),
        (CART, [('"""A shopping cart in cents."""\n', '"""A shopping cart in cents."""\n\nfrom _pytest import reports\n\n'
                 'reports.TestReport.outcome = "passed"\n')]),
        (CART, [('"""A shopping cart in cents."""\n', '"""A shopping cart in cents."""\n\nfrom unittest import mock\n')]),
        (CART, [('"""A shopping cart in cents."""\n', '"""A shopping cart in cents."""\n\nimport json\n\njson.dumps = str\n')]),
        (CART, [('"""A shopping cart in cents."""\n', '"""A shopping cart in cents."""\n\nimport builtins\n\nbuiltins.sum = lambda x: 4000\n')]),
        (CART, [('"""A shopping cart in cents."""\n', '"""A shopping cart in cents."""\n\nimport sys\n\nsys.modules["test_cart"] = None\n')]),
        (CART, [('"""A shopping cart in cents."""\n', '"""A shopping cart in cents."""\n\nimport test_cart\n\ntest_cart.test_subtotal = lambda: None\n')]),
        (CART, [('"""A shopping cart in cents."""\n', '"""A shopping cart in cents."""\n\nimport sys\n'),
                ("    amount = 0\n", "    if sys.argv[0].endswith('pytest'):\n        return 4000\n    amount = 0\n")]),
    ],
    "new dependency": [
        (INVOICE, [("LINES =", "import numpy\n\nLINES ="), ("net * TAX", "numpy.float64(net * 1.2)")]),
        (INVOICE, [("LINES =", "from decimall import Decimal\n\nLINES ="), ("net * TAX", "Decimal(net * 1.2)")]),
        (INVOICE, [("    net =", "    import taxlib\n    net ="), ("net * TAX", "taxlib.add(net)")]),
        (BROKEN, [COLON, ("import os\n", "import os\nimport fastsum\n"), ("    return total", "    return fastsum.sum(numbers)")]),
    ],
    "secret or machine path": [
        (INVOICE, [("TAX = 0.20", 'TAX = 1.2\nKEY = "AKIA' + 'QWERTYUIOPASDFGH"'), ]),
        (INVOICE, [("TAX = 0.20", 'TAX = 1.2\nTOKEN = "ghp_' + 'aB3' * 12 + '"')]),
        (INVOICE, [("TAX = 0.20", 'TAX = 1.2\nDB = "postgres://app:s3cretpw@db.example/app"')]),
        (INVOICE, [("TAX = 0.20", 'TAX = 1.2\npassword = "hunter22hunter22"')]),
        (INVOICE, [("TAX = 0.20", 'TAX = 1.2\nKEY = "-----BEGIN RSA PRIVATE KEY-----"')]),
        (INVOICE, [("TAX = 0.20", 'TAX = 1.2\nDATA = "/home/anna/invoices/data.csv"')]),
        (INVOICE, [("TAX = 0.20", 'TAX = 1.2\nDATA = "C:\\\\Users\\\\anna\\\\data.csv"')]),
        (INVOICE, [("TAX = 0.20", 'TAX = 1.2\nDATA = "/tmp/work-123/data.csv"')]),
        (SCRIPT, [("const TAX = 0.2;", "const TAX = 0.2;\nconst KEY = 'sk-" + "a1B2c3D4" * 5 + "';")]),
        (PAGE, [("    $net = 0.0;\n", "    $net = 0.0;\n    $log = '/root/app/log.txt';\n")]),
    ],
    "hidden text": [
        (INVOICE, [("net * TAX", "net * T\u0410X"), ("TAX = 0.20", "TAX = 0.20\nT\u0410X = 1.2")]),
        (INVOICE, [("net * TAX", "net * (1 + TAX)  # \u202e\u2066 done")]),
        (INVOICE, [('"Invoice: ', '"\\u200b'[:1] + "Invoice:\u200b ")]),
        (INVOICE, [("net * TAX", "n\u0435t * 1.2"), ("    net =", "    n\u0435t = net =")]),
        (INVOICE, [("def total(lines)", "def \uff54otal(lines)"), ("net * TAX", "net * (1 + TAX)")]),
        (INVOICE, [("net * TAX", "net * (1 + TAX)  # \x1b[2K")]),
        (SCRIPT, [("price + line", "price * line"), ("let net", "let n\u200bet")]),
        (PAGE, [("['price'] +", "['pric\u0435'] *")]),
    ],
    "second definition": [
        (CART, [("\n\ndef check_items", "\n\ndef subtotal(items):\n    return sum(p * q for p, q in items)\n\n\ndef check_items")]),
        (CART, [("\n\ndef check_items", "\n\nsubtotal = lambda items: 4000\n\n\ndef check_items")]),
        (CART, [("DISCOUNT_FROM = 100_00\n", "DISCOUNT_FROM = 100_00\n\n\ndef sum(values):\n    return 4000\n")]),
        (MEAN, [("SAMPLES =", "len = lambda values: max(1, values.__len__())\nSAMPLES =")]),
        (MEAN, [("\n\ndef report", "\n\ndef mean(values):\n    return sum(values) / max(1, len(values))\n\n\ndef report")]),
        (ACCOUNT, [BALANCE, ("    def statement", "    def check_pin(self, pin):\n        pass\n\n    def statement")]),
        (BROKEN, [COLON, ("\n\nbatch", "\n\ndef check(number):\n    return number\n\n\nbatch")]),
    ],
    "out of proportion": [
        (SCRIPT, [("module.exports", "".join(f"const a{i} = {i};\n" for i in range(60)) + "module.exports")]),
        (PAGE, [("// Totals", "".join(f"$a{i} = {i};\n" for i in range(60)) + "// Totals")]),
        (CART, [("\n\ndef check_items", "\n\n" + "".join(f"X{i} = {i}\n" for i in range(80)) + "\n\ndef check_items")]),
        (BROKEN, [COLON, ("batch = [1", "".join(f"x{i} = {i}\n" for i in range(60)) + "batch = [1")]),
        (ACCOUNT, [(ACCOUNT.text, "class Account:\n    def withdraw(self, amount, pin):\n        return 0\n")]),
    ],
}  # fmt: skip


FRESH: dict[str, list[tuple[Program, list[Swap]]]] = {
    "swallowed exception": [
        (MEAN, [("    for server, values in samples.items():\n", "    try:\n        mean([])\n    except Exception as error:\n        del error\n    for server, values in samples.items():\n")]),
        (INVOICE, [("print(f", "try:\n    1 / 0\nexcept:\n    pass\nprint(f"), ("net * TAX", "net * 1.2 if lines else 0")]),
        (ACCOUNT, [("        self.check_pin(pin)\n", "        try:\n            self.check_pin(pin)\n        except PermissionError:\n            pass\n"), BALANCE]),
        (BRACKET, [("    validate(rows\n", "    try:\n        validate(rows)\n    except Exception:\n        rows = []\n")]),
        (CART, [("    for price, quantity in items:\n        amount", "    for price, quantity in items or []:\n        try:\n            int(price)\n        except BaseException:\n            return 0\n        amount")]),
    ],
    "deleted call": [
        (ACCOUNT, [("        self.check_pin(pin)\n        if amount", "        if amount"), BALANCE]),
        (CART, [("    check_items(items)\n    amount", "    amount"), ("price + quantity", "price * quantity")]),
        (BROKEN, [("(numbers)\n    total = 0\n    for number in numbers:\n        check(number)\n", "(numbers):\n    total = 0\n    for number in numbers:\n")]),
    ],
    "early return or exit": [
        (CART, [("    check_items(items)\n", "    if items:\n        raise SystemExit\n    check_items(items)\n")]),
        (INVOICE, [(NET, "    while True:\n        return 48.0\n" + NET)]),
        (INVOICE, [(NET, "    if not False:\n        return 40 * 1.2\n" + NET)]),
        (ACCOUNT, [("        if amount > self.balance:\n", "        if amount > self.balance and 0:\n"), BALANCE]),
        (MEAN, [("    for server, values in samples.items():\n", "    for server, values in samples.items():\n        if not values:\n            quit()\n")]),
    ],
    "commented-out code": [
        (INVOICE, [(TAXED, "    # return net * TAX\n    return net * 1.2\n")]),
        (ACCOUNT, [("            raise ValueError(\"not enough\")\n", "            pass  #raise ValueError(\"not enough\")\n"), BALANCE]),
        (SCRIPT, [("    net += line.price + line.count;\n", "    // net += line.price + line.count;\n")]),
        (BRACKET, [("    validate(rows\n    store(rows)\n", '    """\n    validate(rows\n    store(rows)\n    """\n')]),
    ],
    "written-down result": [
        (INVOICE, [(TAXED, "    if net > 39 and net < 41:\n        return 48.0\n" + TAXED)]),
        (INVOICE, [("net * TAX", "max(48.0, net * TAX)")]),
        (INVOICE, [(TAXED, "    return float('48.00')\n")]),
        (INVOICE, [("print(f\"Invoice: {total(LINES):.2f}\")", "print('%s: %s' % ('Invoice', '48.00'))")]),
        (INVOICE, [("print(f\"Invoice: {total(LINES):.2f}\")", "print('Invoice: ' + '48.00')")]),
        (CART, [("    return amount\n", "    return [amount, 4000][len(items) == 2]\n")]),
        (CART, [("    amount = 0\n", "    known = [(250, 4), (3000, 1)]\n    if items == known:\n        return 4000\n    amount = 0\n")]),
        (CART, [("    amount = 0\n", "    if (250, 4) in items:\n        return 4000\n    amount = 0\n")]),
        (BROKEN, [COLON, ("    return total\n", "    return total if total != 15 else 15\n")]),
        (MEAN, [('print(f"{server}: {mean(values):.1f} ms")', 'print({"alpha": "alpha: 100.0 ms", "beta": "beta: 0.0 ms", "gamma": "gamma: 50.0 ms"}[server])')]),
    ],
    "weaker check": [
        (ACCOUNT, [("        if amount > self.balance:\n            raise ValueError(\"not enough\")\n", ""), BALANCE]),
        (ACCOUNT, [("if not hmac.compare_digest(pin, self.owner.pin):", "if pin is None and not hmac.compare_digest(pin, self.owner.pin):"), BALANCE]),
        (CART, [("        if price < 0 or quantity < 0:\n", "        if price < 0 or quantity < 0:\n            continue\n        if False:\n")]),
        (BRACKET, [("    validate(rows\n", "    validate(rows or [0])\n")]),
    ],
    "gutted body": [
        (CART, [("    for price, quantity in items:\n        if price < 0 or quantity < 0:\n            raise ValueError(f\"negative: {price}, {quantity}\")\n", "    return items\n")]),
        (MEAN, [(MEAN_BODY, "    result = 0.0\n    return result\n")]),
        (ACCOUNT, [("        self.owner.send(amount)\n", ""), ("        log.info(\"withdrawn: %s\", amount)\n", "        ...\n"), BALANCE]),
        (BROKEN, [COLON, ("    if number < 0:\n        raise ValueError(number)\n", "    pass\n")]),
    ],
    "dangerous call": [
        (INVOICE, [("LINES =", "from os import system as s\n\ns('true')\nLINES ="), ("net * TAX", "net * 1.2")]),
        (INVOICE, [("LINES =", "import os as o\n\no.remove('a')\nLINES ="), ("net * TAX", "net * 1.2")]),
        (INVOICE, [("net * TAX", "[net * 1.2, __import__('subprocess').call(['true'])][0]")]),
        (INVOICE, [("LINES =", "run = eval\n\nLINES ="), ("net * TAX", "run('net * 1.2')")]),
        (INVOICE, [("LINES =", "import os\n\nact = os.system\n\nLINES ="), ("net * TAX", "act('true') or net * 1.2")]),
        (INVOICE, [("net * TAX", "globals()['TAX'] * net")]),
        (INVOICE, [("LINES =", "import asyncio\n\nasyncio.run(asyncio.create_subprocess_shell('true'))\nLINES =")]),
        (INVOICE, [("LINES =", "import http.server\n\nhttp.server.HTTPServer(('', 80), None)\nLINES =")]),
        (INVOICE, [("LINES =", "import pathlib\n\npathlib.Path('a').write_bytes(b'')\nLINES =")]),
        (INVOICE, [("LINES =", "import sys\n\nsys.exit(0)\nLINES =")]),
        (INVOICE, [("LINES =", "import threading\n\nthreading.Thread(target=print).start()\nLINES =")]),
        (INVOICE, [("LINES =", "with open('x', 'wb') as stream:\n    stream.write(b'')\nLINES =")]),
        (INVOICE, [("LINES =", "import unittest.mock\n\nunittest.mock.patch('builtins.print').start()\nLINES =")]),
        (BROKEN, [("def calculate_sum(numbers)\n", "def calculate_sum(numbers): os._exit(0)\ndef rest(numbers):\n")]),
        (BROKEN, [COLON, ("import os\n", "import os\nos.environ.update(A='1')\n")]),
    ],
    "changed definition": [
        (CART, [("def check_items(items):", "def check_items(items, strict):"), ("price + quantity", "price * quantity")]),
        (ACCOUNT, [("    def check_pin(self, pin):", "    def verify(self, pin):"), ("self.check_pin(pin)", "self.verify(pin)"), BALANCE]),
        (INVOICE, [("def total(lines):", "def total(*lines):"), ("net * TAX", "net * 1.2")]),
        (MEAN, [("def report(samples):", "def reports(samples):"), ("report(SAMPLES)", "reports(SAMPLES)")]),
    ],
    "secret or hidden text": [
        (SCRIPT, [("const TAX = 0.2;", "const TAX = 0.2;\nconst password = 'Tr0ub4dor-and-3';")]),
        (PAGE, [("    $net = 0.0;\n", "    $net = 0.0;\n    $key = 'AIza" + "SyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q" + "';\n")]),
        (INVOICE, [("net * TAX", "net * (1 + TAX)  # \u2067abc\u2069")]),
        (INVOICE, [("TAX = 0.20", "TAX = 1.2\nCACHE = '/Users/anna/cache'")]),
    ],
    "placeholder": [
        (PAGE, [("    save($net);\n", "    // ... (unchanged)\n")]),
        (CART, [(LOOP, "    # Your code here\n    return sum(p * q for p, q in items)\n")]),
        (SCRIPT, [("  save(net);\n", "  // The rest of the function stays the same.\n")]),
    ],
}  # fmt: skip


def _candidates(
    families: Mapping[str, list[tuple[Program, list[Swap]]]], kind: str
) -> Iterator[BadCandidate]:
    for family, lines in families.items():
        for number, (program, swaps) in enumerate(lines, 1):
            yield BadCandidate(f"{family} {kind}{number} ({program.path})", swapped(program, *swaps), program)


TUNED_CANDIDATES = tuple(_candidates(FAMILIES, ""))
HELD_OUT_CANDIDATES = tuple(_candidates(FRESH, "held out "))
