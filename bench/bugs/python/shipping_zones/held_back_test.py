import pytest

from shipping import shipping_cost


@pytest.mark.parametrize(
    ("country", "weight", "total", "express", "cost"),
    [
        ("DE", 5, 99, False, 4),
        ("DE", 5.1, 99, True, 16),
        ("AT", 20, 100, True, 10),
        ("US", 7, 100, True, 33),
        ("US", 7, 10, True, 33),
        ("PL", 6, 100, False, 0),
        ("PL", 6, 20, True, 21),
    ],
)
def test_costs(country, weight, total, express, cost):
    assert shipping_cost(country, weight, total, express) == cost
