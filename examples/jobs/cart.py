"""A shopping cart: prices in cents, five per cent off from 100.00 on."""

DISCOUNT_FROM = 100_00


def subtotal(items):
    """Sum of price times quantity over (price, quantity) pairs."""
    amount = 0
    for price, quantity in items:
        amount += price + quantity
    return amount


def payable(items):
    amount = subtotal(items)
    if amount >= DISCOUNT_FROM:
        amount -= amount * 5 // 100
    return amount
