from datetime import datetime, timedelta, timezone
from decimal import Decimal

from finance import Ledger, RateCache, Stock, invoice_total, is_overdue

NOON = datetime(2024, 3, 1, 12, tzinfo=timezone.utc)


def test_a_rate_is_found_by_its_pair():
    cache = RateCache()
    cache.put("EUR", "USD", Decimal("1.10"), NOON)
    assert cache.get("EUR", "USD", NOON) == Decimal("1.10")
    assert cache.get("USD", "EUR", NOON) is None


def test_a_rate_is_fresh_to_the_last_second():
    cache = RateCache(ttl=60)
    cache.put("EUR", "USD", 2, NOON)
    assert cache.get("EUR", "USD", NOON + timedelta(seconds=60)) == 2
    assert cache.get("EUR", "USD", NOON + timedelta(seconds=61)) is None


def test_a_rate_that_was_just_put_is_fresh():
    cache = RateCache()
    cache.put("EUR", "USD", 2)
    assert cache.get("EUR", "USD") == 2


def test_purging_keeps_the_last_second():
    cache = RateCache(ttl=60)
    cache.put("EUR", "USD", 2, NOON)
    assert cache.purge(NOON + timedelta(seconds=60))[0] == 1
    assert cache.purge(NOON + timedelta(seconds=61))[0] == 0


def test_an_invoice_is_rounded_once():
    assert invoice_total([(1, Decimal("0.05"))] * 10) == Decimal("0.54")


def test_all_of_the_stock_may_be_reserved():
    stock = Stock({"screw": 5})
    assert stock.reserve("screw", 5)
    assert not stock.reserve("screw", 1)


def test_the_largest_is_the_largest_number():
    ledger = Ledger()
    for name, amount in (("rent", 900), ("car", 12000), ("tea", 35)):
        ledger.add(name, amount)
    assert ledger.largest(2) == ["car", "rent"]


def test_an_average_of_nothing_is_nothing():
    assert Ledger().average() == 0


def test_an_average():
    ledger = Ledger()
    ledger.add("a", 1)
    ledger.add("b", 2)
    assert ledger.average() == Decimal("1.5")


def test_what_was_due_yesterday_is_overdue():
    assert is_overdue(datetime.now(timezone.utc) - timedelta(days=1))
