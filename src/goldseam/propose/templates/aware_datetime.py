"""Moments with a time zone met by moments without one: give all of them a zone, in UTC."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.core.source import Edit, Span
from goldseam.languages.python_view import Module, dotted_of, text_of
from goldseam.propose.templating.python_edits import imported, nodes_at
from goldseam.propose.templating.scene import GUESS, LIKELY, Mended, Repair, Scene, repair, template

_NOW = frozenset({"now", "utcnow"})
_STAMP = frozenset({"fromtimestamp", "utcfromtimestamp"})


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """All naive moments of the file made aware, those of the fault's own function alone, or each."""
    module = scene.module(fault)
    if module is None:
        return
    naive = [(call, edits) for call in module.every(ast.Call) if (edits := _aware(module, call))]
    here = {id(call) for call in nodes_at(module, fault, ast.Call)}
    function = module.function_of(_first_at(module, fault))
    near = [edits for call, edits in naive if module.function_of(call) is function or id(call) in here]
    why = "gives every moment a time zone"
    together = [edit for _, edits in naive for edit in edits]
    if together:
        yield _with_zone(module, fault, why, together, LIKELY)
    if near and len(near) < len(naive):
        yield _with_zone(module, fault, why, [edit for edits in near for edit in edits], GUESS)
    if len(naive) > 1:
        for _, edits in naive:
            yield _with_zone(module, fault, why, list(edits), GUESS)


def _first_at(module: Module, fault: Fault) -> ast.AST:
    found: list[ast.AST] = [*nodes_at(module, fault, ast.Call), *nodes_at(module, fault, ast.Compare)]
    return found[0] if found else module.tree


def _with_zone(module: Module, fault: Fault, why: str, edits: list[Edit], cost: float) -> Repair:
    statement = "" if _by_module(module) else "from datetime import timezone"
    needed = imported(module, statement) if statement else ()
    return repair(fault.path, why, *dict.fromkeys([*edits, *needed]), cost=cost)


def _by_module(module: Module) -> bool:
    """Whether the file knows the library as `datetime.datetime`."""
    return any(alias.name == "datetime" for node in module.every(ast.Import) for alias in node.names)


def _aware(module: Module, call: ast.Call) -> tuple[Edit, ...]:
    """The edits that give a naive moment its zone."""
    if not isinstance(call.func, ast.Attribute) or not _is_class(call.func.value):
        return ()
    zone = "datetime.timezone.utc" if _by_module(module) else "timezone.utc"
    method, end = call.func.attr, module.span(call).end
    keywords = {keyword.arg for keyword in call.keywords}
    if method in _NOW and not call.args and not keywords:
        start = module.span(call.func.value).end
        return (Edit(Span(start, end), f".now({zone})".encode()),)
    if method in _STAMP and len(call.args) == 1 and not keywords:
        name = Span(module.span(call.func.value).end, module.span(call.func).end)
        return Edit(name, b".fromtimestamp"), Edit(Span(end - 1, end - 1), f", {zone}".encode())
    if method == "strptime" and len(call.args) == 2 and "%z" not in (text_of(call.args[1]) or "%z"):
        return (Edit(Span(end, end), f".replace(tzinfo={zone})".encode()),)
    return ()


def _is_class(node: ast.expr) -> bool:
    return dotted_of(node).rpartition(".")[2] == "datetime"


_DUE = "from datetime import {}\n\nDUE = datetime(2020, 1, 1, tzinfo=timezone.utc)\nprint({} > DUE)\n"
_SPAN = """\
import datetime

start = datetime.datetime.now({})
end = datetime.datetime.now(datetime.timezone.utc)
print((end - start).days)
"""
EXAMPLES = (
    Mended(
        _DUE.format("datetime, timezone", "datetime.utcnow()"),
        _DUE.format("datetime, timezone", "datetime.now(timezone.utc)"),
    ),
    Mended(
        _SPAN.format(""),
        _SPAN.format("datetime.timezone.utc"),
    ),
    Mended(
        "from datetime import datetime, timezone\n\nread = datetime.strptime('2024-01-02', '%Y-%m-%d')\n"
        "print(read < datetime.now(timezone.utc))\n",
        "from datetime import datetime, timezone\n\n"
        "read = datetime.strptime('2024-01-02', '%Y-%m-%d').replace(tzinfo=timezone.utc)\n"
        "print(read < datetime.now(timezone.utc))\n",
    ),
    Mended("from datetime import datetime, timezone\nprint(datetime.now(timezone.utc) < 3)\n"),
)
TEMPLATE = template("aware_datetime", (Code.SEM_NAIVE_DATETIME,), mend, EXAMPLES)
