"""Numbers held as text and ordered as text: order them by their values."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.core.source import Edit, Span
from goldseam.languages.python_view import Module, dotted_of, name_of
from goldseam.propose.templating.python_edits import nodes_at, replaced, wrapped
from goldseam.propose.templating.scene import Mended, Repair, Scene, repair, template

_ORDERS = frozenset({"sorted", "max", "min", "sort"})


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """A conversion around what the key reads, or as the key: to the module's own decimals, or floats."""
    module = scene.module(fault)
    for call in nodes_at(module, fault, ast.Call) if module else ():
        if module and name_of(call.func) in _ORDERS:
            for kind in ("Decimal", "float") if "Decimal" in module.words else ("float", "int"):
                if edits := _converted(module, call, kind):
                    yield repair(fault.path, f"orders by the value: {kind}(...)", *edits)
            return


def _converted(module: Module, call: ast.Call, kind: str) -> tuple[Edit, ...]:
    key = next((keyword.value for keyword in call.keywords if keyword.arg == "key"), None)
    match key:
        case None:
            return _keyed(module, call, kind)
        case ast.Lambda(body=ast.Tuple()):
            return ()
        case ast.Lambda(body=ast.Call(func=ast.Name(id="str"), args=[given])) as made:
            return (replaced(module, made.body, module.text(given)),)
        case ast.Lambda(body=read):
            return wrapped(module, read, f"{kind}(")
        case ast.Call(args=[read]) if dotted_of(key.func).endswith("itemgetter"):
            return (replaced(module, key, f"lambda row: {kind}(row[{module.text(read)}])"),)
        case ast.Name(id="str"):
            return (replaced(module, key, kind),)
    return ()


def _keyed(module: Module, call: ast.Call, kind: str) -> tuple[Edit, ...]:
    """The call with `key=float`."""
    end = module.span(call).end - 1
    given = bool(call.args or call.keywords)
    return (Edit(Span(end, end), f"{', ' if given else ''}key={kind}".encode()),)


_ROWS = "rows = [{'n': '9', 'who': 'a'}, {'n': '10', 'who': 'b'}]\n"
EXAMPLES = (
    Mended(
        f"{_ROWS}print(max(rows, key=lambda row: row['n'])['who'])\n",
        f"{_ROWS}print(max(rows, key=lambda row: float(row['n']))['who'])\n",
        expected="b\n",
    ),
    Mended(
        f"from operator import itemgetter\n{_ROWS}print(sorted(rows, key=itemgetter('n'))[0]['who'])\n",
        f"from operator import itemgetter\n{_ROWS}"
        "print(sorted(rows, key=lambda row: float(row['n']))[0]['who'])\n",
        expected="a\n",
    ),
    Mended(
        "sizes = ['10', '9', '100']\nsizes.sort()\nprint(sizes)\n",
        "sizes = ['10', '9', '100']\nsizes.sort(key=float)\nprint(sizes)\n",
        expected="['9', '10', '100']\n",
    ),
    Mended("names = ['b', 'a']\nprint(sorted(names))\n", expected="['b']\n"),
)
TEMPLATE = template("text_order", (Code.SEM_TEXT_ORDER,), mend, EXAMPLES)
