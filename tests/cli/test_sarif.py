"""A diagnosis as SARIF 2.1.0: regions, fixes, levels, rules, addresses."""

import json

import pytest
from jsonschema import Draft202012Validator

from goldseam.cli.document import Result
from goldseam.cli.sarif import log_of, log_text, region_of
from goldseam.core.fault import Code, Evidence, Fault
from goldseam.core.redaction import Redactor
from goldseam.core.source import Edit, Span

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
SCHEMA = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": {"$ref": "#/$defs/run"}},
    },
    "$defs": {
        "run": {
            "type": "object",
            "required": ["tool"],
            "additionalProperties": False,
            "properties": {
                "tool": {
                    "type": "object",
                    "required": ["driver"],
                    "properties": {"driver": {"$ref": "#/$defs/driver"}},
                },
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "originalUriBaseIds": {"type": "object"},
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
            },
        },
        "driver": {
            "type": "object",
            "required": ["name"],
            "additionalProperties": False,
            "properties": {
                "name": {"type": "string"},
                "version": {"type": "string"},
                "semanticVersion": {"type": "string"},
                "rules": {"type": "array", "uniqueItems": True, "items": {"$ref": "#/$defs/rule"}},
            },
        },
        "rule": {
            "type": "object",
            "required": ["id"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string"},
                "name": {"type": "string"},
                "shortDescription": TEXT,
                "fullDescription": TEXT,
                "help": TEXT,
            },
        },
        "result": {
            "type": "object",
            "required": ["message"],
            "additionalProperties": False,
            "properties": {
                "ruleId": {"type": "string"},
                "ruleIndex": {"type": "integer", "minimum": -1},
                "level": {"enum": ["none", "note", "warning", "error"]},
                "rank": {"type": "number", "minimum": -1, "maximum": 100},
                "message": TEXT,
                "locations": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {"physicalLocation": {"$ref": "#/$defs/physicalLocation"}},
                    },
                },
                "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
                "properties": {"type": "object"},
                "fixes": {"type": "array", "uniqueItems": True, "items": {"$ref": "#/$defs/fix"}},
            },
        },
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "additionalProperties": False,
            "properties": {
                "artifactLocation": {"$ref": "#/$defs/artifactLocation"},
                "region": {"$ref": "#/$defs/region"},
            },
        },
        "artifactLocation": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"uri": {"type": "string"}, "uriBaseId": {"type": "string"}},
        },
        "region": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "startLine": {"type": "integer", "minimum": 1},
                "startColumn": {"type": "integer", "minimum": 1},
                "endLine": {"type": "integer", "minimum": 1},
                "endColumn": {"type": "integer", "minimum": 1},
                "byteOffset": {"type": "integer", "minimum": -1},
                "byteLength": {"type": "integer", "minimum": 0},
            },
        },
        "fix": {
            "type": "object",
            "required": ["artifactChanges"],
            "additionalProperties": False,
            "properties": {
                "description": TEXT,
                "artifactChanges": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "type": "object",
                        "required": ["artifactLocation", "replacements"],
                        "properties": {
                            "artifactLocation": {"$ref": "#/$defs/artifactLocation"},
                            "replacements": {
                                "type": "array",
                                "minItems": 1,
                                "items": {
                                    "type": "object",
                                    "required": ["deletedRegion"],
                                    "additionalProperties": False,
                                    "properties": {
                                        "deletedRegion": {"$ref": "#/$defs/region"},
                                        "insertedContent": {
                                            "type": "object",
                                            "properties": {"text": {"type": "string"}},
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}
"""Of the published schema the parts that are used; keys that it does not know are errors."""

DATA = "x = '😀é' if)\ny = 2\n".encode()
START = DATA.index(b"if")
FAULT = Fault(
    Code.SYN_EXTRA_SYMBOL,
    "a folder/jöb.py",
    Span(START, START + 3),
    "invalid syntax",
    "remove it",
    0.9,
    fix=(Edit(Span(START - 1, START + 3), b""),),
    evidence=(Evidence("compiler", "invalid syntax"),),
)
SUSPICION = Fault(Code.SEM_CASE_MIX, FAULT.path, Span(0, 1), "odd", "", 0.3, static=True)


def result(*faults: Fault, **more) -> Result:
    return Result(FAULT.path, "faulty", faults=faults, sources={FAULT.path: DATA}, **more)


def valid(results: list[Result]) -> dict:
    log = json.loads(log_text(results))
    Draft202012Validator(SCHEMA).validate(log)
    return log["runs"][0]


def test_a_fault_with_its_fix_and_a_suspicion():
    run = valid([result(FAULT, suspicions=(SUSPICION,))])
    first, second = run["results"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["SYN.EXTRA_SYMBOL", "SEM.CASE_MIX"]
    assert [(r["ruleId"], r["ruleIndex"], r["level"]) for r in (first, second)] == [
        ("SYN.EXTRA_SYMBOL", 0, "error"),
        ("SEM.CASE_MIX", 1, "note"),
    ]
    assert first["message"]["text"] == "invalid syntax; remove it"
    assert first["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": "a%20folder/j%C3%B6b.py",
        "uriBaseId": "PROJECT",
    }
    (change,) = first["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    assert replacement["insertedContent"] == {"text": ""}
    assert replacement["deletedRegion"]["byteLength"] == 4
    assert "fixes" not in second


@pytest.mark.parametrize(
    ("data", "span", "region"),
    [
        ("a\nb😀c\n".encode(), Span(7, 8), (2, 4, 2, 5)),
        (b"\xef\xbb\xbfab\n", Span(4, 5), (1, 2, 1, 3)),
        (b"a\r\nbc\rd", Span(4, 7), (2, 2, 3, 2)),
        (b"", Span(0, 0), (1, 1, 1, 1)),
        (b"ab\n", Span(3, 3), (2, 1, 2, 1)),
        (b"\xff\xfeb", Span(2, 3), (1, 3, 1, 4)),
    ],
)
def test_lines_columns_in_utf_16_and_bytes(data, span, region):
    names = ("startLine", "startColumn", "endLine", "endColumn")
    found = region_of(data, span)
    assert tuple(found[name] for name in names) == region
    assert (found["byteOffset"], found["byteLength"]) == (span.start, span.end - span.start)


def test_rules_come_from_the_catalogue():
    (rule,) = valid([result(FAULT)])["tool"]["driver"]["rules"]
    assert rule["name"] == "SynExtraSymbol"
    assert rule["shortDescription"]["text"] == "A symbol stands where none belongs"


def test_a_rule_is_listed_once_whatever_the_number_of_results():
    run = valid([result(FAULT, FAULT), result(FAULT)])
    assert len(run["tool"]["driver"]["rules"]) == 1
    assert len(run["results"]) == 3


def test_nothing_found():
    assert valid([Result("a.py", "clean", suspicions=())])["results"] == []
    assert log_of([])["runs"][0]["tool"]["driver"]["rules"] == []


def test_a_fix_that_does_not_apply_or_shows_a_secret_is_left_out():
    far = Fault(FAULT.code, FAULT.path, FAULT.span, "m", "h", fix=(Edit(Span(0, 9999), b""),))
    told = Fault(
        FAULT.code, FAULT.path, FAULT.span, "swordfish-1234", "h", fix=(Edit(Span(0, 1), b"swordfish-1234"),)
    )
    run = valid([result(far, told, redactor=Redactor(["swordfish-1234"]))])
    assert not any("fixes" in entry for entry in run["results"])
    assert "swordfish" not in json.dumps(run)


def test_hostile_text_stays_text():
    evil = Fault(
        FAULT.code,
        "a\x1b\udcff.py",
        Span(0, 1),
        "\x1b[31m\n\udcff",
        "\x07",
        evidence=(Evidence("s", "\x00"),),
    )
    text = log_text([Result("a", "faulty", faults=(evil,), sources={})])
    Draft202012Validator(SCHEMA).validate(json.loads(text))
    assert text.isascii()
    assert "\\u001b" not in text
    assert "%1B%FF" in text


@pytest.mark.sandbox
def test_the_command_writes_the_log(work):
    work.write("src/job.py", "def f(a)\n    return a\n")
    ended = work.run("diagnose", "src/job.py", "--sarif", "faults.sarif")
    log = json.loads(work.read("faults.sarif"))
    Draft202012Validator(SCHEMA).validate(log)
    (found,) = log["runs"][0]["results"]
    assert (ended.code, found["ruleId"]) == (1, "SYN.MISSING_COLON")
    assert found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "src/job.py"
    assert "SYN.MISSING_COLON" in ended.out
    assert json.loads(work.run("diagnose", "src/job.py", "--sarif", "-").out) == log
