"""What a function uses of its module."""

import pytest

from goldseam.propose.asking.surroundings import MOST_CHARACTERS, callers_of, surroundings

PYTHON = '''\
"""Invoices."""
import os
import sys
from decimal import (
    Decimal,
    getcontext,
)

RATE = 0.2
OTHER = 7
UNUSED_YET = 50
print(OTHER)


def short(x):
    return x + 1


def long(x):
    a = 1
    b = 2
    c = 3
    d = 4
    e = 5
    return a + b + c + d + e


def elsewhere():
    return OTHER


def total(lines):
    return Decimal(short(long(sum(lines)))) * RATE


print(total([1]), total([2]), elsewhere())
'''


def lines_of(text: str, beginning: str, count: int) -> tuple[int, int]:
    first = next(n for n, line in enumerate(text.split("\n")) if line.lstrip().startswith(beginning))
    return first, first + count


def test_imports_constants_and_helpers_that_are_used() -> None:
    shown = surroundings(PYTHON, *lines_of(PYTHON, "def total", 2))
    assert shown.split("\n") == [
        '"""Invoices."""',
        "from decimal import (",
        "    Decimal,",
        "    getcontext,",
        ")",
        "RATE = 0.2",
        "UNUSED_YET = 50",
        "def short(x):",
        "    return x + 1",
        "def long(x):",
        "    ...",
    ]


def test_what_callers_use_is_shown_as_well() -> None:
    at = lines_of(PYTHON, "def total", 2)
    callers = callers_of(PYTHON, *at)
    assert callers == ["print(total([1]), total([2]), elsewhere())"]
    assert "def elsewhere():" in surroundings(PYTHON, *at, callers)


CLASSES = {
    "python": """\
class Cart(Base):
    TAX = 2

    def __init__(self, items):
        self.items = items

    def total(self):
        return self.count() * self.TAX

    def count(self):
        return len(self.items)

    def unused(self):
        return 0
""",
    "javascript": """\
class Cart extends Base {
  static TAX = 2;
  constructor(items) {
    this.items = items;
  }

  total() {
    return this.count() * Cart.TAX;
  }

  count() {
    return this.items.length;
  }

  unused() {
    return 0;
  }
}
""",
    "php": """\
<?php
class Cart extends Base {
    private const TAX = 2;
    private $count = 0;
    public function __construct($items) {
        $this->items = $items;
    }

    public function total() {
        return $this->count() * self::TAX;
    }

    public function count() {
        return count($this->items);
    }

    public function unused() {
        return 0;
    }
}
""",
}


@pytest.mark.parametrize("language", CLASSES)
def test_a_method_is_shown_in_its_open_class(language: str) -> None:
    text = CLASSES[language]
    first = next(n for n, line in enumerate(text.split("\n")) if "total(" in line)
    shown = surroundings(text, first, first + (2 if language == "python" else 3))
    assert "class Cart" in shown
    assert "TAX = 2" in shown
    assert "count" in shown
    assert "items" in shown
    assert "unused" not in shown
    assert "total" not in shown


def test_javascript_imports_and_constants() -> None:
    text = (
        'const fs = require("fs");\nimport { clamp } from "./m.js";\nexport const RATE = 3;\nlet other = 1;\n'
    )
    text += "other += 1;\nfunction f(x) {\n  return clamp(x * RATE);\n}\n"
    assert surroundings(text, 5, 8).split("\n") == [
        'import { clamp } from "./m.js";',
        "export const RATE = 3;",
    ]


def test_it_has_an_end() -> None:
    constants = "".join(f"NAME_{number} = {number}\n" for number in range(2_000))
    body = "def f():\n" + "".join(f"    NAME_{number}\n" for number in range(2_000))
    count = 2_000
    assert len(surroundings(constants + body, count, 2 * count + 1)) <= MOST_CHARACTERS * 2


@pytest.mark.parametrize("text", ["", "\n\n", ")\n", "x = (\n", "def f(:\n  return\n", "}\n}\n"])
def test_any_text_is_read(text: str) -> None:
    assert isinstance(surroundings(text, 0, 1), str)
    assert isinstance(callers_of(text, 0, 1), list)


def test_a_long_text_is_not_cut_in_its_middle() -> None:
    key = '"""-----BEGIN RSA PRIVATE KEY-----\n' + "MIIEow\n" * 40 + '-----END RSA PRIVATE KEY-----"""'
    text = f"KEY = {key}\n\n\ndef sign(text):\n    return KEY + text\n"
    first = text.split("\n").index("def sign(text):")
    assert surroundings(text, first, first + 2) == "KEY = ..."
