from importer import import_records


def test_new_records():
    store = {}
    report = import_records(['{"id": 1, "name": "a "}', "", '{"id": 2, "name": "b"}'], store)
    assert store == {1: "a", 2: "b"}
    assert (report.added, report.updated, report.errors) == (2, 0, [])


def test_known_records():
    store = {1: "old"}
    report = import_records(['{"id": 1, "name": "new"}'], store)
    assert store == {1: "new"}
    assert (report.added, report.updated) == (0, 1)


def test_bad_lines():
    store = {}
    report = import_records(["{", '{"id": "x", "name": "b"}', '{"id": 3, "name": "c"}'], store)
    assert report.errors == ["line 1: not JSON", "line 2: id or name is missing"]
    assert store == {3: "c"}
