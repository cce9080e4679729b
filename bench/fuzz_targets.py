"""What `fuzz.py` feeds: each target is a reader of hostile text, with seeds and words of its own format.

A target raises nothing on any input; what it promises of the result it asserts.
"""

import ast
import random
import tempfile
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from goldseam.cli.printable import printable
from goldseam.config import load_with_origins, problems
from goldseam.config.secrets import secret_values
from goldseam.core.budget import Budget
from goldseam.core.candidate import Candidate, Mark, Screening, Verdict
from goldseam.core.case import Case
from goldseam.core.errors import ConfigurationError
from goldseam.core.event import RepairEnded
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.observation import Observation, SyntaxProblem
from goldseam.core.outcome import Autonomy, outcome_name
from goldseam.core.plain import fence_around, one_line, quoted, readable, visible, with_short_lines
from goldseam.core.redaction import Redactor
from goldseam.core.source import Snapshot, Span, line_span
from goldseam.languages.python import PYTHON
from goldseam.learn.account import Setting
from goldseam.pipeline import Workshop, repair
from goldseam.plugins import Plugins
from goldseam.propose.asking.answer import Region, patch_of, region_of
from goldseam.propose.asking.extract import code_from_answer
from goldseam.propose.rewrite import Rewrite, file_regions, function_regions
from goldseam.testing import NoTools, ScriptedModel
from goldseam.verify.checks.failing_test import results_in
from goldseam.verify.shrink import shrink

FRAGMENT = 24
PLUGINS = Plugins()
ANALYZERS = PLUGINS.analyzers(NoTools(), PLUGINS.languages())
JOB = b"""import math


def total(values, scale=1):
    result = 0
    for value in values:
        result += value * scale
    return math.floor(result)


class Report:
    password = "hunter2xy9"

    def text(self):
        return f"Sum: {total([1, 2, 3])}"


print(Report().text())
"""
TRACEBACK = b"""Sum: 15
Traceback (most recent call last):
  File "/srv/job.py", line 18, in <module>
    print(Report().text())
          ^^^^^^^^^^^^^^^
  File "job.py", line 7, in total
    result += value * scale
TypeError: can't multiply sequence by non-int of type 'str'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "job.py", line 15, in text
    return f"Sum: {total([1, 2, 3])}"
NameError: name 'totl' is not defined. Did you mean: 'total'?
"""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Valid inputs, and the pieces that their reader knows."""

    seeds: tuple[bytes, ...]
    words: tuple[bytes, ...]

    def mutated(self, rng: random.Random) -> bytes:
        """A seed with a few edits; one in twenty is made of words alone."""
        if rng.random() < 0.05:
            return b"".join(rng.choices(self.words, k=rng.randrange(1, 40)))
        data = bytearray(rng.choice(self.seeds))
        for _ in range(rng.randrange(1, 8)):
            self._edit(data, rng)
        return bytes(data)

    def _edit(self, data: bytearray, rng: random.Random) -> None:
        at, kind = rng.randrange(len(data) + 1), rng.randrange(7)
        if kind <= 1:
            data[at:at] = rng.choice(self.words)
        elif kind == 2:
            data[at:at] = rng.randbytes(rng.randrange(1, 5))
        elif kind == 3:
            del data[at : at + rng.randrange(1, FRAGMENT)]
        elif kind == 4:
            data[at:at] = data[at : at + rng.randrange(1, FRAGMENT)] * rng.randrange(1, 4)
        elif kind == 5:
            other = rng.choice(self.seeds)
            begin = rng.randrange(len(other))
            data[at:at] = other[begin : begin + rng.randrange(1, 4 * FRAGMENT)]
        elif data:
            data[at % len(data)] = rng.randrange(256)


Feed = Callable[[bytes], None]


def feed_configuration(folder: Path) -> Feed:
    """Reads the input as `goldseam.toml`, as `pyproject.toml`, and as `.env`."""

    def feed(data: bytes) -> None:
        for name in ("goldseam.toml", "pyproject.toml", ".env"):
            (folder / name).write_bytes(data)
        said = problems(folder, {})
        assert all("\n" not in sentence for sentence in said), said
        try:
            assert all(load_with_origins(folder, {}).loosened)
        except ConfigurationError:
            assert said
        secret_values(folder, {})

    return feed


def feed_traceback(data: bytes) -> None:
    """Reads the input as what a program printed, raw and cleaned, and diagnoses it."""
    for text in (data.decode("utf-8", "replace"), readable(data)):
        case = case_of(JOB, Observation(failures=PYTHON.failures_in(text)), text)
        for analyze in ANALYZERS:
            for fault in analyze(case):
                assert fault.path == "job.py"
                assert fault.span.end <= len(JOB)


def case_of(data: bytes, seen: Observation, evidence: str = "it fails") -> Case:
    verdict = Verdict(False, (("run", False),), (1.0, 1.0), evidence, seen)
    snapshot = Snapshot({"job.py": data})
    incident = Incident("job.py", ("job.py",), "fails", OracleSpec(run="python3 job.py"))
    return Case(incident, snapshot, snapshot, verdict)


def region_at(span: Span) -> Region:
    found = region_of("job.py", JOB, span, PYTHON)
    assert found is not None
    return found


def feed_answer(data: bytes) -> None:
    """Reads the input as a model's answer; a patch never reaches out of the region that was shown."""
    code = code_from_answer(data.decode("utf-8", "replace"))
    region = region_at(PYTHON.enclosing_block(JOB, 60) or Span(0, len(JOB)))
    if code is None or isinstance(patch := patch_of(region, code, PYTHON), str):
        return
    assert patch.paths == ("job.py",)
    for edit in patch.edits["job.py"]:
        assert region.span.start <= edit.span.start <= edit.span.end <= region.span.end
    Snapshot({"job.py": JOB}).apply(patch)


def feed_junit(data: bytes) -> None:
    """Reads the input as a test runner's report."""
    for name, result in results_in(data).items():
        assert isinstance(name, str)
        assert isinstance(result.text, str)


def feed_text(data: bytes) -> None:
    """Cleans, redacts, masks and quotes the input."""
    text = data.decode("utf-8", "surrogateescape")
    masked = REDACTOR.masked(text, text[::-1])
    assert masked.restored(masked.texts[0]) == text
    assert "hunter2xy9" not in masked.texts[0]
    seen = with_short_lines(REDACTOR.redacted(visible(text)))
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in seen if c not in "\n\t"), ascii(seen)
    line = one_line(text, 600)
    assert "\n" not in line
    assert "```" not in line
    assert fence_around(text) not in text
    assert "\n" not in quoted(text, 600)
    assert "\n" not in printable(text)


REDACTOR = Redactor(["hunter2xy9"])


class Parses:
    """An oracle that parses and does no more."""

    def reproduce(self, snapshot: Snapshot) -> Verdict:
        return self.judge(snapshot)

    def observe(self, snapshot: Snapshot) -> Observation:
        return self.judge(snapshot).observation

    def screen(
        self, snapshot: Snapshot, candidates: Sequence[Candidate], seconds: float
    ) -> tuple[Screening, ...]:
        return (Screening(Mark.UNSCREENED),) * len(candidates)

    def judge(self, snapshot: Snapshot, *, doubtful: bool = False) -> Verdict:
        data = snapshot.files["job.py"]
        problem = self._problem(data)
        seen = Observation(syntax=() if problem is None else (problem,))
        behind = 0 if problem is None else 1 + data.count(b"\n", problem.span.start)
        evidence = "parses" if problem is None else problem.message
        return Verdict(problem is None, (("syntax", problem is None),), (float(behind),), evidence, seen)

    def _problem(self, data: bytes) -> SyntaxProblem | None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                ast.parse(data)
        except SyntaxError as error:
            return SyntaxProblem("job.py", line_span(data, error.lineno or 1), str(error.msg))
        except (ValueError, MemoryError, RecursionError) as error:
            return SyntaxProblem("job.py", Span(0, 0), str(error))
        return None


@dataclass(frozen=True, slots=True)
class OneFile:
    """A landing that reads a file of bytes and must never be asked to write."""

    data: bytes

    def read(self, paths: Sequence[str]) -> Snapshot:
        return Snapshot(dict.fromkeys(paths, self.data))

    def land(
        self, repair_id: str, original: Snapshot, repaired: Snapshot, confirm: Callable[[], bool]
    ) -> None:
        raise AssertionError("a dry run lands nothing")


def feed_pipeline(data: bytes) -> None:
    """The input is source, then answers, parted by a byte 0xff: a whole repair in a dry run."""
    source, *answers = data.split(b"\xff")
    model = ScriptedModel(answer.decode("utf-8", "replace") for answer in answers)
    regions = (("rewrite_function", function_regions), ("rewrite_file", file_regions))
    fixers = tuple(Rewrite(rung, rung, model, (PYTHON,), find, seed=1) for rung, find in regions)
    workshop = Workshop(
        analyzers=ANALYZERS,
        fixers=fixers,
        oracle_for=lambda incident: Parses(),
        landing=OneFile(source),
        shrink=shrink,
        new_id=lambda: "0" * 12,
        setting=Setting("/work", "none", dict, REDACTOR.redacted),
        model=model,
    )
    incident = Incident("job.py", ("job.py",), "does not parse", OracleSpec())
    *_, ended = repair(incident, workshop, budget=Budget(attempts=6), autonomy=Autonomy.PROPOSE)
    assert isinstance(ended, RepairEnded)
    assert outcome_name(ended.outcome) in {"clean", "proposed", "unhealed", "declined"}
    assert {change.path for change in ended.record.changes} <= {"job.py"}


CODE_WORDS = (
    *(b"def f(x):", b"class A:", b"    ", b"\t", b"\n", b"\r\n", b"(", b")", b'"""', b"'", b'"', b"\\", b"#"),
    *(b"```", b"```python\n", b"~~~", b"<think>", b"</think>", b"\0", b"\xef\xbb\xbf", b":", b"f'{", b"@"),
    *(b"\xe2\x80\xae", b"\xed\xa0\x80", b"\x0c", b"\x85", b"\xe2\x80\xa8", b"lambda: ", b"async "),
    *(b"# -*- coding: utf-7 -*-\n", b"# coding: none\n", b"# coding: utf-16\n", b"# coding: idna\n"),
)
LOG_WORDS = (
    *(b"Traceback (most recent call last):\n", b'  File "', b'", line ', b", in ", b"NameError: name '"),
    *(
        b"\n",
        b"\r",
        b"' is not defined",
        b"  | ",
        b"  +-+---- 1 ----\n",
        b"Exception Group ",
        b"999999999999",
    ),
    *(b"\x1b[31m", b"\x1b]8;;", b"\x07", b"\xe2\x80\xae", b"\0", b"job.py", b"/proc/self/environ", b"-1"),
    *(b"During handling of the above exception, another exception occurred:\n", b"password=hunter2xy9"),
    *(b"KeyError: ", b"../", b"\xff", b"1" * 5000, b"\xd9\xa1", b'  File "job.py", line 7, in total\n'),
)
REPORT = (
    b'<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="pytest" tests="2" time="0.1">'
    b'<testcase classname="t" name="a" time="0.01"/><testcase classname="t" name="b" time="0.02">'
    b'<failure message="assert 1 == 2">E assert</failure></testcase></testsuite></testsuites>'
)
REPORT_WORDS = (
    *(b"<testsuite>", b"</testsuite>", b"<testsuites>", b"<testcase ", b"/>", b"<failure", b"<skipped/>"),
    *(b' time="nan"', b' time="inf"', b' time="1,000.5"', b' time="x"', b' tests="-1"', b"<![CDATA[", b"]]>"),
    *(b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>', b"&b;", b"&#0;", b"<error/>", b"<!--"),
    *(b"<system-out>", b' encoding="utf-16"', b' encoding="none"', b"\0", b"<a:b/>", b"-->", b' name=""'),
    *(b"<properties><property/></properties>", b"<testcase>" * 300, b"<testcase/>"),
)
SETTINGS = (
    b'[limits]\nseconds = 10.5\nattempts = 3\n[models]\nchain = ["local", "work"]\n[models.entries.work]\n'
    b'provider = "openai"\nmodel = "x"\nbase_url = "https://example.com/v1"\n[protect]\nglobs = ["a/**"]\n'
    b'[sandbox]\nlevel = "auto"\nextra_read_only = ["/opt"]\n[tool.goldseam.limits]\ntokens = 5\n'
)
SETTING_WORDS = (
    *(
        b"[limits]\n",
        b"[models.entries.x]\n",
        b"[[models]]\n",
        b"seconds = ",
        b"inf",
        b"nan",
        b"-1",
        b"1e999",
    ),
    *(
        b"[",
        b"]",
        b"{",
        b"}",
        b"= ",
        b'"',
        b"'",
        b"\n",
        b"1979-05-27",
        b"0x",
        b"9" * 30,
        b"true",
        b"9" * 5000,
    ),
    *(
        b"api_key_env = ",
        b"path = '~nobody/x'\n",
        b"tool.goldseam = 1\n",
        b"\xef\xbb\xbf",
        b"\0",
        b"chain = []\n",
    ),
    *(
        b"DB_PASSWORD=hunter2xy9\n",
        b"export ",
        b"X=postgres://u:p@[::1\n",
        b"entries = 1\n",
        b"unknown = 1\n",
    ),
    *(b'base_url = "http://["\n', b"a." * 300, b"[" * 1200, b"\\u0000", b"\\ud800", b"base_url = "),
)
ANSWERS = (
    b"Sure, here it is:\n\n```python\n" + JOB + b"```\nI fixed it.",
    b"def total(values, scale=1):\n    return sum(values) * scale\n",
    b"<think>hm</think>\n```\ndef total(values, scale=1):\n    return 1\n```\n",
)
BROKEN = JOB.replace(b"scale=1):", b"scale=1)")
CORPORA: Mapping[str, Corpus] = {
    "config": Corpus((SETTINGS, SETTINGS.replace(b"[", b"[tool.goldseam.", 1)), SETTING_WORDS),
    "traceback": Corpus((TRACEBACK, JOB), LOG_WORDS),
    "answers": Corpus(ANSWERS, CODE_WORDS),
    "junit": Corpus((REPORT,), REPORT_WORDS),
    "text": Corpus((TRACEBACK, JOB, SETTINGS), (*LOG_WORDS, *CODE_WORDS, *SETTING_WORDS)),
    "pipeline": Corpus(tuple(b"\xff".join([BROKEN, a, ANSWERS[0]]) for a in ANSWERS), (*CODE_WORDS, b"\xff")),
}
FEEDS: Mapping[str, Feed] = {
    "traceback": feed_traceback,
    "answers": feed_answer,
    "junit": feed_junit,
    "text": feed_text,
    "pipeline": feed_pipeline,
}


@contextmanager
def feed_of(name: str) -> Iterator[Feed]:
    """The function that takes one input of the target called `name`."""
    if name in FEEDS:
        yield FEEDS[name]
        return
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield feed_configuration(Path(folder))
