"""Mutation operators, a module each family: its operators, and the examples that prove them."""

from importlib import import_module
from pkgutil import iter_modules

from goldseam.propose.mutating.mutant import Family


def families() -> tuple[Family, ...]:
    """All families, by walking this folder."""
    names = sorted(found.name for found in iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}").FAMILY for name in names)
