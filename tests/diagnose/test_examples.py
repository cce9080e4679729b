"""Every analyzer's own examples, run for real: in the sandbox, by the oracle."""

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from inspect import signature
from pathlib import Path
from types import ModuleType

import pytest

from goldseam.config import load
from goldseam.core.case import Case
from goldseam.core.example import Diagnosed
from goldseam.core.fault import Fault
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.language import language_of
from goldseam.core.source import Snapshot, position_of
from goldseam.diagnose.localize import localized
from goldseam.languages.tools.fetching import place, tools_folder
from goldseam.plugins import Plugins
from goldseam.testing import NoTools
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
    config = load(root, {"GOLDSEAM_LIMITS__COMMAND_SECONDS": "8"})
    with assemble(root, config, Choice(remembers=False), PLUGINS) as found:
        yield found


def case_of(example: Diagnosed, root: Path, assembly) -> Case:
    files = {example.name: example.source.encode()}
    files |= {name: text.encode() for name, text in example.beside.items()}
    for name, data in files.items():
        (root / name).write_bytes(data)
    (root / "test_program.py").write_text(example.test or "")
    expected = None if example.expected is None else example.expected.encode()
    language = language_of(example.name, assembly.languages)
    test = "python3 -m pytest -q test_program.py" if example.test else None
    spec = OracleSpec(run=None if test else language.run_command(example.name), test=test, expected=expected)
    incident = Incident(example.name, tuple(files), "example", spec)
    snapshot = Snapshot(files)
    oracle = assembly.workshop.oracle_for(incident)
    case = Case(incident, snapshot, snapshot, oracle.reproduce(snapshot))
    return case if case.verdict.plausible else localized(replace(case, traced=oracle.observe(snapshot)))


def faults_of(module: ModuleType, case: Case, assembly) -> list[Fault]:
    """What the analyzers of one module find, in their order."""
    offered = {"tools": assembly.tools, "languages": assembly.languages}
    taken = {name: offered[name] for name in signature(module.goldseam_analyzers).parameters}
    return [fault for analyze in module.goldseam_analyzers(**taken) for fault in analyze(case)]


@pytest.mark.parametrize(("module", "example"), EXAMPLES)
def test_an_analyzer_finds_what_its_example_says(module, example, assembly):
    needs_tools = module.__name__.endswith("javascript_static") or example.name.endswith(".ts")
    if needs_tools and not place(tools_folder()).is_dir():
        pytest.skip("needs `goldseam tools pull`")
    case = case_of(example, assembly.root, assembly)
    faults = [] if case.verdict.plausible else faults_of(module, case, assembly)
    assert tuple(str(fault.code) for fault in faults) == example.codes
    lines = tuple(position_of(case.current.files[f.path], f.span.start)[0] for f in faults)
    assert not example.lines or lines == example.lines


def test_every_analyzer_carries_hits_and_near_misses():
    for name in ANALYZERS:
        examples = import_module(name).EXAMPLES
        assert any(example.codes for example in examples), name
        assert any(not example.codes for example in examples), name


def test_the_walk_finds_what_the_folders_hold():
    assert "python" in {language.name for language in PLUGINS.languages()}
    assert len(ANALYZERS) <= len(PLUGINS.analyzers(NoTools(), PLUGINS.languages()))
