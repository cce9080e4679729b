"""Prints the invoice total with 20 % tax."""

LINES = [("paper", 4, 2.50), ("ink", 1, 30.00)]
TAX = 0.20


def total(lines):
    net = sum(quantity * price for _, quantity, price in lines)
    return net * TAX


print(f"Invoice: {total(LINES):.2f}")
