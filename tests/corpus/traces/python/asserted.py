def checked(rate):
    assert 0 < rate < 1, f"rate {rate} is no share"
    return rate


checked(12)
