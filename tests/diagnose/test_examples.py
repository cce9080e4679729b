"""Every analyzer's own examples, run for real: in the sandbox, by the oracle."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from goldseam.config import load
from goldseam.core.case import Case
from goldseam.core.example import Diagnosed
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.source import Snapshot, position_of
from goldseam.plugins import Plugins
from goldseam.wiring import Choice, assemble

PLUGINS = Plugins()
ANALYZERS = [name for name in PLUGINS.modules if name.startswith("goldseam.diagnose.analyzers.")]
EXAMPLES = [
    pytest.param(import_module(name), example, id=f"{name.rpartition('.')[2]}-{number}")
    for name in ANALYZERS
    for number, example in enumerate(import_module(name).EXAMPLES)
]

pytestmark = pytest.mark.sandbox


@pytest.fixture(scope="module")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    root = tmp_path_factory.mktemp("examples")
    config = load(root, {"GOLDSEAM_LIMITS__COMMAND_SECONDS": "4"})
    with assemble(root, config, Choice(remembers=False), PLUGINS) as found:
        yield found


def case_of(example: Diagnosed, root: Path, assembly) -> Case:
    files = {"program.py": example.source.encode()}
    (root / "program.py").write_bytes(files["program.py"])
    (root / "test_program.py").write_text(example.test or "")
    expected = None if example.expected is None else example.expected.encode()
    test = "python3 -m pytest -q test_program.py" if example.test else None
    spec = OracleSpec(run=None if test else "python3 program.py", test=test, expected=expected)
    incident = Incident("program.py", ("program.py",), "example", spec)
    snapshot = Snapshot(files)
    return Case(incident, snapshot, snapshot, assembly.workshop.oracle_for(incident).reproduce(snapshot))


@pytest.mark.parametrize(("module", "example"), EXAMPLES)
def test_an_analyzer_finds_what_its_example_says(module, example, assembly):
    case = case_of(example, assembly.root, assembly)
    faults = [] if case.verdict.plausible else list(module.analyze(case))
    assert tuple(str(fault.code) for fault in faults) == example.codes
    lines = tuple(position_of(case.current.files[f.path], f.span.start)[0] for f in faults)
    assert not example.lines or lines == example.lines


def test_every_analyzer_carries_hits_and_near_misses():
    for name in ANALYZERS:
        examples = import_module(name).EXAMPLES
        assert any(example.codes for example in examples), name
        assert any(not example.codes for example in examples), name


def test_the_walk_finds_what_the_folders_hold():
    assert {language.name for language in PLUGINS.languages()} == {"python"}
    assert len(ANALYZERS) == len(PLUGINS.analyzers())
