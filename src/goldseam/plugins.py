"""What can be added as one file, and how such files are found.

A plugin is a module with functions marked `@hookimpl`, named after a hook of `Hooks`. It takes those of the
hook's arguments that it needs. goldseam's own plugins are found by walking `PACKAGES`; others by the entry
point group `goldseam` of installed distributions:

    [project.entry-points.goldseam]
    my_plugin = "my_package.my_module"
"""

from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import chain
from pkgutil import iter_modules
from typing import TypeVar

import pluggy

from goldseam.core.language import Language
from goldseam.core.ports import Analyzer, Fixer, Model, Tools

GROUP = "goldseam"
PACKAGES = ("goldseam.languages", "goldseam.diagnose.analyzers", "goldseam.propose")

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)

T = TypeVar("T")


class Hooks:
    """The hooks; every implementation's values are taken together."""

    @hookspec
    def goldseam_languages(self) -> Iterable[Language]:
        """Languages that are healed."""
        return ()

    @hookspec
    def goldseam_analyzers(self, tools: Tools, languages: tuple[Language, ...]) -> Iterable[Analyzer]:
        """Analyzers that turn what was seen into faults; those that ask a language's program take `tools`."""
        return ()

    @hookspec
    def goldseam_fixers(self, model: Model, languages: tuple[Language, ...], seed: int) -> Iterable[Fixer]:
        """Fixers of any rung; `model` may be asked only while a repair runs."""
        return ()


class Plugins:
    """All plugins of this installation; raises `pluggy.PluginValidationError` for a misspelt argument."""

    def __init__(self) -> None:
        self._manager = pluggy.PluginManager(GROUP)
        self._manager.add_hookspecs(Hooks)
        for name in own_modules():
            self._manager.register(import_module(name), name)
        self._manager.load_setuptools_entrypoints(GROUP)
        self._manager.check_pending()

    @property
    def modules(self) -> tuple[str, ...]:
        """Names of the modules that implement a hook."""
        named = self._manager.list_name_plugin()
        return tuple(name for name, plugin in named if plugin and self._manager.get_hookcallers(plugin))

    def languages(self) -> tuple[Language, ...]:
        return _all(self._manager.hook.goldseam_languages())

    def analyzers(self, tools: Tools, languages: tuple[Language, ...]) -> tuple[Analyzer, ...]:
        return _all(self._manager.hook.goldseam_analyzers(tools=tools, languages=languages))

    def fixers(self, model: Model, languages: tuple[Language, ...], seed: int) -> tuple[Fixer, ...]:
        return _all(self._manager.hook.goldseam_fixers(model=model, languages=languages, seed=seed))


def own_modules() -> Iterator[str]:
    """Modules of goldseam that may hold plugins, sorted within their package."""
    for package in PACKAGES:
        for found in sorted(iter_modules(import_module(package).__path__), key=lambda module: module.name):
            name = f"{package}.{found.name}"
            if not found.ispkg:
                yield name


def _all(values: Iterable[Iterable[T]]) -> tuple[T, ...]:
    return tuple(chain.from_iterable(values))
