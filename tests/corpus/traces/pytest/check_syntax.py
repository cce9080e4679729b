def test_open():
    values = [1, 2
    assert values
