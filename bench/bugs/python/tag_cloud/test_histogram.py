from histogram import bars, most_common

TEXT = "The cat and the dog and the bird. Don't wake the dog!"


def test_most_common():
    assert most_common(TEXT, 2) == [("the", 4), ("and", 2)]


def test_ties():
    assert most_common(TEXT, 3)[1:] == [("and", 2), ("dog", 2)]


def test_stop_words_use_no_places():
    assert most_common(TEXT, 2, {"the", "and"}) == [("dog", 2), ("bird", 1)]


def test_bars():
    assert bars([("a", 4), ("b", 2), ("c", 0)], 4) == ["a ####", "b ##", "c #"]
