import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goldseam.core.source import (
    Edit,
    Patch,
    Snapshot,
    Span,
    apply_edits,
    line_span,
    lines_of,
    minimal_edits,
    newline_of,
    position_of,
    with_newlines,
)

TEXTS = st.lists(
    st.sampled_from(
        [b"a", b"if x:", b"\n", b"\r\n", b"\r", b"\xef\xbb\xbf", b"\xe9", b"\xc3\xa9", b" \t", b"\x0c"]
    ),
    max_size=25,
).map(b"".join)
BYTES = st.binary(max_size=60) | TEXTS


@given(BYTES, BYTES)
@example(b"", b"\n")
@example(b"\r\n", b"\n\r")
@example(b"aa", b"a")
def test_minimal_edits_make_the_new_bytes(old: bytes, new: bytes) -> None:
    edits = minimal_edits(old, new)
    assert apply_edits(old, edits) == new
    assert bool(edits) == (old != new)
    assert all(old[e.span.start : e.span.end] != e.replacement for e in edits)


@given(BYTES, BYTES)
def test_edits_apply_in_any_order(old: bytes, new: bytes) -> None:
    assert apply_edits(old, reversed(minimal_edits(old, new))) == new


@given(st.lists(st.sampled_from([b"\n", b"\r\n", b"\r"]), min_size=1, max_size=9), st.integers(0, 8))
def test_a_changed_line_leaves_the_others_out_of_the_edit(ends: list[bytes], number: int) -> None:
    lines = [f"line {place}".encode() + end for place, end in enumerate(ends)]
    number, data = number % len(lines), b"".join(lines)
    changed = [*lines[:number], b"Z" + lines[number], *lines[number + 1 :]]
    start = sum(map(len, lines[:number]))
    (edit,) = minimal_edits(data, b"".join(changed))
    assert start <= edit.span.start <= edit.span.end <= start + len(lines[number])
    assert len(edit.replacement) - (edit.span.end - edit.span.start) == 1


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(Span(0, 3), b"x"), Edit(Span(2, 4), b"y")],
        [Edit(Span(1, 4), b""), Edit(Span(1, 4), b"z")],
        [Edit(Span(0, 6), b"")],
        [Edit(Span(6, 6), b"late")],
    ],
    ids=["overlap", "same span", "past the end", "insert past the end"],
)
def test_edits_that_cannot_be_applied_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlap or leave"):
        apply_edits(b"12345", edits)


def test_touching_edits_are_not_overlapping() -> None:
    assert apply_edits(b"12345", [Edit(Span(0, 2), b"a"), Edit(Span(2, 4), b"b")]) == b"ab5"


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (2, 1)])
def test_no_negative_or_reversed_span(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@given(TEXTS)
def test_lines_joined_are_the_data(data: bytes) -> None:
    assert b"".join(lines_of(data)) == data


@given(TEXTS)
def test_line_spans_cut_out_the_lines(data: bytes) -> None:
    for number, line in enumerate(lines_of(data), 1):
        span = line_span(data, number)
        assert data[span.start : span.end] == line.rstrip(b"\r\n")
    past = line_span(data, len(lines_of(data)) + 1)
    assert past == Span(len(data), len(data))


@given(TEXTS)
def test_positions_of_line_starts(data: bytes) -> None:
    start = 0
    for number, line in enumerate(lines_of(data), 1):
        if not data[:start].endswith(b"\r") or line != b"\n":
            assert position_of(data, start) == (number, 1)
        start += len(line)


@pytest.mark.parametrize(
    ("data", "offset", "position"),
    [
        (b"", 0, (1, 1)),
        (b"ab\ncd", 4, (2, 2)),
        (b"ab\r\ncd", 4, (2, 1)),
        (b"ab\rcd", 3, (2, 1)),
        (b"ab\n", 3, (2, 1)),
        (b"\xef\xbb\xbfab", 4, (1, 2)),
        (b"\xc3\xa9\xc3\xa9x", 4, (1, 3)),
        (b"\xe9x", 1, (1, 2)),
        (b"ab", 99, (1, 3)),
    ],
    ids=["empty", "lf", "crlf", "cr", "after the end", "mark", "utf-8", "latin-1", "past the end"],
)
def test_positions_count_from_one_in_characters(data: bytes, offset: int, position: tuple[int, int]) -> None:
    assert position_of(data, offset) == position


@pytest.mark.parametrize(
    ("data", "newline"),
    [
        (b"", b"\n"),
        (b"one line", b"\n"),
        (b"a\nb\n", b"\n"),
        (b"a\r\nb\r\n", b"\r\n"),
        (b"a\rb\r", b"\r"),
        (b"a\r\nb\r\nc\n", b"\r\n"),
        (b"a\nb\nc\r\n", b"\n"),
    ],
)
def test_the_line_end_of_most_lines(data: bytes, newline: bytes) -> None:
    assert newline_of(data) == newline


@given(TEXTS, st.sampled_from([b"\n", b"\r\n", b"\r"]))
def test_one_line_end_for_all(data: bytes, newline: bytes) -> None:
    even = with_newlines(data, newline)
    assert [line.rstrip(b"\r\n") for line in lines_of(even)] == [l.rstrip(b"\r\n") for l in lines_of(data)]  # noqa: E741
    assert with_newlines(even, b"\n") == with_newlines(data, b"\n")


def test_a_snapshot_is_frozen_and_ordered() -> None:
    files = {"b.py": b"2", "a.py": b"1"}
    snapshot = Snapshot(files)
    files["c.py"] = b"3"
    assert list(snapshot.files) == ["a.py", "b.py"]
    with pytest.raises(TypeError):
        snapshot.files["a.py"] = b"other"  # type: ignore[index]


def test_a_patch_changes_what_it_names_and_no_other_file() -> None:
    before = Snapshot({"a.py": b"one\n", "b.py": b"two\n"})
    patch = Patch({"b.py": (Edit(Span(0, 3), b"TWO"),), "a.py": ()})
    after = before.apply(patch)
    assert dict(after.files) == {"a.py": b"one\n", "b.py": b"TWO\n"}
    assert patch.paths == ("b.py",)
    assert patch.size == 6
    assert after.changed_since(before) == {"b.py": b"TWO\n"}
    assert before.apply(after.patch_since(before)) == after


def test_a_patch_creates_no_files() -> None:
    with pytest.raises(KeyError):
        Snapshot({"a.py": b""}).apply(Patch({"new.py": (Edit(Span(0, 0), b"x"),)}))


@given(st.dictionaries(st.text(max_size=8), BYTES, max_size=3), st.dictionaries(st.text(max_size=8), BYTES))
def test_equal_digests_mean_equal_files(left: dict[str, bytes], right: dict[str, bytes]) -> None:
    assert (Snapshot(left).digest == Snapshot(right).digest) == (left == right)


def test_a_digest_does_not_run_files_together() -> None:
    assert Snapshot({"a": b"b\x00c"}).digest != Snapshot({"a": b"", "b": b"c"}).digest


def test_a_name_that_is_not_utf_8_has_a_digest() -> None:
    assert len(Snapshot({"caf\udce9.py": b"x"}).digest) == 64


@pytest.mark.parametrize("places", [(0,), (0, -1), range(0, 40_000, 4_000)], ids=["one", "both ends", "many"])
def test_a_long_file_of_few_different_lines_is_compared_in_time(places: tuple[int, ...]) -> None:
    lines = [b"    x = 1\n", b"\n", b"    return x\n", b"    }\n"] * 10_000
    data = b"".join(lines)
    for place in places:
        lines[place] = b"    changed\n"
    new = b"".join(lines)
    began = time.process_time()
    edits = minimal_edits(data, new)
    assert apply_edits(data, edits) == new
    assert time.process_time() - began < 5
