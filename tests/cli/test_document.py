import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

import pytest

from goldseam.cli.document import Result, as_text, document, result_of, stored_result
from goldseam.core.fault import Code, Fault
from goldseam.core.outcome import Reason
from goldseam.core.ports import RUNGS
from goldseam.core.record import RepairRecord
from goldseam.core.source import Span

Valid = Callable[[str], dict[str, Any]]
KEYS = {
    "path", "outcome", "reason", "repair_id", "changed", "faults", "rung", "fixer", "candidates", "attempts",
    "tokens", "seconds", "oracle", "diff",
}  # fmt: skip


def test_a_healed_file(record: RepairRecord, valid: Valid) -> None:
    (result,) = valid(as_text([result_of(record)]))["results"]
    assert result == {
        "path": "job.py",
        "outcome": "healed",
        "reason": None,
        "repair_id": "3f2a9c",
        "changed": ["job.py"],
        "faults": [
            {
                "code": "SYN.MISSING_COLON",
                "path": "job.py",
                "line": 2,
                "column": 8,
                "message": "expected ':'",
                "hint": "add a colon",
                "end_line": 2,
                "end_column": 8,
                "cluster": "SYN.MISSING_COLON:function_def",
                "suspiciousness": 0.9,
                "expected": None,
                "evidence": [],
                "fix": [],
            }
        ],
        "rung": "rewrite_function",
        "fixer": "rewrite-function",
        "candidates": 3,
        "attempts": 1,
        "tokens": {"prompt": 120, "completion": 14},
        "seconds": 0.25,
        "oracle": {
            "before": "red",
            "after": "green",
            "checks": [{"name": "syntax", "green": True}, {"name": "execution", "green": True}],
        },
        "diff": "--- a/job.py\n+++ b/job.py\n@@ -1,4 +1,4 @@\n import sys\n-def f()\n+def f():\n"
        "     print('Sum: 15')\n f()\n",
    }


@pytest.mark.parametrize(
    ("outcome", "before", "after", "changed"),
    [
        ("healed", "red", "green", ["job.py"]),
        ("clean", "green", "green", []),
        ("proposed", "red", "green", []),
        ("held", "red", "green", []),
        ("unhealed", "red", "red", []),
    ],
)
def test_the_oracle_and_what_was_written(
    record: RepairRecord, valid: Valid, outcome: str, before: str, after: str, changed: list[str]
) -> None:
    (result,) = valid(as_text([result_of(replace(record, outcome=outcome))]))["results"]
    assert (result["oracle"]["before"], result["oracle"]["after"]) == (before, after)
    assert result["changed"] == changed


def test_what_was_never_judged_has_no_oracle(valid: Valid) -> None:
    (result,) = valid(as_text([Result("data.bin", "declined", reason="unsupported")]))["results"]
    assert set(result) == KEYS
    assert [key for key in KEYS if result[key] is None and key != "reason"] != []
    assert (result["oracle"], result["diff"], result["repair_id"]) == (None, None, None)


def test_a_faulty_file_of_a_scan(valid: Valid) -> None:
    fault = Fault(Code.SYN_INVALID, "a.py", Span(4, 5), "invalid syntax", "")
    found = Result("a.py", "faulty", faults=(fault,), sources={"a.py": b"x\ny $\n"}, suspicions=(fault,))
    (result,) = valid(as_text([found]))["results"]
    assert [(f["line"], f["column"]) for f in result["faults"] + result["suspicions"]] == [(2, 3), (2, 3)]


def test_a_fault_in_a_file_that_is_not_at_hand_is_at_its_start(record: RepairRecord, valid: Valid) -> None:
    elsewhere = replace(record.faults[0], path="other.py")
    (result,) = valid(as_text([result_of(replace(record, faults=(elsewhere,)))]))["results"]
    assert (result["faults"][0]["line"], result["faults"][0]["column"]) == (1, 1)


def test_an_error(valid: Valid) -> None:
    assert valid(as_text([], {"kind": "usage", "message": "no such file"})) == {
        "schema": "goldseam/1",
        "results": [],
        "error": {"kind": "usage", "message": "no such file"},
    }


def test_no_error_no_key() -> None:
    assert document([]) == {"schema": "goldseam/1", "results": []}


def test_a_stored_repair_says_more(record: RepairRecord, valid: Valid) -> None:
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    (result,) = valid(as_text([stored_result(record, moment)]))["results"]
    assert result["record"]["created_at"] == "2026-11-21T09:17:03Z"
    assert result["record"]["reverted_at"] == "2026-11-22T00:00:00Z"
    assert result["record"]["oracle"] == {"run": "python job.py", "test": None, "expected": "Sum: 15"}
    assert result["record"]["cluster"] == "SYN.MISSING_COLON:function_def"
    (unreverted,) = valid(as_text([stored_result(record, None)]))["results"]
    assert unreverted["record"]["reverted_at"] is None


def test_hostile_text_stays_inside_its_string(record: RepairRecord, valid: Valid) -> None:
    hostile = replace(record, evidence='"}\x1b[31m\udcff\u2028', path="a\udcff\n.py")
    printed = as_text([stored_result(hostile, None)])
    assert printed.isascii()
    assert "\x1b" not in printed
    (result,) = valid(printed)["results"]
    assert (result["path"], result["record"]["evidence"]) == (hostile.path, hostile.evidence)


def test_the_schema_knows_all_words_of_the_core() -> None:
    schema = json.loads(files("goldseam.cli").joinpath("schema/goldseam-1.json").read_text())
    result = schema["$defs"]["result"]
    assert set(result["required"]) == KEYS
    assert result["properties"]["reason"]["enum"] == [None, *map(str, Reason)]
    assert result["properties"]["rung"]["enum"] == [None, *RUNGS]
