import pytest

from variables import Circle, Unknown, Variables

TEXT = """
name = shop            # of the project
host = ${name}.example.org
url = https://${host}/
"""


def test_plain():
    assert Variables("a = 1\nb=2").all() == {"a": "1", "b": "2"}


def test_chain():
    assert Variables(TEXT).value("url") == "https://shop.example.org/"


def test_used_twice():
    variables = Variables(TEXT + "mail = ${name}@${host}\n")
    assert variables.value("mail") == "shop@shop.example.org"


def test_circle():
    with pytest.raises(Circle, match="a -> b -> a"):
        Variables("a = ${b}\nb = ${a}").value("a")


def test_unknown():
    with pytest.raises(Unknown):
        Variables("a = ${x}").value("a")


def test_users():
    assert Variables(TEXT).users("name") == ["host"]
