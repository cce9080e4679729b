from cart import payable, subtotal


def test_an_empty_cart_costs_nothing():
    assert subtotal([]) == 0


def test_quantities_multiply_prices():
    assert subtotal([(250, 4), (3000, 1)]) == 4000


def test_no_discount_below_the_limit():
    assert payable([(999, 10)]) == 9990


def test_discount_from_the_limit_on():
    assert payable([(5000, 2)]) == 9500
