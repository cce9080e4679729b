from ledger import Ledger, total


def filled():
    ledger = Ledger()
    for name, cost in (("tea", 9), ("desk", 100), ("lamp", 35)):
        ledger.add(name, cost)
    return ledger


def test_the_dearest():
    assert filled().dearest() == "desk"


def test_the_average():
    assert filled().average() == 48
    assert Ledger().average() == 0


def test_the_limit():
    assert filled().allowed() == ["tea", "desk", "lamp"]
    assert filled().is_within(100)
    assert not filled().is_within(101)


def test_the_total():
    assert total([0.125] * 4, 1.1) == 0.55
