"""Runs in a box: what the tests say of the program as it stands in this process. PYTEST_DONT_REWRITE

First the failing tests, of each way to fail at most two; a program that turns none of these green is red.
Else all failing tests, and those that passed: the quick ones first, and only as many as there is time for,
since the judge runs all of them anyway.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import python_screen_tests  # type: ignore[import-not-found,unused-ignore]

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from goldseam.languages.workers.python_screen_tests import Runner, Subject

PASSED, STOPPED = python_screen_tests.PASSED, python_screen_tests.STOPPED
LEAST_LIMIT, LATER_LIMIT, LATER_LEAST = 0.015, 1.0, 0.06
LATER_SECONDS = 2.0
"""Of a second round as a whole, beside what slow tests need."""
PARTIAL_SECONDS, WHOLE_SECONDS = 0.1, 1.0
A_WAY, ALL_WAYS = 2, 12
CHECKED = 20
HANGS = "OutOfTime"


class Late(Exception):
    """A test did not end within its time."""


class Trial:
    """The tests of a screening: `failing` and `passing` subjects, quick ones first."""

    def __init__(self, subjects: list[Subject]) -> None:
        self.failing = sorted((one for one in subjects if one.was_red), key=_by_time)
        self.passing = sorted((one for one in subjects if not one.was_red), key=_by_time)
        self.slowest = max((one.seconds for one in self.passing), default=0.0)
        self.first = self.failing[:ALL_WAYS]
        self.is_patient = False
        self.is_doubtful = self._has_stopped = False
        self.is_direct = False
        self.share = LATER_LIMIT

    def choose(self) -> None:
        """Of each way to fail the first tests, as soon as the ways are known.

        `is_direct` says that no test needs pytest's own set-up.
        """
        self.is_direct = all(subject.call for subject in (*self.failing, *self.passing))
        ways: dict[Any, int] = {}
        chosen = []
        for subject in self.failing:
            ways[subject.way] = ways.get(subject.way, 0) + 1
            if ways[subject.way] <= A_WAY:
                chosen.append(subject)
        self.first = chosen[:ALL_WAYS]

    def limit(self, subject: Subject) -> float:
        """Seconds for one test: by those of the tests that pass; `share` more in the second round."""
        known = max(self.slowest, subject.seconds) if subject.was_red else subject.seconds
        if self.is_patient:
            return max(LATER_LEAST, 3 * known, min(max(LATER_LIMIT, 10 * known), self.share))
        return max(LEAST_LIMIT, min(5 * known, 1.0 + 1.5 * known))

    def judge(self, runner: Runner) -> tuple[bool, float, str, int]:
        """Whether it is promising, its gain, what it did, which tests it mends.

        Raises `Late` in the first round. In the second it is *doubtful* where it turned a test green and
        another did not end.
        """
        self.is_doubtful = self._has_stopped = False
        green, evidence = self._red(runner, self.first)
        if not green and self.first:
            return False, 0.0, evidence, 0
        rest = [one for one in self.failing if one not in self.first]
        more, other = self._red(runner, () if self._has_stopped else rest)
        evidence = evidence or other
        share = (len(green) + len(more)) / max(len(self.failing), 1)
        broken, why = self._broken(runner, PARTIAL_SECONDS if evidence else WHOLE_SECONDS)
        if broken:
            return False, -broken / max(len(self.passing), 1), why, 0
        self.is_doubtful = self._has_stopped
        mended = sum(1 << subject.number for subject in (*green, *more))
        return (False, share, evidence, mended) if evidence else (True, 1.0, "", mended)

    def _red(self, runner: Runner, subjects: Sequence[Subject]) -> tuple[list[Subject], str]:
        """Those that pass now, and why the first does not."""
        green: list[Subject] = []
        evidence = ""
        for place, subject in enumerate(subjects):
            following = subjects[place + 1] if place + 1 < len(subjects) else None
            outcome, _, text = runner.run(subject, following)
            if outcome == STOPPED and not self.is_patient:
                raise Late
            if outcome == PASSED:
                green.append(subject)
            evidence = evidence or ("" if outcome == PASSED else f"{subject.test}: {text}")
            if outcome == STOPPED:
                self._has_stopped = True
                break
        return green, evidence

    def _broken(self, runner: Runner, seconds: float) -> tuple[int, str]:
        """How many of those that passed fail now, up to the first."""
        left = seconds
        chosen: list[Subject] = []
        for subject in self.passing:
            left -= subject.seconds
            if left < 0 and chosen:
                break
            chosen.append(subject)
        began = time.monotonic()
        for place, subject in enumerate(chosen):
            following = chosen[place + 1] if place + 1 < len(chosen) else None
            outcome, _, text = runner.run(subject, following)
            if outcome == STOPPED and not self.is_patient:
                raise Late
            if outcome != PASSED:
                return 1, f"{subject.test} fails now: {text}"
            if time.monotonic() - began > 4 * seconds:
                break
        return 0, ""

    def is_unchanged(self, runner: Runner, restore: Callable[[], object]) -> bool:
        """Whether the unpatched program does what it did: fails the same way, passes the same tests."""
        for subject in self.first:
            if subject.way[0] != HANGS:
                outcome, kind, text = runner.run(subject)
                restore()
                if outcome == PASSED or subject.way not in ((kind, text), (kind, "")):
                    return False
        for subject in self.passing[:CHECKED]:
            outcome, _, _ = runner.run(subject)
            restore()
            if outcome != PASSED:
                return False
        return True


def _by_time(subject: Subject) -> float:
    return subject.seconds
