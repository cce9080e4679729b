RATES = {"domestic": 4, "europe": 9, "world": 19}
EUROPE = frozenset({"AT", "BE", "FR", "IT", "NL", "PL"})


def zone(country, home="DE"):
    """`domestic` within the home country, `europe` for its neighbours in the list, else `world`."""
    if country == home:
        return "domestic"
    return "europe" if country in EUROPE else "world"


def shipping_cost(country, weight, total, express=False):
    """The cost of shipping in whole units of money.

    The zone's rate, and 2 for each kilogram begun over 5. Orders of 100 and more ship free within the home
    country and Europe. Express costs 10 more, also for orders that ship free.
    """
    where = zone(country)
    cost = RATES[where]
    if weight > 5:
        cost += 2 * -int(-(weight - 5) // 1)
    if express:
        cost += 10
    if total >= 100 and where != "world":
        return 0
    return cost
