"""Where a value comes from: back through assignments, arguments, attributes, keys and returns.

A walk over the sources of bounded depth; it follows names without deciding which path ran, so that it finds
candidates. Frames of the failure tell which call gave a parameter its value.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from goldseam.diagnose.names.members import last_name, takes_self
from goldseam.diagnose.names.program import Function, Module, Program, arguments
from goldseam.diagnose.names.returns import falls_through, is_abstract, is_generator, returns
from goldseam.diagnose.names.stores import appended, assigned, looped, shown_elements, stored

MAX_STEPS = 400
MAX_DEPTH = 7
NONE, COROUTINE = "NoneType", "coroutine"

_BUILT = {
    "str": "str", "repr": "str", "input": "str", "format": "str", "chr": "str", "int": "int", "len": "int",
    "ord": "int", "round": "int", "float": "float", "bool": "bool", "isinstance": "bool", "list": "list",
    "sorted": "list", "dict": "dict", "set": "set", "tuple": "tuple", "bytes": "bytes", "print": NONE,
    "range": "range", "zip": "zip", "map": "map", "filter": "filter", "enumerate": "enumerate",
    "reversed": "reversed", "frozenset": "frozenset",
}  # fmt: skip
_METHODS = {
    "split": "list", "splitlines": "list", "rsplit": "list", "join": "str", "strip": "str", "lower": "str",
    "upper": "str", "replace": "str", "format": "str", "title": "str", "rstrip": "str", "lstrip": "str",
    "encode": "bytes", "decode": "str", "keys": "dict_keys", "values": "dict_values", "items": "dict_items",
    "sort": NONE, "append": NONE, "extend": NONE, "insert": NONE, "reverse": NONE, "clear": NONE,
    "update": NONE, "add": NONE, "discard": NONE, "remove": NONE, "partition": "tuple", "isoformat": "str",
}  # fmt: skip
AWAITED = frozenset(f"asyncio.{name}" for name in ("gather", "sleep", "wait_for", "wait", "to_thread"))
IN_PLACE = frozenset({"sort", "append", "extend", "insert", "reverse", "clear", "update", "add", "discard"})
_LITERALS: tuple[tuple[type[ast.AST], str], ...] = (
    (ast.JoinedStr, "str"),
    (ast.List, "list"),
    (ast.ListComp, "list"),
    (ast.Dict, "dict"),
    (ast.DictComp, "dict"),
    (ast.Set, "set"),
    (ast.SetComp, "set"),
    (ast.Tuple, "tuple"),
    (ast.Lambda, "function"),
    (ast.GeneratorExp, "generator"),
    (ast.Compare, "bool"),
)


@dataclass(frozen=True, slots=True)
class Origin:
    """A node that makes a value of a known type: a literal, a call, a `return`, a function without one."""

    module: Module
    node: ast.AST
    type: str
    steps: int
    alone: bool = True
    """Whether its variable is given a value here only."""


def type_of(node: ast.AST) -> str:
    """The type of an expression that shows it by itself, or nothing."""
    if isinstance(node, ast.Constant):
        return type(node.value).__name__
    for kind, name in _LITERALS:
        if isinstance(node, kind):
            return name
    match node:
        case ast.Call(func=ast.Name(id=name)):
            return _BUILT.get(name, "")
        case ast.Call(func=ast.Attribute(attr=attr)):
            return _METHODS.get(attr, "")
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult(), right=right):
            return type_of(left) if type_of(left) == type_of(right) else ""
        case ast.BinOp(left=left, op=ast.Mod()):
            return "str" if type_of(left) == "str" else ""
        case ast.UnaryOp(op=ast.Not()):
            return "bool"
        case ast.UnaryOp(operand=operand):
            return type_of(operand)
        case _:
            return ""


class Trace:
    """One walk; `frames` are the lines that the failure went through, outermost first."""

    def __init__(self, program: Program, frames: tuple[tuple[Module, int], ...]) -> None:
        self._program = program
        self._frames = frames
        self._seen: set[tuple[int, int]] = set()
        self._left = MAX_STEPS

    def origins(self, module: Module, node: ast.AST, level: int, steps: int = 0) -> Iterator[Origin]:
        """Origins of an expression, the nearest first; `level` is the frame that it was evaluated in."""
        if steps > MAX_DEPTH or self._left <= 0 or (id(node), level) in self._seen:
            return
        self._seen.add((id(node), level))
        self._left -= 1
        if kind := type_of(node):
            yield Origin(module, node, kind, steps)
            return
        match node:
            case ast.Name():
                yield from self._of_name(module, node, level, steps + 1)
            case ast.Attribute():
                yield from self._of_attribute(module, node, steps + 1)
            case (ast.Call() as call) | ast.Await(value=ast.Call() as call):
                yield from self._of_call(module, call, steps + 1, awaited=call is not node)
            case ast.IfExp() | ast.BoolOp() | ast.NamedExpr():
                for part in _alternatives(node):
                    yield from self.origins(module, part, level, steps + 1)
            case ast.Starred(value=value):
                yield from self._elements(module, value, level, steps + 1)
            case ast.Subscript(slice=ast.Constant(value=str(key))):
                yield from self._of_key(key, steps + 1)
            case _:
                return

    def _of_name(self, module: Module, node: ast.Name, level: int, steps: int) -> Iterator[Origin]:
        scope = module.scope(node)
        for owner, value in looped(module, scope, node.id):
            yield from self._elements(owner, value, level, steps)
        values = list(assigned(module, scope, node.id))
        is_parameter = isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef) and any(
            argument.arg == node.id for argument in arguments(scope.args)
        )
        if not values and not is_parameter and scope is not module.tree:
            values = list(assigned(module, module.tree, node.id)) or self._imported(module, node.id)
            scope = module.tree
        alone = len(values) == 1 and not is_parameter
        for owner, value in values:
            for origin in self.origins(owner, value, level, steps):
                yield Origin(origin.module, origin.node, origin.type, origin.steps, origin.alone and alone)
        if is_parameter and isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from self._of_parameter(module, scope, node.id, level, steps)

    def _elements(self, module: Module, node: ast.AST, level: int, steps: int) -> Iterator[Origin]:
        """Origins of what a container holds: of displays, of comprehensions, of what is appended."""
        if steps > MAX_DEPTH:
            return
        for owner, shown, above in self._containers(module, node, level, steps):
            for part in shown_elements(shown):
                yield from self.origins(owner, part, above, steps + 1)
        name = last_name(node)
        for owner in self._program.modules if name else ():
            for part in appended(owner, name):
                yield from self.origins(owner, part, -1, steps + 1)

    def _containers(
        self, module: Module, node: ast.AST, level: int, steps: int
    ) -> Iterator[tuple[Module, ast.AST, int]]:
        """The displays that an expression over a container leads to."""
        match node:
            case ast.Call(func=ast.Attribute(value=inner, attr="values" | "items" | "copy")):
                yield from self._containers(module, inner, level, steps + 1)
            case ast.Call(
                func=ast.Name(id="sorted" | "list" | "reversed" | "enumerate" | "set"), args=[inner, *_]
            ):
                yield from self._containers(module, inner, level, steps + 1)
            case ast.List() | ast.Tuple() | ast.Set() | ast.Dict() | ast.ListComp() | ast.GeneratorExp():
                yield module, node, level
            case _:
                for origin in self.origins(module, node, level, steps + 1):
                    yield origin.module, origin.node, -1

    def _imported(self, module: Module, name: str) -> list[tuple[Module, ast.AST]]:
        for node in module.nodes:
            if isinstance(node, ast.ImportFrom) and any((a.asname or a.name) == name for a in node.names):
                original = next(a.name for a in node.names if (a.asname or a.name) == name)
                if owner := self._program.named((node.module or "").lstrip(".")):
                    return list(assigned(owner, owner.tree, original))
        return []

    def _of_parameter(
        self, module: Module, function: Function, name: str, level: int, steps: int
    ) -> Iterator[Origin]:
        """What the calling frame passes; without one, what any call passes."""
        calls = list(self._calling(module, function, level))
        if not calls:
            every = ((m, call) for m in self._program.modules for call in m.calls)
            calls = [(m, c, -1) for m, c in every if last_name(c.func) == _called_as(module, function)]
        for owner, call, above in calls[:8]:
            if (value := argument_for(function, call, name, takes_self(function, module))) is not None:
                yield from self.origins(owner, value, above, steps)
        if default := _default(function, name):
            yield from self.origins(module, default, level, steps)

    def _calling(
        self, module: Module, function: Function, level: int
    ) -> Iterator[tuple[Module, ast.Call, int]]:
        for above in range(level - 1, -1, -1):
            owner, line = self._frames[above]
            named = _called_as(module, function)
            found = [c for c in owner.calls if _covers(c, line) and last_name(c.func) == named]
            if found:
                yield from ((owner, call, above) for call in found)
                return

    def _of_attribute(self, module: Module, node: ast.Attribute, steps: int) -> Iterator[Origin]:
        """What any module assigns to an attribute of this name."""
        found: list[tuple[Module, ast.AST]] = []
        for owner in self._program.modules:
            found += [(owner, value) for value in stored(owner, node.attr)]
        for owner, value in found:
            for origin in self.origins(owner, value, -1, steps):
                yield Origin(
                    origin.module, origin.node, origin.type, origin.steps, origin.alone and len(found) == 1
                )
        yield from self._of_property(node.attr, steps)

    def _of_property(self, name: str, steps: int) -> Iterator[Origin]:
        for owner, function in self._program.functions(name):
            if any(last_name(d).endswith("property") for d in function.decorator_list):
                yield from self.returned(owner, function, steps)

    def _of_call(self, module: Module, call: ast.Call, steps: int, awaited: bool = False) -> Iterator[Origin]:
        if not awaited and ast.unparse(call.func) in AWAITED:
            yield Origin(module, call, COROUTINE, steps)
        for owner, function in self._program.functions(last_name(call.func))[:4]:
            if isinstance(function, ast.AsyncFunctionDef) and not awaited:
                yield Origin(module, call, COROUTINE, steps)
            elif not is_generator(owner, function):
                yield from self.returned(owner, function, steps)

    def returned(self, module: Module, function: Function, steps: int) -> Iterator[Origin]:
        """What a function returns: each `return`, and None where it may end without one."""
        if is_abstract(function):
            return
        for node in returns(module, function):
            if node.value is None:
                yield Origin(module, node, NONE, steps)
            elif type_of(node.value) == NONE:
                yield Origin(module, node, NONE, steps, alone=False)
            else:
                yield from self.origins(module, node.value, -1, steps + 1)
        if falls_through(function.body):
            yield Origin(module, function, NONE, steps)

    def _of_key(self, key: str, steps: int) -> Iterator[Origin]:
        """Values that dictionary displays of any module hold under a key."""
        for module in self._program.modules:
            for node in module.nodes:
                if isinstance(node, ast.Dict):
                    for k, value in zip(node.keys, node.values, strict=True):
                        if isinstance(k, ast.Constant) and k.value == key:
                            yield from self.origins(module, value, -1, steps)


def argument_for(function: Function, call: ast.Call, name: str, bound: bool) -> ast.expr | None:
    """The expression that a call passes for a parameter."""
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    positional = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    if name not in positional:
        return None
    at = positional.index(name) - (1 if bound else 0)
    plain = not any(isinstance(argument, ast.Starred) for argument in call.args)
    return call.args[at] if plain and 0 <= at < len(call.args) else None


def _called_as(module: Module, function: Function) -> str:
    owner = module.class_of(function)
    return owner.name if owner is not None and function.name == "__init__" else function.name


def _default(function: Function, name: str) -> ast.expr | None:
    plain = [*function.args.posonlyargs, *function.args.args]
    pairs = zip(reversed(plain), reversed(function.args.defaults), strict=False)
    named = [default for argument, default in pairs if argument.arg == name]
    only = zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
    named += [default for argument, default in only if argument.arg == name and default]
    return named[0] if named else None


def _covers(node: ast.expr, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)


def _alternatives(node: ast.IfExp | ast.BoolOp | ast.NamedExpr) -> list[ast.expr]:
    match node:
        case ast.IfExp(body=body, orelse=orelse):
            return [body, orelse]
        case ast.BoolOp(values=values):
            return values
        case ast.NamedExpr(value=value):
            return [value]
