from accounts import Groups, persons


def test_alone():
    assert persons([{"name": "a"}, {"name": "b"}]) == [["a"], ["b"]]


def test_same_mail():
    found = persons([{"name": "a", "mail": ["X@y"]}, {"name": "b", "mail": ["x@y "]}, {"name": "c", "phone": ["1"]}])
    assert found == [["a", "b"], ["c"]]


def test_chain():
    groups = Groups()
    groups.join("a", "b")
    groups.join("c", "d")
    groups.join("a", "c")
    assert groups.all() == [["a", "b", "c", "d"]]


def test_by_mail_and_phone():
    accounts = [
        {"name": "a", "mail": ["m1"]},
        {"name": "b", "mail": ["m1"], "phone": ["p1"]},
        {"name": "c", "mail": ["m1"]},
        {"name": "d", "phone": ["p1"]},
    ]
    assert persons(accounts) == [["a", "b", "c", "d"]]
