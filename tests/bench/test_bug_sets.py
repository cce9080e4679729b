"""Our own bugs: every folder is one, a repair is judged by what the solver never saw, and counted right."""

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

from bug_sets import SETS, BrokenBug, Bug, Fix, bugs_of, read, unseen, wrongs
from ladder import Row, heal, table

BUGS = [pytest.param(bug, id=f"{name}/{bug.language}/{bug.name}") for name in SETS for bug in bugs_of(name)]
COUNTER = {
    "bug.toml": """
what = "a colon is missing"
docstring = true
[[fix]]
family = "SYN"
old = "def double(number)\\n"
new = "def double(number):\\n"
""",
    "counter.py": "# Zählt.\ndef double(number)\n    return 2 * number\n",
    "test_counter.py": "from counter import double\n\n\ndef test_two():\n    assert double(2) == 4\n",
    "held_back_test.py": "from counter import double\n\n\ndef test_three():\n    assert double(3) == 6\n",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in COUNTER.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def named(name: str, wanted: str) -> Bug:
    return next(bug for bug in bugs_of(name) if bug.name == wanted)


@pytest.mark.parametrize("bug", BUGS)
def test_each_has_a_fix_for_what_may_be_edited(bug):
    changed = {path for path, text in bug.fixed.items() if text != bug.files[path]}
    assert changed
    assert changed <= set(bug.programs)
    assert bug.oracle
    assert not set(bug.held_back) & set(bug.files)
    assert bug.expect_file is None or bug.expect_file in bug.files


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("bugs_later", {"python": 35, "javascript": 15, "php": 10}),
        ("cases_later", {"python": 10, "javascript": 6, "php": 4}),
    ],
)
def test_how_many_there_are(name, counts):
    assert Counter(bug.language for bug in bugs_of(name)) == counts


@pytest.mark.parametrize("name", ["bugs", "bugs_later"])
def test_about_half_say_what_they_should_do(name):
    documented = [bug.documented for bug in bugs_of(name)]
    assert 0.4 <= sum(documented) / len(documented) <= 0.6


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("name", "bug"),
    [
        ("bugs", "late_closure"),
        ("bugs", "sort_numbers"),
        ("bugs", "age_check"),
        ("bugs_later", "birthday_leap"),
        ("cases", "text_adventure"),
        ("cases_later", "newsletter"),
    ],
)
def test_red_as_it_is_and_green_once_mended(name, bug):
    assert wrongs(named(name, bug)) == []


@pytest.mark.sandbox
def test_what_is_no_bug(folder):
    bug = read(folder, "python")
    assert wrongs(bug) == []
    assert wrongs(replace(bug, files=bug.fixed, fixes=())) == [
        "its own oracle is green",
        "the held-back tests pass before the repair",
    ]
    assert all("once mended" in wrong for wrong in wrongs(replace(bug, fixes=())))


@pytest.mark.sandbox
def test_a_fault_that_held_back_tests_alone_see(folder):
    source = "def double(number)\n    return 6 if number == 3 else 4\n"
    bug = read(folder, "python")
    bug = replace(bug, files={**bug.files, "counter.py": source.encode()})
    hidden = Fix("counter.py", "6 if number == 3 else 4", "2 * number", "LOG", "")
    assert unseen(replace(bug, fixes=(*bug.fixes, hidden))) == []
    harder = {
        "held_back_test.py": b"from counter import double\n\n\ndef test_one():\n    assert double(1) == 2\n"
    }
    assert unseen(replace(bug, fixes=(*bug.fixes, hidden), held_back=harder)) == [hidden]


def test_a_fix_that_does_not_fit(folder):
    (folder / "counter.py").write_text("def double(number):\n    return number\n")
    with pytest.raises(BrokenBug, match="not exactly once"):
        _ = read(folder, "python").fixed


def test_faulty_lines():
    assert named("bugs", "default_tags").lines == {"notes.py": (2, 4)}
    assert named("bugs", "late_closure").lines == {"handlers.py": (5,)}
    assert named("cases", "file_sync").lines == {"main.mjs": (10,), "sync.mjs": (28, 31)}


@pytest.mark.sandbox
@pytest.mark.parametrize(("options", "outcome"), [((), "healed"), (("--review",), "held")])
def test_a_repair_is_judged_by_held_back_tests(folder, options, outcome):
    bug = read(folder, "python")
    row = heal(bug, ["--no-model", *options], 60)
    assert (row.outcome, row.right, row.faults) == (outcome, True, 1)
    assert "def double(number):" in row.diff
    assert row.memory_mib > 10
    never = {"held_back_test.py": b"def test_never():\n    assert False\n"}
    assert heal(replace(bug, held_back=never), ["--no-model", *options], 60).right is False


def row(name, **told):
    seen = Row(name, "python", "", True, 1, "unhealed", None, None, None, None, 0, 0, 1.0, 1.0, 1, None)
    return replace(seen, **told)


def test_the_table_counts_false_heals_and_rungs():
    rows = [
        row("a", outcome="healed", right=True, rung="template", seconds=2.0),
        row("b", outcome="healed", right=False, rung="mutation", seconds=4.0),
        row("c", outcome="held", right=False, rung="mutation", seconds=6.0, documented=False),
        row("d"),
    ]
    lines = table(rows).splitlines()
    assert lines[1].split() == ["all", "4", "2", "1", "1", "1", "0", "4.0", "0"]
    assert any(
        line.startswith("no docstring") and line.split()[2:7] == ["1", "0", "1", "0", "0"] for line in lines
    )
    assert "rungs: mutation 2, template 1" in lines
    assert "others: unhealed 1" in lines
