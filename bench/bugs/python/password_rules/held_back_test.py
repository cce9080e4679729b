import pytest

from passwords import problems


@pytest.mark.parametrize(
    ("password", "user", "found"),
    [
        ("12345678", "x", ["needs small and capital letters", "too common"]),
        ("Password", "bob", ["needs a digit", "too common"]),
        ("xxBOBxx99", "Bob", ["contains the user's name"]),
        ("a1B2c3D4", "", []),
        ("", "", ["too short", "needs small and capital letters", "needs a digit"]),
    ],
)
def test_problems(password, user, found):
    assert problems(password, user) == found
