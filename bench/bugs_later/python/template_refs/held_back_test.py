import pytest

from variables import Circle, Variables


def test_diamond():
    variables = Variables("top = ${l}${r}\nl = <${x}>\nr = [${x}]\nx = ${y}${y}\ny = 7")
    assert variables.all() == {"top": "<77>[77]", "l": "<77>", "r": "[77]", "x": "77", "y": "7"}


def test_same_name_in_a_row():
    assert Variables("a = ${b}${b}${b}\nb = -").value("a") == "---"


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("a = ${a}", "a -> a"),
        ("a = ${ok}${b}\nb = ${ok}${c}\nc = ${a}\nok = 1", "a -> b -> c -> a"),
        ("a = ${ok}${ok}${b}\nb = ${ok}${b}\nok = 1", "a -> b -> b"),
    ],
)
def test_circles(text, way):
    with pytest.raises(Circle) as caught:
        Variables(text).value("a")
    assert str(caught.value) == way


def test_circle_leaves_others_alone():
    variables = Variables("a = ${a}\nb = ${c}${c}\nc = x")
    for _ in range(2):
        with pytest.raises(Circle):
            variables.value("a")
        assert variables.value("b") == "xx"
