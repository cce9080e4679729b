import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldseam.core.outputs import differing_lines, lines_mended, same_output, stable_prefix, starts_with

OUTPUT = st.lists(st.sampled_from([b"a", b"b", b" ", b"\t", b"\n", b"\r\n", b"\xff"]), max_size=20).map(
    b"".join
)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (b"Sum: 15\n", b"Sum: 15", True),
        (b"Sum: 15\r\n", b"Sum: 15\n", True),
        (b"a  \nb\n\n\n", b"a\nb", True),
        (b"", b"\n \n", True),
        (b"a\n\nb", b"a\nb", False),
        (b" a", b"a", False),
        (b"Sum: 15", b"sum: 15", False),
        (b"", b"0", False),
    ],
)
def test_only_white_space_at_line_ends_is_forgiven(left: bytes, right: bytes, same: bool) -> None:
    assert same_output(left, right) is same
    assert same_output(right, left) is same
    assert (differing_lines(left, right) == 0) is same


@pytest.mark.parametrize(
    ("got", "expected", "lines"),
    [(b"", b"a\nb", 2), (b"a\nx", b"a\nb", 1), (b"a\nb\nc", b"a\nb", 1), (b"x\na\nb", b"a\nb", 3)],
)
def test_lines_that_differ_are_counted(got: bytes, expected: bytes, lines: int) -> None:
    assert differing_lines(got, expected) == lines


@given(OUTPUT, OUTPUT)
def test_an_output_starts_with_its_own_prefix(first: bytes, second: bytes) -> None:
    prefix = stable_prefix([first, second])
    assert starts_with(first, prefix)
    assert starts_with(second, prefix)
    assert starts_with(first + b"more\n", prefix)


def test_lines_that_differ_between_runs_are_masked_and_the_cut_line_is_not_demanded() -> None:
    prefix = stable_prefix([b"start\nat 10:01\ntotal", b"start\nat 10:02\ntot"])
    assert prefix == [b"start", None]
    assert starts_with(b"start\nat 11:00\ntotal 5\n", prefix)
    assert starts_with(b"start\nwhatever", prefix)
    assert not starts_with(b"begin\nat 10:01\ntotal 5\n", prefix)
    assert not starts_with(b"start", prefix)


def test_a_program_that_printed_nothing_demands_nothing() -> None:
    assert stable_prefix([b"", b""]) == []
    assert stable_prefix([]) == []
    assert starts_with(b"anything", [])


def test_lines_that_are_right_now_and_were_not() -> None:
    expected = b"a\nb\nc\n"
    assert lines_mended(b"a\nx\n", b"a\nb\nx\n", expected) == 0b010
    assert lines_mended(b"a\nx\ny\n", b"a\nb\nc\n", expected) == 0b110
    assert lines_mended(b"a\nx\ny\n", b"z\nb\nc\n", expected) == 0
    assert lines_mended(b"", b"", expected) == 0
