from records import split_record


def test_plain_fields():
    assert split_record("a,b,,c") == ["a", "b", "", "c"]


def test_separator_in_quotes():
    assert split_record('x,"1,5",y') == ["x", "1,5", "y"]


def test_doubled_quotes():
    assert split_record('"say ""hi"" now",2') == ['say "hi" now', "2"]


def test_other_separator():
    assert split_record("a;b", ";") == ["a", "b"]
