"""What a prompt makes of hostile text, and what is taken from a hostile answer."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldseam.core.budget import Budget, Tokens
from goldseam.core.candidate import Verdict
from goldseam.core.case import Case
from goldseam.core.fault import Code, Fault
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.observation import Observation
from goldseam.core.plain import MAX_LINE, fence_around, one_line, quoted, readable, visible
from goldseam.core.ports import Completion, Prompt
from goldseam.core.source import Snapshot, Span
from goldseam.languages.python import PYTHON
from goldseam.propose.asking.answer import region_of
from goldseam.propose.asking.prompt import question
from goldseam.propose.rewrite import Rewrite, file_regions

SECRET = "hunter2-Xy7"
JOB = f'def f(x)\n    return login(x, password="{SECRET}")\n'


def case(data: bytes, message: str = "m", evidence: str = "it fails", hint: str = "h") -> Case:
    incident = Incident("job.py", ("job.py",), "fails", OracleSpec(run="python job.py"))
    snapshot = Snapshot({"job.py": data})
    verdict = Verdict(False, (("run", False),), (1.0, 1.0), evidence, Observation())
    fault = Fault(Code.RUN_ERROR, "job.py", Span(0, 3), message, hint)
    return Case(incident, snapshot, snapshot, verdict, (fault,))


def prompt_over(source: str, **texts: str) -> str:
    data = source.encode()
    region = region_of("job.py", data, Span(0, len(data)), PYTHON)
    assert region is not None
    return question(case(data, **texts), region, "python", [texts.get("evidence", "")])


@given(st.text(max_size=300), st.sampled_from(["message", "evidence", "hint"]))
def test_a_message_is_one_visible_line_that_opens_no_block(text: str, where: str) -> None:
    plain = prompt_over("x = 1\n", **{where: "said"})
    hostile = prompt_over("x = 1\n", **{where: f"said{text}"})
    assert hostile.count("\n") == plain.count("\n")
    assert [line for line in hostile.split("\n") if re.match(r" {0,3}(```|~~~)", line)] == [
        "```python",
        "```",
    ]
    assert not [c for c in hostile if unicodedata.category(c) in {"Cc", "Cs"} and c != "\n"]


@given(st.text(alphabet="`~\n x", max_size=200))
def test_the_code_cannot_close_its_fence(code: str) -> None:
    text = prompt_over(code)
    opening = re.search(r"^(`{3,})python$", text, re.M)
    assert opening is not None
    inside, _, after = text[opening.end() + 1 :].partition(f"\n{opening[1]}\n")
    assert inside == code.replace("\r", "\n").rstrip("\n")
    assert after == "\nRepaired code:"


@given(st.text())
def test_cleaning_is_final_and_keeps_plain_text(text: str) -> None:
    assert visible(visible(text)) == visible(text) or "\x1b" in text or "\x9b" in text
    assert "\n" not in one_line(text, 100)
    assert len(one_line(text, 100)) <= 110
    assert fence_around(text) not in text
    assert "\n" not in quoted(text, 100)


@pytest.mark.parametrize(
    ("hostile", "seen"),
    [
        (b"\x1b[31mred\x1b[0m", "red"),
        (b"\x1b]8;;http://evil.example\x07here\x1b]8;;\x07", "here"),
        (b"\x1b]0;title\x1b\\after", "after"),
        ("a\u202eb\u200bc\ufeffd\u2066e".encode(), "abcde"),
        (b"nul\0bell\x07", "nulbell"),
        (b"over\rwrite", "over\nwrite"),
        ("".join(chr(0xE0000 + ord(c)) for c in "tag").encode() + b"x", "x"),
        (b"caf\xc3\xa9 \xe4", "café �"),
    ],
)
def test_what_hides_or_moves_text_is_gone(hostile: bytes, seen: str) -> None:
    assert readable(hostile) == seen


def test_lines_are_clipped() -> None:
    text = readable(b"a" * 10_000_000 + b"\nshort\n")
    assert len(text) < MAX_LINE + 100
    assert text.endswith("\nshort\n")


class Says:
    """A model elsewhere that was not shown the secret; `text` is its answer with secrets put back."""

    name = "says"

    def __init__(self, text: str) -> None:
        self.text = text

    def start(self) -> None:
        pass

    def complete(self, prompt: Prompt) -> Completion:
        return Completion(self.text, Tokens(), self.name, 0.0, (SECRET, "REDACTED_SECRET_"))

    def close(self) -> None:
        pass


GOOD = JOB.replace("f(x)", "f(x):")


@pytest.mark.parametrize(
    ("answer", "taken"),
    [
        (GOOD, True),
        (GOOD.replace(SECRET, "secret"), False),
        (GOOD.replace(SECRET, "REDACTED_SECRET_007"), False),
        (GOOD.replace(SECRET, "redacted_secret_001"), False),
        (GOOD + f"print('{SECRET}')\n", False),
        (GOOD.replace(f'"{SECRET}"', "os.environ['PW']"), False),
    ],
)
def test_an_answer_neither_loses_nor_copies_a_secret(answer: str, taken: bool) -> None:
    fixer = Rewrite("f", "rewrite_file", Says(f"```python\n{answer}```"), (PYTHON,), file_regions, seed=1)
    batch = next(fixer.propose(case(JOB.encode()), Budget()))
    assert bool(batch.candidates) is taken
    if not taken:
        assert batch.rejected == ("it lost or copied a secret that the model was not shown",)
