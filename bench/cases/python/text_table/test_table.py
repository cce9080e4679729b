from table import table

ROWS = [{"item": "pen", "pieces": 12}, {"item": "paper", "pieces": 3, "note": "A4"}]


def test_plain():
    assert table(ROWS, ["item", "pieces"]) == "item  | pieces\n------+-------\npen   |     12\npaper |      3"


def test_missing():
    assert table(ROWS, ["item", "note"]) == "item  | note\n------+-----\npen   | -\npaper | A4"


def test_no_rows():
    assert table([], ["a", "bb"]) == "a | bb\n--+---"
