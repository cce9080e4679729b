from stations import coldest


def test_two_stations():
    assert coldest([("north", 3.0), ("south", 20.0), ("north", 5.0)]) == ("north", 4.0)


def test_below_zero():
    assert coldest([("north", -3.0), ("south", -20.0)]) == ("south", -20.0)


def test_failed_readings():
    assert coldest([("north", None), ("south", 8.0)]) == ("south", 8.0)


def test_zero_degrees_is_a_reading():
    assert coldest([("north", 0.0), ("north", 6.0), ("south", 4.0)]) == ("north", 3.0)


def test_no_readings():
    assert coldest([]) is None
