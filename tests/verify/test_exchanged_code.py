"""A function compiled alone is the code that its module has: else no candidate of it could be tried fast."""

import importlib
import inspect
import json
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, ModuleType

import pytest

WORKERS = Path(__file__).parents[2] / "src" / "goldseam" / "languages" / "workers"
MODULES = sorted(Path(json.__file__).parents[1].glob("[a-d]*.py"))
CALLS = b"""from __future__ import annotations
import math, os.path as place
from json import dumps as told
try:
    import re
except ImportError:
    re = None
if True:
    import sys


class Ring:
    def area(self, r):
        return math.pi * math.pow(r, 2) + len(re.findall("a", place.join("b", told(r))))


def written(text):
    import io
    sys.stdout.write(text)
    return io.StringIO(text).read()
"""


@pytest.fixture(scope="module")
def swap() -> Iterator[ModuleType]:
    sys.path.insert(0, str(WORKERS))
    yield importlib.import_module("python_screen_swap")
    sys.path.remove(str(WORKERS))


def codes(code: CodeType) -> Iterator[CodeType]:
    for value in code.co_consts:
        if isinstance(value, CodeType):
            yield value
            yield from codes(value)


def others(swap: ModuleType, data: bytes) -> list[tuple[str, ...]]:
    """Names of functions whose code is another when they are compiled alone."""
    source = swap.Source(data, "module.py")
    live = set(codes(compile(data, "module.py", "exec", dont_inherit=True)))
    alone = [(place, source.compiled(place, data[place.start : place.end])[0]) for place in source.places]
    return [place.names for place, code in alone if code not in live]


def test_calls_of_what_the_module_imports(swap: ModuleType) -> None:
    assert others(swap, CALLS) == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_modules_of_the_standard_library(swap: ModuleType, module: Path) -> None:
    assert others(swap, module.read_bytes()) == []


def test_code_that_ran_before_the_tests_is_kept_lest_its_number_is_given_to_another(swap: ModuleType) -> None:
    screener = object.__new__(importlib.import_module("python_screen").Screener)
    screener.ran = {}
    space = {"note": lambda: screener.on_call(inspect.currentframe().f_back, "call", None)}
    code = compile("note()", "module.py", "exec")
    exec(code, space)
    kept = weakref.ref(code)
    del code
    assert kept() is not None
