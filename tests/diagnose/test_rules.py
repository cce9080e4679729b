"""Every rule of meaning against its own hits and near misses, on any bytes, and within its time."""

import random
import time
from pathlib import Path

import pytest

import goldseam
from goldseam.core.example import Diagnosed
from goldseam.core.fault import Fault
from goldseam.core.source import UTF8_BOM, position_of
from goldseam.diagnose.analyzers.meaning import findings
from goldseam.diagnose.rule import Rule
from goldseam.diagnose.rules import RULES
from goldseam.languages.python import encoding_of
from goldseam.languages.python_view import view_of

CASES = [
    pytest.param(rule, example, id=f"{rule.name}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.examples)
]


def faults_of(rule: Rule, files: dict[str, bytes]) -> list[Fault]:
    return list(rule.find(view_of(files, encoding_of)))


def files_of(example: Diagnosed) -> dict[str, bytes]:
    texts = {example.name: example.source, **example.beside}
    return {name: text.encode() for name, text in texts.items()}


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_a_rule_finds_what_its_example_says(rule: Rule, example: Diagnosed) -> None:
    files = files_of(example)
    found = [(str(f.code), position_of(files[f.path], f.span.start)[0]) for f in faults_of(rule, files)]
    assert sorted(found) == sorted(zip(example.codes, example.lines, strict=True))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_ten_hits_and_ten_near_misses(rule: Rule) -> None:
    hits = [example for example in rule.examples if example.codes]
    assert len(hits) >= 10
    assert len(rule.examples) - len(hits) >= 10


SOURCES = [path.read_bytes() for path in sorted(Path(goldseam.__file__).parent.rglob("*.py"))]

HOSTILE = {
    "nothing": b"",
    "null": b"x = 1\0",
    "not text": bytes(range(256)) * 20,
    "unknown encoding": b"# coding: klingon\nx = 1\n",
    "deep brackets": b"(" * 100_000,
    "balanced brackets": b"(" * 5_000 + b")" * 5_000,
    "deep blocks": b"".join(b" " * n + b"if x:\n" for n in range(300)),
    "long sum": b"+".join([b"1"] * 60_000),
    "long chain": b"x" + b".x" * 60_000,
    "long calls": b"x" + b"()" * 60_000,
    "many nots": b"not " * 40_000 + b"x",
    "nested sum": b"x = " + b"+".join([b"a"] * 900) + b"\nfor i in x:\n    x = x + round(x, 2)\n",
    "huge": b"x = 1\n" * 200_000,
    "huge number": b"x = " + b"9" * 100_000,
    "many names": b"\n".join(b"n%d = n%d" % (n, n + 1) for n in range(8_000)),
    "many returns": b"def f(x):\n" + b"    if x:\n        return {'a': x}\n" * 3_000,
    "many classes": b"class AB:\n    def f(self):\n        return {'a': 1}\n" * 2_000,
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_no_bytes_crash_a_rule_or_hold_it_up(data: bytes) -> None:
    started = time.process_time()
    project = view_of({"a.py": data}, encoding_of)
    for rule in RULES:
        findings(rule, project)
    assert time.process_time() - started < 2.0


def test_broken_real_files_crash_no_rule() -> None:
    chosen = random.Random(11)
    for _ in range(60):
        data = bytearray(chosen.choice(SOURCES))
        for _ in range(3):
            at = chosen.randrange(len(data) + 1)
            data[at : at + chosen.randrange(4)] = chosen.choice([b"", b"(", b"'", b":", b"\n", b" ", b"0"])
        project = view_of({"a.py": bytes(data)}, encoding_of)
        for rule in RULES:
            assert all(fault.span.end <= len(data) for fault in rule.find(project))


def test_a_thousand_lines_take_little() -> None:
    data = b"\n".join(SOURCES)
    data = b"".join(data.splitlines(keepends=True)[:1_000]).replace(b"from __future__", b"#")
    files = {"a.py": data[: data.rindex(b"\ndef ") + 1]}
    spent = []
    for _ in range(3):
        started = time.process_time()
        project = view_of(files, encoding_of)
        assert project.modules
        for rule in RULES:
            findings(rule, project)
        spent.append(time.process_time() - started)
    assert min(spent) < 0.2


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (UTF8_BOM + b"y = x is 1\n", b"x is 1"),
        ("y = 'äöü', x is 1\r\n".encode(), b"x is 1"),
        ("# coding: latin-1\ny = 'äöü', x is 1\n".encode("latin-1"), b"x is 1"),
        (b"z = 1\ry = x is 1\r", b"x is 1"),
        (b"z = 1\x0c\ny = x is 1\n", b"x is 1"),
    ],
    ids=["byte order mark", "letters of two bytes", "latin-1", "old line ends", "form feed"],
)
def test_spans_are_bytes_of_the_file(data: bytes, text: bytes) -> None:
    (rule,) = [rule for rule in RULES if rule.name == "identity_comparison"]
    (fault,) = faults_of(rule, {"a.py": data})
    assert data[fault.span.start : fault.span.end] == text
    assert [data[e.span.start : e.span.end] for e in fault.fix] == [b"is"]


def test_a_file_that_did_not_change_is_parsed_once() -> None:
    first = view_of({"a.py": b"x = 1\n", "b.py": b"y = 1\n"}, encoding_of)
    second = view_of({"a.py": b"x = 1\n", "b.py": b"y = 2\n"}, encoding_of, first.modules)
    assert second.modules["a.py"] is first.modules["a.py"]
    assert second.modules["b.py"] is not first.modules["b.py"]
