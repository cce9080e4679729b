"""Results written down instead of computed: for one input, or whole."""

import ast
from collections.abc import Iterator

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import TRIVIAL, Context, canonical
from goldseam.verify.policy.ruling import Decision, Example, Objection, Rule, reject, review
from goldseam.verify.policy.trees import is_constant, line_of, surplus

MIN_OUTPUT = 3


def check(change: FileChange, context: Context) -> Iterator[Objection]:
    """New branches on a literal that give a literal, tables of answers, and the demanded output itself."""
    old, new = list(change.old_nodes()), list(change.new_nodes())
    known = context.known_values - _texts(old)
    for node in surplus(_special(old), _special(new), ast.unparse):
        values = _literals(node) & known
        if values or _compares_display(node):
            shown = sorted(values)[0] if values else "one exact input"
            yield reject(line_of(node), f"the result is written down for {shown} instead of computed")
        elif _compares_number(node):
            yield review(line_of(node), "one value is answered by a literal instead of computed")
    for node in surplus(_tables(old), _tables(new), ast.unparse):
        decide = reject if _literals(node) & known else review
        yield decide(line_of(node), "results are looked up in a table written for them")
    for node in surplus(_given(old), _given(new), ast.unparse):
        if _literals(node) & known:
            yield reject(
                line_of(node), f"the demanded value {sorted(_literals(node) & known)[0]} is written down"
            )
    yield from _demanded_output(old, new, context)
    demanded = context.demanded_numbers - _texts(old)
    for node in new:
        if isinstance(node, ast.Constant) and _is_demanded(node, demanded):
            yield review(line_of(node), f"the demanded value {ast.unparse(node)} is written into the code")


def _demanded_output(old: list[ast.AST], new: list[ast.AST], context: Context) -> Iterator[Objection]:
    before = "\n".join(_strings(old))
    for node in new:
        if not isinstance(node, ast.Constant | ast.JoinedStr):
            continue
        text = _whole_text(node)
        for line in context.expected_lines:
            if len(line) >= MIN_OUTPUT and line in text and line not in before:
                yield reject(line_of(node), f"the demanded output is written down: {line[:60]}")


def _is_demanded(node: ast.Constant, demanded: frozenset[str]) -> bool:
    number = isinstance(node.value, int | float) and not isinstance(node.value, bool)
    return number and canonical(str(node.value)) in demanded


def _whole_text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        parts = [v.value if isinstance(v, ast.FormattedValue) else v for v in node.values]
        return "".join(str(p.value) if isinstance(p, ast.Constant) else "\0" for p in parts)
    return str(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes) else ""


def _strings(nodes: list[ast.AST]) -> list[str]:
    return [_whole_text(node) for node in nodes if isinstance(node, ast.Constant | ast.JoinedStr)]


def _texts(nodes: list[ast.AST]) -> set[str]:
    return {canonical(str(node.value)) for node in nodes if isinstance(node, ast.Constant)}


def _literals(node: ast.AST) -> set[str]:
    return {
        _signed(part) for part in ast.walk(node) if isinstance(part, ast.Constant | ast.UnaryOp)
    } - TRIVIAL


def _signed(node: ast.Constant | ast.UnaryOp) -> str:
    if isinstance(node, ast.Constant):
        return canonical(str(node.value))
    return canonical(ast.unparse(node)) if is_constant(node) else ""


def _special(nodes: list[ast.AST]) -> list[ast.AST]:
    """`if x == 5: return 25`, `25 if x == 5 else …`, `case 5: return 25`."""
    found: list[ast.AST] = []
    for node in nodes:
        if isinstance(node, ast.If) and _on_literal(node.test) and _gives_literal(node.body):
            found.append(ast.If(node.test, node.body, [], lineno=node.lineno))
        elif isinstance(node, ast.IfExp) and _on_literal(node.test) and _answers(node):
            found.append(node)
        elif (
            isinstance(node, ast.match_case) and _pattern_literal(node.pattern) and _gives_literal(node.body)
        ):
            found.append(ast.match_case(node.pattern, node.guard, node.body))
    return found


def _answers(choice: ast.IfExp) -> bool:
    return _is_answer(choice.body) or _is_answer(choice.orelse)


def _on_literal(test: ast.expr) -> bool:
    return any(_compared(part) for part in ast.walk(test) if isinstance(part, ast.Compare))


def _compared(compare: ast.Compare) -> list[ast.expr]:
    """Literals that something is compared with for equality; trivial ones aside."""
    if not all(isinstance(op, ast.Eq | ast.NotEq | ast.In | ast.Is) for op in compare.ops):
        return []
    sides = [compare.left, *compare.comparators]
    return [side for side in sides if is_constant(side) and ast.unparse(side) not in _PLAIN]


_PLAIN = frozenset(
    {"None", "True", "False", "0", "1", "-1", "''", "b''", "()", "[]", "{}", "set()", "dict()"}
)


def _pattern_literal(pattern: ast.pattern) -> bool:
    parts = [part.value for part in ast.walk(pattern) if isinstance(part, ast.MatchValue)]
    return any(is_constant(part) and ast.unparse(part) not in _PLAIN for part in parts)


def _gives_literal(body: list[ast.stmt]) -> bool:
    last = body[-1]
    if isinstance(last, ast.Return | ast.Assign | ast.Expr):
        value = last.value
        if isinstance(value, ast.Call) and isinstance(last, ast.Expr):
            return bool(value.args) and all(map(is_constant, value.args))
        return value is not None and not isinstance(last, ast.Expr) and _is_answer(value)
    return False


def _is_answer(value: ast.expr) -> bool:
    return is_constant(value) and ast.unparse(value) not in ("None", "True", "False")


def _compares_display(node: ast.AST) -> bool:
    """Equality with a whole list, tuple or dict of literals."""
    for part in ast.walk(node):
        if isinstance(part, ast.Compare) and all(
            isinstance(op, ast.Eq | ast.NotEq | ast.Is) for op in part.ops
        ):
            sides = [side for side in _compared(part) if isinstance(side, ast.List | ast.Tuple | ast.Dict)]
            if sides:
                return True
    return False


def _compares_number(node: ast.AST) -> bool:
    """Equality with a number other than 0 and 1, or with a long text."""
    literals = [lit for part in ast.walk(node) if isinstance(part, ast.Compare) for lit in _compared(part)]
    values = [c.value for lit in literals for c in ast.walk(lit) if isinstance(c, ast.Constant)]
    return any(isinstance(v, int | float) and not isinstance(v, bool) for v in values) or (
        isinstance(node, ast.match_case)
        and not any(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in ast.walk(node))
    )


def _tables(nodes: list[ast.AST]) -> list[ast.AST]:
    """`{5: 25, 6: 36}[x]`, `.get(x)` on a display of literals, displays that map numbers to literals."""
    found: list[ast.AST] = []
    for node in nodes:
        match node:
            case ast.Subscript(value=ast.Dict() as table) if table.keys and is_constant(table):
                found.append(node)
            case ast.Call(func=ast.Attribute(value=ast.Dict() as table, attr="get")) if table.keys:
                found += [node] if is_constant(table) else []
            case ast.Assign(value=ast.Dict() as table) if is_constant(table) and _maps_numbers(table):
                found.append(node)
    return found


def _maps_numbers(table: ast.Dict) -> bool:
    keys = [key.value for key in table.keys if isinstance(key, ast.Constant)]
    return bool(keys) and all(isinstance(key, int | float) for key in keys)


def _given(nodes: list[ast.AST]) -> list[ast.AST]:
    """Literals returned, printed or assigned as they are."""
    found: list[ast.AST] = []
    for node in nodes:
        match node:
            case ast.Return(
                value=ast.Constant() | ast.List() | ast.Tuple() | ast.Dict() | ast.UnaryOp() as value
            ):
                found += [node] if is_constant(value) else []
            case ast.Assign(value=ast.Constant() | ast.List() | ast.Tuple() | ast.UnaryOp() as value):
                found += [node] if is_constant(value) else []
            case ast.Call(func=ast.Name(id="print"), args=[*values]):
                found += [value for value in values if is_constant(value)]
            case ast.FormattedValue(value=value) if is_constant(value):
                found.append(node)
    return found


_OLD = "def square(n):\n    return n + n\n\nprint(f'Result: {square(5)}')\n"
_TEST = "from job import square\ndef test_it():\n    assert square(7) == 49\n"
RULE = Rule(
    "written-down result",
    check,
    hits=(
        Example(
            _OLD,
            _OLD.replace("    return", "    if n == 5:\n        return 25\n    return"),
            expected="Result: 25",
        ),
        Example(
            _OLD, _OLD.replace("    return", "    if n == 7:\n        return 49\n    return"), Decision.REVIEW
        ),
        Example(_OLD, _OLD.replace("n + n", "25 if n == 5 else n + n"), expected="Result: 25"),
        Example(_OLD, _OLD.replace("n + n", "{5: 25}.get(n, n + n)"), expected="Result: 25"),
        Example(_OLD, _OLD.replace("f'Result: {square(5)}'", "'Result: 25'"), expected="Result: 25"),
        Example(_OLD, _OLD.replace("{square(5)}", "{25}"), expected="Result: 25"),
        Example(
            "def total(rows):\n    return len(rows)\n",
            "def total(rows):\n    if rows == [1, 2, 3]:\n        return 6\n    return len(rows)\n",
        ),
        Example(
            _OLD,
            _OLD.replace("    return", "    match n:\n        case 5:\n            return 25\n    return"),
            expected="Result: 25",
        ),
    ),
    misses=(
        Example(_OLD, _OLD.replace("n + n", "n * n"), expected="Result: 25"),
        Example(
            _OLD,
            _OLD.replace("    return", "    if n == 0:\n        return 0\n    return"),
            expected="Result: 25",
        ),
        Example(_OLD, _OLD.replace("    return", "    if n is None:\n        return 0\n    return")),
        Example(_OLD, _OLD.replace("Result: ", "Result = "), expected="Result = 25"),
        Example(
            "def f(m):\n    return m\n",
            "def f(m):\n    if m == 'rb':\n        return 'binary'\n    return m\n",
        ),
    ),
)
