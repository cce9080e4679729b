"""`goldseam explain`: pages of the manual in the terminal."""

import json

import pytest
from click.testing import CliRunner

from goldseam.cli.explain import code_named, command
from goldseam.core.errors import UsageError
from goldseam.core.fault import Code
from goldseam.diagnose.entry import entry_of
from goldseam.diagnose.manual import page


@pytest.mark.parametrize(
    "text", ["NAM.MISSPELT", "nam.misspelt", " Nam.Misspelt ", "NAM.MISSPELT:name", "nam.misspelt:x:y"]
)
def test_a_code_in_any_case_and_with_its_place(text):
    assert code_named(text) is Code.NAM_MISSPELT


@pytest.mark.parametrize("text", ["syn.missing-colon", "syn.missing_colon"])
def test_dashes_are_underscores(text):
    assert code_named(text) is Code.SYN_MISSING_COLON


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("NAM.MISPELT", "NAM.MISSPELT"),
        ("misspelt", "NAM.MISSPELT"),
        ("SYN.COLON", "SYN.MISSING_COLON"),
        ("run.zero", "RUN.ZERO_DIVISION"),
        ("zerodivision", "RUN.ZERO_DIVISION"),
    ],
)
def test_a_wrong_code_is_answered_with_the_nearest(text, meant):
    with pytest.raises(UsageError, match=rf"did you mean {meant}\?"):
        code_named(text)


def test_what_is_like_no_code(work):
    ended = work.run("explain", "\x1b[31mqqqq")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "goldseam: no fault code '\\x1b[31mqqqq'; 'goldseam explain' lists all codes\n"


def test_a_page_as_plain_text():
    shown = CliRunner().invoke(command, ["run.zero_division"])
    assert (shown.exit_code, shown.output) == (0, page(entry_of(Code.RUN_ZERO_DIVISION)))


def test_a_page_as_json():
    shown = CliRunner().invoke(command, ["nam.misspelt", "--json"])
    (entry,) = json.loads(shown.output)["codes"]
    assert (entry["code"], entry["unserved"]) == ("NAM.MISSPELT", None)
    assert {example["language"] for example in entry["examples"]} == {"python", "javascript", "php"}
    assert entry["rungs"]


def test_all_codes():
    lines = CliRunner().invoke(command, []).output.splitlines()
    assert [line.split()[0] for line in lines] == list(map(str, Code))
    assert len(json.loads(CliRunner().invoke(command, ["--json"]).output)["codes"]) == len(Code)


def test_a_wrong_code_in_a_script(work):
    code, document = work.json("explain", "nam.mispelt")
    assert (code, document["error"]["kind"]) == (2, "usage")
    assert "NAM.MISSPELT" in document["error"]["message"]
