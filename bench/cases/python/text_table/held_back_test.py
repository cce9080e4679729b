from table import aligned, table


def test_kinds():
    assert aligned(1.5, 5) == "  1.5"
    assert aligned("x", 3) == "x  "
    assert aligned(None, 5) == "None "


def test_values_that_look_empty():
    assert table([{"a": 0, "b": ""}, {"b": None}], ["a", "b"]) == "a | b\n--+-----\n0 |\n- | None"
