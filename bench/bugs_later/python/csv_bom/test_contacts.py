from contacts import Contact, read_contacts


def test_plain():
    assert read_contacts(b"Name,Email\nAnn,ann@x.org\n") == [Contact("Ann", "ann@x.org")]


def test_from_a_spreadsheet():
    data = "Name;E-Mail;Phone 1\r\nZoë;zoe@x.org;12\r\n".encode("utf-8-sig")
    assert read_contacts(data) == [Contact("Zoë", "zoe@x.org", ["12"])]


def test_old_encoding():
    assert read_contacts("Full name,Mail\nJosé,j@x.org\n".encode("cp1252"))[0].name == "José"


def test_empty_rows():
    assert read_contacts(b"Name,Email\n,\nBob,\n") == [Contact("Bob", "")]
