"""Programs with one to four faults each, healed by templates and syntax alone, all faults of each."""

import shutil
from pathlib import Path

import pytest

from goldseam.config import load
from goldseam.core.budget import Budget
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.outcome import Autonomy, Queued
from goldseam.languages.tools.fetching import place, tools_folder
from goldseam.pipeline import repair
from goldseam.plugins import Plugins
from goldseam.wiring import Choice, assemble

FOLDER = Path(__file__).with_name("programs")
PROGRAMS = [
    path.name
    for path in sorted(FOLDER.iterdir())
    if not path.name.startswith("test_") and path.suffix in (".py", ".js", ".php")
]
COMMANDS = {".py": "python3", ".js": "node", ".php": "php"}
pytestmark = [pytest.mark.sandbox, pytest.mark.timeout(600)]


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_is_healed_without_a_model(name: str, tmp_path: Path):
    command = COMMANDS[Path(name).suffix]
    if not shutil.which(command):
        pytest.skip(f"no {command} here")
    if command == "node" and not place(tools_folder()).is_dir():
        pytest.skip("needs `goldseam tools pull`")
    shutil.copy(FOLDER / name, tmp_path)
    expected = FOLDER / f"{Path(name).stem}.expected"
    spec = OracleSpec(test=f"python3 -m pytest -q test_{name}")
    if expected.exists():
        spec = OracleSpec(run=f"{command} {name}", expected=expected.read_bytes())
    else:
        shutil.copy(FOLDER / f"test_{name}", tmp_path)
    root = tmp_path.resolve()
    config = load(root, {"GOLDSEAM_ORACLE__RUNS": "2", "GOLDSEAM_LIMITS__COMMAND_SECONDS": "15"})
    choice = Choice(rungs=("template", "syntax"), remembers=False)
    with assemble(root, config, choice, Plugins()) as assembly:
        incident = Incident(name, (name,), "fails", spec)
        road = repair(incident, assembly.workshop, budget=Budget(seconds=300), autonomy=Autonomy.PROPOSE)
        events = []
        try:
            while True:
                events.append(next(road))
        except StopIteration as end:
            outcome = end.value
    assert isinstance(outcome, Queued), (outcome, events[-2:])
    assert outcome.trial.verdict.plausible
