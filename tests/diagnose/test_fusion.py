"""What counts, what merges, and what comes first."""

from collections.abc import Mapping

from goldseam.core.candidate import Verdict
from goldseam.core.case import Case
from goldseam.core.fault import Code, Evidence, Fault, Place
from goldseam.core.incident import Frame, Incident, OracleSpec
from goldseam.core.observation import Failure, Observation
from goldseam.core.source import Edit, Snapshot, Span
from goldseam.diagnose.fusion import SAYS_MORE_THAN, fuse

JOB = b"import shop\n\ntotal = 1\nprint(totel)\nshop.pay()\nother = 2\n"
SHOP = b"def pay():\n    return summ\n"
LONE = b"x = undefined\n"
FILES = {"job.py": JOB, "shop.py": SHOP, "lone.py": LONE}
FAILED = Failure("NameError", "name 'totel' is not defined", (Frame("job.py", 4, "<module>"),))
MESSAGE = "NameError: name 'totel' is not defined"


def case(
    *failures: Failure, green: bool = False, lines: Mapping[str, Mapping[str, frozenset[int]]] | None = None
) -> Case:
    snapshot = Snapshot(FILES)
    seen = Observation(failures=failures, lines=lines or {})
    incident = Incident("job.py", tuple(FILES), "fails", OracleSpec(run="python3 job.py"))
    return Case(incident, snapshot, snapshot, Verdict(green, (), (1.0,), "e", seen))


def at(text: bytes, code: Code, path: str = "job.py", **more: object) -> Fault:
    start = FILES[path].index(text)
    told = {"message": "m", "hint": "h", "suspiciousness": 0.8, **more}
    return Fault(code, path, Span(start, start + len(text)), **told)  # type: ignore[arg-type]


def static(text: bytes, code: Code, path: str = "job.py", **more: object) -> Fault:
    return at(text, code, path, static=True, evidence=(Evidence("ruff F821", "said"),), **more)


def test_a_run_and_two_tools_tell_of_one_fault() -> None:
    shown = at(b"print(totel)", Code.NAM_UNDEFINED, message=MESSAGE, detail="NameError", suspiciousness=1.0)
    spelt = at(
        b"totel",
        Code.NAM_MISSPELT,
        message=MESSAGE,
        detail="NameError",
        suspiciousness=0.95,
        fix=(Edit(Span(0, 0), b"x"),),
        symptom=Place("job.py", 4),
        evidence=(Evidence("traceback", "line 4"),),
    )
    faults, rest = fuse([shown, static(b"totel", Code.NAM_UNDEFINED), spelt], case(FAILED))
    assert [fault.code for fault in faults] == [Code.NAM_MISSPELT]
    assert faults[0].suspiciousness == 0.95
    assert not faults[0].static
    assert faults[0].fix
    assert {evidence.source for evidence in faults[0].evidence} == {"traceback", "ruff F821"}
    assert rest == ()


def test_a_green_run_supports_nothing() -> None:
    faults, rest = fuse([static(b"totel", Code.NAM_UNDEFINED)], case(green=True))
    assert faults == ()
    assert [fault.code for fault in rest] == [Code.NAM_UNDEFINED]


def test_syntax_faults_count_without_a_run() -> None:
    faults, _ = fuse([at(b"total", Code.SYN_MISSING_COLON)], case(green=True))
    assert len(faults) == 1


def test_sure_findings_count_in_what_the_failing_module_imports() -> None:
    found = [
        static(b"summ", Code.NAM_UNDEFINED, "shop.py"),
        static(b"undefined", Code.NAM_UNDEFINED, "lone.py"),
    ]
    faults, rest = fuse(found, case(FAILED))
    assert [fault.path for fault in faults] == ["shop.py"]
    assert [fault.path for fault in rest] == ["lone.py"]


def test_unsure_findings_need_the_line_or_the_name() -> None:
    found = [static(b"other", Code.TYP_MISMATCH), static(b"print(totel)", Code.TYP_MISMATCH)]
    faults, rest = fuse(found, case(FAILED))
    assert [fault.span.start for fault in faults] == [JOB.index(b"print")]
    assert [fault.span.start for fault in rest] == [JOB.index(b"other")]


def test_findings_of_meaning_count_on_lines_that_ran() -> None:
    ran = {"": {"job.py": frozenset({1, 3, 4})}}
    found = [static(b"total = 1", Code.SEM_MUTABLE_DEFAULT), static(b"other = 2", Code.SEM_MUTABLE_DEFAULT)]
    faults, rest = fuse(found, case(FAILED, lines=ran))
    assert [fault.span.start for fault in faults] == [JOB.index(b"total")]
    assert len(rest) == 1


def test_support_ranks_the_line_of_the_failure_first() -> None:
    found = [static(b"summ", Code.NAM_UNDEFINED, "shop.py"), static(b"totel", Code.NAM_UNDEFINED)]
    faults, _ = fuse(found, case(FAILED))
    assert [fault.path for fault in faults] == ["job.py", "shop.py"]


def test_an_origin_comes_before_the_line_that_failed() -> None:
    shown = at(b"print(totel)", Code.TYP_MISMATCH, message=MESSAGE, detail="TypeError", suspiciousness=1.0)
    origin = at(
        b"total = 1", Code.TYP_MISMATCH, message=MESSAGE, detail="TypeError", symptom=Place("job.py", 4)
    )
    faults, _ = fuse([shown, origin], case(FAILED))
    assert [fault.span.start for fault in faults] == [JOB.index(b"total"), JOB.index(b"print")]
    assert faults[1].suspiciousness < faults[0].suspiciousness


def test_faults_of_two_lines_stay_two_though_their_spans_touch() -> None:
    faults, _ = fuse(
        [at(b"total = 1", Code.TYP_MISMATCH), at(b"print(totel)", Code.TYP_MISMATCH)], case(FAILED)
    )
    assert len(faults) == 2


def test_other_codes_on_one_place_stay_apart() -> None:
    found = [at(b"totel", Code.NAM_UNDEFINED), at(b"totel", Code.SEM_ROUNDING)]
    assert len(fuse(found, case(FAILED))[0]) == 2


def test_a_cancelled_task_is_a_follow_up() -> None:
    cancelled = at(
        b"shop.pay()", Code.RUN_ERROR, detail="asyncio.exceptions.CancelledError", suspiciousness=1.0
    )
    first = at(b"print(totel)", Code.RUN_ERROR, detail="KeyError", suspiciousness=1.0)
    other = Failure("CancelledError", "", (Frame("job.py", 5, "<module>"),))
    faults, _ = fuse([cancelled, first], case(FAILED, other))
    assert [fault.detail for fault in faults] == ["KeyError", "asyncio.exceptions.CancelledError"]


def test_no_two_codes_say_more_than_each_other() -> None:
    for code, less in SAYS_MORE_THAN.items():
        assert code not in less
        assert all(code not in SAYS_MORE_THAN.get(other, ()) for other in less)
