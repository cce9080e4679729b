from datetime import date, timedelta

from rota import Rota

FRIDAY = date(2024, 3, 1)


def test_in_turn():
    rota = Rota(["a", "b", "c"]).fill(FRIDAY, 6)
    assert "".join(rota.shifts.values()) == "abcabc"


def test_rest():
    rota = Rota(["a", "b", "c"], rest_days=1)
    rota.shifts[FRIDAY] = "a"
    assert not rota.is_free("a", FRIDAY)
    assert not rota.is_free("a", FRIDAY + timedelta(days=1))
    assert rota.is_free("a", FRIDAY + timedelta(days=2))


def test_weekends():
    rota = Rota(["a", "b"]).fill(FRIDAY, 4)
    assert rota.weekends("a") == 1
    assert rota.weekends("b") == 1
