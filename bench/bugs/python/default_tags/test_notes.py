from notes import Note, by_tag


def test_tags_are_normalised():
    assert Note("a", ["x"]).add_tag(" Home ").tags == ["x", "home"]


def test_a_tag_comes_once():
    assert Note("a", ["home"]).add_tag("HOME").tags == ["home"]


def test_index():
    notes = [Note("shopping").add_tag("home"), Note("taxes").add_tag("money")]
    assert by_tag(notes) == {"home": ["shopping"], "money": ["taxes"]}


def test_new_note_has_no_tags():
    Note("a").add_tag("x")
    assert Note("b").tags == []
