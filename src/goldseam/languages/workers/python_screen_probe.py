"""Runs in a box: what promising candidates do with inputs beyond those of the tests. PYTEST_DONT_REWRITE

While the tests run on the unpatched program, the arguments of the functions that candidates change are
written down. From these more are made by small seeded changes of plain data. Each promising candidate is then
called, in a process of its own, with all of them; what it returns, raises, or does to its arguments becomes a
short mark. Candidates that behave alike have the same marks.
"""

from __future__ import annotations

import hashlib
import inspect
import itertools
import pickle
import random
import re
import sys
import tempfile
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import python_screen_board  # type: ignore[import-not-found,unused-ignore]
import python_screen_tests  # type: ignore[import-not-found,unused-ignore]

if TYPE_CHECKING:
    from types import CodeType, FunctionType

    from goldseam.languages.workers.python_screen_batch import Batches

MOST_CANDIDATES, MOST_CALLS, MOST_INPUTS = 40, 12, 48
MOST_BYTES = 100_000
ALL_SECONDS, CALL_SECONDS = 4.0, 0.1
DEPTH, MOST_PARTS = 5, 200
SEED = 1
_ADDRESS = re.compile(r"0x[0-9a-f]+")
Input = tuple[int, tuple[Any, ...], dict[str, Any]]


class Probe:
    """Tells the promising candidates of `batches` apart."""

    def __init__(self, batches: Batches) -> None:
        self.batches, self.board = batches, batches.board
        self.end = min(batches.plan.end, time.monotonic() + ALL_SECONDS)

    def run(self) -> None:
        """Report the marks of each promising candidate, where there are several."""
        promising = [at for at in self.board.those(python_screen_board.FOUND) if self.board.is_promising(at)]
        functions = self.functions(promising)
        if len(promising) < 2 or not functions:
            return
        inputs = self.in_child(lambda: self.inputs(functions))
        told: dict[int, list[str]] = {}
        chosen = promising[:MOST_CANDIDATES] if inputs else []
        for place, at in enumerate(chosen):
            now = time.monotonic()
            until = now + (self.end - now) / (len(chosen) - place)
            if marks := self.in_child(partial(self.marks, at, functions, inputs, until)):
                told[at] = pickle.loads(marks)  # noqa: S301 - written in this box
        shortest = min(map(len, told.values()), default=0)
        for at, found in told.items():
            self.board.write({"is": "behaviour", "at": at, "behaviour": found[:shortest]})

    def functions(self, promising: list[int]) -> list[FunctionType]:
        """The live functions that the candidates change, each once."""
        swap = self.batches.swap
        found: dict[CodeType, FunctionType] = {}
        for at in promising:
            for _, place, _ in swap.groups(self.batches.plan.candidates[at]):
                found.setdefault(place.old, swap.live.functions[place.old][0])
        return list(found.values())

    def in_child(self, work: Any) -> bytes:
        """What `work` gives in a child of its own, pickled; nothing if the child was late or died."""
        with tempfile.TemporaryFile() as file:
            child = python_screen_board.fork()
            if child is None:
                python_screen_board.end_after(partial(self.told, work, file))
            how = python_screen_board.watch(child, self.board, self.end)
            self.board.rest()
            file.seek(0)
            return file.read() if how == "ended" else b""

    def told(self, work: Any, file: Any) -> None:
        self.batches.begin()
        file.write(pickle.dumps(work()))
        file.flush()

    def inputs(self, functions: list[FunctionType]) -> list[bytes]:
        """Arguments that the tests gave, and others made of them."""
        calls = Calls(functions)
        for subject in (*self.batches.trial.failing, *self.batches.trial.passing):
            if time.monotonic() > self.end - ALL_SECONDS / 2:
                break
            sys.setprofile(calls)
            try:
                self.batches.runner.run(subject)
            finally:
                sys.setprofile(None)
            self.batches.restore()
        source = random.Random(SEED)  # noqa: S311 - no secret
        made = [self.another(calls.kept, source) for _ in range(MOST_INPUTS)] if calls.kept else []
        return list(dict.fromkeys([*calls.kept, *made]))[:MOST_INPUTS]

    def another(self, kept: list[bytes], source: random.Random) -> bytes:
        call = pickle.loads(source.choice(kept))  # noqa: S301 - written in this box
        return pickle.dumps(varied(call, source))

    def marks(self, at: int, functions: list[FunctionType], told: bytes, until: float) -> list[str]:
        """What the candidate does with each input, shortened; with the first of them where time is up."""
        self.batches.swap.begin(self.batches.plan.candidates[at])
        found: list[str] = []
        for data in pickle.loads(told):  # noqa: S301 - written in this box
            if found and time.monotonic() > until:
                break
            number, arguments, keywords = pickle.loads(data)  # noqa: S301
            self.board.beat(20 * CALL_SECONDS, at)
            answer = self.answer(functions[number], arguments, keywords)
            text = f"{answer} {described((arguments, keywords))}"
            found.append(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8])
            self.batches.state.restore()
        return found

    def answer(self, function: FunctionType, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> str:
        clock = self.batches.runner.clock
        clock.begin(CALL_SECONDS)
        try:
            value = function(*arguments, **keywords)
            if inspect.iscoroutine(value):
                import asyncio  # A program with coroutines has it; for all others it would only take time.

                value = asyncio.run(value)
            return described(value)
        except python_screen_tests.OutOfTime:
            return "late"
        except BaseException as error:  # noqa: BLE001 - whatever the code under test raises is its answer
            return f"raises {type(error).__name__}"
        finally:
            clock.rest()


class Calls:
    """A profile hook that keeps the arguments of calls of some functions."""

    def __init__(self, functions: list[FunctionType]) -> None:
        self.numbers = {function.__code__: number for number, function in enumerate(functions)}
        self.count = [0] * len(functions)
        self.kept: list[bytes] = []

    def __call__(self, frame: Any, event: str, argument: Any) -> None:
        number = self.numbers.get(frame.f_code) if event == "call" else None
        if number is None or self.count[number] >= MOST_CALLS:
            return
        try:
            data = pickle.dumps((number, *arguments_of(frame)))
        except Exception:  # noqa: BLE001 - what cannot be written down is left out
            return
        if len(data) <= MOST_BYTES and data not in self.kept:
            self.count[number] += 1
            self.kept.append(data)


def arguments_of(frame: Any) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Positional and keyword arguments of a call that has just begun."""
    code, values = frame.f_code, frame.f_locals
    names = code.co_varnames
    last = code.co_argcount + code.co_kwonlyargcount
    positional = [values[name] for name in names[: code.co_argcount]]
    keywords = {name: values[name] for name in names[code.co_argcount : last]}
    if code.co_flags & inspect.CO_VARARGS:
        positional += values[names[last]]
        last += 1
    if code.co_flags & inspect.CO_VARKEYWORDS:
        keywords.update(values[names[last]])
    return tuple(positional), keywords


def varied(call: Input, source: random.Random) -> Input:
    """The call with one to three of its arguments changed a little."""
    number, arguments, keywords = call
    changed = [*arguments, *keywords.values()]
    for _ in range(source.choice((1, 1, 2, 3)) if changed else 0):
        place = source.randrange(len(changed))
        changed[place] = other(changed[place], source)
    return (
        number,
        tuple(changed[: len(arguments)]),
        dict(zip(keywords, changed[len(arguments) :], strict=True)),
    )


def other(value: Any, source: random.Random) -> Any:
    """A value of the same type near by; what is not plain data stays."""
    if type(value) is bool:
        return not value
    if type(value) is int:
        return source.choice((value - 1, value + 1, value + 2, 2 * value, 0, -value))
    if type(value) is float:
        return source.choice((value - 1, value + 1, value / 2, 2 * value, 0.0, value + 0.005))
    if type(value) is str:
        return _other_text(value, source)
    if type(value) in (list, tuple):
        return type(value)(_other_row(list(value), source))
    if type(value) is dict and value:
        key = source.choice(list(value))
        if source.random() < 0.3:
            return {name: held for name, held in value.items() if name != key}
        return {**value, key: other(value[key], source)}
    return value


def _other_text(text: str, source: random.Random) -> str:
    if not text:
        return source.choice(("", "a", " "))
    at = source.randrange(len(text))
    return source.choice(
        (text[:at] + text[at + 1 :], text[:at] + text[at] + text[at:], text[::-1], text.swapcase(), "")
    )


def _other_row(row: list[Any], source: random.Random) -> list[Any]:
    """A row of nearly the same parts, sorted if it was."""
    was_sorted = _is_sorted(row)
    way = source.random()
    if not row or way < 0.1:
        return [] if row else [0]
    at = source.randrange(len(row))
    if way < 0.3:
        del row[at]
    elif way < 0.55:
        row.insert(source.randrange(len(row) + 1), row[at])
    elif way < 0.85:
        row[at] = other(row[at], source)
    elif not was_sorted:
        source.shuffle(row)
    return sorted(row) if was_sorted else row


def _is_sorted(row: list[Any]) -> bool:
    try:
        return len(row) > 1 and all(one <= two for one, two in itertools.pairwise(row))
    except Exception:  # noqa: BLE001 - the parts may be of any class
        return False


def described(value: Any, depth: int = DEPTH) -> str:
    """A text that is equal for values that are alike; addresses and tiny differences of floats left out."""
    if type(value) is float:
        return f"{value:.9g}"
    if isinstance(value, str | bytes | int | complex) or value is None:
        return f"{type(value).__name__} {value!r}"
    if depth == 0:
        return type(value).__name__
    if isinstance(value, dict):
        parts = [f"{described(k, depth - 1)}: {described(v, depth - 1)}" for k, v in _some(value.items())]
    elif isinstance(value, set | frozenset):
        parts = sorted(described(part, depth - 1) for part in _some(value))
    elif isinstance(value, list | tuple) or inspect.isgenerator(value) or hasattr(value, "__next__"):
        parts = [described(part, depth - 1) for part in _some(value)]
    elif type(value).__dict__.get("__repr__") is None and hasattr(value, "__dict__"):
        parts = [f"{k} {described(v, depth - 1)}" for k, v in _some(vars(value).items())]
    else:
        return _ADDRESS.sub("0x", repr(value)[:2_000])
    return f"{type(value).__name__} {', '.join(parts)}"


def _some(values: Any) -> Any:
    return itertools.islice(values, MOST_PARTS)
