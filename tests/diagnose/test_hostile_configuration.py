"""No analyzer runs code of the project: whatever a tool could take for configuration or a plugin stays text.

Each hostile file leaves a mark if it runs. The workers run at the level `plain`, which hides nothing and
lets them write where anyone may.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

import goldseam.languages
from goldseam.config import load
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.language import ANALYSE, CHECK, Language
from goldseam.detect.syntax_scan import scan
from goldseam.languages.tools.fetching import place, tools_folder
from goldseam.pipeline import examine
from goldseam.plugins import Plugins
from goldseam.store.scans import SqliteSeen
from goldseam.wiring import Assembly, Choice, assemble, open_checker

WORKERS = Path(goldseam.languages.__file__).parent / "workers"
NODE = (
    "require('node:fs').writeFileSync('{mark}', 'ran');\nmodule.exports = {{ plugins: [], rules: {{}} }};\n"
)
MODULE = "import {{ writeFileSync }} from 'node:fs';\nwriteFileSync('{mark}', 'ran');\nexport default [];\n"
PYTHON = "open('{mark}', 'w').close()\n"
PHP = "<?php file_put_contents('{mark}', 'ran');\n"

RUNNABLE = {
    ".eslintrc.js": NODE,
    "eslint.config.mjs": MODULE,
    "babel.config.js": NODE,
    "prettier.config.cjs": NODE,
    "jest.config.js": NODE,
    "node_modules/typescript/index.js": NODE,
    "node_modules/ts-plugin/index.js": NODE,
    "node_modules/eslint-plugin-hostile/index.js": NODE,
    "conftest.py": PYTHON,
    "sitecustomize.py": PYTHON,
    "usercustomize.py": PYTHON,
    "setup.py": PYTHON,
    "json.py": PYTHON,
    "ast.py": PYTHON,
    "hostile_plugin.py": PYTHON,
    "prepended.php": PHP,
}
"""Files that leave a mark when their own interpreter runs them."""

SETTINGS = {
    "tsconfig.json": '{"compilerOptions": {"checkJs": true, "plugins": [{"name": "ts-plugin"}]}}',
    "jsconfig.json": '{"compilerOptions": {"plugins": [{"name": "ts-plugin"}]}}',
    "package.json": (
        '{"name": "x", "scripts": {"preinstall": "touch hook", "prepare": "touch hook"},'
        ' "eslintConfig": {"plugins": ["hostile"]}, "babel": {"plugins": ["./babel.config.js"]}}'
    ),
    "node_modules/typescript/package.json": '{"name": "typescript", "version": "6.0.3", "main": "index.js"}',
    ".npmrc": "node-options=--require ./.eslintrc.js\n",
    ".node-version": "0\n",
    "ruff.toml": 'extend = "elsewhere.toml"\nselect = ["ALL"]\nper-file-target-version = 7\n',
    "ty.toml": '[environment]\npython = "./bin/python"\n[rules]\nall = "ignore"\n',
    "pyproject.toml": (
        '[tool.ruff]\nextend = "/etc/passwd"\n[tool.ty.environment]\npython = "./bin/python"\n'
        '[tool.pytest.ini_options]\naddopts = "-p hostile_plugin"\n'
        '[tool.mypy]\nplugins = ["hostile_plugin.py"]\n'
    ),
    "mypy.ini": "[mypy]\nplugins = hostile_plugin.py\n",
    "php.ini": "auto_prepend_file = prepended.php\n",
    ".user.ini": "auto_prepend_file = prepended.php\n",
    "composer.json": (
        '{"scripts": {"post-autoload-dump": "touch hook"}, "autoload": {"files": ["prepended.php"]}}'
    ),
}

SOURCES = {
    "job.py": "import json\nimport ast\n\n\ndef total(values):\n    return summ(values)\n\n\ntotal([1])\n",
    "job.js": "// @ts-check\nfunction total(values) {\n  return values.lenght;\n}\ntotal([1]);\n",
    "job.ts": "const total: number = 'three';\nexport default totl;\n",
    "job.php": "<?php\nfunction total(array $v) { return $w; }\ntotl([1]);\n",
    "broken.py": "def f(\n",
    "broken.js": "function f( {\n",
    "broken.php": "<?php function f( {\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder full of traps; marks go to `marks` beside it, where anyone may write."""
    open_to_all(tmp_path)
    root, marks = tmp_path / "project", tmp_path / "marks"
    marks.mkdir()
    marks.chmod(0o777)
    for name, text in RUNNABLE.items():
        lay(root / name, text.format(mark=mark_of(root, name)))
    for name, text in {**SETTINGS, **SOURCES}.items():
        lay(root / name, text)
    interpreter = lay(root / "bin/python", f"#!/bin/sh\ntouch {marks}/interpreter\n")
    interpreter.chmod(0o755)
    return root


def open_to_all(folder: Path) -> None:
    """Let any user read down to a temporary folder, however deep below it pytest laid it."""
    for part in (folder, *folder.parents):
        if part == Path(tempfile.gettempdir()):
            return
        part.chmod(part.stat().st_mode | 0o055)


def lay(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def mark_of(root: Path, name: str) -> Path:
    return root.parent / "marks" / name.replace("/", "_")


def marks(root: Path) -> set[str]:
    hooks = {path.name for path in root.rglob("hook")}
    return {path.name for path in (root.parent / "marks").iterdir()} | hooks


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder with the tools, where a worker that is another user can read them."""
    folder = tmp_path_factory.mktemp("cache")
    open_to_all(folder)
    tools = place(tools_folder())
    if tools.is_dir():
        shutil.copytree(tools, folder / "goldseam" / "tools" / tools.name)
    return folder


@pytest.fixture
def inside(project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Assembly]:
    """Everything assembled as a user in the project's folder would have it, without walls."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    monkeypatch.chdir(project)
    config = load(project, {"GOLDSEAM_SANDBOX__LEVEL": "plain"})
    with assemble(project, config, Choice(remembers=False), Plugins()) as found:
        yield found


def test_the_traps_work(project: Path) -> None:
    ran = {".py": sys.executable, ".js": "node", ".cjs": "node", ".mjs": "node", ".php": "php"}
    for name in RUNNABLE:
        program = ran[Path(name).suffix]
        if not shutil.which(program):
            continue
        subprocess.run(
            [program, "-I", name] if program == sys.executable else [program, name], cwd=project, check=True
        )
        assert mark_of(project, name).exists(), name


def test_no_scan_runs_the_project(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    languages = Plugins().languages()
    config = load(project, {"GOLDSEAM_SANDBOX__LEVEL": "plain"})
    with open_checker(config, languages) as checker:
        found = scan(project, project, languages, checker, SqliteSeen(project.parent / "seen.db", "1"))
    wanted = {"broken.py"} | {
        f"broken.{name}" for name, program in (("js", "node"), ("php", "php")) if shutil.which(program)
    }
    assert {Path(path).name for path in found.broken} >= wanted
    assert marks(project) == set()


def test_no_analyzer_runs_the_project(project: Path, inside: Assembly) -> None:
    shadows = ("json.py", "ast.py", "hostile_plugin.py", "prepended.php")
    whole = [name for name in SOURCES if not name.startswith("broken")]
    seen = set()
    for name in SOURCES:
        paths = dict.fromkeys((name, *whole, *shadows))
        found = examine(Incident(name, tuple(paths), "hostile", OracleSpec()), inside.workshop)
        assert found.declined is None, found.declined
        seen |= {fault.path for fault in (*found.faults, *found.suspicions)}
    assert {"broken.py", "job.php"} <= seen or not shutil.which("php")
    assert marks(project) == set()


PROGRAMS = [
    pytest.param(language, role, id=f"{language.name} {role}")
    for language in Plugins().languages()
    for role in (CHECK, ANALYSE)
    if role in language.programs
]


@pytest.mark.parametrize(("language", "role"), PROGRAMS)
def test_no_worker_runs_what_it_is_asked_about(project: Path, language: Language, role: str) -> None:
    """Every program runs in the trapped folder with no box at all, and is asked about the traps."""
    program = language.programs[role]
    tools = place(tools_folder())
    argv = [word.format(python=sys.executable, tools=tools) for word in program.argv]
    if not shutil.which(argv[0]) or ("{tools}" in "".join(program.argv) and not tools.is_dir()):
        pytest.skip(f"{argv[0]}, or what `goldseam tools pull` fetches, is not here")
    texts = {name: (project / name).read_text() for name in {**RUNNABLE, **SETTINGS, **SOURCES}}
    own = [name for name in texts if Path(name).suffix in language.suffixes]
    files = [{"path": name, "data": b64encode(texts[name].encode()).decode()} for name in own]
    more = {"context": texts["package.json"]} if language.context else {}
    check = [{"files": [{**file, **more} for file in files]}]
    questions = (
        check if role == CHECK else [{"files": texts, "open": own, "members": ["json"], "modules": True}]
    )
    asked = "".join(f"{json.dumps(question)}\n" for question in questions)
    worker = [*argv, str(WORKERS / program.file)]
    ended = subprocess.run(worker, cwd=project, input=asked, capture_output=True, text=True, timeout=120)
    assert len(ended.stdout.splitlines()) == len(questions), ended.stderr[-500:]
    assert marks(project) == set()
