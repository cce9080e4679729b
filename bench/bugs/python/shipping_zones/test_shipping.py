from shipping import shipping_cost, zone


def test_zones():
    assert [zone(country) for country in ("DE", "FR", "JP")] == ["domestic", "europe", "world"]


def test_rate():
    assert shipping_cost("FR", 2, 50) == 9


def test_heavy():
    assert shipping_cost("DE", 6.5, 50) == 4 + 4


def test_free():
    assert shipping_cost("FR", 9, 100) == 0


def test_free_but_express():
    assert shipping_cost("DE", 1, 150, express=True) == 10


def test_world_is_never_free():
    assert shipping_cost("JP", 1, 500) == 19
