"""Sources that parse, and those that mean the same."""

import pytest

from goldseam.propose.asking.meaning import meaning_of


@pytest.mark.parametrize(
    ("path", "one", "other"),
    [
        ("a.py", b"x = (1+2)  # three\n", b"x = 1 + 2\n"),
        ("a.js", b"let x=1+2; // three\n", b"let x = 1 + 2;\n"),
        ("a.ts", b"let x: number=1;", b"/* one */ let x: number = 1;"),
        ("a.php", b"<?php $x=1; # one\n", b"<?php\n$x = 1;\n"),
    ],
)
def test_layout_and_comments_mean_nothing(path: str, one: bytes, other: bytes) -> None:
    assert meaning_of(path, one) == meaning_of(path, other) is not None


@pytest.mark.parametrize(
    ("path", "one", "other"),
    [
        ("a.py", b"x = 1\n", b"x = 2\n"),
        ("a.py", b"if a:\n    b()\nc()\n", b"if a:\n    b()\n    c()\n"),
        ("a.js", b"a - b;", b"a + b;"),
        ("a.js", b"x = 'a b';", b"x = 'a  b';"),
        ("a.php", b"<?php echo 1;", b"<?php echo 2;"),
    ],
)
def test_other_code_means_something_else(path: str, one: bytes, other: bytes) -> None:
    assert meaning_of(path, one) != meaning_of(path, other)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.py", b"def f(:\n"),
        ("a.py", b"x = '\xff'\n"),
        ("a.py", b"# coding: nonsense\n"),
        ("a.py", b"(" * 10_000),
        ("a.py", b"\0"),
        ("a.js", b"let = ;;{"),
        ("a.php", b"<?php if ("),
    ],
)
def test_what_does_not_parse_has_no_meaning(path: str, data: bytes) -> None:
    assert meaning_of(path, data) is None
