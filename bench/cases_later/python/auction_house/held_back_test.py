import pytest

from auction import Auction, Sale
from bids import Bid, read


@pytest.mark.parametrize(
    ("text", "reserve", "sale"),
    [
        ("a: 100\nb: 20\nc: 3", 0, Sale("a", 2000)),
        ("a: 1,200.5\nb: 999.99", 0, Sale("a", 99999)),
        ("a: 1", 0, Sale("a", 0)),
        ("a: 5\na: 7\na: 6", 300, Sale("a", 300)),
        ("b: 7\na: 7\nb: 9\nb: 8", 100, Sale("b", 700)),
        ("a: 4.99\nb: 4.98", 500, None),
        ("a: 5\nb: 4.98", 500, Sale("a", 500)),
        ("", 0, None),
        ("a: 3\nb: 3\nc: 3", 0, Sale("a", 300)),
    ],
)
def test_sale(text, reserve, sale):
    assert Auction(text, reserve).sale() == sale


def test_read():
    assert read(" ann :  7.5 \n\nbob:0") == [Bid("ann", 750, 1), Bid("bob", 0, 2)]
    for bad in ("a: ", "a: x", ": 5", "a: 1.234", "a: -3"):
        with pytest.raises(ValueError):
            read(bad)
