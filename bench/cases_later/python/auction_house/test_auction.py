import pytest

from auction import Auction, Sale
from bids import read


def test_second_price():
    assert Auction("ann: 10\nbob: 12.50\ncid: 9").sale() == Sale("bob", 1000)


def test_amounts_are_numbers():
    assert Auction("ann: 9\nbob: 10").sale() == Sale("bob", 900)


def test_reserve():
    assert Auction("ann: 10\nbob: 12", reserve=1100).sale() == Sale("bob", 1100)
    assert Auction("ann: 10", reserve=1001).sale() is None
    assert Auction("ann: 10", reserve=1000).sale() == Sale("ann", 1000)


def test_own_bids_do_not_count():
    assert Auction("ann: 10\nann: 20\nbob: 5").report() == "3 bids, sold to ann for 5.00"


def test_nobody():
    assert Auction("\n").report() == "0 bids, not sold"


def test_equal_bids():
    assert Auction("ann: 10\nbob: 10").sale() == Sale("ann", 1000)


def test_bad():
    with pytest.raises(ValueError):
        read("ann 10")
