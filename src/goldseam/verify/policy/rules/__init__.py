"""All rules. A new one is a file here and a name in this list."""

from goldseam.verify.policy.rules import (
    commented_out,
    constant_comparison,
    dangerous,
    deleted_call,
    dependency,
    early_return,
    gutted,
    hidden_text,
    locality,
    placeholder,
    removed_definition,
    second_definition,
    secret,
    signature,
    size,
    special_case,
    swallow,
    unreadable,
    weaker_check,
)

RULES = tuple(
    module.RULE
    for module in (
        commented_out,
        constant_comparison,
        dangerous,
        deleted_call,
        dependency,
        early_return,
        gutted,
        hidden_text,
        locality,
        placeholder,
        removed_definition,
        second_definition,
        secret,
        signature,
        size,
        special_case,
        swallow,
        unreadable,
        weaker_check,
    )
)
