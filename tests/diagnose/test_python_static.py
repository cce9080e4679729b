"""What ruff and ty say, asked in a box: nothing of the project is run or configured by."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from goldseam.config import load
from goldseam.core.candidate import Verdict
from goldseam.core.case import Case
from goldseam.core.fault import Code, Fault
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.language import ANALYSE
from goldseam.core.observation import Observation
from goldseam.core.source import Snapshot, position_of
from goldseam.diagnose.analyzers.python_static import StaticAnalyzer
from goldseam.diagnose.names.rules import RULES
from goldseam.plugins import Plugins
from goldseam.testing import NoTools
from goldseam.wiring import Assembly, Choice, assemble

pytestmark = pytest.mark.sandbox

PROGRAM = b"""import math
import shop


class Clock:
    def tick(self, seconds):
        return seconds


clock = Clock()
clock.tik(3)
clock.tick()
math.sqtr(2)
shop.pay()
print(Cl0ck)
"""
SHOP = b"def pay(amount):\n    return amount\n"
HOSTILE = {
    "ruff.toml": "[lint]\nselect = ['E501']\nignore = ['F821']\n",
    "ty.toml": "[rules]\nall = 'ignore'\n",
    "pyproject.toml": "[tool.ruff]\nexclude = ['*']\n[tool.ty.rules]\nall = 'ignore'\n",
    "conftest.py": "open('ran', 'w').close()\n",
    "sitecustomize.py": "open('ran', 'w').close()\n",
    "math.py": "open('ran', 'w').close()\n",
    "ruff.py": "open('ran', 'w').close()\n",
    "setup.py": "open('ran', 'w').close()\n",
}


@pytest.fixture(scope="module")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assembly]:
    root = tmp_path_factory.mktemp("static")
    with assemble(root, load(root), Choice(remembers=False), Plugins()) as found:
        yield found


def case(**files: bytes) -> Case:
    snapshot = Snapshot({name.replace("_py", ".py"): data for name, data in files.items()})
    incident = Incident(next(iter(snapshot.files)), tuple(snapshot.files), "fails", OracleSpec())
    return Case(incident, snapshot, snapshot, Verdict(False, (), (1.0,), "red", Observation()))


def said(case: Case, assembly: Assembly) -> list[tuple[Code, str, int]]:
    return [place(fault, case) for fault in StaticAnalyzer(assembly.tools, assembly.languages)(case)]


def place(fault: Fault, case: Case) -> tuple[Code, str, int]:
    return fault.code, fault.path, position_of(case.current.files[fault.path], fault.span.start)[0]


def test_names_attributes_and_arity_over_two_files(assembly: Assembly) -> None:
    found = said(case(program_py=PROGRAM, shop_py=SHOP), assembly)
    assert {
        (Code.NAM_MISSPELT, "program.py", 11),
        (Code.TYP_ARITY, "program.py", 12),
        (Code.NAM_MISSPELT, "program.py", 13),
        (Code.TYP_ARITY, "program.py", 14),
        (Code.NAM_LOOKALIKE, "program.py", 15),
    } == set(found)


def test_evidence_names_its_tool_and_rule_and_all_are_suspicions(assembly: Assembly) -> None:
    faults = list(StaticAnalyzer(assembly.tools, assembly.languages)(case(a_py=b"print(Cl0ck)\n")))
    assert {evidence.source for fault in faults for evidence in fault.evidence} == {
        "ruff F821",
        "ty unresolved-reference",
    }
    assert all(fault.static for fault in faults)


def test_a_changed_file_is_seen_anew_and_a_removed_one_forgotten(assembly: Assembly) -> None:
    assert said(case(program_py=b"import shop\nshop.pay()\n", shop_py=SHOP), assembly)
    mended = b"def pay(amount=0):\n    return amount\n"
    assert not said(case(program_py=b"import shop\nshop.pay()\n", shop_py=mended), assembly)
    assert not said(case(program_py=b"import shop\nshop.pay()\n"), assembly)


def test_nothing_of_a_hostile_project_is_run_or_read(
    assembly: Assembly, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in HOSTILE.items():
        (assembly.root / name).write_text(text)
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    own = {name: text.encode() for name, text in HOSTILE.items() if name.endswith(".py")}
    snapshot = Snapshot({"program.py": b"print(Cl0ck)\n", **own})
    incident = Incident("program.py", tuple(snapshot.files), "fails", OracleSpec())
    hostile = Case(incident, snapshot, snapshot, Verdict(False, (), (1.0,), "red", Observation()))
    with assemble(assembly.root, load(tmp_path / "none"), Choice(remembers=False), Plugins()) as fresh:
        assert (Code.NAM_UNDEFINED, "program.py", 1) in said(hostile, fresh)
        members = fresh.tools.ask("python", ANALYSE, {"members": ["math"]}, seconds=20)
    assert "sqrt" in members["members"]["math"]
    assert not list(assembly.root.glob("**/ran"))
    assert not (tmp_path / "ran").exists()


ENCODINGS = {
    "byte order mark": b"\xef\xbb\xbfx = 1\nprint('\xc3\xa4', xyzzy)\n",
    "latin-1": b"# -*- coding: latin-1 -*-\nprint('\xe4', xyzzy)\n",
    "windows line ends": b"x = 1\r\nprint('\xc3\xa4', xyzzy)\r\n",
    "a character of four bytes": "x = 1\nprint('\U0001f600', xyzzy)\n".encode(),
}


@pytest.mark.parametrize("data", ENCODINGS.values(), ids=ENCODINGS)
def test_spans_are_bytes_in_any_encoding(data: bytes, assembly: Assembly) -> None:
    faults = list(StaticAnalyzer(assembly.tools, assembly.languages)(case(a_py=data)))
    assert {data[fault.span.start : fault.span.end] for fault in faults} == {b"xyzzy"}


def test_without_tools_there_is_nothing_and_no_crash(assembly: Assembly) -> None:
    assert list(StaticAnalyzer(NoTools(), assembly.languages)(case(a_py=PROGRAM))) == []


@pytest.mark.parametrize("data", [b"", b"\0", b"\xff\xfe\x00", b"((((", b"import\n" * 9, b"\\" * 99])
def test_any_bytes_are_borne(data: bytes, assembly: Assembly) -> None:
    assert said(case(a_py=data), assembly) == []


def test_each_rule_has_a_hint_and_a_weight() -> None:
    for (tool, name), rule in RULES.items():
        assert tool in ("ruff", "ty"), name
        assert rule.hint, name
        assert 0 < rule.precision < 1, name
        assert dataclasses.is_dataclass(rule), name
