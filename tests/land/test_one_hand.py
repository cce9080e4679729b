"""Only `land/effects.py` may change a file: no other module of landing calls the system to do so."""

import ast
from pathlib import Path

import pytest

import goldseam.land

FOLDER = Path(goldseam.land.__file__).parent
ELSEWHERE = {"effects.py": "the one hand", "git.py": "writes a temporary folder and git's objects"}
MODULES = sorted(path for path in FOLDER.glob("*.py") if path.name not in ELSEWHERE)
HARMLESS = {
    *("access", "close", "fstat", "geteuid", "getegid", "getgroups", "lexists", "samestat"),
    *("stat_result", "path", "W_OK", "X_OK"),
}
CHANGING = {
    *("write_bytes", "write_text", "touch", "mkdir", "rmdir", "rename", "replace", "unlink", "chmod"),
    *("symlink_to", "hardlink_to", "open"),
}
RECEIVERS = {"effects", "_effects", "stack", "self", "text"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_other_module_changes_files(path: Path) -> None:
    assert list(_changes(ast.parse(path.read_text()))) == []


def test_the_rule_sees_what_it_should() -> None:
    source = "import os, shutil\nos.rename('a', 'b')\nPath('x').write_text('')\nopen('y', 'w')\n"
    assert len(list(_changes(ast.parse(source)))) == 5


def _changes(tree: ast.Module) -> list[str]:
    return [f"line {node.lineno}: {ast.unparse(node)}" for node in ast.walk(tree) if _is_change(node)]


def _is_change(node: ast.AST) -> bool:
    match node:
        case ast.Import(names=names):
            return any(alias.name in ("shutil", "tempfile", "subprocess", "sqlite3") for alias in names)
        case ast.Attribute(value=ast.Name(id="os"), attr=name):
            return name not in HARMLESS
        case ast.Call(func=ast.Name(id="open")):
            return True
        case ast.Call(func=ast.Attribute(value=owner, attr=name)):
            receiver = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            return name in CHANGING and receiver not in RECEIVERS
    return False
