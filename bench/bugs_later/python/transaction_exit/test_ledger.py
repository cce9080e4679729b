import pytest

from ledger import Conflict, Ledger, pay


def test_pays():
    ledger = Ledger(ann=10, bob=0)
    pay(ledger, "ann", "bob", 4)
    assert ledger.balances == {"ann": 6, "bob": 4}
    assert ledger.log == ["ann to bob: 4"]


def test_cannot_pay():
    ledger = Ledger(ann=1, bob=0)
    with pytest.raises(ValueError, match="cannot pay"):
        pay(ledger, "ann", "bob", 4)
    assert ledger.balances == {"ann": 1, "bob": 0}
    assert ledger.log == []


def test_one_change_at_a_time():
    ledger = Ledger(ann=1)
    with pytest.raises(Conflict):
        with ledger.change():
            with ledger.change():
                pass
