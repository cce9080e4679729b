"""The policy over whole snapshots: every rule on every changed file."""

from collections.abc import Sequence

from goldseam.core.incident import OracleSpec
from goldseam.core.observation import Observation
from goldseam.core.source import Snapshot
from goldseam.verify.policy.change import file_change
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.project import Project
from goldseam.verify.policy.rules import RULES
from goldseam.verify.policy.ruling import Ruling


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
        for objection in rule.check(change, context)
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda ruling: -ruling.decision))
