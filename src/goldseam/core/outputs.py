"""Comparing what programs print: white space at line ends and at the end never counts."""

from collections.abc import Sequence


def normalised(output: bytes) -> list[bytes]:
    """Lines without trailing white space, and without empty lines at the end."""
    lines = [line.rstrip() for line in output.rstrip().split(b"\n")]
    return lines if lines != [b""] else []


def same_output(left: bytes, right: bytes) -> bool:
    """Whether two outputs are equal apart from white space at line ends and the end."""
    return normalised(left) == normalised(right)


def differing_lines(got: bytes, expected: bytes) -> int:
    """How many lines of `expected` are not at their place in `got`, plus the lines too many."""
    left, right = normalised(got), normalised(expected)
    return sum(a != b for a, b in zip(left, right, strict=False)) + abs(len(left) - len(right))


def lines_mended(before: bytes, now: bytes, expected: bytes) -> int:
    """Lines of `expected` that are right now and were not, a bit each; none if a right one is wrong now."""
    right, was_right = (_right_lines(output, expected) for output in (now, before))
    return 0 if was_right & ~right else right & ~was_right


def _right_lines(output: bytes, expected: bytes) -> int:
    pairs = zip(normalised(output), normalised(expected), strict=False)
    return sum(1 << number for number, (got, wanted) in enumerate(pairs) if got == wanted)


def stable_prefix(outputs: Sequence[bytes]) -> list[bytes | None]:
    """Lines that every run of a program printed before it failed; None masks one that differs.

    A last line without its line end was cut off by the failure and is not demanded.
    """
    columns = zip(*(output.split(b"\n")[:-1] for output in outputs), strict=False)
    return [lines[0].rstrip() if len(set(lines)) == 1 else None for lines in columns]


def starts_with(output: bytes, prefix: list[bytes | None]) -> bool:
    """Whether `output` begins with the lines of `prefix`, masked ones aside."""
    lines = [line.rstrip() for line in output.split(b"\n")]
    return len(lines) >= len(prefix) and all(
        wanted is None or wanted == line for wanted, line in zip(prefix, lines, strict=False)
    )
