import pytest

from accounts import Account, InsufficientFunds, transfer


def test_transfer():
    one, other = Account("one", 100), Account("other")
    transfer(one, other, 30)
    assert (one.balance, other.balance) == (70, 30)


def test_overdraft():
    account = Account("one", 10, overdraft=50)
    account.withdraw(60)
    assert account.balance == -50
    with pytest.raises(InsufficientFunds):
        account.withdraw(1)


def test_a_failed_transfer_changes_nothing():
    one, other = Account("one", 10), Account("other", 5)
    with pytest.raises(InsufficientFunds):
        transfer(one, other, 20)
    assert (one.balance, other.balance) == (10, 5)


def test_amounts_are_positive():
    with pytest.raises(ValueError, match="positive"):
        Account("one", 10).withdraw(0)
