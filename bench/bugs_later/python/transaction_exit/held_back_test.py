import pytest

from ledger import Ledger, pay


def test_unknown_payee():
    ledger = Ledger(ann=10)
    held = ledger.balances
    with pytest.raises(KeyError):
        pay(ledger, "ann", "zoe", 3)
    assert ledger.balances == {"ann": 10}
    assert held is ledger.balances
    assert ledger.log == []


def test_again_after_an_error():
    ledger = Ledger(ann=5, bob=5)
    for amount in (9, 5):
        try:
            pay(ledger, "bob", "ann", amount)
        except ValueError as error:
            assert str(error) == "bob cannot pay 9"
            assert amount == 9
    assert ledger.balances == {"ann": 10, "bob": 0}
    assert ledger.log == ["bob to ann: 5"]
    assert ledger.total() == 10


def test_any_error_leaves_the_block():
    ledger = Ledger(ann=5)
    with pytest.raises(ZeroDivisionError):
        with ledger.change("x") as accounts:
            accounts["ann"] = 7
            accounts["ann"] //= 0
    assert ledger.balances == {"ann": 5}
    with ledger.change("y") as accounts:
        accounts["ann"] = 7
    assert (ledger.balances, ledger.log) == ({"ann": 7}, ["y"])
