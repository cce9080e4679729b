"""Exhaustive: a fault at every numbered step of landing, and every promise checked after each."""

import errno
from collections.abc import Callable, Iterable
from pathlib import Path

import landing_campaigns as campaigns
import pytest
from landing_faults import Edit, Phase, Scenario, run
from landing_world import STYLES, plain_repair

import goldseam.land.session as session

Play = Callable[[Iterable[Scenario]], tuple[int, list[str]]]


@pytest.fixture
def play(tree: Path) -> Play:
    def play(scenarios: Iterable[Scenario]) -> tuple[int, list[str]]:
        faults, wrong = 0, []
        for scenario in scenarios:
            seen = run(tree, scenario)
            faults += seen.faults
            wrong += [f"{scenario.accepted} {scenario.phases}: {seen.wrong}"] if seen.wrong else []
        return faults, wrong

    return play


@pytest.mark.parametrize("count", [1, 2, 3])
def test_kill_at_every_step(tree: Path, play: Play, count: int) -> None:
    faults, wrong = play(campaigns.stops(tree, count))
    assert not wrong
    assert faults > 60


def test_kill_at_every_step_where_files_cannot_be_exchanged(tree: Path, play: Play) -> None:
    faults, wrong = play(campaigns.stops(tree, 2, exchange=False))
    assert not wrong
    assert faults > 100


@pytest.mark.parametrize("count", [1, 3])
def test_power_cut_at_every_step(tree: Path, play: Play, count: int) -> None:
    faults, wrong = play(campaigns.stops(tree, count, power=True))
    assert not wrong
    assert faults > 60


def test_kill_at_every_step_and_at_every_step_of_the_recovery(tree: Path, play: Play) -> None:
    faults, wrong = play(campaigns.double_stops(tree, 1))
    assert not wrong
    assert faults > 300


def test_a_commit_of_unknown_fate_goes_one_way_as_a_whole(tree: Path, play: Play) -> None:
    faults, wrong = play(campaigns.unknown_commits(tree, 2))
    assert not wrong
    assert faults > 15


def test_a_second_process_is_turned_away_at_every_step(tree: Path, play: Play) -> None:
    faults, wrong = play(campaigns.seconds(tree, 1))
    assert not wrong
    assert faults > 50


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_error_at_every_step(tree: Path, play: Play, number: int) -> None:
    faults, wrong = play(campaigns.errors(tree, 2, (number,)))
    assert not wrong
    assert faults > 300


def test_other_errors_at_every_step_of_a_single_file(tree: Path, play: Play) -> None:
    others = (errno.EROFS, errno.EINTR)
    faults, wrong = play(campaigns.errors(tree, 1, others))
    assert not wrong
    assert faults > 600


@pytest.mark.parametrize("style", STYLES)
def test_the_owner_saves_at_every_step(tree: Path, play: Play, style: str) -> None:
    delays = {"in place": (0, 2), "vim": (0, 2), "late": (2,)}.get(style, (0,))
    faults, wrong = play(campaigns.edits(tree, 1, (style,), delays))
    assert not wrong
    assert faults > 150


def test_the_owner_saves_one_of_two_files(tree: Path, play: Play) -> None:
    faults, wrong = play(campaigns.edits(tree, 2, ("rename",), (0,)))
    assert not wrong
    assert faults > 400


def test_without_exchange_only_the_stated_moment_loses_a_save(tree: Path) -> None:
    repair = plain_repair(1)
    (name,) = repair.base
    for accepted in (True, False):
        steps = campaigns.steps_of(tree, repair, accepted, exchange=False)
        at_risk = {s.number for s in steps if s.name == "replace" and steps[s.number - 2].name == "look"}
        for style in ("in place", "rename"):
            for step in steps:
                edit = Edit(step.number, name, style)
                seen = run(tree, Scenario(repair, accepted, (Phase(edits=(edit,)),), exchange=False))
                assert not seen.wrong or step.number in at_risk, (style, step, seen.wrong)


def test_hash_then_replace_loses_edits(tree: Path, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    from hash_then_replace import HashThenReplace

    monkeypatch.setattr(session, "Transaction", HashThenReplace)
    _, wrong = play(campaigns.edits(tree, 1, ("rename", "held"), (0,)))
    assert any("rename) is lost" in line for line in wrong)
    assert any("held) is lost" in line for line in wrong)
