from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def line_total(line):
    return Decimal(line["quantity"]) * Decimal(line["unit_price"])


def invoice_total(lines, discount_percent=0, tax_percent=0):
    """The amount to pay, in whole cents, rounded half up.

    The discount is taken off the net sum; the tax is charged on what is left after the discount.
    """
    net = sum((line_total(line) for line in lines), Decimal(0))
    reduced = net * (100 - Decimal(discount_percent)) / 100
    tax = net * Decimal(tax_percent) / 100
    return (reduced + tax).quantize(CENT, ROUND_HALF_UP)
