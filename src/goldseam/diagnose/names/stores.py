"""Where names, attributes and containers get their values."""

import ast
from collections.abc import Iterator

from goldseam.diagnose.names.members import last_name
from goldseam.diagnose.names.program import Module


def assigned(module: Module, scope: ast.AST, name: str) -> Iterator[tuple[Module, ast.AST]]:
    """Values that a scope assigns to a name."""
    for node in module.names:
        if node.id == name and isinstance(node.ctx, ast.Store) and module.scope(node) is scope:
            parent = module.parents.get(node)
            match parent:
                case (
                    ast.Assign(value=value)
                    | ast.AnnAssign(value=ast.expr() as value)
                    | ast.NamedExpr(value=value)
                ):
                    yield module, value
                case ast.Tuple(elts=targets) as group:
                    whole = module.parents.get(group)
                    values = whole.value if isinstance(whole, ast.Assign) else None
                    if isinstance(values, ast.Tuple) and len(values.elts) == len(targets):
                        yield module, values.elts[targets.index(node)]
                case _:
                    continue


def looped(module: Module, scope: ast.AST, name: str) -> Iterator[tuple[Module, ast.AST]]:
    """What loops and comprehensions of a scope take a name's values from."""
    for node in module.names:
        if node.id == name and isinstance(node.ctx, ast.Store) and module.scope(node) is scope:
            match module.parents.get(node):
                case ast.For(iter=value) | ast.AsyncFor(iter=value) | ast.comprehension(iter=value):
                    yield module, value
                case _:
                    continue


def stored(module: Module, name: str) -> Iterator[ast.AST]:
    """Values that are assigned to an attribute, of objects and in class bodies."""
    for node in module.attributes:
        if node.attr == name and isinstance(node.ctx, ast.Store):
            parent = module.parents.get(node)
            if isinstance(parent, ast.Assign | ast.AnnAssign) and parent.value is not None:
                yield parent.value
    for owner in module.classes:
        for statement in owner.body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == name:
                    yield value
                case ast.AnnAssign(target=ast.Name(id=found), value=ast.expr() as value) if found == name:
                    yield value
                case _:
                    continue


def shown_elements(node: ast.AST) -> list[ast.expr]:
    """What a display or a comprehension holds; of a dictionary its values."""
    match node:
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts) | ast.Dict(values=parts):
            return parts
        case ast.ListComp(elt=part) | ast.GeneratorExp(elt=part) | ast.DictComp(value=part):
            return [part]
        case _:
            return []


def appended(module: Module, name: str) -> Iterator[ast.expr]:
    """What a module appends to containers of a name."""
    for call in module.calls:
        match call:
            case ast.Call(func=ast.Attribute(value=value, attr="append" | "add"), args=[part, *_]):
                if last_name(value) == name:
                    yield part
            case _:
                continue
