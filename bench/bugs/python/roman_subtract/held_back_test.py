from roman import from_roman, to_roman


def test_there_and_back():
    assert all(from_roman(to_roman(number)) == number for number in range(1, 4000))
