"""Did you mean: spelling, look-alikes, what is visible where, and where an import goes."""

import pytest

from goldseam.core.source import apply_edits
from goldseam.diagnose.names.imports import import_for
from goldseam.diagnose.names.members import members_of
from goldseam.diagnose.names.program import Program, parsed, program_of, visible_at
from goldseam.diagnose.names.reach import reached
from goldseam.diagnose.names.spelling import distance, is_lookalike, nearest, related, words_of
from goldseam.languages.python_imports import import_edits

NEAR = {
    "a letter too few": ("elapsd", "elapsed"),
    "a letter too many": ("PaymentsAdapter", "PaymentAdapter"),
    "two swapped": ("itme", "item"),
    "beside on the keyboard": ("totak", "total"),
    "another case": ("Ordereddict", "OrderedDict"),
    "an underscore": ("getvalue", "get_value"),
}
FAR = {
    "another word": ("squareroot", "print"),
    "two letters": ("id", "os"),
    "half of it": ("json", "sum"),
}
ALIKE = {
    "zero and o": ("Cl0ck", "Clock", True),
    "one and l": ("tota1", "total", True),
    "capital i and l": ("totaI", "total", True),
    "cyrillic": ("сlock", "clock", True),
    "rn and m": ("rnain", "main", True),
    "only case": ("Clock", "clock", False),
    "other letters": ("clack", "clock", False),
    "the same": ("clock", "clock", False),
}
MODULE = '''"""Docs."""
from __future__ import annotations
import os


class Clock:
    limit = 3

    def __init__(self, start):
        self.elapsed = start

    def tick(self, seconds):
        for part in range(seconds):
            step = part
        return [inner for inner in self.elapsed]


class Timer(Clock):
    def stop(self):
        return total
'''


def program(**files: str) -> Program:
    return program_of({f"{name}.py": text.encode() for name, text in files.items()})


@pytest.mark.parametrize(("wrong", "right"), NEAR.values(), ids=NEAR)
def test_a_misspelling_is_near(wrong: str, right: str) -> None:
    guess = nearest(wrong, [right, "entirely", "different"])
    assert guess
    assert guess.name == right
    assert guess.certain


@pytest.mark.parametrize(("one", "other"), FAR.values(), ids=FAR)
def test_another_word_is_not(one: str, other: str) -> None:
    assert nearest(one, [other]) is None


@pytest.mark.parametrize(("one", "other", "alike"), ALIKE.values(), ids=ALIKE)
def test_lookalikes(one: str, other: str, alike: bool) -> None:
    assert is_lookalike(one, other) is alike


def test_distance_is_symmetric_and_zero_for_equals() -> None:
    assert distance("total", "total") == 0
    assert distance("form", "from") == distance("from", "form") < 1


def test_two_equally_near_names_are_no_certain_guess() -> None:
    guess = nearest("total", ["totak", "totaj"])
    assert guess
    assert not guess.certain


def test_a_lookalike_comes_before_what_is_merely_near() -> None:
    guess = nearest("tota1", ["total", "tota2"])
    assert guess
    assert guess.lookalike


def test_related_names_share_their_words() -> None:
    guess = related("amount", ["amount_cents", "source"])
    assert guess
    assert guess.name == "amount_cents"
    assert related("amount", ["amount_cents", "amount_euros"]) is None
    assert words_of("getHTTPTotal_cents2") == ("get", "http", "total", "cents", "2")


def test_visible_names_are_those_of_the_functions_around_and_the_module() -> None:
    module = parsed("m.py", MODULE.encode())
    assert module
    inside = visible_at(module, 14)
    assert {"self", "seconds", "part", "step", "Clock", "Timer", "os", "print"} <= inside
    assert "limit" not in inside
    assert "start" not in inside


def test_members_come_from_bases_and_assignments() -> None:
    found = members_of("Timer", program(m=MODULE))
    assert {"stop", "tick", "elapsed", "limit"} <= found.names
    assert found.complete
    assert not members_of("Odd", program(m="class Odd(Unknown): pass\n")).complete


def test_an_import_goes_behind_the_docstring_and_the_future() -> None:
    module = parsed("m.py", MODULE.encode())
    assert module
    mended = apply_edits(module.data, import_edits("import json", module.tree, module.data)).decode()
    assert mended.splitlines()[1:4] == [
        "from __future__ import annotations",
        "import json",
        "import os",
    ]
    compile(mended, "m.py", "exec")


IMPORTS = {
    "a module by its use": ("x = json.dumps(1)\n", "json", "import json"),
    "a member": ("d = defaultdict(list)\n", "defaultdict", "from collections import defaultdict"),
    "a usual alias": ("d = np.zeros(3)\n", "np", "import numpy as np"),
    "a name of the project": ("x = Order()\n", "Order", "from shop import Order"),
    "a module of the project": ("x = shop.Order()\n", "shop", "import shop"),
    "a variable that is no module": ("x = time + 1\n", "time", None),
    "nothing known": ("x = zork()\n", "zork", None),
}


@pytest.mark.parametrize(("text", "name", "statement"), IMPORTS.values(), ids=IMPORTS)
def test_what_a_bare_name_is_imported_from(text: str, name: str, statement: str | None) -> None:
    whole = program(m=text, shop="class Order: pass\n")
    module = whole.module("m.py")
    assert module
    assert import_for(name, module, whole, frozenset()) == statement


def test_rare_words_are_the_odd_ones() -> None:
    whole = program(m="total = 1\ntotla = total\n# the total of it\n")
    assert whole.is_odder("totla", "total")
    assert not whole.is_odder("total", "totla")


def test_imports_reach_files_in_any_language() -> None:
    files = {
        "main.py": b"from shop.stock import take\nimport plain\n",
        "shop/stock.py": b"from . import prices\n",
        "shop/prices.py": b"",
        "plain.py": b"",
        "other.py": b"import main\n",
        "app.js": b"const a = require('./lib/thing')\n",
        "lib/thing.js": b'import x from "./deep.js"\n',
        "lib/deep.js": b"",
    }
    assert reached(files, ["main.py"]) == {"main.py", "shop/stock.py", "shop/prices.py", "plain.py"}
    assert reached(files, ["app.js"]) == {"app.js", "lib/thing.js", "lib/deep.js"}


@pytest.mark.parametrize("data", [b"\0", b"\xff\xfe", b"def f(:\n", b"(" * 5_000, b"x = 1\n" * 200_000])
def test_what_does_not_parse_or_is_too_large_is_left_out(data: bytes) -> None:
    assert program_of({"m.py": data}).modules == ()
