from editor import Editor


def test_each_kind_of_change_ends_redoing():
    for change in (lambda e: e.insert(0, "x"), lambda e: e.delete(0, 1), lambda e: e.replace("a", "b")):
        editor = Editor("aa")
        editor.insert(2, "z")
        editor.insert(2, "y")
        editor.undo()
        editor.undo()
        change(editor)
        assert not editor.redo()
        assert editor.undo()
        assert editor.text == "aa"


def test_redo_twice():
    editor = Editor("")
    for sign in "abc":
        editor.insert(len(editor.text), sign)
    while editor.undo():
        pass
    assert editor.text == ""
    while editor.redo():
        pass
    assert editor.text == "abc"
