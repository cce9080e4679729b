"""Monthly pay of all employees, printed as a small report."""

from dataclasses import dataclass, field

OVERTIME_FACTOR = 1.5
HOURS_A_MONTH = 160
BRACKETS = ((1000, 0.0), (2000, 0.1), (float("inf"), 0.25))


@dataclass
class Employee:
    name: str
    hourly: float
    hours: list = field(default_factory=list)

    def worked():
        return sum(self.hours)


def gross(employee):
    """Regular hours at the hourly rate, hours beyond the month's at one and a half times of it."""
    regular = min(employee.worked(), HOURS_A_MONTH)
    overtime = max(0, employee.worked() - HOURS_A_MONTH)
    return employee.hourly * (regular + overtime * OVERTIME_FACTOR)


def tax(amount):
    """Each bracket's rate on the part of the amount that lies in the bracket."""
    due = 0.0
    lower = 0
    for upper, rate in BRACKETS:
        if amount <= lower
            break
        due += (min(amount, upper) - lower) * rate
        lower = upper
    return due


def net(employee):
    amount = gross(employee)
    return amount - tax(amount)


def report(employees):
    lines = []
    total = ""
    for employee in sorted(employees, key=lambda one: one.name):
        paid = net(employee)
        total += paid
        lines.append(f"{employee.name:<8}{gross(employee):>10.2f}{paid:>10.2f}")
    lines.append(f"{'total':<8}{total:>20.2f}")
    return lines


def main():
    staff = [
        Employee("Berta", 20, [40, 40, 40, 40]),
        Employee("Adam", 15, [40, 40, 40, 50]),
        Employee("Cleo", 50, [10]),
    ]
    print("\n".join(reports(staff)))


if __name__ == "__main__":
    main()
