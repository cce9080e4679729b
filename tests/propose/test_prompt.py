"""What a model is told."""

from goldseam.core.candidate import Verdict
from goldseam.core.case import Case
from goldseam.core.fault import Code, Fault
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.observation import Observation
from goldseam.core.source import Snapshot, Span
from goldseam.languages.python import PYTHON
from goldseam.propose.answer import Region, region_of
from goldseam.propose.prompt import question

DATA = b"import os\nx = pd.y\nz = x[9]\n"


def case(data: bytes, faults: list[Fault], evidence: str = "it fails") -> Case:
    incident = Incident("job.py", ("job.py",), "fails", OracleSpec(run="python job.py"))
    snapshot = Snapshot({"job.py": data})
    verdict = Verdict(False, (("run", False),), (1.0, 1.0), evidence, Observation())
    return Case(incident, snapshot, snapshot, verdict, tuple(faults))


def whole(data: bytes) -> Region:
    found = region_of("job.py", data, Span(0, len(data)), PYTHON)
    assert found is not None
    return found


def fault(line: bytes, message: str, hint: str, data: bytes = DATA) -> Fault:
    start = data.index(line)
    return Fault(Code.RUN_ERROR, "job.py", Span(start, start + len(line)), message, hint)


def test_all_faults_stand_before_the_code_with_their_lines_and_hints() -> None:
    faults = [
        fault(b"x = pd.y", "NameError: pd", "import pd"),
        fault(b"z = x[9]", "IndexError", "mind the end"),
    ]
    text = question(case(DATA, faults), whole(DATA), "python", [])
    head, code = text.split("Code:")
    assert (
        "- line `x = pd.y`: NameError: pd; import pd\n- line `z = x[9]`: IndexError; mind the end\n" in head
    )
    assert "What happens:\nit fails\n" in head
    assert code == f"\n```python\n{DATA.decode()}```\n\nRepaired code:"


def test_what_failed_before_is_told() -> None:
    text = question(case(DATA, []), whole(DATA), "python", ["printed 3, expected 4"])
    assert "These attempts failed, do something else:\n- printed 3, expected 4\n" in text


def test_without_a_fault_the_model_is_told_so() -> None:
    assert "the code does not do what is expected" in question(case(DATA, []), whole(DATA), "python", [])


def test_a_prompt_is_bounded_whatever_the_program_prints() -> None:
    long = b"y = '" + b"\xc3\xa9" * 200_000 + b"'\n"
    data = long + b"x = 1\n"
    faults = [fault(long.rstrip(), "E: " + "m" * 99_999, "mind it", data)] * 500
    text = question(case(data, faults, "v" * 99_999), whole(DATA), "python", ["w" * 99_999] * 2)
    assert len(text) < 15_000
    assert DATA.decode() in text


def test_a_fault_past_the_end_of_the_file_is_told_all_the_same() -> None:
    end = Fault(Code.SYN_INVALID, "job.py", Span(len(DATA), len(DATA)), "unexpected end", "close it")
    assert "unexpected end; close it" in question(case(DATA, [end]), whole(DATA), "python", [])
