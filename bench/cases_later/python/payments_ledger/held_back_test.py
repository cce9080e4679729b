from gateway import Gateway
from ledger import Ledger
from main import euros, report


def booked(gateway):
    ledger = Ledger()
    for event in gateway.events:
        assert ledger.book(event)
        assert not ledger.book(event)
    return ledger


def test_batch_is_like_single_charges():
    one, other = Gateway(), Gateway()
    one.charge_all("x", [99, 100, 12345])
    for cents in (99, 100, 12345):
        other.charge("x", cents)
    assert booked(one).balances == booked(other).balances
    assert all(isinstance(event["fee"], int) for event in one.events)


def test_refunds():
    gateway = Gateway()
    number = gateway.charge("x", 1000)
    gateway.refund(number, 300)
    gateway.refund(number)
    ledger = booked(gateway)
    assert ledger.balances == {"x": -315, "fees": 15}
    assert ledger.total() == -300
    assert ledger.unknown == 0


def test_report_by_name():
    gateway = Gateway()
    for merchant in ("z", "a", "m"):
        gateway.charge(merchant, 100)
    assert [line.split()[0] for line in report(booked(gateway))] == ["a", "fees", "m", "z", "total"]
    assert [euros(c) for c in (-5, -105, 0, 99)] == ["-0.05", "-1.05", "0.00", "0.99"]


def test_unknown_kinds():
    ledger = Ledger()
    ledger.book({"number": 1, "kind": "dispute"})
    assert (ledger.unknown, ledger.balances) == (1, {})
