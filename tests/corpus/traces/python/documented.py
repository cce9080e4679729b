def doubled(value):
    """Twice the value.

    >>> doubled(None)
    0
    """
    return value * 2
