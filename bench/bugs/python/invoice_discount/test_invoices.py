from decimal import Decimal

from invoices import invoice_total

LINES = [{"quantity": 2, "unit_price": "10.00"}, {"quantity": 1, "unit_price": "30.00"}]


def test_without_anything():
    assert invoice_total(LINES) == Decimal("50.00")


def test_tax_alone():
    assert invoice_total(LINES, tax_percent=20) == Decimal("60.00")


def test_discount_alone():
    assert invoice_total(LINES, discount_percent=10) == Decimal("45.00")


def test_tax_after_discount():
    assert invoice_total(LINES, discount_percent=10, tax_percent=20) == Decimal("54.00")
