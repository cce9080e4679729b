from decimal import Decimal

from invoices import invoice_total


def lines(*prices):
    return [{"quantity": 1, "unit_price": price} for price in prices]


def test_full_discount_leaves_no_tax():
    assert invoice_total(lines("80.00"), discount_percent=100, tax_percent=19) == 0


def test_rounds_half_up_once():
    assert invoice_total(lines("0.05"), tax_percent=10) == Decimal("0.06")
    assert invoice_total(lines("33.33"), discount_percent=5, tax_percent=7) == Decimal("33.88")


def test_nothing_bought():
    assert invoice_total([], discount_percent=5, tax_percent=7) == 0
