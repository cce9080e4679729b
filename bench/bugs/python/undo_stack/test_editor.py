from editor import Editor


def test_changes():
    editor = Editor("hello world")
    editor.delete(0, 6)
    editor.insert(5, "!")
    editor.replace("w", "W")
    assert editor.text == "World!"


def test_undo_and_redo():
    editor = Editor("a")
    editor.insert(1, "b")
    assert editor.undo()
    assert editor.text == "a"
    assert editor.redo()
    assert editor.text == "ab"


def test_nothing_to_undo():
    assert not Editor("a").undo()


def test_a_change_ends_what_could_be_redone():
    editor = Editor("a")
    editor.insert(1, "b")
    editor.undo()
    editor.insert(1, "c")
    assert not editor.redo()
    assert editor.text == "ac"
