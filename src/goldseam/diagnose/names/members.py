"""What an object has: attributes of classes by their sources, of built-in types by themselves."""

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass

from goldseam.diagnose.names.program import Function, Module, Program

_MAX_BASES = 30


@dataclass(frozen=True, slots=True)
class Members:
    """Names that a class has; not `complete` where a base class is not known."""

    names: frozenset[str]
    complete: bool = True


def members_of(name: str, program: Program) -> Members:
    """Attributes of the class `name`, its own and those of its bases."""
    names: set[str] = set()
    complete, seen, todo = True, set[str](), [name]
    while todo and len(seen) < _MAX_BASES:
        current = todo.pop()
        if current in seen:
            continue
        seen.add(current)
        found = program.classes(current)
        for _, node in found:
            names |= set(own_members(node))
            todo += [text for base in node.bases if (text := last_name(base))]
        if not found:
            built_in = getattr(builtins, current, None)
            complete = complete and isinstance(built_in, type)
            names |= set(dir(built_in)) if isinstance(built_in, type) else set()
    return Members(frozenset(names | set(dir(object))), complete)


def own_members(node: ast.ClassDef) -> Iterator[str]:
    """Methods, class attributes, and what methods assign to `self`."""
    for statement in node.body:
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield statement.name
            case ast.Assign(targets=targets):
                yield from (target.id for target in targets if isinstance(target, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case _:
                continue
    for inner in ast.walk(node):
        match inner:
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=attr, ctx=ast.Store()):
                yield attr
            case _:
                continue


def last_name(node: ast.AST) -> str:
    """`c` of `a.b.c`, `c` of `c[int]`, or nothing."""
    while isinstance(node, ast.Subscript):
        node = node.value
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def takes_self(function: Function, module: Module) -> bool:
    """Whether a function stands in a class and is handed its object."""
    if module.class_of(function) is None:
        return False
    names = {last_name(decorator) for decorator in function.decorator_list}
    return "staticmethod" not in names


def self_name(function: Function) -> str:
    """Name of the first parameter, or nothing."""
    first = [*function.args.posonlyargs, *function.args.args][:1]
    return first[0].arg if first else ""
