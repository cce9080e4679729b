import pytest

from roman import from_roman, to_roman


@pytest.mark.parametrize(("number", "text"), [(1, "I"), (4, "IV"), (1990, "MCMXC"), (3999, "MMMCMXCIX")])
def test_to_roman(number, text):
    assert to_roman(number) == text


def test_from_roman_small():
    assert from_roman("iv") == 4


def test_from_roman_repeated():
    assert from_roman("XXXIII") == 33


def test_out_of_range():
    with pytest.raises(ValueError, match="4000"):
        to_roman(4000)
