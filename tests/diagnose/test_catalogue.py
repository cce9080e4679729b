"""The catalogue: one page a code, and every example is broken and mended as its page says."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from goldseam.config import load
from goldseam.core.errors import SandboxError, ToolMissing
from goldseam.core.fault import Code
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.ports import RUNGS, Job
from goldseam.diagnose import catalogue as package
from goldseam.diagnose.entry import DIAGNOSIS, Entry, Example, Proof, catalogue, entry_of, module_name
from goldseam.diagnose.manual import FAMILIES, LANGUAGES, file_name, index, page, pages
from goldseam.pipeline import examine
from goldseam.plugins import Plugins
from goldseam.propose.templates import TEMPLATES
from goldseam.testing import ScriptedModel
from goldseam.wiring import Choice, assemble

ROOT = Path(__file__).resolve().parents[2]
SUFFIXES = {"python": ".py", "javascript": ".js", "typescript": ".ts", "php": ".php"}
COMMANDS = {"python": "python3", "javascript": "node", "php": "php"}
SECONDS = 6
DRIVER = f"""
import json, pathlib, subprocess, sys
from concurrent.futures import ThreadPoolExecutor

command = [sys.executable, "-S"] if sys.argv[1] == "python3" else [sys.argv[1]]

def run(file):
    argv = [*command, file.name]
    try:
        done = subprocess.run(argv, cwd=file.parent, capture_output=True, timeout={SECONDS})
    except subprocess.TimeoutExpired:
        return str(file.parent), [124, ""]
    return str(file.parent), [done.returncode, done.stdout.decode("utf-8", "replace")]

with ThreadPoolExecutor(4) as pool:
    print(json.dumps(dict(pool.map(run, sorted(pathlib.Path(sys.argv[2]).rglob("program.*"))))))
"""

Shown = tuple[Entry, Example]
EXAMPLES: list[Shown] = [(entry, example) for entry in catalogue() for example in entry.examples]


def label(shown: Shown) -> str:
    return f"{shown[0].code}-{shown[1].language}"


def name_of(example: Example) -> str:
    return example.name or f"program{SUFFIXES[example.language]}"


def where(shown: Shown, state: str) -> str:
    entry, example = shown
    return f"{example.language}/{module_name(entry.code)}-{entry.examples.index(example)}/{state}"


def proved_by(*proofs: Proof) -> list:
    chosen = [shown for shown in EXAMPLES if shown[0].proof_of(shown[1]) in proofs]
    return [pytest.param(shown, id=label(shown)) for shown in chosen]


@pytest.fixture(scope="module")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    root = tmp_path_factory.mktemp("catalogue")
    for shown in EXAMPLES:
        for state in ("broken", "mended"):
            folder = root / where(shown, state)
            folder.mkdir(parents=True)
            (folder / name_of(shown[1])).write_text(getattr(shown[1], state))
            for name, text in shown[1].beside.items():
                (folder / name).write_text(text)
    (root / "drive.py").write_text(DRIVER)
    config = load(root, {"GOLDSEAM_LIMITS__OUTPUT_MB": "8"})
    with assemble(root, config, Choice(remembers=False), Plugins()) as found:
        yield found


@pytest.fixture(scope="module")
def ended(assembly) -> Mapping[str, tuple[int, str]]:
    """Exit code and output of every program, by its folder; one box a language."""
    results: dict[str, tuple[int, str]] = {}
    for language, command in COMMANDS.items():
        if shutil.which(command):
            run = assembly.sandbox.run(Job(f"python3 drive.py {command} {language}", seconds=200))
            assert run.succeeded, run.stderr.decode()
            results |= json.loads(run.stdout)
    return results


def test_every_code_has_exactly_one_page():
    modules = {found.name for found in iter_modules(package.__path__)}
    assert modules == {module_name(code) for code in Code}
    for code in Code:
        assert entry_of(code).code is code
        assert import_module(f"{package.__name__}.{module_name(code)}").__doc__.startswith(f"{code}: ")
    assert [entry.code for entry in catalogue()] == list(Code)
    assert len(catalogue()) >= 60
    assert {entry.code.family for entry in catalogue()} == set(FAMILIES)


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: str(entry.code))
def test_a_page_is_complete(entry: Entry):
    assert entry.title
    assert not entry.title.endswith(".")
    assert entry.cause.endswith(".")
    assert entry.hint
    assert set(re.findall(r"\{(\w*)\}", entry.hint)) <= {"expected", "name", "message"}
    assert {example.language for example in entry.examples} <= set(entry.found_by) <= set(LANGUAGES)
    assert "python" in {example.language for example in entry.examples}
    assert all(example.broken != example.mended for example in entry.examples)
    assert bool(entry.rungs) != bool(entry.unserved)


def test_the_rungs_of_the_catalogue_are_served():
    plugins = Plugins()
    served = {fixer.rung for fixer in plugins.fixers(ScriptedModel(()), plugins.languages(), 0)}
    for entry in catalogue():
        assert set(entry.served_by) <= served & set(RUNGS), entry.code


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: str(entry.code))
def test_a_page_names_the_templates_of_its_code_and_no_others(entry: Entry):
    serving = {template.name for template in TEMPLATES if entry.code in template.codes}
    assert set(entry.templates) - {DIAGNOSIS} == serving
    assert bool(entry.templates) != bool(entry.untemplated or entry.unserved)


@pytest.mark.sandbox
@pytest.mark.parametrize("shown", proved_by(Proof.PARSES))
def test_the_broken_text_does_not_parse_and_the_mended_one_does(shown, assembly):
    _, example = shown
    if example.language not in {language.name for language in assembly.languages}:
        pytest.skip(f"no {example.language} here yet")
    try:
        broken = assembly.checker.check(name_of(example), example.broken.encode())
        mended = assembly.checker.check(name_of(example), example.mended.encode())
    except (ToolMissing, SandboxError) as error:
        pytest.skip(str(error))
    assert broken is not None
    assert mended is None


@pytest.mark.sandbox
@pytest.mark.parametrize("shown", proved_by(Proof.ENDS_WELL, Proof.PRINTS, Proof.FAILS))
def test_the_programs_do_what_their_page_says(shown, ended):
    entry, example = shown
    if where(shown, "broken") not in ended:
        pytest.skip(f"no {example.language} here")
    (before, printed), (after, wanted) = (ended[where(shown, state)] for state in ("broken", "mended"))
    match entry.proof_of(example):
        case Proof.FAILS:
            assert before != 0
        case Proof.ENDS_WELL:
            assert (before != 0, after) == (True, 0)
        case _:
            assert (before, after) == (0, 0)
            assert printed != wanted


@pytest.mark.sandbox
@pytest.mark.parametrize("entry", [e for e in catalogue() if e.place], ids=lambda entry: str(entry.code))
def test_a_cluster_is_the_one_of_the_first_example(entry, assembly):
    folder = where((entry, entry.examples[0]), "broken")
    incident = Incident(path := f"{folder}/program.py", (path,), "does not parse", OracleSpec())
    found = examine(incident, assembly.workshop)
    assert f"{entry.code}:{entry.place}" in [fault.cluster for fault in found.faults]


def test_only_what_cannot_be_had_is_merely_told():
    told = [label(shown) for shown in EXAMPLES if shown[0].proof_of(shown[1]) is Proof.TOLD]
    assert told == ["TST.FLAKY-python", "ENV.WRONG_VERSION-javascript"]


def test_a_page_of_the_manual():
    text = page(entry_of(Code.SYN_MISSING_COLON))
    assert text.startswith("# SYN.MISSING_COLON\n\n**A colon is missing.**\n")
    for heading in ("## Python", "## JavaScript", "## PHP", "## How it is found", "## What mends it"):
        assert f"\n{heading}\n" in text
    assert "`SYN.MISSING_COLON:function_def`" in text
    assert "No rung of `heal` serves it" in page(entry_of(Code.ENV_PORT_IN_USE))


def test_the_index_links_every_page():
    text = index(catalogue())
    for entry in catalogue():
        assert f"]({file_name(entry.code)})" in text


def test_the_manual_in_the_repository_is_the_one_that_the_catalogue_makes():
    made = pages(catalogue())
    folder = ROOT / "docs" / "faults"
    assert {file.name for file in folder.glob("*.md")} == set(made), "run `make manual`"
    for name, text in made.items():
        assert (folder / name).read_text() == text, f"{name} is stale: run `make manual`"


def test_the_command_writes_the_manual_and_notices_a_stale_one(tmp_path):
    command = [sys.executable, str(ROOT / "scripts" / "manual")]
    subprocess.run([*command, str(tmp_path)], check=True)
    assert {file.name for file in tmp_path.iterdir()} == set(pages(catalogue()))
    assert subprocess.run([*command, "--check", str(tmp_path)]).returncode == 0
    (tmp_path / "index.md").write_text("old")
    (tmp_path / "gone.md").write_text("of a code that is gone")
    assert subprocess.run([*command, "--check", str(tmp_path)], capture_output=True).returncode == 1
    subprocess.run([*command, str(tmp_path)], check=True)
    assert not (tmp_path / "gone.md").exists()
