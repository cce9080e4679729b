import codecs

from contacts import Contact, decoded, delimiter, read_contacts


def test_with_and_without_mark_are_equal():
    text = "Mail,Name,Phone,Phone 2\na@x.org,Ann,1,2\n,Ω,,3\n"
    plain, marked = text.encode(), codecs.BOM_UTF8 + text.encode()
    assert read_contacts(plain) == read_contacts(marked) == [Contact("Ann", "a@x.org", ["1", "2"]), Contact("Ω", "", ["3"])]
    assert decoded(marked) == decoded(plain) == text


def test_mark_inside_stays():
    assert decoded("a\ufeffb".encode()) == "a\ufeffb"


def test_first_column_alone():
    assert read_contacts(codecs.BOM_UTF8 + b"email\nx@y\n") == [Contact("", "x@y")]
    assert read_contacts(codecs.BOM_UTF8) == []


def test_others():
    assert decoded(b"\xe9\r\n") == "é\n"
    assert delimiter("a\tb,c\td") == "\t"
