"""Signatures and defaults that callers rely on."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Decision, Example, Objection, Rule, reject, review
from goldseam.verify.policy.trees import Function, functions, line_of

_KINDS = frozenset(
    {"property", "staticmethod", "classmethod", "cached_property", "functools.cached_property"}
)


@dataclass(frozen=True, slots=True)
class Signature:
    """What a call must fit: names in order, how many of them are required, names given by keyword only."""

    positional: tuple[str, ...]
    required: int
    keywords: frozenset[str]
    required_keywords: frozenset[str]
    any_positional: bool
    any_keyword: bool

    def fits(self, call: ast.Call) -> bool:
        """Whether the call's arguments fit; a call with `*` or `**` is given the benefit of the doubt."""
        if any(isinstance(a, ast.Starred) for a in call.args) or any(k.arg is None for k in call.keywords):
            return True
        given = {k.arg for k in call.keywords if k.arg}
        if len(call.args) > len(self.positional) and not self.any_positional:
            return False
        if given - set(self.positional) - self.keywords and not self.any_keyword:
            return False
        missing = set(self.positional[len(call.args) : self.required]) | self.required_keywords
        return not missing - given


def check(change: FileChange, context: Context) -> Iterator[Objection]:
    """Calls in the project that fit the old signature and no longer fit; changed defaults and kinds."""
    before, after = functions(change.old_tree), functions(change.new_tree)
    for name in before.keys() & after.keys():
        old, new = before[name], after[name]
        if _kind(old) != _kind(new):
            yield review(line_of(new), f"'{name}' becomes another kind of function for its callers")
        elif (first := signature(old, is_method="." in name)) != (
            second := signature(new, is_method="." in name)
        ):
            yield from _callers(name, new, first, second, change, context)
        yield from _defaults(name, old, new)


def _callers(
    name: str, new: Function, first: Signature, second: Signature, change: FileChange, context: Context
) -> Iterator[Objection]:
    last = name.rpartition(".")[2]
    broken = [
        (path, call)
        for path, tree in _trees(last, change, context)
        for call in _calls(tree, last, is_method="." in name)
        if first.fits(call) and not second.fits(call)
    ]
    if broken and "." not in name:
        path, call = broken[0]
        yield reject(
            line_of(new), f"the signature of '{name}' no longer fits its call in {path}, line {call.lineno}"
        )
    elif broken:
        path, call = broken[0]
        yield review(
            line_of(new), f"the signature of '{name}' may not fit the call in {path}, line {call.lineno}"
        )
    elif not last.startswith("_") and _narrower(first, second):
        yield review(line_of(new), f"the signature of '{name}', a public name, takes less than before")


def _narrower(first: Signature, second: Signature) -> bool:
    """Whether a call may exist that fitted and no longer fits."""
    lost = set(first.positional) | first.keywords
    lost -= set(second.positional) | second.keywords
    if second.any_keyword and not set(first.positional) & lost:
        lost = set()
    grown = second.required > first.required or second.required_keywords - first.required_keywords
    return bool(lost or grown or (first.any_positional and not second.any_positional))


def _trees(name: str, change: FileChange, context: Context) -> Iterator[tuple[str, ast.Module]]:
    if change.new_tree is not None:
        yield change.path, change.new_tree
    yield from context.project.trees_with(name, besides=change.path)


def _calls(tree: ast.Module, name: str, *, is_method: bool) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=called)) if called == name and not is_method:
                yield node
            case ast.Call(func=ast.Attribute(attr=called)) if called == name:
                if is_method or not isinstance(node.func.value, ast.Call):  # type: ignore[attr-defined]
                    yield node


def signature(function: Function, *, is_method: bool) -> Signature:
    """The signature as callers see it: without `self` where it is a method."""
    arguments = function.args
    names = [a.arg for a in (*arguments.posonlyargs, *arguments.args)]
    required = len(names) - len(arguments.defaults)
    if is_method and _kind(function) != "staticmethod" and names[:1] in (["self"], ["cls"]):
        names, required = names[1:], max(0, required - 1)
    pairs = list(zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True))
    return Signature(
        tuple(names),
        required,
        frozenset(a.arg for a, _ in pairs),
        frozenset(a.arg for a, default in pairs if default is None),
        arguments.vararg is not None,
        arguments.kwarg is not None,
    )


def _kind(function: Function) -> str:
    names = [ast.unparse(decorator) for decorator in function.decorator_list]
    kinds = [name for name in names if name in _KINDS]
    return " ".join([*kinds, "async" if isinstance(function, ast.AsyncFunctionDef) else ""]).strip()


def _defaults(name: str, old: Function, new: Function) -> Iterator[Objection]:
    before, after = _default_values(old), _default_values(new)
    for argument in before.keys() & after.keys():
        if before[argument] != after[argument]:
            change = f"from {before[argument]} to {after[argument]}"
            yield review(line_of(new), f"the default of '{argument}' in '{name}' changes {change}")


def _default_values(function: Function) -> dict[str, str]:
    arguments = function.args
    names = [a.arg for a in (*arguments.posonlyargs, *arguments.args)]
    values = dict(zip(names[::-1], map(ast.unparse, arguments.defaults[::-1]), strict=False))
    pairs = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    return values | {a.arg: ast.unparse(default) for a, default in pairs if default is not None}


_OLD = "def area(a, b=1):\n    return a + b\n\nprint(area(2, 3))\n"
RULE = Rule(
    "changed signature",
    check,
    hits=(
        Example(_OLD, _OLD.replace("(a, b=1)", "(a)").replace("a + b", "a")),
        Example(_OLD, _OLD.replace("b=1", "b=1, *, c")),
        Example(_OLD, _OLD.replace("b=1", "b=5"), Decision.REVIEW),
        Example(_OLD, _OLD.replace("def", "async def"), Decision.REVIEW),
        Example(
            "def area(a, b):\n    return a\n",
            "def area(a, b, c):\n    return a\n",
            project={"app.py": "from job import area\narea(1, 2)\n"},
        ),
    ),
    misses=(
        Example(_OLD, _OLD.replace("b=1", "b=1, c=2")),
        Example(_OLD, _OLD.replace("+", "*")),
        Example("def _f(a):\n    return a\n", "def _f(a, b):\n    return a\n"),
        Example("def f(a):\n    return a\nf(1)\n", "def f(a, **rest):\n    return a\nf(1)\n"),
    ),
)
