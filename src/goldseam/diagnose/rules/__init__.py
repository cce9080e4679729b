"""All rules of meaning. A new one is a file here and a name in this list."""

from goldseam.diagnose.rules import (
    api_misuse,
    boundary,
    case_mix,
    empty_mean,
    identity_comparison,
    late_binding,
    lookalike,
    masked_failure,
    mutable_default,
    naive_datetime,
    rounding,
    schema_mismatch,
    singleton_bypassed,
    swapped_key,
    text_order,
    text_total,
    unit_mix,
    wrong_divisor,
)

RULES = tuple(
    module.RULE
    for module in (
        api_misuse,
        boundary,
        case_mix,
        empty_mean,
        identity_comparison,
        late_binding,
        lookalike,
        masked_failure,
        mutable_default,
        naive_datetime,
        rounding,
        schema_mismatch,
        singleton_bypassed,
        swapped_key,
        text_order,
        text_total,
        unit_mix,
        wrong_divisor,
    )
)
