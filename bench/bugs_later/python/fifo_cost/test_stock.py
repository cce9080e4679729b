import pytest

from stock import NotEnough, Stock, book


def test_whole_lot():
    stock = Stock()
    stock.buy(2, 10)
    stock.buy(3, 12)
    assert stock.sell(2) == 20
    assert (stock.pieces, stock.value) == (3, 36)


def test_part_of_a_lot():
    stock = Stock()
    stock.buy(5, 10)
    assert stock.sell(2) == 20
    assert stock.pieces == 3


def test_over_lots():
    stock = Stock()
    stock.buy(2, 10)
    stock.buy(2, 20)
    assert stock.sell(3) == 40
    assert stock.value == 20


def test_not_enough():
    stock = Stock()
    stock.buy(1, 1)
    with pytest.raises(NotEnough):
        stock.sell(2)


def test_book():
    profit, stock = book([("buy", 2, 10), ("sell", 1, 15), ("sell", 1, 15)])
    assert (profit, stock.pieces) == (10, 0)
