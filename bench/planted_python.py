"""Programs and planters of single name and type faults in Python; see `single_faults`."""

import ast
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from single_faults import Planted, Program

HERE = Path(__file__).parent / "programs" / "python"

DRIVERS = Path(__file__).parent / "programs" / "python_drivers"
"""Each runs the module of the standard library that it is named after, from a copy named `own_…`."""


def _programs() -> Iterator[Program]:
    for folder in sorted(path for path in HERE.iterdir() if path.is_dir()):
        files = {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.py"))}
        yield Program(folder.name, files, "python3 main.py")
    for driver in sorted(DRIVERS.glob("*.py")):
        source = Path(os.__file__).parent / driver.name
        files = {f"own_{driver.name}": source.read_text("utf-8"), "main.py": driver.read_text("utf-8")}
        yield Program(f"own_{driver.stem}", files, "python3 main.py")


PROGRAMS = list(_programs())
OWN_WEIGHT = 4
"""Programs that were written for this bench are few: each counts so often."""
PROGRAMS += [program for program in PROGRAMS if not program.name.startswith("own_")] * (OWN_WEIGHT - 1)

_TRACE = """
import json, os, runpy, sys
lines = {}
def hook(frame, event, arg):
    path = frame.f_code.co_filename
    if not path.startswith(os.getcwd()):
        return None
    if event == "line":
        lines.setdefault(os.path.basename(path), set()).add(frame.f_lineno)
    return hook
sys.path[0] = os.getcwd()
out, sys.stdout = sys.stdout, open(os.devnull, "w")
sys.settrace(hook)
runpy.run_path(os.path.join(os.getcwd(), "main.py"), run_name="__main__")
sys.settrace(None)
json.dump({path: sorted(found) for path, found in lines.items()}, out)
"""


def covered(program: Program, folder: Path) -> dict[str, frozenset[int]]:
    """The lines that the healthy program runs, by path; drivers are left out."""
    ended = subprocess.run(
        [sys.executable, "-c", _TRACE], cwd=folder, capture_output=True, check=True, timeout=60
    )
    found = json.loads(ended.stdout)
    named = {path for path in program.files if path != "main.py" or not program.name.startswith("own_")}
    return {path: frozenset(lines) for path, lines in found.items() if path in named}


def _nodes(text: str, lines: frozenset[int]) -> list[ast.AST]:
    return [node for node in ast.walk(ast.parse(text)) if getattr(node, "lineno", 0) in lines]


def _offset(text: str, line: int, column: int) -> int:
    rows = text.splitlines(keepends=True)
    return sum(map(len, rows[: line - 1])) + len(rows[line - 1].encode()[:column].decode())


def _replace(text: str, node: ast.AST, new: str, what: str, lines: frozenset[int] | None = None) -> Planted:
    start = _offset(text, node.lineno, node.col_offset)
    end = _offset(text, node.end_lineno, node.end_col_offset)
    touched = lines or frozenset(range(node.lineno, node.end_lineno + 1))
    return Planted(text[:start] + new + text[end:], touched, f"{text[start:end][:50]} -> {new[:50]}: {what}")


def typo(word: str, rng: random.Random) -> str:
    """Another word: a letter left out, doubled, swapped or hit beside."""
    at = rng.randrange(len(word))
    ways = [word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:]]
    if at + 1 < len(word):
        ways.append(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
    rows = "qwertyuiop asdfghjkl zxcvbnm"
    place = rows.find(word[at].lower())
    if place >= 0:
        beside = rows[max(0, place - 1) : place] or rows[place + 1]
        ways.append(word[:at] + beside.strip() + word[at + 1 :])
    good = [way for way in ways if way.isidentifier() and way != word]
    return rng.choice(good) if good else word + "x"


def _used(text: str) -> set[str]:
    return {n.id for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Name)} | set(dir(__builtins__))


def misspelt_name(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    found = [n for n in _nodes(text, lines) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
    found = [n for n in found if len(n.id) > 3]
    if not found:
        return None
    node = rng.choice(found)
    new = typo(node.id, rng)
    return None if new in _used(text) else _replace(text, node, new, "name")


def misspelt_attribute(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    found = [n for n in _nodes(text, lines) if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Load)]
    found = [n for n in found if len(n.attr) > 3]
    if not found:
        return None
    return _attribute(text, rng.choice(found), typo, rng)


def _attribute(text: str, node: ast.Attribute, change, rng: random.Random) -> Planted:
    end = _offset(text, node.end_lineno, node.end_col_offset)
    start = end - len(node.attr)
    new = change(node.attr, rng)
    line = frozenset({node.end_lineno})
    return Planted(text[:start] + new + text[end:], line, f".{node.attr} -> .{new}")


def misspelt_definition(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Attribute, ast.Name)
    found = [n for n in _nodes(text, lines) if isinstance(n, kinds)]
    found = [n for n in found if not hasattr(n, "ctx") or isinstance(n.ctx, ast.Store)]
    node = rng.choice(found) if found else None
    if node is None:
        return None
    if isinstance(node, ast.Attribute):
        return _attribute(text, node, typo, rng) if len(node.attr) > 3 else None
    name = getattr(node, "name", None) or node.id
    if len(name) < 4 or name.startswith("__"):
        return None
    start = text.index(name, _offset(text, node.lineno, node.col_offset))
    new = typo(name, rng)
    line = frozenset({text.count("\n", 0, start) + 1})
    return Planted(text[:start] + new + text[start + len(name) :], line, f"define {name} -> {new}")


def lookalike(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    def change(word: str, rng: random.Random) -> str:
        pairs = [("l", "1"), ("o", "0"), ("O", "0"), ("I", "l"), ("a", "а"), ("e", "е"), ("c", "с")]
        usable = [(a, b) for a, b in pairs if a in word[1:]]
        if not usable:
            return ""
        a, b = rng.choice(usable)
        return word[0] + word[1:].replace(a, b, 1)

    kinds = (ast.Name, ast.Attribute)
    found = [n for n in _nodes(text, lines) if isinstance(n, kinds) and isinstance(n.ctx, ast.Load)]
    node = rng.choice(found) if found else None
    word = getattr(node, "id", None) or getattr(node, "attr", "")
    new = change(word, rng) if len(word) > 3 else ""
    if node is None or not new:
        return None
    if isinstance(node, ast.Attribute):
        return _attribute(text, node, lambda *_: new, rng)
    return _replace(text, node, new, "look-alike")


def misspelt_import(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    found = [n for n in _nodes(text, lines) if isinstance(n, ast.Import | ast.ImportFrom)]
    node = rng.choice(found) if found else None
    if node is None:
        return None
    alias = rng.choice(node.names)
    whole = isinstance(node, ast.ImportFrom) and rng.random() < 0.3 and node.module
    old = str(node.module) if whole else alias.name
    if old == "*" or len(old) < 3:
        return None
    start = text.index(old, _offset(text, node.lineno, node.col_offset) + (5 if whole else 6))
    new = typo(old.replace(".", "_"), rng) if "." not in old else old + "s"
    line = frozenset(range(node.lineno, node.end_lineno + 1))
    return Planted(text[:start] + new + text[start + len(old) :], line, f"import {old} -> {new}")


def missing_import(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    found = [n for n in _nodes(text, lines) if isinstance(n, ast.Import | ast.ImportFrom)]
    found = [n for n in found if n.col_offset == 0 and n.lineno == n.end_lineno and n.names[0].name != "*"]
    node = rng.choice(found) if found else None
    if node is None:
        return None
    alias = rng.choice(node.names)
    name = (alias.asname or alias.name).partition(".")[0]
    rows = text.splitlines(keepends=True)
    if len(node.names) == 1:
        rows[node.lineno - 1] = "\n"
    else:
        rest = ", ".join(
            a.name + (f" as {a.asname}" if a.asname else "") for a in node.names if a is not alias
        )
        head = f"from {'.' * node.level}{node.module or ''} " if isinstance(node, ast.ImportFrom) else ""
        rows[node.lineno - 1] = f"{head}import {rest}\n"
    uses = {n.lineno for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Name) and n.id == name}
    return Planted("".join(rows), frozenset({node.lineno, *uses}), f"no import of {name}")


def missing_self(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    if rng.random() < 0.5:
        found = [n for n in _nodes(text, lines) if isinstance(n, ast.FunctionDef) and n.args.args]
        found = [n for n in found if n.args.args[0].arg == "self" and not n.decorator_list]
        node = rng.choice(found) if found else None
        if node is None:
            return None
        start = text.index("self", _offset(text, node.lineno, node.col_offset))
        end = start + 4
        end += len(text[end:]) - len(text[end:].lstrip(", ")) if text[end] == "," else 0
        return Planted(text[:start] + text[end:], frozenset({node.lineno}), f"def {node.name} without self")
    found = [n for n in _nodes(text, lines) if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Load)]
    found = [n for n in found if isinstance(n.value, ast.Name) and n.value.id == "self"]
    node = rng.choice(found) if found else None
    return _replace(text, node, node.attr, "no self.") if node is not None else None


def arity(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    tree = ast.parse(text)
    own = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    found = [n for n in _nodes(text, lines) if isinstance(n, ast.Call) and n.args]
    found = [n for n in found if getattr(n.func, "id", getattr(n.func, "attr", "")) in own]
    node = rng.choice(found) if found else None
    if node is None:
        return None
    if rng.random() < 0.5 and not node.keywords:
        start = _offset(text, node.end_lineno, node.end_col_offset) - 1
        line = frozenset(range(node.lineno, node.end_lineno + 1))
        return Planted(text[:start].rstrip(", ") + ", 0" + text[start:], line, "one argument more")
    drop = rng.choice(node.args)
    start = _offset(text, drop.lineno, drop.col_offset)
    end = _offset(text, drop.end_lineno, drop.end_col_offset)
    rest = text[end:].lstrip(", \n") if text[end:].lstrip()[:1] == "," else text[end:]
    head = text[:start] if rest is not text[end:] else text[:start].rstrip().rstrip(",")
    line = frozenset(range(node.lineno, node.end_lineno + 1))
    return Planted(head + rest, line, f"one argument less: {ast.unparse(node)[:50]}")


def text_for_number(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    found = []
    for node in _nodes(text, lines):
        value = getattr(node, "value", None)
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.Return | ast.keyword) and value is not None:
            found += [n for n in ast.walk(value) if isinstance(n, ast.Constant) and type(n.value) is int]
        if isinstance(node, ast.Call):
            found += [n for n in node.args if isinstance(n, ast.Constant) and type(n.value) in (int, float)]
    node = rng.choice(found) if found else None
    return _replace(text, node, f'"{node.value}"', "number as text") if node is not None else None


def none(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    found = [n for n in _nodes(text, lines) if isinstance(n, ast.Assign) and n.lineno == n.end_lineno]
    found = [n for n in found if not (isinstance(n.value, ast.Constant) and n.value.value is None)]
    node = rng.choice(found) if found else None
    return _replace(text, node.value, "None", "None assigned") if node is not None else None


def wrong_key(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    found: list[ast.Constant] = []
    for node in _nodes(text, lines):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            found.append(node.slice)
        if isinstance(node, ast.Dict):
            found += [key for key in node.keys if isinstance(key, ast.Constant)]
    found = [node for node in found if isinstance(node.value, str) and len(node.value) > 2]
    found = [node for node in found if node.value.isidentifier()]
    node = rng.choice(found) if found else None
    if node is None:
        return None
    ways = [typo(node.value, rng), f"{node.value}_{rng.choice(['id', 'value', 'name', 'count'])}"]
    return _replace(text, node, f'"{rng.choice(ways)}"', "key")


def not_awaited(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    found = [n for n in _nodes(text, lines) if isinstance(n, ast.Await)]
    node = rng.choice(found) if found else None
    if node is None:
        return None
    start = _offset(text, node.lineno, node.col_offset)
    return Planted(text[:start] + text[start + 6 :], frozenset({node.lineno}), "no await")


def wrong_return(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    found = [n for n in _nodes(text, lines) if isinstance(n, ast.Return) and n.value is not None]
    found = [n for n in found if not (isinstance(n.value, ast.Constant) and n.value.value is None)]
    node = rng.choice(found) if found else None
    if node is None:
        return None
    value = ast.get_source_segment(text, node.value) or ""
    return _replace(text, node, rng.choice([value, "return", "return None"]), "return without its value")


KINDS = {
    "misspelt name": misspelt_name,
    "misspelt attribute": misspelt_attribute,
    "misspelt definition": misspelt_definition,
    "look-alike": lookalike,
    "misspelt import": misspelt_import,
    "missing import": missing_import,
    "missing self": missing_self,
    "arity": arity,
    "text for number": text_for_number,
    "none": none,
    "wrong key": wrong_key,
    "not awaited": not_awaited,
    "wrong return": wrong_return,
}
