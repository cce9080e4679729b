import pytest

from payroll import Employee, gross, net, report, tax


@pytest.mark.parametrize(("amount", "due"), [(0, 0), (1000, 0), (1500, 50), (2000, 100), (2400, 200), (4000, 600)])
def test_tax(amount, due):
    assert tax(amount) == pytest.approx(due)


def test_overtime():
    assert gross(Employee("x", 10, [160])) == 1600
    assert gross(Employee("x", 10, [100, 62])) == 1630


def test_report():
    lines = report([Employee("b", 10, [10]), Employee("a", 10, [20])])
    assert lines[0].split() == ["a", "200.00", "200.00"]
    assert lines[-1].split() == ["total", "300.00"]
    assert net(Employee("x", 15, [100])) == pytest.approx(1450)
    assert report([])[-1].split() == ["total", "0.00"]
