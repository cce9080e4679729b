from expenses import balances, settle, shares


def test_even_shares():
    assert sum(shares(900, ["a", "b", "c"]).values()) == 900


def test_the_rest_goes_to_the_first():
    assert shares(1000, ["a", "b", "c"]) == {"a": 334, "b": 333, "c": 333}


def test_balances():
    assert sum(balances([("a", 1000, ["a", "b", "c"])]).values()) == 0


def test_one_payment():
    assert settle({"a": 50, "b": -50}) == [("b", "a", 50)]


def test_two_pairs():
    assert settle({"a": 70, "b": -70, "c": 20, "d": -20}) == [("b", "a", 70), ("d", "c", 20)]


def test_two_debtors():
    assert settle({"a": 70, "b": -30, "c": -40}) == [("c", "a", 40), ("b", "a", 30)]
