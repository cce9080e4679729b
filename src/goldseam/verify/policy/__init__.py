"""The policy: what a repair may not do even when the oracle is green. One file a rule, in `rules/`."""
