import random

import pytest

from album import Album, natural_key


@pytest.mark.parametrize(
    "ordered",
    [
        ["1", "1a", "a", "a1", "a1b", "a2", "a10"],
        ["2024-1-5", "2024-1-10", "2024-10-1", "Photo", "photo 7", "photo 08", "photos"],
        ["007", "8", "x"],
        ["a", "a1", "a b"],
        ["v1.2", "v1.10", "v2.0"],
    ],
)
def test_any_order(ordered):
    shuffled = list(ordered)
    random.Random(4).shuffle(shuffled)
    assert sorted(shuffled, key=natural_key) == ordered


def test_mixed_album():
    album = Album(["z/5.png", "z/cover.png", "z/40.png", "a/cover.png", "a/5.png"])
    assert album.ordered() == ["a/5.png", "a/cover.png", "z/5.png", "z/40.png", "z/cover.png"]
    assert album.after("z/40.png") == "z/cover.png"
    assert album.after("z/cover.png") is None
