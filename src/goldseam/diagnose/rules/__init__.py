"""All rules of meaning. A new one is a file here with a `RULE`."""

from importlib import import_module
from pkgutil import iter_modules

RULES = tuple(
    import_module(f"{__name__}.{found.name}").RULE
    for found in sorted(iter_modules(__path__), key=lambda module: module.name)
)
