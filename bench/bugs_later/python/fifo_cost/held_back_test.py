import random

import pytest

from stock import NotEnough, Stock, book


def test_piece_by_piece():
    stock = Stock()
    stock.buy(3, 5)
    stock.buy(2, 7)
    assert [stock.sell(1) for _ in range(5)] == [5, 5, 5, 7, 7]
    assert stock.pieces == 0
    with pytest.raises(NotEnough):
        stock.sell(1)
    assert stock.sell(0) == 0


def test_like_single_pieces():
    rng = random.Random(6)
    stock, pieces = Stock(), []
    for _ in range(300):
        if rng.random() < 0.5:
            count, price = rng.randrange(1, 9), rng.randrange(1, 50)
            stock.buy(count, price)
            pieces += [price] * count
        else:
            count = rng.randrange(0, len(pieces) + 1)
            assert stock.sell(count) == sum(pieces[:count])
            del pieces[:count]
        assert (stock.pieces, stock.value) == (len(pieces), sum(pieces))


def test_book():
    profit, stock = book([("buy", 10, 100), ("sell", 4, 150), ("buy", 5, 120), ("sell", 8, 130)])
    assert profit == 200 + 8 * 130 - 6 * 100 - 2 * 120
    assert [(lot.pieces, lot.price) for lot in stock.lots] == [(3, 120)]
