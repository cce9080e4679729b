"""Runs in a box at the start of every interpreter: what lies beside it, then the owner's `sitecustomize`."""

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


for name in ("python_tracer", "python_screen_run"):
    with suppress(Exception):  # One of them is not here; whatever happens in it must not change the run.
        import_module(name).begin()
owners()
