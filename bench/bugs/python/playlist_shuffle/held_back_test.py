from playlist import Playlist


def test_remove_everything_one_by_one():
    songs = Playlist("abcd")
    songs.next()
    songs.next()
    songs.remove("a")
    assert songs.current == "c"
    songs.remove("b")
    assert songs.current == "c"
    songs.remove("c")
    assert songs.current == "d"
    songs.remove("d")
    assert songs.current is None


def test_remove_current_in_the_middle():
    songs = Playlist("abc")
    songs.next()
    songs.remove("b")
    assert songs.current == "c"
    assert songs.previous() == "a"
