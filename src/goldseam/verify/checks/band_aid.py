"""The policy check: what the policy rejects is red, what it doubts waits for a person."""

from collections.abc import Callable, Sequence

from goldseam.core.incident import OracleSpec
from goldseam.core.observation import Observation
from goldseam.core.source import Snapshot
from goldseam.verify.checks.execution import Finding
from goldseam.verify.policy.ruling import Decision, Ruling

Policy = Callable[[Snapshot, Snapshot, OracleSpec, Sequence[Observation]], tuple[Ruling, ...]]
MAX_SHOWN = 3


def no_policy(*_: object) -> tuple[Ruling, ...]:
    """Allows everything; for callers that judge bytes of their owner's making."""
    return ()


def judge_rulings(rulings: Sequence[Ruling]) -> Finding:
    """Green unless a ruling rejects; the evidence names the reasons."""
    rejected = [ruling.text for ruling in rulings if ruling.decision is Decision.REJECT]
    if not rejected:
        return Finding("policy", True, 0, "no objections")
    more = f" (and {len(rejected) - MAX_SHOWN} more)" if len(rejected) > MAX_SHOWN else ""
    return Finding("policy", False, len(rejected), f"not allowed: {'; '.join(rejected[:MAX_SHOWN])}{more}")


def cautions_of(rulings: Sequence[Ruling]) -> tuple[str, ...]:
    """What a person should look at."""
    return tuple(f"policy: {r.text}" for r in rulings if r.decision is Decision.REVIEW)[:MAX_SHOWN]
