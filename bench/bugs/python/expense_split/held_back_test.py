import random

from expenses import balances, settle, shares


def test_shares_add_up():
    for amount in range(50):
        for count in range(1, 8):
            parts = list(shares(amount, [str(n) for n in range(count)]).values())
            assert sum(parts) == amount
            assert max(parts) - min(parts) <= 1
            assert parts == sorted(parts, reverse=True)


def test_everybody_is_even_in_the_end():
    draw = random.Random(2)
    people = ["a", "b", "c", "d", "e"]
    for _ in range(50):
        expenses = [(draw.choice(people), draw.randrange(1, 999), draw.sample(people, draw.randrange(1, 6))) for _ in range(6)]
        found = balances(expenses)
        for debtor, creditor, paid in settle(found):
            assert paid > 0
            found[debtor] += paid
            found[creditor] -= paid
        assert set(found.values()) <= {0}
