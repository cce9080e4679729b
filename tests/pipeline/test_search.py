"""The search, with fixers that follow a script and an oracle that is a function of the bytes."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldseam.core.budget import Budget, Tokens
from goldseam.core.candidate import Batch, Candidate, Judgement, Mark, Screening, Steps, Trial, Verdict
from goldseam.core.case import Case
from goldseam.core.errors import ModelMissing, ModelUnavailable
from goldseam.core.event import Advanced, AttemptStarted, BatchProposed, BatchScreened, Event, ModelStarted
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.observation import Ended, Failure, Observation, Run
from goldseam.core.outcome import Declined, Exhausted, Reason
from goldseam.core.source import Edit, Patch, Snapshot, Span
from goldseam.search import search
from goldseam.testing import ScriptedModel

Next = Callable[[bytes], Sequence[bytes | None]]


def verdict_of(data: bytes, goal: bytes) -> Verdict:
    """The more bytes are at their place, the nearer."""
    wrong = sum(a != b for a, b in zip(data, goal, strict=True))
    return Verdict(wrong == 0, (("run", wrong == 0),), (float(wrong),), f"{wrong} wrong", Observation())


@dataclass
class Judge:
    goal: bytes
    judged: list[bytes] = field(default_factory=list)
    doubted: list[bytes] = field(default_factory=list)

    def judge(self, snapshot: Snapshot, *, doubtful: bool = False) -> Verdict:
        self.judged.append(snapshot.files["job.py"])
        if doubtful:
            self.doubted.append(self.judged[-1])
        return verdict_of(self.judged[-1], self.goal)

    def observe(self, snapshot: Snapshot) -> Observation:
        return Observation()

    def screen(
        self, snapshot: Snapshot, candidates: Sequence[Candidate], seconds: float
    ) -> tuple[Screening, ...]:
        return tuple(self.screened(snapshot.apply(candidate.patch)) for candidate in candidates)

    def screened(self, snapshot: Snapshot) -> Screening:
        before, after = self.judged_bytes(snapshot), self.goal
        right = sum(a == b for a, b in zip(before, after, strict=True))
        mark = Mark.PROMISING if before == after else Mark.RED
        return Screening(mark, right / len(after), f"{right} right")

    @staticmethod
    def judged_bytes(snapshot: Snapshot) -> bytes:
        return snapshot.files["job.py"]

    def reproduce(self, snapshot: Snapshot) -> Verdict | Declined:
        return self.judge(snapshot)


@dataclass
class Script:
    """Implements `Fixer`: from each point of the search the candidates of `answers`, one batch each."""

    answers: Next
    rung: str = "template"
    needs_model: bool = False
    name: str = "script"
    cost: float = 0.0
    told: list[tuple[Judgement, ...]] = field(default_factory=list)
    asked: list[bytes] = field(default_factory=list)

    def propose(self, case: Case, budget: Budget) -> Generator[Batch, tuple[Judgement, ...], None]:
        data = case.current.files["job.py"]
        self.asked.append(data)
        for answer in self.answers(data):
            if answer is None:
                batch = Batch(tokens=Tokens(1, 1), rejected=("nothing",))
            else:
                patch = Patch({"job.py": (Edit(Span(0, len(data)), answer),)})
                candidate = Candidate(patch, self.name, self.rung, "why", cost=self.cost)
                batch = Batch((candidate,), Tokens(1, 1))
            self.told.append((yield batch))


def searched(
    start: bytes,
    goal: bytes,
    *fixers: Script,
    model: ScriptedModel | None = None,
    budget: Budget | None = None,
) -> tuple[Trial | Exhausted, list[Event], Judge]:
    incident = Incident("job.py", ("job.py",), "fails", OracleSpec())
    snapshot, judge = Snapshot({"job.py": start}), Judge(goal)
    case = Case(incident, snapshot, snapshot, verdict_of(start, goal))
    events: list[Event] = []
    road = search(case, fixers, model, judge, budget or Budget(), lambda at: at)
    while True:
        try:
            events.append(next(road))
        except StopIteration as end:
            return end.value, events, judge


def names(events: list[Event], kind: type) -> list[Event]:
    return [event for event in events if isinstance(event, kind)]


def test_the_first_plausible_candidate_is_the_result() -> None:
    found, events, judge = searched(b"xx", b"ab", Script(lambda at: [b"xy", b"ab", b"zz"]))
    assert isinstance(found, Trial)
    assert found.snapshot.files["job.py"] == b"ab"
    assert judge.judged == [b"xy", b"ab"]
    assert len(names(events, AttemptStarted)) == 2


def test_a_nearer_candidate_is_where_the_search_goes_on() -> None:
    script = Script(lambda at: {b"xxx": [b"axx", b"zzz"], b"axx": [b"abx"], b"abx": [b"abc"]}[at])
    found, events, _ = searched(b"xxx", b"abc", script)
    assert isinstance(found, Trial)
    assert script.asked == [b"xxx", b"axx", b"abx"]
    assert len(names(events, Advanced)) == 2


def test_a_candidate_that_is_no_nearer_is_no_new_start() -> None:
    script = Script(lambda at: [b"zxx", b"xzx", b"xxz"])
    found, events, _ = searched(b"xxx", b"abc", script)
    assert isinstance(found, Exhausted)
    assert script.asked == [b"xxx"]
    assert names(events, Advanced) == []


def test_the_best_point_goes_first_and_its_parent_goes_on_when_it_is_used_up() -> None:
    answers = {b"xxx": [b"axx", b"axc", b"abc"], b"axx": [b"axz"], b"axc": [b"azc", None]}
    script = Script(lambda at: answers.get(at, []))
    found, _, judge = searched(b"xxx", b"abc", script)
    assert isinstance(found, Trial)
    assert script.asked == [b"xxx", b"axx", b"axc"]
    assert judge.judged == [b"axx", b"axz", b"axc", b"azc", b"abc"]


def test_no_snapshot_is_judged_twice() -> None:
    script = Script(lambda at: [b"zz", b"zz", at, b"xz", b"zz"])
    found, _, judge = searched(b"xx", b"ab", script)
    assert isinstance(found, Exhausted)
    assert judge.judged == [b"zz", b"xz"]
    assert [told[0].evidence for told in script.told] == ["2 wrong"] * 5


def test_cheap_rungs_come_first() -> None:
    dear = Script(lambda at: [b"ab"], rung="rewrite_file", name="dear")
    cheap = Script(lambda at: [None, b"zb"], rung="template", name="cheap")
    found, events, _ = searched(b"xb", b"ab", dear, cheap)
    assert isinstance(found, Trial)
    assert found.candidate.fixer == "dear"
    asked = [event.fixer for event in names(events, BatchProposed) if isinstance(event, BatchProposed)]
    assert asked == ["cheap", "cheap", "dear"]


def test_attempts_end_the_search() -> None:
    script = Script(lambda at: [b"zz", b"zx", b"ab"])
    found, _, judge = searched(b"xx", b"ab", script, budget=Budget(attempts=2))
    assert isinstance(found, Exhausted)
    assert found.reason is None
    assert "2 attempts" in found.message
    assert len(judge.judged) == 2


@dataclass
class Many(Script):
    """One batch of all answers."""

    def propose(self, case: Case, budget: Budget) -> Generator[Batch, tuple[Judgement, ...], None]:
        data = case.current.files["job.py"]
        patches = [
            Patch({"job.py": (Edit(Span(0, len(data)), answer or b""),)}) for answer in self.answers(data)
        ]
        self.asked.append(data)
        self.told.append((yield Batch(tuple(Candidate(p, self.name, self.rung, "why") for p in patches))))


def test_of_a_large_batch_only_what_fast_runs_leave_is_judged() -> None:
    found, events, judge = searched(b"xxx", b"abc", Many(lambda at: [b"zzz", b"zzy", b"abc", b"yyy"]))
    assert isinstance(found, Trial)
    assert judge.judged == [b"abc"]
    assert judge.doubted == []
    (screened,) = names(events, BatchScreened)
    assert screened.marks == {Mark.RED: 3, Mark.PROMISING: 1}


def test_the_nearest_red_candidate_of_a_large_batch_is_where_the_search_goes_on() -> None:
    script = Many(lambda at: [b"zzz", b"azz", b"abz", b"zbz"] if at == b"xxx" else [])
    found, _, judge = searched(b"xxx", b"abc", script)
    assert isinstance(found, Exhausted)
    assert judge.judged == judge.doubted == [b"abz"]
    assert script.asked == [b"xxx", b"abz"]
    assert [type(told) for told in script.told[-1]] == [Screening, Screening, Verdict, Screening]


def test_a_batch_without_steps_is_no_new_start() -> None:
    class Whole(Many):
        def propose(self, case: Case, budget: Budget) -> Generator[Batch, tuple[Judgement, ...], None]:
            (batch,) = Many.propose(self, case, budget)
            yield replace(batch, steps=Steps.NEVER)

    found, _, judge = searched(b"xxx", b"abc", Whole(lambda at: [b"zzz", b"azz", b"abz", b"zbz"]))
    assert isinstance(found, Exhausted)
    assert judge.judged == []


def test_seconds_end_the_search() -> None:
    now = [0.0]

    def late(at: bytes) -> list[bytes]:
        now[0] += 10
        return [b"zz", b"ab"]

    found, _, _ = searched(b"xx", b"ab", Script(late), budget=Budget(seconds=5, clock=lambda: now[0]))
    assert isinstance(found, Exhausted)


def test_the_nearest_verdict_is_told() -> None:
    found, _, _ = searched(b"xxx", b"abc", Script(lambda at: [b"zzz", b"abz"] if at == b"xxx" else []))
    assert isinstance(found, Exhausted)
    assert "the nearest: 1 wrong" in found.message


def test_without_fixers_nothing_is_found() -> None:
    found, _, judge = searched(b"x", b"a")
    assert isinstance(found, Exhausted)
    assert judge.judged == []


class Absent(ScriptedModel):
    """A model that does not start."""

    def __init__(self, error: Exception) -> None:
        super().__init__([])
        self.error = error

    def start(self) -> None:
        raise self.error


def test_a_missing_model_leaves_the_other_rungs() -> None:
    needy = Script(lambda at: [b"ab"], rung="rewrite_file", needs_model=True)
    found, events, _ = searched(
        b"xx", b"ab", needy, Script(lambda at: [b"xb"]), model=Absent(ModelMissing("no"))
    )
    assert isinstance(found, Exhausted)
    assert found.reason is Reason.MODEL_MISSING
    assert names(events, ModelStarted) == []
    assert needy.asked == []
    healed, _, _ = searched(b"xx", b"ab", needy, Script(lambda at: [b"ab"]), model=Absent(ModelMissing("no")))
    assert isinstance(healed, Trial)


def test_a_model_that_cannot_be_had_is_the_reason() -> None:
    needy = Script(lambda at: [b"ab"], rung="rewrite_file", needs_model=True)
    found, _, _ = searched(b"xx", b"ab", needy, model=Absent(ModelUnavailable("it is switched off")))
    assert isinstance(found, Exhausted)
    assert "it is switched off" in found.message


def test_a_model_that_goes_away_ends_the_search_with_its_words() -> None:
    def gone(at: bytes) -> list[bytes]:
        raise ModelUnavailable("the server went away")

    found, _, _ = searched(b"xx", b"ab", Script(gone))
    assert isinstance(found, Exhausted)
    assert "the server went away" in found.message


def test_starting_a_model_is_not_charged() -> None:
    now = [0.0]

    class Slow(ScriptedModel):
        def start(self) -> None:
            now[0] += 100

    needy = Script(lambda at: [b"ab"], rung="rewrite_file", needs_model=True)
    budget = Budget(seconds=5, clock=lambda: now[0])
    found, events, _ = searched(b"xx", b"ab", needy, model=Slow([]), budget=budget)
    assert isinstance(found, Trial)
    assert names(events, ModelStarted) == [ModelStarted("scripted", 100.0)]


WORDS = st.text("abx", min_size=3, max_size=3).map(str.encode)


@given(st.dictionaries(WORDS, st.lists(st.none() | WORDS, max_size=4), max_size=12), st.integers(0, 12))
def test_any_script(answers: dict[bytes, list[bytes | None]], attempts: int) -> None:
    """It ends, judges nothing twice, never starts from what is not nearer, and keeps to its budget."""
    script = Script(lambda at: answers.get(at, []))
    budget = Budget(attempts=attempts)
    found, events, judge = searched(b"xxx", b"aba", script, budget=budget)
    assert len(judge.judged) == len(set(judge.judged))
    assert b"xxx" not in judge.judged
    assert budget.spent_attempts <= attempts
    assert len(script.asked) == len(set(script.asked))
    distances = [verdict_of(data, b"aba").distance for data in script.asked]
    assert all(distance < distances[0] for distance in distances[1:])
    assert isinstance(found, Trial) == (b"aba" in judge.judged)
    proposed = sum(e.tokens.total for e in events if isinstance(e, BatchProposed))
    assert budget.spent_tokens.total == proposed


@dataclass
class Crashing(Judge):
    """An oracle of a program that fails at its first wrong byte, always equally far from green."""

    def judge(self, snapshot: Snapshot, *, doubtful: bool = False) -> Verdict:
        return self.crashed(self.judged_bytes(snapshot))

    def crashed(self, data: bytes) -> Verdict:
        wrong = [
            number for number, pair in enumerate(zip(data, self.goal, strict=True)) if pair[0] != pair[1]
        ]
        failures = tuple(Failure("Error", "abcdef"[number]) for number in wrong[:1])
        run = Run("job", bool(wrong), Ended.EXITED, b"", b"", 0.1)
        seen = Observation(run=run, failures=failures)
        return Verdict(not wrong, (("run", not wrong),), (float(bool(wrong)),), "", seen)


def test_a_cheap_repair_that_shows_the_next_failure_is_a_step() -> None:
    """Each fixer call mends one byte: no single repair is nearer to green but the last."""

    def mends_one(data: bytes) -> list[bytes]:
        wrong = [number for number in range(3) if data[number : number + 1] == b"x"]
        return [data[:number] + b"abc"[number : number + 1] + data[number + 1 :] for number in wrong]

    found = searched_in_a_crash(Script(mends_one, rung="template"))
    assert isinstance(found, Trial)
    assert found.snapshot.files["job.py"] == b"abc"
    assert isinstance(searched_in_a_crash(Script(mends_one, rung="mutation")), Exhausted)


def searched_in_a_crash(*fixers: Script) -> Trial | Exhausted:
    judge, snapshot = Crashing(b"abc"), Snapshot({"job.py": b"xxx"})
    incident = Incident("job.py", ("job.py",), "fails", OracleSpec(run="job"))
    case = Case(incident, snapshot, snapshot, judge.judge(snapshot))
    road = search(case, fixers, None, judge, Budget(), lambda at: at)
    while True:
        try:
            next(road)
        except StopIteration as end:
            return end.value


@pytest.mark.parametrize(("cost", "order"), [(0.0, "step, start"), (0.3, "start, step")])
def test_a_guess_that_is_no_nearer_waits_for_its_parents_first_mutations(cost: float, order: str) -> None:
    guess = Script(lambda at: [b"axx"] if at == b"xxx" else [], cost=cost)
    mutation = Script(lambda at: [b"zzz"] if at == b"xxx" else [b"zaz"], rung="mutation")
    searched_in_a_crash(guess, mutation)
    assert ", ".join({b"xxx": "start", b"axx": "step"}[data] for data in mutation.asked) == order


def test_a_guess_goes_on_where_no_dearer_rung_is() -> None:
    mends = {b"xxx": [b"axx"], b"axx": [b"abx"], b"abx": [b"abc"]}
    assert isinstance(searched_in_a_crash(Script(lambda at: mends[at], cost=0.3)), Trial)


def test_a_fixer_that_rests_goes_on_behind_the_dearer_ones() -> None:
    class Resting(Script):
        def propose(self, case: Case, budget: Budget) -> Generator[Batch, tuple[Judgement, ...], None]:
            for number, batch in enumerate(Script.propose(self, case, budget)):
                if number == 1:
                    assert (yield Batch(rests=True)) == ()
                yield batch

    resting = Resting(lambda at: [b"axy", b"xbx"] if at == b"xxx" else [], rung="mutation")
    dearer = Script(lambda at: [b"xxy"] if at == b"xxx" else [], rung="rewrite_file")
    _, events, judge = searched(b"xxx", b"abc", resting, dearer)
    judged = [data for data in judge.judged if data in (b"axy", b"xbx", b"xxy")]
    assert judged == [b"axy", b"xxy", b"xbx"]
    assert all(event.candidates for event in events if isinstance(event, BatchProposed))
