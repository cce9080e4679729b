from records import split_record


def test_quotes_then_separator():
    assert split_record('"a"",b",c') == ['a",b', "c"]


def test_only_quotes():
    assert split_record('""""') == ['"']
    assert split_record('""') == [""]
    assert split_record('"""a"""') == ['"a"']


def test_many_doubled():
    assert split_record('"a""""b","c"') == ['a""b', "c"]


def test_empty_line():
    assert split_record("") == [""]
