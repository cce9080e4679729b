import pytest


def test_refused():
    with pytest.raises(ValueError):
        int("7")
