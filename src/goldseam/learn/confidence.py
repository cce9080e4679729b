"""How sure a proven repair is to be what its owner meant: the strength of what proved it."""

from collections.abc import Sequence

from goldseam.core.incident import OracleSpec

TESTED, EXPECTED, RAN, PARSED = 0.9, 0.8, 0.6, 0.5
MODEL_SHARE = 0.9
CAUTION_SHARE = 0.7


def confidence_of(oracle: OracleSpec, *, by_model: bool, cautions: Sequence[str]) -> float:
    """From 0 to 1. Judgement, not measurement: tests say more than one output, and that more than parsing."""
    if oracle.test:
        base = TESTED
    elif oracle.expected is not None:
        base = EXPECTED
    else:
        base = RAN if oracle.run else PARSED
    return round(base * (MODEL_SHARE if by_model else 1.0) * CAUTION_SHARE ** len(cautions), 3)
