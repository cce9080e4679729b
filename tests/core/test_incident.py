import pytest

from goldseam.core.incident import Incident, OracleSpec, fingerprint

SAME = [
    ("NameError: name 'pd' is not defined", "NameError: name 'np' is not defined"),
    ("job.py, line 3: expected ':'", "job.py, line 41: expected ':'"),
    ("<object at 0x7f00aa>", "<object at 0xDEADBEEF>"),
    ('KeyError: "user"', 'KeyError: "name"'),
]
OTHER = [
    ("NameError: name 'x' is not defined", "UnboundLocalError: name 'x' is not defined"),
    ("expected ':'", "expected ',' or"),
    ("ValueError: bad", "ValueError: worse"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_numbers_addresses_and_quoted_values_do_not_count(left: str, right: str) -> None:
    assert fingerprint("job.py", left) == fingerprint("job.py", right)


@pytest.mark.parametrize(("left", "right"), OTHER)
def test_other_words_are_another_fingerprint(left: str, right: str) -> None:
    assert fingerprint("job.py", left) != fingerprint("job.py", right)


def test_a_fingerprint_is_sixteen_digits_and_the_same_in_every_process() -> None:
    assert fingerprint("job.py", "does not parse") == "02fa8006d34bb842"


def test_parts_do_not_run_together() -> None:
    assert fingerprint("ab", "c") != fingerprint("a", "bc")


def test_an_incident_of_a_file_whose_name_is_not_utf_8_has_one() -> None:
    path = "caf\udce9.py"
    assert len(Incident(path, (path,), "does not parse", OracleSpec()).fingerprint) == 16


def test_commands_are_those_given() -> None:
    assert OracleSpec().commands == ()
    assert OracleSpec(test="pytest").commands == ("pytest",)
    assert OracleSpec(run="python a.py", test="pytest", expected=b"").commands == ("python a.py", "pytest")
