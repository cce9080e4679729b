"""Repayment of loans in equal monthly payments. All money is `Decimal`, rounded to cents."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Row:
    number: int
    payment: Decimal
    interest: Decimal
    balance: Decimal


def monthly_payment(amount: Decimal, yearly_percent: Decimal, months: int) -> Decimal:
    """The payment that repays a loan in so many months, rounded to cents."""
    if months < 1:
        raise ValueError("at least one month")
    rate = yearly_percent / 1200
    if rate == 0:
        return cents(amount / months)
    return cents(amount * rate / (1 - (1 + rate) ** -months))


def schedule(amount: Decimal, yearly_percent: Decimal, months: int) -> list[Row]:
    """One row for each month: what is paid, how much of it is interest, what is still owed afterwards.

    Interest is that of the balance before, rounded to cents. All payments are equal but for the last one, which
    is as large as it must be for the balance to become zero.
    """
    payment = monthly_payment(amount, yearly_percent, months)
    balance, rows = cents(amount), []
    for number in range(1, months + 1):
        interest = cents(balance * yearly_percent / 1200)
        principal = payment - interest
        balance -= principal
        rows.append(Row(number, payment, interest, balance))
    return rows


def total_interest(rows):
    return sum((row.interest for row in rows), Decimal(0))


def table(rows):
    lines = [f"{'':>3} {'payment':>10} {'interest':>9} {'balance':>11}"]
    lines += [f"{row.number:>3} {row.payment:>10} {row.interest:>9} {row.balance:>11}" for row in rows]
    return "\n".join(lines)
