"""The policy over whole snapshots: every rule on every changed file."""

from collections.abc import Sequence

from goldseam.core.incident import OracleSpec
from goldseam.core.observation import Observation
from goldseam.core.source import Snapshot
from goldseam.verify.policy.change import FileChange, file_change
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.project import Project
from goldseam.verify.policy.rules import RULES
from goldseam.verify.policy.ruling import Objection, Rule, Ruling, review


def rule_on(
    original: Snapshot,
    repaired: Snapshot,
    spec: OracleSpec,
    observations: Sequence[Observation],
    *,
    project: Project,
) -> tuple[Ruling, ...]:
    """Objections to a repair, the gravest first.

    `observations` begin with that of the owner's bytes; those of candidates that were run may follow.
    """
    context = Context(spec, tuple(observations), project.with_overlay(repaired.files))
    found = [
        Ruling(objection.decision, rule.name, path, objection.line, objection.reason)
        for path, new in repaired.changed_since(original).items()
        for change in [file_change(path, original.files[path], new)]
        for rule in RULES
        for objection in _objections(rule, change, context)
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda ruling: -ruling.decision))


def _objections(rule: Rule, change: FileChange, context: Context) -> list[Objection]:
    """What a rule says; code nested too deep for it is for a person to read."""
    try:
        return list(rule.check(change, context))
    except RecursionError:
        return [review(1, "the code is nested too deep for the policy to read")]
