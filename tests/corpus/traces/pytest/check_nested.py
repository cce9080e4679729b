def test_nested():
    def half(value):
        return value / 0

    def twice(value):
        return half(half(value))

    assert twice(4) == 1
