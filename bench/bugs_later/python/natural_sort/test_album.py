from album import Album, natural_key


def test_numbers_by_value():
    assert Album(["img10.jpg", "img9.jpg", "img1.jpg"]).ordered() == ["img1.jpg", "img9.jpg", "img10.jpg"]


def test_case():
    assert sorted(["b2", "B1", "a3"], key=natural_key) == ["a3", "B1", "b2"]


def test_numbers_first():
    assert Album(["cover.jpg", "10.jpg", "2.jpg"]).ordered() == ["2.jpg", "10.jpg", "cover.jpg"]


def test_folders():
    album = Album(["b/x2", "a/x10", "a/x9"])
    album.add("b/x1")
    assert album.folders() == {"a": ["x9", "x10"], "b": ["x1", "x2"]}


def test_after():
    album = Album(["a/1", "a/2", "b/3"])
    assert album.after("a/1") == "a/2"
    assert album.after("a/2") is None
