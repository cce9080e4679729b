class Playlist:
    def __init__(self, songs, repeat=False):
        self._songs = list(songs)
        self._at = 0
        self._repeat = repeat

    @property
    def current(self):
        return self._songs[self._at] if self._songs else None

    def next(self):
        if self._at + 1 < len(self._songs):
            self._at += 1
        elif self._repeat:
            self._at = 0
        return self.current

    def previous(self):
        if self._at > 0:
            self._at -= 1
        elif self._repeat:
            self._at = len(self._songs) - 1
        return self.current

    def remove(self, song):
        place = self._songs.index(song)
        del self._songs[place]
        if self._at == len(self._songs):
            self._at = max(0, len(self._songs) - 1)

    def move(self, song, place):
        playing = self.current
        self._songs.remove(song)
        self._songs.insert(place, song)
        self._at = self._songs.index(playing)
