from memo import gross, memoized


def test_gross():
    assert gross(100, "de") == 119
    assert gross(100, "fr") == 120


def test_reduced():
    assert gross(200, "fr") == 240
    assert gross(200, "fr", kind="reduced") == 211


def test_kept():
    calls = []

    @memoized()
    def double(n):
        calls.append(n)
        return 2 * n

    assert [double(1), double(1), double(2)] == [2, 2, 4]
    assert calls == [1, 2]
    assert double.hits == 1


def test_seconds():
    now = [0]

    @memoized(5, lambda: now[0])
    def time_of_day():
        return now[0]

    assert time_of_day() == 0
    now[0] = 4
    assert time_of_day() == 0
    now[0] = 5
    assert time_of_day() == 5
