"""Every operator family's own examples: the changes it makes, and those that it must not make."""

import pytest

from goldseam.core.source import apply_edits
from goldseam.propose.mutating.mutant import Example, Family
from goldseam.propose.mutating.sites import changes, sites
from goldseam.propose.mutations import families
from goldseam.propose.trees.reading import parses, read

EXAMPLES = [
    pytest.param(family, example, id=f"{family.name}-{number}")
    for family in families()
    for number, example in enumerate(family.examples)
]


def texts(family: Family, example: Example) -> set[str]:
    tree = read(example.name, example.before.encode())
    assert tree is not None
    found = (change for site in sites(tree, {}) for change in changes(site, (family,)))
    return {apply_edits(tree.data, change.edits).decode() for change in found}


@pytest.mark.parametrize(("family", "example"), EXAMPLES)
def test_examples(family: Family, example: Example) -> None:
    assert parses(example.name, example.after.encode()) or not example.is_hit
    assert (example.after in texts(family, example)) == example.is_hit


@pytest.mark.parametrize("family", families(), ids=lambda family: family.name)
def test_each_family_shows_hits_and_near_misses_in_three_languages(family: Family) -> None:
    suffixes = {example.name.rpartition(".")[2] for example in family.examples if example.is_hit}
    assert suffixes >= {"py", "js", "php"} or family.name in {"branches"}
    assert sum(not example.is_hit for example in family.examples) >= 2
