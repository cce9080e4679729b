"""Templates: the examples of each for real, and the fixer that proposes what they and the diagnosis know."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from goldseam.config import load
from goldseam.core.case import Case
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.language import language_of
from goldseam.core.outcome import Declined
from goldseam.core.source import Snapshot
from goldseam.languages.tools.fetching import place, tools_folder
from goldseam.pipeline import diagnose
from goldseam.plugins import Plugins
from goldseam.propose.templates import TEMPLATES
from goldseam.propose.templating.scene import Mended, Scene, Template
from goldseam.wiring import Choice, assemble

EXAMPLES = [
    pytest.param(template, example, id=f"{template.name}-{number}")
    for template in TEMPLATES
    for number, example in enumerate(template.examples)
]
MOST_TRIED = 6
TYPESCRIPT = (".ts", ".js", ".mjs")


@pytest.fixture(scope="module")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    root = tmp_path_factory.mktemp("templates")
    config = load(root, {"GOLDSEAM_LIMITS__COMMAND_SECONDS": "4", "GOLDSEAM_ORACLE__RUNS": "2"})
    with assemble(root, config, Choice(remembers=False), Plugins()) as found:
        yield found


def case_of(example: Mended, assembly):
    """The diagnosed case of an example, and its oracle."""
    files = {example.name: example.before.encode()}
    files |= {name: text.encode() for name, text in example.beside.items()}
    for name, data in files.items():
        (assembly.root / name).write_bytes(data)
    (assembly.root / "test_program.py").write_text(example.test or "")
    expected = None if example.expected is None else example.expected.encode()
    language = language_of(example.name, assembly.languages)
    test = "python3 -m pytest -q test_program.py" if example.test else None
    spec = OracleSpec(run=None if test else language.run_command(example.name), test=test, expected=expected)
    snapshot = Snapshot({name: data for name, data in files.items() if language_of(name, assembly.languages)})
    oracle = assembly.workshop.oracle_for(Incident(example.name, tuple(snapshot.files), "example", spec))
    verdict = oracle.reproduce(snapshot)
    assert not isinstance(verdict, Declined), verdict.detail
    assert not verdict.plausible, "the example is green before it is mended"
    incident = Incident(example.name, tuple(snapshot.files), "example", spec)
    case = Case(incident, snapshot, snapshot, verdict, traced=oracle.observe(snapshot))
    return diagnose(case, assembly.workshop.analyzers, oracle), oracle


def proposed(template: Template, case: Case) -> list[str]:
    """What the first file becomes by each of a template's first repairs."""
    scene, path = Scene(case), case.incident.path
    found: list[str] = []
    for fault in (*case.faults, *case.suspicions):
        if fault.code in template.codes:
            repairs = list(template.mend(scene, fault))[:MOST_TRIED]
            found += [case.current.apply(one.patch).files[path].decode() for one in repairs]
    return list(dict.fromkeys(found))


@pytest.mark.sandbox
@pytest.mark.parametrize(("template", "example"), EXAMPLES)
def test_a_template_does_what_its_example_says(template: Template, example: Mended, assembly):
    if example.name.endswith(TYPESCRIPT) and not place(tools_folder()).is_dir():
        pytest.skip("needs `goldseam tools pull`")
    case, oracle = case_of(example, assembly)
    found = proposed(template, case)
    if example.after is None:
        assert found == []
        return
    assert example.after in found, [(str(fault.code), fault.message) for fault in case.faults]
    mended = replace(case.current, files={**case.current.files, example.name: example.after.encode()})
    assert oracle.judge(mended).plausible


def test_every_template_has_hits_and_a_near_miss():
    for template in TEMPLATES:
        hits = [example for example in template.examples if example.after is not None]
        assert len(hits) >= 2, template.name
        assert len(template.examples) > len(hits), template.name
    assert len({template.name for template in TEMPLATES}) == len(TEMPLATES)
