def test_batch():
    raise ExceptionGroup("batch", [ValueError("row 1"), KeyError("row 2")])
