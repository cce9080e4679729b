from importer import import_records


def test_everything_at_once():
    lines = ['{"id": 5, "name": "x"}', "  ", "nope", '{"id": 5, "name": "y"}', '{"name": "z"}', '{"id": 6, "name": " "}', '{"id": 7, "name": "w"}']
    store = {7: "old"}
    report = import_records(lines, store)
    assert store == {5: "y", 7: "w"}
    assert (report.added, report.updated) == (1, 2)
    assert report.errors == ["line 3: not JSON", "line 5: id or name is missing", "line 6: id or name is missing"]
