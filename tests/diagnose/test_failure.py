"""Failures as codes and places, hits and near misses."""

import pytest

from goldseam.core.candidate import Verdict
from goldseam.core.case import Case
from goldseam.core.fault import Code, Fault
from goldseam.core.incident import Frame, Incident, OracleSpec
from goldseam.core.observation import Ended, Failure, Observation, Run, SyntaxProblem
from goldseam.core.source import Snapshot, Span
from goldseam.diagnose.analyzers import assertion, failure, wrong_output
from goldseam.diagnose.syntax.reported import fault_of

DATA = b"import os\n\n\ndef total(v):\n    return summ(v)\n\n\ntotal([1])\n"
OTHER = b"def helper():\n    return 1\n"

CODES = {
    "name": ("NameError", "name 'summ' is not defined", Code.NAM_UNDEFINED),
    "unbound": ("UnboundLocalError", "cannot access local variable 'x'", Code.NAM_UNBOUND_LOCAL),
    "attribute": ("AttributeError", "'DataFrame' object has no attribute 'summ'", Code.NAM_WRONG_ATTRIBUTE),
    "attribute of none": ("AttributeError", "'NoneType' object has no attribute 'x'", Code.TYP_NONE_ACCESS),
    "a class named like none": (
        "AttributeError",
        "'NoneTypes' object has no attribute 'x'",
        Code.NAM_WRONG_ATTRIBUTE,
    ),
    "none called": ("TypeError", "'NoneType' object is not callable", Code.TYP_NONE_ACCESS),
    "arity": ("TypeError", "f() missing 1 required positional argument: 'x'", Code.TYP_ARITY),
    "too many": ("TypeError", "f() takes 1 positional argument but 2 were given", Code.TYP_ARITY),
    "mismatch": ("TypeError", "unsupported operand type(s) for +: 'int' and 'str'", Code.TYP_MISMATCH),
    "wrong import": ("ImportError", "cannot import name 'x' from 'y'", Code.NAM_WRONG_IMPORT),
    "missing package": ("ModuleNotFoundError", "No module named 'pandas'", Code.ENV_MISSING_PACKAGE),
    "zero": ("ZeroDivisionError", "division by zero", Code.RUN_ZERO_DIVISION),
    "key": ("KeyError", "'name'", Code.RUN_KEY),
    "index": ("IndexError", "list index out of range", Code.RUN_INDEX),
    "qualified": ("json.decoder.JSONDecodeError", "Expecting value", Code.RUN_VALUE),
    "own class": ("__main__.KeyError", "", Code.RUN_KEY),
    "own": ("shop.OutOfStock", "none left", Code.RUN_ERROR),
    "assertion": ("AssertionError", "assert 1 == 2", Code.LOG_WRONG_RESULT),
}


def case(observation: Observation, *, evidence: str = "e", files: dict[str, bytes] | None = None) -> Case:
    snapshot = Snapshot(files or {"job.py": DATA, "lib/helper.py": OTHER})
    incident = Incident("job.py", tuple(snapshot.files), "fails", OracleSpec(run="python3 job.py"))
    return Case(incident, snapshot, snapshot, Verdict(False, (), (1.0,), evidence, observation))


def failed(kind: str, message: str, *frames: Frame) -> Observation:
    return Observation(failures=(Failure(kind, message, frames or (Frame("job.py", 5, "total"),)),))


def ran(ended: Ended = Ended.EXITED, code: int = 1) -> Run:
    return Run("python3 job.py", code, ended, b"", b"", 1.0)


@pytest.mark.parametrize(("kind", "message", "code"), CODES.values(), ids=CODES)
def test_codes(kind: str, message: str, code: Code) -> None:
    (fault,) = failure.analyze(case(failed(kind, message)))
    assert fault.code == code
    assert fault.message.startswith(kind)
    assert fault.hint


def text_of(fault: Fault) -> bytes:
    return {"job.py": DATA, "lib/helper.py": OTHER}[fault.path][fault.span.start : fault.span.end]


def test_an_undefined_name_is_pointed_at() -> None:
    (fault,) = failure.analyze(case(failed("NameError", "name 'summ' is not defined")))
    assert text_of(fault) == b"summ"


def test_any_other_failure_is_its_line() -> None:
    (fault,) = failure.analyze(case(failed("KeyError", "'x'")))
    assert text_of(fault) == b"    return summ(v)"


def test_the_suggestion_of_the_interpreter_is_the_hint() -> None:
    (fault,) = failure.analyze(case(failed("NameError", "name 'summ' is not defined. Did you mean: 'sum'?")))
    assert "'sum'" in fault.hint


def test_the_innermost_frame_inside_the_files_counts() -> None:
    frames = (
        Frame("job.py", 8, "<module>"),
        Frame("lib/helper.py", 2, "helper"),
        Frame("/usr/lib/json.py", 9, "loads"),
    )
    (fault,) = failure.analyze(case(failed("ValueError", "bad", *frames)))
    assert (fault.path, text_of(fault)) == ("lib/helper.py", b"    return 1")


def test_a_failure_that_never_touches_the_files_is_no_fault_of_theirs() -> None:
    assert (
        list(failure.analyze(case(failed("ValueError", "bad", Frame("/usr/lib/json.py", 9, "loads"))))) == []
    )


def test_the_same_failure_of_ten_tests_is_one_fault() -> None:
    ten = Observation(failures=failed("KeyError", "'x'").failures * 10)
    assert len(list(failure.analyze(case(ten)))) == 1


def test_a_line_past_the_end_is_no_crash() -> None:
    (fault,) = failure.analyze(case(failed("KeyError", "'x'", Frame("job.py", 10**6, "f"))))
    assert fault.span == Span(len(DATA), len(DATA))


SYNTAX = {
    "expected ':'": Code.SYN_MISSING_COLON,
    "'(' was never closed": Code.SYN_UNCLOSED_BRACKET,
    "unmatched ')'": Code.SYN_UNMATCHED_BRACKET,
    "closing parenthesis ']' does not match opening parenthesis '('": Code.SYN_UNMATCHED_BRACKET,
    "unterminated string literal (detected at line 1)": Code.SYN_UNTERMINATED_STRING,
    "unterminated triple-quoted string literal (detected at line 9)": Code.SYN_UNTERMINATED_STRING,
    "unterminated f-string literal (detected at line 1)": Code.SYN_UNTERMINATED_STRING,
    "invalid syntax. Perhaps you forgot a comma?": Code.SYN_MISSING_COMMA,
    "invalid syntax. Maybe you meant '==' or ':=' instead of '='?": Code.SYN_ASSIGNMENT_FOR_COMPARISON,
    "expected an indented block after 'if' statement on line 1": Code.SYN_INDENTATION,
    "unexpected indent": Code.SYN_INDENTATION,
    "unindent does not match any outer indentation level": Code.SYN_INDENTATION,
    "inconsistent use of tabs and spaces in indentation": Code.SYN_INDENTATION,
    "unknown encoding: klingon": Code.SYN_ENCODING,
    "(unicode error) 'utf-8' codec can't decode byte 0xe9": Code.SYN_ENCODING,
    "invalid syntax": Code.SYN_INVALID,
    "cannot assign to literal": Code.SYN_INVALID,
    "'return' outside function": Code.SYN_EARLY_ERROR,
}


@pytest.mark.parametrize(("message", "code"), SYNTAX.items(), ids=SYNTAX)
def test_what_the_compiler_says(message: str, code: Code) -> None:
    problem = SyntaxProblem("job.py", Span(0, 1), message)
    fault = fault_of(problem, DATA)
    assert (fault.code, fault.message, fault.span) == (code, message, Span(0, 1))


@pytest.mark.parametrize(
    ("line", "cluster"),
    [
        (b"def f()", "SYN.MISSING_COLON:function_def"),
        (b"    async def f()", "SYN.MISSING_COLON:function_def"),
        (b"while x", "SYN.MISSING_COLON:while_statement"),
        (b"definitely f()", "SYN.MISSING_COLON"),
        (b"", "SYN.MISSING_COLON"),
    ],
)
def test_clusters_by_kind_of_statement(line: bytes, cluster: str) -> None:
    assert fault_of(SyntaxProblem("job.py", Span(0, 0), "expected ':'"), line).cluster == cluster


def test_a_failed_assertion_points_at_the_function_it_names() -> None:
    frames = (Frame("tests/test_job.py", 3, "test_total", "assert total([1]) == 2"),)
    seen = failed("AssertionError", "assert 1 == 2\n +  where 1 = total([1])", *frames)
    (fault,) = assertion.analyze(case(seen))
    assert (fault.code, text_of(fault)) == (Code.LOG_WRONG_RESULT, b"def total(v):")


def test_an_assertion_that_names_nothing_of_ours_points_nowhere() -> None:
    frames = (Frame("tests/test_job.py", 3, "test_x", "assert other() == 2"),)
    assert list(assertion.analyze(case(failed("AssertionError", "assert 1 == 2", *frames)))) == []


def test_a_failure_that_a_frame_explains_is_left_to_that() -> None:
    assert list(assertion.analyze(case(failed("KeyError", "total")))) == []


@pytest.mark.parametrize(
    ("seen", "code"),
    [
        (Observation(run=ran(code=0), expected=b"x"), Code.LOG_WRONG_OUTPUT),
        (Observation(run=ran(Ended.TIMEOUT)), Code.RUN_TIMEOUT),
        (Observation(run=ran(Ended.MEMORY)), Code.RUN_MEMORY),
        (Observation(run=ran(code=3)), Code.RUN_ERROR),
    ],
    ids=["output", "time", "memory", "exit code"],
)
def test_a_red_run_without_a_failure_is_a_fault_of_the_whole_file(seen: Observation, code: Code) -> None:
    (fault,) = wrong_output.analyze(case(seen, evidence="printed 1, expected 2"))
    assert (fault.code, fault.span) == (code, Span(0, len(DATA)))


def test_a_red_run_that_is_explained_is_left_to_that() -> None:
    assert list(wrong_output.analyze(case(failed("KeyError", "x")))) == []
