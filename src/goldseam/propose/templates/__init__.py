"""All templates. A new one is a file here with a `TEMPLATE`."""

from importlib import import_module
from pkgutil import iter_modules

from goldseam.propose.templating.scene import Template

TEMPLATES: tuple[Template, ...] = tuple(
    import_module(f"{__name__}.{found.name}").TEMPLATE
    for found in sorted(iter_modules(__path__), key=lambda module: module.name)
)
