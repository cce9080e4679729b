from wrapping import boxed, wrap


def test_nothing():
    assert wrap("", 10) == []


def test_one_short_line():
    assert wrap("so be it", 20) == ["so be it"]


def test_two_lines():
    assert wrap("the quick brown fox", 9) == ["the quick", "brown fox"]


def test_no_line_is_too_long():
    assert wrap("ab cd ef", 4) == ["ab", "cd", "ef"]


def test_box():
    assert boxed("hi you", 3) == ["+---+", "|hi |", "|you|", "+---+"]
