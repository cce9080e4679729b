"""A call that does not fit its function: pass what is missing, leave out what is too much."""

import ast
import builtins
import re
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.core.source import Edit, Span
from goldseam.languages.python_view import Defined, Module, Project, name_of, own
from goldseam.propose.templating.python_edits import nodes_at
from goldseam.propose.templating.scene import (
    GUESS,
    LIKELY,
    Repair,
    Scene,
    before,
    hit,
    miss,
    repair,
    template,
)

_MISSING = re.compile(r"([\w.<>]+)\(\) missing \d+ required (?:positional|keyword-only) arguments?: (.+)")
_TOO_MANY = re.compile(r"([\w.<>]+)\(\) takes (?:from \d+ to )?(\d+) positional arguments? but (\d+)")


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """Arguments by the names of parameters; the function's own free names as its parameters."""
    module = scene.module(fault)
    if module is None:
        return
    if match := _MISSING.search(fault.message):
        names = re.findall(r"'([^']+)'", match[2])
        for call in _calls(module, fault, match[1]):
            yield from _passed(module, call, names, fault.path)
        yield from _optional(scene.project, match[1], names)
    elif match := _TOO_MANY.search(fault.message):
        for call in _calls(module, fault, match[1]):
            yield from _shorter(module, call, int(match[3]) - int(match[2]), fault.path)
        yield from _taking(scene.project, match[1], int(match[3]) - int(match[2]))


def _calls(module: Module, fault: Fault, qualified: str) -> list[ast.Call]:
    parts = [part for part in qualified.split(".") if part != "<locals>"]
    wanted = {parts[-1]} if parts[-1] != "__init__" else {*parts[-2:-1]}
    return [call for call in nodes_at(module, fault, ast.Call) if name_of(call.func) in wanted][:1]


def _passed(module: Module, call: ast.Call, names: list[str], path: str) -> Iterator[Repair]:
    """The missing arguments, from names that are visible where the call stands."""
    sources = [_visible(module, call, name) for name in names]
    if all(sources):
        end = module.span(call).end - 1
        by_name = bool(call.keywords)
        given = [
            f"{name}={source}" if by_name else source for name, source in zip(names, sources, strict=True)
        ]
        text = ", ".join(given)
        comma = ", " if call.args or call.keywords else ""
        yield repair(path, f"passes {text}", before(end, f"{comma}{text}"))


def _visible(module: Module, call: ast.Call, name: str) -> str:
    """How a value of a name can be had at a call: as a local or global, or as an attribute of `self`."""
    function = module.function_of(call)
    scopes: list[ast.AST] = [module.tree, *([function] if function else [])]
    for scope in scopes:
        stored = (node for node in own(scope) if isinstance(node, ast.Name | ast.arg))
        named = {node.arg if isinstance(node, ast.arg) else node.id for node in stored if _binds(node)}
        if function is scope and function is not None:
            named |= {argument.arg for argument in function.args.args}
        if name in named:
            return name
    kept = {node.attr for node in module.every(ast.Attribute) if isinstance(node.ctx, ast.Store)}
    return f"self.{name}" if function and name in kept and _takes_self(function) else ""


def _binds(node: ast.Name | ast.arg) -> bool:
    return isinstance(node, ast.arg) or isinstance(node.ctx, ast.Store)


def _takes_self(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return [argument.arg for argument in function.args.args[:1]] == ["self"]


def _shorter(module: Module, call: ast.Call, surplus: int, path: str) -> Iterator[Repair]:
    if 0 < surplus <= len(call.args) and not any(isinstance(given, ast.Starred) for given in call.args):
        kept = call.args[: len(call.args) - surplus]
        start = module.span(kept[-1]).end if kept else module.span(call.args[0]).start
        edit = Edit(Span(start, module.span(call.args[-1]).end), b"")
        yield repair(path, "leaves out what it does not take", edit, cost=GUESS)


def _defined(project: Project, qualified: str) -> Iterator[Defined]:
    parts = [part for part in qualified.split(".") if part != "<locals>"]
    for defined in project.functions.get(parts[-1], ()):
        around = defined.module.class_of(defined.node)
        if len(parts) == 1 or (around and around.name == parts[-2]):
            yield defined


def _optional(project: Project, qualified: str, names: list[str]) -> Iterator[Repair]:
    """None as the default of the last parameters, where those are the missing ones."""
    for defined in _defined(project, qualified):
        spec = defined.node.args  # type: ignore[union-attr]
        positional = [*spec.posonlyargs, *spec.args]
        if [argument.arg for argument in positional[-len(names) :]] == names and not spec.defaults:
            edits = [before(defined.module.span(one).end, "=None") for one in positional[-len(names) :]]
            why = f"makes {', '.join(names)} optional"
            yield repair(defined.module.path, why, *edits, cost=GUESS)


def _taking(project: Project, qualified: str, surplus: int) -> Iterator[Repair]:
    """Parameters for names that the function reads and nobody gives it."""
    for defined in _defined(project, qualified):
        if isinstance(defined.node, ast.ClassDef):
            continue
        free = _free(defined)
        spec = defined.node.args
        if len(free) == surplus and not (spec.vararg or spec.kwonlyargs or spec.kwarg or spec.defaults):
            module, last = defined.module, spec.args[-1] if spec.args else None
            at = (
                module.span(last).end
                if last
                else module.data.index(b"(", module.span(defined.node).start) + 1
            )
            text = (", " if last else "") + ", ".join(free)
            yield repair(defined.module.path, f"takes {', '.join(free)}", before(at, text), cost=LIKELY)


def _free(defined: Defined) -> list[str]:
    """Names that a function reads and that neither it nor its module binds, in their order."""
    known = {name for scope in (defined.node, defined.module.tree) for name in _bound(scope)}
    known |= {argument.arg for argument in ast.walk(defined.node) if isinstance(argument, ast.arg)}
    reads = (node for node in own(defined.node) if isinstance(node, ast.Name))
    return list(dict.fromkeys(n.id for n in reads if n.id not in known and not hasattr(builtins, n.id)))


def _bound(scope: ast.AST) -> Iterator[str]:
    for node in own(scope):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from ((alias.asname or alias.name).partition(".")[0] for alias in names)


EXAMPLES = (
    hit(
        "def area(width, height):\n    return width * height\n\n\ndef show(width, height):\n"
        "    return area(width)\n\n\nprint(show(2, 3))\n",
        ("area(width)\n", "area(width, height)\n"),
        expected="6\n",
    ),
    hit(
        "def area(width):\n    return width * height\n\n\nprint(area(2, 3))\n",
        ("area(width)", "area(width, height)"),
        expected="6\n",
    ),
    hit("def twice(x):\n    return x * 2\n\n\nprint(twice(2, 3))\n", ("(2, 3)", "(2)"), expected="4\n"),
    miss("def f(a):\n    return a\n\n\nprint(f('a') + 1)\n"),
)
TEMPLATE = template("fitting_call", (Code.TYP_ARITY,), mend, EXAMPLES)
