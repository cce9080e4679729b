import pytest

from accounts import Account, InsufficientFunds, transfer


def test_history_of_a_failed_transfer():
    one, other = Account("one", 10, overdraft=5), Account("other", 5)
    with pytest.raises(InsufficientFunds):
        transfer(one, other, 16)
    assert one.history == other.history == []
    transfer(one, other, 15)
    assert (one.balance, other.balance) == (-5, 20)


@pytest.mark.parametrize(("balance", "overdraft", "amount", "allowed"), [(0, 0, 1, False), (5, 0, 5, True), (-3, 10, 7, True), (-3, 10, 8, False), (20, 10, 15, True)])
def test_limits(balance, overdraft, amount, allowed):
    account = Account("x", balance, overdraft)
    if allowed:
        account.withdraw(amount)
        assert account.balance == balance - amount
    else:
        with pytest.raises(InsufficientFunds):
            account.withdraw(amount)


def test_bad_amount():
    one, other = Account("one", 10), Account("other", 5)
    with pytest.raises(ValueError, match="positive"):
        transfer(one, other, -5)
    assert (one.balance, other.balance) == (10, 5)
