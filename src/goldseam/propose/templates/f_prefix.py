"""Text with names in braces that are never filled in: the `f` before the quote is missing."""

import ast
import re
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.languages.python_view import Module, own
from goldseam.propose.templating.scene import LIKELY, SURE, Repair, Scene, before, hit, miss, repair, template

_FIELD = re.compile(r"(?<!\{)\{([A-Za-z_]\w*)(?:[.\[(][^{}]*)?(?:![rsa])?(?::[^{}]*)?\}(?!\})")


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """All such texts of the file, those that the program printed as they are for certain."""
    module = scene.module(fault)
    if module is None:
        return
    found = [node for node in module.every(ast.Constant) if _is_unfilled(module, node)]
    run = scene.case.observation.run
    printed = run.stdout.decode("utf-8", "replace") if run else ""
    shown = [node for node in found if any(match[0] in printed for match in _FIELD.finditer(str(node.value)))]
    for some, cost in ((shown, SURE), (found, LIKELY)):
        if some:
            edits = [before(module.span(node).start, "f") for node in some]
            yield repair(fault.path, "fills in the names in braces", *edits, cost=cost)


def _is_unfilled(module: Module, node: ast.Constant) -> bool:
    """Whether a text names what is visible where it stands, and nothing else fills it in."""
    if not isinstance(node.value, str) or module.text(node)[:1] not in ("'", '"'):
        return False
    fields = _FIELD.findall(node.value)
    parent = module.parent(node)
    used = isinstance(parent, ast.Attribute | ast.Expr | ast.JoinedStr)
    return bool(fields) and not used and set(fields) <= _visible(module, node)


def _visible(module: Module, node: ast.AST) -> set[str]:
    names: set[str] = set()
    for around in (*module.ancestors(node), module.tree):
        if isinstance(around, ast.FunctionDef | ast.AsyncFunctionDef):
            names |= {argument.arg for argument in ast.walk(around.args) if isinstance(argument, ast.arg)}
        if isinstance(around, ast.FunctionDef | ast.AsyncFunctionDef | ast.Module):
            stored = (inner for inner in own(around) if isinstance(inner, ast.Name))
            names |= {name.id for name in stored if isinstance(name.ctx, ast.Store)}
        for generator in getattr(around, "generators", ()):
            names |= {inner.id for inner in ast.walk(generator.target) if isinstance(inner, ast.Name)}
    return names


EXAMPLES = (
    hit(
        "def greet(name):\n    return 'Hello {name}!'\n\n\nprint(greet('Ada'))\n",
        ("'Hello", "f'Hello"),
        expected="Hello Ada!\n",
    ),
    hit(
        'total = 3.5\nrows = [1]\nprint("sum: {total:.2f} of {rows[0]}")\n'.replace(
            "{len(rows)}", "{rows[0]}"
        ),
        ('"sum', 'f"sum'),
        expected="sum: 3.50 of 1\n",
    ),
    miss("name = 'Ada'\nprint('Hello {name}'.format(name=name))\n", expected="Hello Bob\n"),
    miss("print('{key}')\n", expected="key\n"),
)
TEMPLATE = template("f_prefix", (Code.LOG_WRONG_OUTPUT, Code.LOG_WRONG_RESULT), mend, EXAMPLES)
