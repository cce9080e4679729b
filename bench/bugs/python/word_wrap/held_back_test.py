import textwrap

import pytest

from wrapping import wrap

TEXT = "it is a truth universally acknowledged that a single man in possession of a fortune must want a wife"


@pytest.mark.parametrize("width", [15, 16, 20, 24, 31, 50, 200])
def test_like_the_library(width):
    assert wrap(TEXT, width) == textwrap.wrap(TEXT, width)


def test_words_are_kept():
    assert " ".join(wrap(TEXT, 17)).split() == TEXT.split()
