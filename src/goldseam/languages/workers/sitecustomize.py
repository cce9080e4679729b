"""Runs in a box at the start of every interpreter: the tracer first, then the owner's own `sitecustomize`."""

import sys
from contextlib import suppress
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec

HERE = __file__.rpartition("/")[0]


def owners() -> None:
    """Run the module that this file hides."""
    sys.path[:] = [path for path in sys.path if path != HERE]
    spec = PathFinder.find_spec("sitecustomize", sys.path)
    if spec is not None and spec.loader is not None:
        module = module_from_spec(spec)
        sys.modules["sitecustomize"] = module
        spec.loader.exec_module(module)


with suppress(Exception):  # Whatever happens in the tracer must not change the run.
    import_module("python_tracer").begin()
owners()
