"""Numbers held as text and put in order as text: "10" comes before "9"."""

import ast
import re
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.diagnose.rule import Rule, hit, miss
from goldseam.languages.python_view import Module, Project, dotted_of, name_of, text_of, words_of

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_QUANTITIES = frozenset(
    {
        "amount",
        "price",
        "total",
        "count",
        "quantity",
        "qty",
        "age",
        "score",
        "balance",
        "cost",
        "size",
        "number",
        "rank",
        "salary",
        "weight",
        "height",
        "length",
        "points",
        "value",
        "percent",
        "stock",
    }
)


def find(project: Project) -> Iterator[Fault]:
    """Sorting, least and greatest of values that are numbers in quotes."""
    texts = _text_keys(project)
    for module in project:
        named = _lists_of_numbers(module)
        for call in module.every(ast.Call):
            if _orders(call) and (why := _why(call, module, texts, named)):
                yield module.fault(
                    call,
                    Code.SEM_TEXT_ORDER,
                    f"{why}: as text, '10' comes before '9'",
                    "convert to a number before comparing: key=lambda x: float(...)",
                    suspiciousness=0.65,
                )


def _orders(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id in ("sorted", "max", "min")
    return isinstance(call.func, ast.Attribute) and call.func.attr == "sort"


def _why(call: ast.Call, module: Module, texts: set[str], named: set[str]) -> str:
    key = next((keyword.value for keyword in call.keywords if keyword.arg == "key"), None)
    if key is not None:
        return _why_key(key, texts, _reads_rows(module))
    given = call.func.value if isinstance(call.func, ast.Attribute) else call.args[0] if call.args else None
    if given is None or (isinstance(call.func, ast.Name) and len(call.args) != 1):
        return ""
    if _is_list_of_numbers(given) or (isinstance(given, ast.Name) and given.id in named):
        return "numbers in quotes are put in order as text"
    return ""


def _why_key(key: ast.expr, texts: set[str], from_rows: bool) -> str:
    read = key.body if isinstance(key, ast.Lambda) else _of_getter(key)
    if read is None:
        return ""
    parts = read.elts if isinstance(read, ast.Tuple) else [read]
    for part in parts:
        if isinstance(part, ast.UnaryOp):
            continue
        name = name_of(part)
        if _is_text_of_quantity(part):
            return f"the order is that of str() of '{name_of(_argument(part))}'"
        if isinstance(part, ast.Subscript | ast.Attribute | ast.Constant) or _is_get(part):
            name = text_of(_argument(part) if _is_get(part) else part) or name
            if name in texts or (from_rows and _is_quantity(name) and not isinstance(part, ast.Attribute)):
                return f"'{name}' holds numbers as text"
    return ""


def _of_getter(key: ast.expr) -> ast.expr | None:
    """The name that an `itemgetter` or `attrgetter` reads."""
    if isinstance(key, ast.Call) and dotted_of(key.func).endswith(("itemgetter", "attrgetter")):
        return key.args[0] if len(key.args) == 1 else None
    return None


def _argument(node: ast.expr) -> ast.expr | None:
    return node.args[0] if isinstance(node, ast.Call) and node.args else None


def _is_get(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get"


def _is_text_of_quantity(node: ast.expr) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id != "str":
        return False
    return len(node.args) == 1 and _is_quantity(name_of(node.args[0]))


def _is_quantity(name: str) -> bool:
    return bool(_QUANTITIES & set(words_of(name)[-1:]))


def _text_keys(project: Project) -> set[str]:
    """Keys and attributes that are given numbers in quotes, and nothing else that is constant."""
    as_text: set[str] = set()
    otherwise: set[str] = set()
    for module in project:
        for name, value in _given(module):
            text = text_of(value)
            if (text is not None and _NUMBER.fullmatch(text) and not _is_padded(text)) or (
                isinstance(value, ast.Call) and _is_text_of_quantity(value)
            ):
                as_text.add(name)
            elif isinstance(value, ast.Constant):
                otherwise.add(name)
    return as_text - otherwise


def _given(module: Module) -> Iterator[tuple[str, ast.expr]]:
    for display in module.every(ast.Dict):
        for key, value in zip(display.keys, display.values, strict=True):
            if name := text_of(key):
                yield name, value
    for node in module.every(ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Attribute | ast.Subscript):
                yield name_of(target), node.value
    for call in module.every(ast.Call):
        if name_of(call.func)[:1].isupper():
            yield from ((keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg)


def _is_padded(text: str) -> bool:
    """Whether a number is written to be ordered as text: 007."""
    return len(text) > 1 and text.startswith("0") and "." not in text


def _is_list_of_numbers(node: ast.expr) -> bool:
    if not isinstance(node, ast.List | ast.Tuple | ast.Set) or len(node.elts) < 2:
        return False
    texts = [text_of(element) for element in node.elts]
    if not all(text and _NUMBER.fullmatch(text) for text in texts):
        return False
    return len({len(text or "") for text in texts}) > 1


def _lists_of_numbers(module: Module) -> set[str]:
    """Names that are only ever given lists of numbers in quotes."""
    found: set[str] = set()
    otherwise: set[str] = set()
    for node in module.every(ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Name):
                (found if _is_list_of_numbers(node.value) else otherwise).add(target.id)
    return found - otherwise


def _reads_rows(module: Module) -> bool:
    """Whether rows come from a file of text."""
    return bool(module.words & {"DictReader"})


_C = Code.SEM_TEXT_ORDER
_ROWS = "rows = [{'n': '9', 'who': 'a'}, {'n': '10', 'who': 'b'}]\n"
EXAMPLES = (
    hit(_C, "print(sorted(['10', '9']))\n", 1),
    hit(_C, "print(max(['10', '9', '2.5']))\n", 1),
    hit(_C, "found = ['10', '9']\nfound.sort()\n", 2),
    hit(_C, "found = ('10', '9')\nprint(min(found))\n", 2),
    hit(_C, f"{_ROWS}print(sorted(rows, key=lambda row: row['n']))\n", 2),
    hit(_C, f"{_ROWS}rows.sort(key=lambda row: row['n'], reverse=True)\n", 2),
    hit(_C, f"{_ROWS}print(max(rows, key=lambda row: row.get('n')))\n", 2),
    hit(_C, f"from operator import itemgetter\n{_ROWS}print(sorted(rows, key=itemgetter('n')))\n", 3),
    hit(_C, "def f(rows):\n    return sorted(rows, key=lambda row: str(row['amount']))\n", 2),
    hit(_C, "def f(rows):\n    return sorted(rows, key=lambda row: (str(row.price), row.name))\n", 2),
    hit(
        _C,
        "import csv\ndef f(file):\n    return sorted(csv.DictReader(file), key=lambda row: row['price'])\n",
        3,
    ),
    hit(
        _C,
        "class Item:\n    def __init__(self, price):\n        self.price = str(price)\n"
        "def f(items):\n    return sorted(items, key=lambda item: item.price)\n",
        5,
    ),
    miss("print(sorted([10, 9]))\n"),
    miss("print(sorted(['10', '9'], key=int))\n"),
    miss("print(sorted(['10', 'b']))\n"),
    miss("print(sorted(['01', '02', '10']))\n"),
    miss(f"{_ROWS}print(sorted(rows, key=lambda row: int(row['n'])))\n"),
    miss(f"{_ROWS}print(sorted(rows, key=lambda row: row['who']))\n"),
    miss("rows = [{'n': 9}, {'n': '10'}]\nprint(sorted(rows, key=lambda row: row['n']))\n"),
    miss("rows = [{'code': '007'}]\nprint(sorted(rows, key=lambda row: row['code']))\n"),
    miss("def f(rows):\n    return sorted(rows, key=lambda row: str(row['name']))\n"),
    miss("def f(rows):\n    return sorted(rows, key=lambda row: row['price'])\n"),
    miss("def f(rows):\n    return sorted(rows, key=str)\n"),
    miss("print(max('10', '9'))\n"),
)
RULE = Rule("text_order", find, EXAMPLES)
