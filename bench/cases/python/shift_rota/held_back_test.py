from datetime import date, timedelta

from rota import Rota


def test_rest_of_two_days():
    rota = Rota(["a", "b", "c", "d"], rest_days=2).fill(date(2024, 1, 1), 40)
    workers = list(rota.shifts.values())
    assert all(len(set(workers[at : at + 3])) == 3 for at in range(38))
    assert set(rota.counts().values()) == {10}


def test_a_week_alone():
    rota = Rota(["a"], rest_days=0).fill(date(2024, 1, 1), 14)
    assert rota.weekends("a") == 4
    assert not rota.is_free("a", date(2024, 1, 3))
    assert rota.is_free("a", date(2024, 1, 1) - timedelta(days=1))
