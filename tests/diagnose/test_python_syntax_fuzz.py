"""Any bytes as source: an answer in time, no crash, and fixes that can be applied."""

import itertools
import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldseam.config import load
from goldseam.core.candidate import Verdict
from goldseam.core.case import Case
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.observation import Observation, SyntaxProblem
from goldseam.core.source import Snapshot, Span, apply_edits
from goldseam.diagnose.analyzers.python_syntax import SyntaxFaults
from goldseam.diagnose.syntax.found import read
from goldseam.diagnose.syntax.python_tokens import tokens_of
from goldseam.plugins import Plugins
from goldseam.wiring import Choice, assemble

SECONDS = 2.0 + 3.0
"""The analyzer gives up before two; the rest is for a machine with other work."""
PIECES = st.sampled_from(
    ["def f(", "):", "\n", "    ", "\t", "'", '"', '"""', "'''", "(", ")", "[", "]", "{", "}", ",", ":", "=",
     "if ", "else", "return", "x", " ", "\\", "#", "é", "“", "\0", "\r", "\f", "1", ".", "@", "`",
     "<<<<<<< a\n",
     "=======\n", ">>>>>>> b\n", "```\n", "print ", "lambda", "\ufeff", "\u2028", "0x"]
)  # fmt: skip


@pytest.fixture(scope="module")
def analyze(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SyntaxFaults]:
    root = tmp_path_factory.mktemp("fuzz")
    with assemble(root, load(root, {}), Choice(remembers=False), Plugins()) as assembly:
        yield SyntaxFaults(assembly.tools, assembly.languages)


def check(data: bytes, analyze: SyntaxFaults) -> None:
    problem = SyntaxProblem("job.py", Span(0, 0), "does not parse")
    snapshot = Snapshot({"job.py": data})
    incident = Incident("job.py", ("job.py",), "fails", OracleSpec())
    verdict = Verdict(False, (), (), "", Observation(syntax=(problem,)))
    began = time.monotonic()
    faults = list(analyze(Case(incident, snapshot, snapshot, verdict)))
    assert time.monotonic() - began < SECONDS
    assert faults
    for fault in faults:
        apply_edits(data, fault.fix)


@pytest.mark.sandbox
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, *HealthCheck]
)
@given(
    data=st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=60).map(lambda p: "".join(p).encode()))
)
def test_any_bytes(data: bytes, analyze: SyntaxFaults) -> None:
    check(data, analyze)


@pytest.mark.sandbox
@pytest.mark.parametrize(
    "data",
    [
        b"(" * 5000, b"[{(" * 3000, b"x = " + b"-" * 50_000 + b"1 1\n", b"'" * 9999, b'"""' * 3001,
        b"\0" * 5000,
        b"if x:\n" * 3000, b"".join(b" " * n + b"if x:\n" for n in range(300)), b"a b\n" * 20_000,
        b"```\n" * 5000, b"<<<<<<< a\n" * 3000, b"=======\n" * 3000, b"f(\n" * 4000, b")\n" * 4000,
        b"x = {\n" + b"  'a' 1,\n" * 8000 + b"}\n", b"\\\n" * 9000, b">>> x\n" * 5000, b"``" * 9000,
    ],
    ids=range(18),
)  # fmt: skip
def test_hostile_texts(data: bytes, analyze: SyntaxFaults) -> None:
    check(data, analyze)


@given(text=st.text(max_size=200))
def test_tokens_cover_the_text_in_order(text: str) -> None:
    tokens = list(tokens_of(text))
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(a.end <= b.start for a, b in itertools.pairwise(tokens))


@given(text=st.text(alphabet=st.sampled_from("ab\r\né“ "), max_size=60))
def test_places_are_those_of_the_bytes(text: str) -> None:
    data = text.encode("utf-8")
    reading = read(data, "utf-8")
    assert len(reading.places) == len(reading.text) + 1
    for number, sign in enumerate(reading.text):
        end = reading.places[number + 1]
        assert data[reading.places[number] : end].decode().replace("\r\n", "\n").replace("\r", "\n") == sign
