"""Records as dicts whose keys are all written out: who makes them, and who reads which keys."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from goldseam.languages.python_view import Defined, Function, Module, dotted_of, name_of, own, text_of


@dataclass(frozen=True, slots=True)
class Producer:
    """A function and the keys of the dicts that it returns, with the places where each is written."""

    module: Module
    function: Function
    places: Mapping[str, ast.AST]

    @property
    def keys(self) -> frozenset[str]:
        """What at least one of the dicts has."""
        return frozenset(self.places)


@dataclass(frozen=True, slots=True)
class Read:
    """A key read from some record; `sure` where a missing one raises."""

    module: Module
    node: ast.AST
    key: str
    sure: bool


def producer_of(defined: Defined) -> Producer | None:
    """A function as a producer, if every return of it is such a dict."""
    function = defined.node
    if isinstance(function, ast.ClassDef):
        return None
    inside = list(own(function))
    returned = [node.value for node in inside if isinstance(node, ast.Return) and node.value is not None]
    displays = [display_of(value, inside) for value in returned]
    found = [display for display in displays if display is not None]
    if not found or len(found) != len(returned):
        return None
    places = {
        key: node
        for value, display in zip(returned, found, strict=True)
        for key, node in (*_written(display), *_added(value, inside))
    }
    return Producer(defined.module, function, places) if places else None


def display_of(value: ast.expr, inside: Sequence[ast.AST]) -> ast.Dict | ast.Call | None:
    """The dict that is returned, also by way of one local name."""
    if isinstance(value, ast.Name):
        given = [
            node.value
            for node in inside
            if isinstance(node, ast.Assign)
            and any(isinstance(target, ast.Name) and target.id == value.id for target in node.targets)
        ]
        open_ended = any(
            isinstance(node, ast.Call) and dotted_of(node.func) == f"{value.id}.update" for node in inside
        )
        return display_of(given[0], ()) if len(given) == 1 and not open_ended else None
    if isinstance(value, ast.Dict) and all(text_of(key) is not None for key in value.keys):
        return value
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "dict":
        plain = not value.args and value.keywords and all(keyword.arg for keyword in value.keywords)
        return value if plain else None
    return None


def keys_of(display: ast.Dict | ast.Call) -> frozenset[str]:
    """The keys that are written out."""
    return frozenset(key for key, _ in _written(display))


def _written(display: ast.Dict | ast.Call) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(display, ast.Dict):
        yield from ((text, key) for key in display.keys if key and (text := text_of(key)) is not None)
    else:
        yield from ((keyword.arg, keyword) for keyword in display.keywords if keyword.arg)


def _added(value: ast.expr, inside: Sequence[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    """Keys that are set on the returned name one by one."""
    for node in inside if isinstance(value, ast.Name) else ():
        if not isinstance(node, ast.Subscript) or not isinstance(node.ctx, ast.Store):
            continue
        key = text_of(node.slice)
        if key is not None and name_of(node.value) == name_of(value):
            yield key, node


def reads_in(module: Module) -> Iterator[Read]:
    """Every key that is read of a name, an element or a call's result."""
    for node in module.every(ast.Subscript):
        if isinstance(node.ctx, ast.Load) and (key := text_of(node.slice)) is not None:
            yield Read(module, node, key, sure=True)
    for call in module.every(ast.Call):
        is_get = isinstance(call.func, ast.Attribute) and call.func.attr == "get" and call.args
        if is_get and (key := text_of(call.args[0])) is not None:
            yield Read(module, call, key, sure=False)
    for comparison in module.every(ast.Compare):
        if (
            isinstance(comparison.ops[0], ast.In | ast.NotIn)
            and (key := text_of(comparison.left)) is not None
        ):
            yield Read(module, comparison, key, sure=False)
