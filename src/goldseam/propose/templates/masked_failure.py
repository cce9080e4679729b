"""Failure that is reported as success: what says yes says no, or lets the error through."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.core.source import Edit
from goldseam.languages.python_view import Module, text_of
from goldseam.propose.templating.python_edits import nodes_at, replaced
from goldseam.propose.templating.scene import GUESS, Mended, Repair, Scene, repair, template

_YES = {
    "ok": "error", "success": "failure", "succeeded": "failed", "paid": "unpaid", "sent": "failed",
    "approved": "rejected", "accepted": "rejected", "completed": "failed",
}  # fmt: skip
_SAID = frozenset(
    {"ok", "success", "succeeded", "paid", "sent", "valid", "approved", "done", "accepted", "status", "state"}
)


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """What says yes says no; a lookup without its stand-in; a handler that raises again."""
    module = scene.module(fault)
    if module is None:
        return
    if fault.detail == "choice":
        yield from _without_stand_in(module, fault)
        return
    yield from _says_no(module, fault)
    yield from _raises(module, fault)


def _says_no(module: Module, fault: Fault) -> Iterator[Repair]:
    for statement in (*nodes_at(module, fault, ast.Return)[:1], *nodes_at(module, fault, ast.Assign)[:1]):
        edits = [edit for value in _claims(statement) if (edit := _denied(module, value))]
        if edits:
            yield repair(fault.path, "reports that nothing was done", *edits)


def _claims(statement: ast.stmt) -> Iterator[ast.expr]:
    """What says in a statement that all went well."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            yield from (value for key, value in pairs if text_of(key) in _SAID)
        elif isinstance(node, ast.keyword) and node.arg in _SAID:
            yield node.value
    value = getattr(statement, "value", None)
    if isinstance(value, ast.Constant) and value.value is True:
        yield value


def _denied(module: Module, value: ast.expr) -> Edit | None:
    if isinstance(value, ast.Constant) and value.value is True:
        return replaced(module, value, "False")
    text = text_of(value)
    if text is None or text.lower() not in _YES:
        return None
    quote = module.text(value)[:1]
    return replaced(module, value, f"{quote}{_YES[text.lower()]}{quote}")


def _without_stand_in(module: Module, fault: Fault) -> Iterator[Repair]:
    """`table[key]` for `table.get(key, Nothing())`: what is not there is an error."""
    for call in nodes_at(module, fault, ast.Call):
        match call:
            case ast.Call(func=ast.Attribute(value=table, attr="get"), args=[key, _]):
                text = f"{module.text(table)}[{module.text(key)}]"
                why = "raises where nothing fits, instead of going on with a stand-in"
                yield repair(fault.path, why, replaced(module, call, text), cost=GUESS)
                return


def _raises(module: Module, fault: Fault) -> Iterator[Repair]:
    """`raise` in place of what a broad handler says."""
    for handler in nodes_at(module, fault, ast.ExceptHandler)[:1]:
        only = handler.body[0]
        if len(handler.body) == 1 and isinstance(only, ast.Pass | ast.Continue | ast.Return | ast.Assign):
            yield repair(fault.path, "lets the error through", replaced(module, only, "raise"), cost=GUESS)


_MAILERS = (
    "class NullMailer:\n    def send(self, text):\n        return {{'sent': {}}}\n\n\n"
    "def mailer_for(name, known):\n    return known.get(name, NullMailer())\n\n\n"
    "print(mailer_for('post', {{}}).send('hello')['sent'])\n"
)
EXAMPLES = (
    Mended(_MAILERS.format("True"), _MAILERS.format("False"), expected="False\n"),
    Mended(
        "def pay(amount):\n    try:\n        return {'ok': amount > 0, 'left': 10 / amount}\n"
        "    except Exception:\n        return {'ok': True, 'left': 0}\n\n\nprint(pay(0)['ok'])\n",
        "def pay(amount):\n    try:\n        return {'ok': amount > 0, 'left': 10 / amount}\n"
        "    except Exception:\n        return {'ok': False, 'left': 0}\n\n\nprint(pay(0)['ok'])\n",
        expected="False\n",
    ),
    Mended("def send(text):\n    return {'sent': bool(text)}\n\n\nprint(send('a'))\n", expected="no\n"),
)
TEMPLATE = template("masked_failure", (Code.SEM_MASKED_FAILURE,), mend, EXAMPLES)
