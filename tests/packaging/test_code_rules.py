"""Rules that no linter knows: who may write files, who may start processes, how long things get."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "goldseam"
MODULES = sorted(PACKAGE.rglob("*.py"))

MAY_WRITE = {
    "land/git.py": "private index and blobs of a commit, in a temporary folder",
    "land/effects.py": "the one way to the owner's files",
    "store/": "the database and its folder",
    "models/weights": "the model file in the user's cache",
    "models/embedded.py": "the server's log, in a temporary folder",
    "sandbox/": "work copies and reports",
    "languages/tools/": "what npm fetches, in the user's cache",
    "languages/workers/python_re": "recorder and replay write their report, inside a box",
    "languages/workers/python_tracer": "the tracer writes its trace, inside a box",
    "languages/workers/python_screen": "the fast judge lays candidates over the box's own copy, and reports",
    "languages/workers/python_static": "the folder of sources that linters look at, inside a box",
    "cli/config.py": "`goldseam config init` makes a new file",
}
MAY_START_PROCESSES = {
    "sandbox/": "every process is started here",
    "languages/workers/python_screen_board.py": "the fast judge forks in a box, once for many candidates",
}

WRITING_METHODS = {
    "write_text", "write_bytes", "touch", "unlink", "rmdir", "rename", "symlink_to", "hardlink_to", "chmod",
    "mkdir",
}  # fmt: skip
WRITING_FUNCTIONS = {
    "os": {
        "open", "write", "replace", "rename", "remove", "unlink", "truncate", "link", "symlink", "mkdir",
        "makedirs", "rmdir", "chmod", "chown",
    },
    "shutil": {"copy", "copy2", "copyfile", "copytree", "move", "rmtree"},
    "tempfile": {"NamedTemporaryFile", "TemporaryDirectory", "TemporaryFile", "mkstemp", "mkdtemp"},
}  # fmt: skip
PROCESS_FUNCTIONS = {"system", "popen", "fork", "forkpty", "posix_spawn", "posix_spawnp"}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "common", "base", "manager", "service", "misc"}


def relative(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def all_but(allowed: dict[str, str]) -> list[Path]:
    return [path for path in MODULES if not relative(path).startswith(tuple(allowed))]


def calls(source: str) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))


def opens_for_writing(call: ast.Call, mode_index: int) -> bool:
    modes = call.args[mode_index : mode_index + 1] + [k.value for k in call.keywords if k.arg == "mode"]
    return any(isinstance(mode, ast.Constant) and set(str(mode.value)) & set("wax+") for mode in modes)


def opens_folder(call: ast.Call) -> bool:
    """Whether `os.open` is told to open a folder that is there: nobody can write through that."""
    words = set(ast.unparse(call).replace("os.", " ").replace(")", " ").split())
    return {"O_DIRECTORY", "O_RDONLY"} <= words and not {"O_CREAT", "O_TMPFILE"} & words


def writes(call: ast.Call) -> bool:
    match call.func:
        case ast.Name(id="open"):
            return opens_for_writing(call, 1)
        case ast.Attribute(value=ast.Name(id="os"), attr="open") if opens_folder(call):
            return False
        case ast.Attribute(value=ast.Name(id=module), attr=name) if module in WRITING_FUNCTIONS:
            to_devnull = bool(call.args) and ast.unparse(call.args[0]) == "os.devnull"
            return name in WRITING_FUNCTIONS[module] and not to_devnull
        case ast.Attribute(value=owner) if ast.unparse(owner).endswith("effects"):
            return False  # land/effects.py does it
        case ast.Attribute(attr="open"):
            return opens_for_writing(call, 0)
        case ast.Attribute(attr="replace"):  # `Path.replace` has one argument, `str.replace` has two
            return len(call.args) == 1 and not call.keywords
        case ast.Attribute(attr=name):
            return name in WRITING_METHODS
    return False


def starts_process(call: ast.Call) -> bool:
    match call.func:
        case ast.Attribute(value=ast.Name(id="os"), attr=name):
            return name in PROCESS_FUNCTIONS or name.startswith(("exec", "spawn"))
        case ast.Attribute(attr=name):
            return name.startswith("create_subprocess")
    return False


@pytest.mark.parametrize("module", all_but(MAY_WRITE), ids=relative)
def test_only_named_modules_write_files(module: Path) -> None:
    found = [f"line {call.lineno}: {ast.unparse(call)}" for call in calls(module.read_text()) if writes(call)]
    assert not found, f"{relative(module)} writes files; land, store or a port should:\n" + "\n".join(found)


@pytest.mark.parametrize("module", all_but(MAY_START_PROCESSES), ids=relative)
def test_only_the_sandbox_starts_processes(module: Path) -> None:
    found = [f"line {c.lineno}: {ast.unparse(c)}" for c in calls(module.read_text()) if starts_process(c)]
    assert not found, f"{relative(module)} starts processes:\n" + "\n".join(found)


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_modules_and_functions_stay_short(module: Path) -> None:
    source = module.read_text()
    assert source.count("\n") <= 400, "a module has at most 400 lines"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= 60, f"{node.name} has {length} lines; at most 60"


def test_no_module_is_named_after_nothing() -> None:
    assert not [relative(path) for path in MODULES if path.stem in FORBIDDEN_NAMES]


@pytest.mark.parametrize(
    "line",
    [
        "open('a', 'w')",
        "open('a', mode='ab')",
        "path.open('r+')",
        "path.write_bytes(b'')",
        "os.replace(a, b)",
        "temporary.replace(target)",
        "shutil.rmtree(a)",
        "tempfile.mkstemp()",
    ],
)
def test_the_rule_sees_a_write(line: str) -> None:
    assert any(writes(call) for call in calls(line))


@pytest.mark.parametrize(
    "line",
    [
        "open('a')",
        "path.open('rb')",
        "text.replace('a', 'b')",
        "replace(case, current=now)",
        "path.read_bytes()",
    ],
)
def test_the_rule_lets_reading_pass(line: str) -> None:
    assert not any(writes(call) for call in calls(line))


@pytest.mark.parametrize("line", ["os.system('ls')", "os.execvp(a, b)", "asyncio.create_subprocess_exec(a)"])
def test_the_rule_sees_a_process(line: str) -> None:
    assert any(starts_process(call) for call in calls(line))
