VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
PAIRS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)


def to_roman(number):
    """A whole number from 1 to 3999 in Roman numerals; raises `ValueError` for any other."""
    if not 0 < number < 4000:
        raise ValueError(number)
    signs = ""
    for value, sign in PAIRS:
        while number >= value:
            signs += sign
            number -= value
    return signs


def from_roman(text):
    """The number that Roman numerals stand for: a sign before a larger one is subtracted."""
    total = 0
    previous = 0
    for sign in reversed(text.upper()):
        value = VALUES[sign]
        if value < previous:
            total -= value
        else:
            total += value
            previous += value
    return total
