"""Runs in a box: how the unpatched program fails, and how its tests can be run. PYTEST_DONT_REWRITE

In a child the failing tests run twice, those that passed once, each in the fastest way in which it still ends
as it did in its own run. A failing test that gives another text when it is run again, and the same text in a
process of its own, found state of its first run: then each candidate needs a process of its own.
"""

from __future__ import annotations

import json
import tempfile
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import python_screen_board  # type: ignore[import-not-found,unused-ignore]
import python_screen_tests  # type: ignore[import-not-found,unused-ignore]
import python_screen_trial  # type: ignore[import-not-found,unused-ignore]

if TYPE_CHECKING:
    from goldseam.languages.workers.python_screen_batch import Batches
    from goldseam.languages.workers.python_screen_tests import Subject

PASSED, STOPPED = python_screen_tests.PASSED, python_screen_tests.STOPPED
SHARE = 0.25
MOST_HANGING = 3


class Reference:
    """What is found out for `batches`; `is_single` says that candidates must not share a process."""

    def __init__(self, batches: Batches) -> None:
        self.batches, self.trial = batches, batches.trial
        self.is_single = batches.is_single
        self.texts: dict[str, str] = {}
        self.unstable: list[str] = []
        self.hanging = 0

    def learn(self) -> bool:
        """Whether candidates can be tried by exchanging code at all."""
        told = self.told()
        if told and told["unstable"]:
            again = self.told().get("texts", {})
            self.is_single = any(told["texts"].get(test) == again.get(test) for test in told["unstable"])
        return bool(told) and self.take(told)

    def told(self) -> dict[str, Any]:
        """What a child finds out; nothing if it did not come to its end."""
        board = self.batches.board
        with tempfile.TemporaryFile("w+") as file:
            child = python_screen_board.fork()
            if child is None:
                python_screen_board.end_after(partial(self.tell, file))
            how = python_screen_board.watch(child, board, self.batches.plan.end)
            self.batches.clear()
            board.rest()
            file.seek(0)
            told: dict[str, Any] = json.loads(file.read()) if how == "ended" else {}
        return told

    def tell(self, file: Any) -> None:
        json.dump(self.found(), file)
        file.flush()

    def found(self) -> dict[str, Any]:
        self.batches.begin()
        left = SHARE * (self.batches.plan.end - time.monotonic())
        end = time.monotonic() + left
        self.trial.is_patient, self.trial.share = True, left / MOST_HANGING
        ways: dict[str, Any] = {}
        wrong = []
        for subject in [*self.trial.failing, *self.trial.passing]:
            if not subject.was_red and time.monotonic() + subject.seconds > end:
                continue
            if not self.finds_way(subject):
                wrong.append(subject.test)
            ways[subject.test] = (*subject.way, subject.call is not None, subject.is_short)
        return {
            "ways": ways,
            "wrong": wrong,
            "looked": self.batches.has_looked,
            "texts": self.texts,
            "unstable": self.unstable,
            "single": self.is_single or self.batches.has_new_modules(),
        }

    def finds_way(self, subject: Subject) -> bool:
        """Whether there is a way of running the test in which it ends as expected; the fastest is taken."""
        while not self.is_expected(subject):
            if subject.call is None and not subject.is_short:
                return False
            subject.is_short = subject.call is not None and subject.is_short
            subject.call = None
        return True

    def is_expected(self, subject: Subject) -> bool:
        """Whether the test ends here as it did in its own run; how it fails becomes its way."""
        if subject.was_red and self.hanging >= MOST_HANGING:
            subject.way = (python_screen_trial.HANGS, "")
            return True
        outcome, kind, text = self.run(subject)
        if not subject.was_red or outcome == PASSED:
            return bool(subject.was_red == (outcome != PASSED))
        if outcome == STOPPED:
            self.hanging += 1
            subject.way = (kind, "")
            return True
        _, second_kind, second_text = self.run(subject)
        self.is_single = self.is_single or kind != second_kind
        self.texts[subject.test] = text
        if text != second_text:
            self.unstable.append(subject.test)
        subject.way = (kind, text if text == second_text else "")
        return True

    def run(self, subject: Subject) -> tuple[str, str, str]:
        ended: tuple[str, str, str] = self.batches.runner.run(subject)
        self.batches.restore()
        if self.batches.has_written:
            self.batches.tree.restore()
        return ended

    def take(self, told: dict[str, Any]) -> bool:
        """Know here what the child found out."""
        for subject in [*self.trial.failing, *self.trial.passing]:
            if subject.test in told["ways"]:
                kind, text, has_call, subject.is_short = told["ways"][subject.test]
                subject.way = (kind, text)
                subject.call = subject.call if has_call else None
                subject.seconds = 0.0 if kind == python_screen_trial.HANGS else subject.seconds
        wrong = set(told["wrong"])
        if told["looked"] or any(subject.test in wrong for subject in self.trial.failing):
            return False
        self.trial.passing = [subject for subject in self.trial.passing if subject.test not in wrong]
        self.trial.choose()
        self.is_single = self.is_single or self.batches.is_single or told["single"]
        return True
