"""`goldseam tools`: fetching by npm, and every way in which it can fail."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from goldseam.core.errors import ToolMissing
from goldseam.languages.tools.fetching import located, pinned, place, pull

ENVIRON = {"PATH": "/usr/local/bin:/usr/bin:/bin"}
LOCK = Path(__file__).parents[2] / "src/goldseam/languages/tools/package-lock.json"


@dataclass
class Ended:
    status: int | None
    output: bytes


def npm(status: int | None = 0, output: bytes = b"", asked: list | None = None):
    """Stands for npm, which would go to the network."""

    def run(argv, environ, seconds, folder):
        if asked is not None:
            asked.append([*argv])
        (folder / "node_modules").mkdir(mode=0o700)
        return Ended(status, output)

    return run


def test_tools_appear_whole_and_may_be_read(tmp_path):
    asked: list = []
    found = pull(tmp_path, npm(asked=asked), ENVIRON)
    assert found == place(tmp_path) == located(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == [found.name]
    assert (found / "node_modules").stat().st_mode & 0o555 == 0o555
    assert "--ignore-scripts" in asked[0]
    pull(tmp_path, npm(1, asked=asked), ENVIRON)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("run", "environ", "told"),
    [
        (npm(), {"PATH": "/nowhere"}, "install Node.js"),
        (
            npm(1, b"npm error code ENOTFOUND\nnpm error network request failed"),
            ENVIRON,
            "reach its registry",
        ),
        (
            npm(1, b"npm error code EINTEGRITY\nnpm error sha512-x integrity checksum failed"),
            ENVIRON,
            "EINTEGRITY",
        ),
        (npm(None), ENVIRON, "did not end within"),
    ],
)
def test_a_failed_pull_says_why_and_leaves_nothing(tmp_path, run, environ, told):
    with pytest.raises(ToolMissing, match=told):
        pull(tmp_path, run, environ)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ToolMissing, match="goldseam tools pull"):
        located(tmp_path)


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ToolMissing, match="cannot be kept"):
        pull(tmp_path / "file" / "tools", npm(), ENVIRON)


def test_what_boxes_can_install_is_pinned_by_digest():
    packages = json.loads(LOCK.read_text())["packages"]
    assert {tool.name for tool in pinned()} == {"typescript", "@types/node"}
    for name, entry in packages.items():
        ours = "linux" in entry.get("os", ["linux"]) and entry.get("libc", ["glibc"]) == ["glibc"]
        if name and ours and {"x64", "arm64"} & set(entry.get("cpu", ["x64"])):
            assert entry["integrity"].startswith("sha512-"), name


def test_the_lock_names_no_address():
    assert "://" not in LOCK.read_text()


def test_the_command_line(work):
    code = work.run("tools", "path", "--json")
    assert (code.code, json.loads(code.out)["path"]) == (1, None)
    listed = work.run("tools", "list")
    assert "typescript\t" in listed.out
    assert "goldseam tools pull" in listed.out


@pytest.mark.slow
def test_a_real_pull(work):
    ended = work.run("tools", "pull", "--json")
    assert ended.code == 0, ended.err
    found = Path(json.loads(ended.out)["path"])
    assert (found / "node_modules/typescript/lib/lib.esnext.d.ts").is_file()
    work.write("a.ts", "const a: number = ;\n")
    code, document = work.json("scan")
    assert (code, document["results"][0]["faults"][0]["column"]) == (1, 19)
