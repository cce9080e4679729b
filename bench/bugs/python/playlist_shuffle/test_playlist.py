from playlist import Playlist


def test_next_and_previous():
    songs = Playlist(["a", "b", "c"])
    assert [songs.next(), songs.next(), songs.next(), songs.previous()] == ["b", "c", "c", "b"]


def test_repeat():
    songs = Playlist(["a", "b"], repeat=True)
    assert [songs.next(), songs.next(), songs.previous()] == ["b", "a", "b"]


def test_removing_a_song_behind():
    songs = Playlist(["a", "b", "c"])
    songs.next()
    songs.remove("c")
    assert songs.current == "b"


def test_removing_a_song_before():
    songs = Playlist(["a", "b", "c"])
    songs.next()
    songs.remove("a")
    assert songs.current == "b"


def test_moving_keeps_what_plays():
    songs = Playlist(["a", "b", "c"])
    songs.move("a", 2)
    assert songs.current == "a"
