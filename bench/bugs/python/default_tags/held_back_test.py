from notes import Note, by_tag


def test_lists_of_callers_are_left_alone():
    mine = ["a"]
    Note("n", mine).add_tag("b")
    assert mine == ["a"]


def test_two_notes_of_one_list():
    tags = ["work"]
    first, second = Note("1", tags), Note("2", tags)
    first.add_tag("late")
    assert second.tags == ["work"]


def test_many_notes():
    notes = [Note(str(n)) for n in range(3)]
    for note in notes:
        note.add_tag("t" + note.title)
    assert by_tag(notes) == {"t0": ["0"], "t1": ["1"], "t2": ["2"]}
