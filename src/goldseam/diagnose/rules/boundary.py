"""The same two values compared strictly in one place and inclusively in another; a guard one too strict."""

import ast
from collections import defaultdict
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.diagnose.rule import Rule, hit, miss
from goldseam.languages.python_view import Module, Project, name_of, own, words_of

_LIMITS = frozenset(
    {"ttl", "expiry", "expires", "timeout", "deadline", "limit", "capacity", "threshold", "due", "lifetime"}
)
_HAVE = frozenset({"stock", "available", "inventory", "balance", "remaining", "funds"})
_WANT = frozenset({"qty", "quantity", "wanted", "requested", "needed", "required", "price", "cost"})
_FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE,
}  # fmt: skip
_ORDERS = tuple(_FLIPPED)


def find(project: Project) -> Iterator[Fault]:
    """Limits that two methods of a class hold differently; guards that refuse to take all there is."""
    for module in project:
        for node in module.every(ast.ClassDef):
            yield from _unequal(node, module)
        for guard in module.every(ast.If):
            yield from _too_strict(guard, module)
        for answer in module.every(ast.Return):
            yield from _too_little(answer, module)


def _unequal(node: ast.ClassDef, module: Module) -> Iterator[Fault]:
    """Comparisons with one limit that put the limit itself on different sides."""
    found: dict[str, list[tuple[ast.Compare, bool]]] = defaultdict(list)
    for comparison in module.every(ast.Compare):
        if module.class_of(comparison) is node and (told := _with_limit(comparison)):
            found[told[0]].append((comparison, told[1]))
    for limit, uses in found.items():
        functions = {module.function_of(comparison) for comparison, _ in uses}
        sides = {side for _, side in uses}
        if len(functions) < 2 or len(sides) < 2:
            continue
        beyond = [comparison for comparison, side in uses if side]
        within = [comparison for comparison, side in uses if not side]
        odd = beyond if len(beyond) <= len(within) else within
        for comparison in odd:
            yield module.fault(
                comparison,
                Code.LOG_BOUNDARY,
                f"'{limit}' itself counts here as the other side of the limit than elsewhere in {node.name}",
                "compare in the same way: strictly in both places, or inclusively in both",
                suspiciousness=0.6,
                detail=limit,
            )


def _with_limit(comparison: ast.Compare) -> tuple[str, bool] | None:
    """The name of the limit, and whether a value equal to it counts as beyond it."""
    if len(comparison.ops) != 1 or not isinstance(comparison.ops[0], _ORDERS):
        return None
    left, right, order = comparison.left, comparison.comparators[0], type(comparison.ops[0])
    if _is_limit(left) and not _is_limit(right):
        left, right, order = right, left, _FLIPPED[order]
    if not _is_limit(right) or isinstance(left, ast.Constant):
        return None
    return name_of(right), order in (ast.GtE, ast.Lt)


def _is_limit(node: ast.expr) -> bool:
    if not isinstance(node, ast.Name | ast.Attribute | ast.Subscript):
        return False
    return bool(_LIMITS & set(words_of(name_of(node))))


def _too_strict(guard: ast.If, module: Module) -> Iterator[Fault]:
    """`if have > want: have -= want`, and refusal otherwise: what is exactly enough is refused."""
    if not isinstance(guard.test, ast.Compare) or len(guard.test.ops) != 1:
        return
    left, right, order = guard.test.left, guard.test.comparators[0], type(guard.test.ops[0])
    if order in (ast.Lt, ast.GtE):
        order, left, right = _FLIPPED[order], right, left
    if order is ast.Gt and _refuses(guard.orelse or _after(guard, module)):
        taken = guard.body
    elif order is ast.LtE and _refuses(guard.body):
        taken = guard.orelse or _after(guard, module)
    else:
        return
    if _takes(taken, left, right):
        yield _enough(guard.test, left, right, module)


def _too_little(answer: ast.Return, module: Module) -> Iterator[Fault]:
    """`return stock[name] > quantity`: what is exactly enough is not enough."""
    if not isinstance(answer.value, ast.Compare) or len(answer.value.ops) != 1:
        return
    left, right, order = answer.value.left, answer.value.comparators[0], type(answer.value.ops[0])
    if order is ast.Lt:
        left, right, order = right, left, ast.Gt
    if order is ast.Gt and _words_in(left) & _HAVE and set(words_of(name_of(right))) & _WANT:
        yield _enough(answer.value, left, right, module)


def _words_in(node: ast.expr) -> set[str]:
    names = [name_of(inner) for inner in ast.walk(node) if isinstance(inner, ast.Name | ast.Attribute)]
    return {word for name in names for word in words_of(name)}


def _enough(test: ast.expr, left: ast.expr, right: ast.expr, module: Module) -> Fault:
    have, want = module.text(left), module.text(right)
    return module.fault(
        test,
        Code.LOG_BOUNDARY,
        f"'{have}' is enough when it equals '{want}', and is refused here",
        f"allow '{have} >= {want}'",
        suspiciousness=0.6,
        detail="guard",
    )


def _after(guard: ast.If, module: Module) -> list[ast.stmt]:
    parent = module.parent(guard)
    for field in ("body", "orelse", "finalbody"):
        block = getattr(parent, field, None)
        if isinstance(block, list) and guard in block:
            return block[block.index(guard) + 1 :]
    return []


def _refuses(block: list[ast.stmt]) -> bool:
    """Whether a block only raises, or returns that nothing was done."""
    if not block or len(block) > 2:
        return False
    last = block[-1]
    if isinstance(last, ast.Return):
        return isinstance(last.value, ast.Constant) and not last.value.value
    return isinstance(last, ast.Raise)


def _takes(block: list[ast.stmt], have: ast.expr, want: ast.expr) -> bool:
    """Whether `want` is taken from `have`."""
    have = _item(have)
    if isinstance(want, ast.Constant) or not isinstance(have, ast.Name | ast.Attribute | ast.Subscript):
        return False
    first, second = ast.unparse(have), ast.unparse(want)
    inside = [node for statement in block for node in (statement, *own(statement))]
    taken: list[tuple[ast.expr, ast.expr]] = []
    for node in inside:
        if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Sub):
            taken.append((node.target, node.value))
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
            taken.append((node.left, node.right))
    return any(_same(ast.unparse(one), first) and ast.unparse(other) == second for one, other in taken)


def _item(node: ast.expr) -> ast.expr:
    """`x[k]` for `x.get(k, ...)`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
        return ast.Subscript(node.func.value, node.args[0], ast.Load()) if node.args else node
    return node


def _same(one: str, other: str) -> bool:
    return one == other or one.rpartition(".")[2] == other.rpartition(".")[2]


_C = Code.LOG_BOUNDARY
_FRESH = "class Box:\n    def fresh(self, age):\n        return age <= self.ttl\n"
_TAKE = "class Box:\n    def take(self, n):\n"
EXAMPLES = (
    hit(_C, f"{_FRESH}    def stale(self, age):\n        return age >= self.ttl\n", 5),
    hit(_C, f"{_FRESH}    def keep(self, age):\n        return age < self.ttl\n", 5),
    hit(_C, f"{_FRESH}    def stale(self, age):\n        return not self.ttl > age\n", 5),
    hit(
        _C,
        "class Box:\n    def a(self, n):\n        return n > self.limit\n"
        "    def b(self, n):\n        return n < self.limit\n",
        5,
    ),
    hit(
        _C,
        "class Box:\n    def a(self, now):\n        return now > self.deadline\n"
        "    def b(self, now):\n        if now >= self.deadline:\n            return 1\n",
        5,
    ),
    hit(
        _C,
        "class Box:\n    def a(self, row):\n        return self.size > row['capacity']\n"
        "    def b(self, row):\n        return self.size >= row['capacity']\n",
        5,
    ),
    hit(
        _C,
        f"{_TAKE}        if self.left > n:\n            self.left -= n\n            return True\n"
        "        return False\n",
        3,
    ),
    hit(
        _C, f"{_TAKE}        if self.left <= n:\n            raise ValueError(n)\n        self.left -= n\n", 3
    ),
    hit(
        _C,
        "def take(left, key, n):\n    if left[key] > n:\n        left[key] -= n\n    else:\n"
        "        raise ValueError(key)\n",
        2,
    ),
    hit(
        _C,
        f"{_TAKE}        if n < self.left:\n            self.left -= n\n        else:\n"
        "            return None\n",
        3,
    ),
    hit(
        _C,
        "def pay(purse, price):\n    if purse.money <= price:\n        return False\n"
        "    purse.money -= price\n"
        "    return True\n",
        2,
    ),
    hit(
        _C,
        "def take(left, key, n):\n    if left.get(key, 0) > n:\n        left[key] -= n\n        return True\n"
        "    return False\n",
        2,
    ),
    hit(
        _C,
        "def take(left, key, n):\n    there = left.get(key, 0)\n    if there > n:\n"
        "        left[key] = there - n\n"
        "        return True\n    return False\n",
        3,
    ),
    hit(_C, "def can_take(stock, name, qty):\n    return stock[name] > qty\n", 2),
    hit(_C, "class A:\n    def f(self, wanted):\n        return wanted < self.available\n", 3),
    miss("def f(stock, low):\n    return stock['a'] > low\n"),
    miss("def f(stock, qty):\n    return stock['a'] >= qty\n"),
    miss(f"{_FRESH}    def stale(self, age):\n        return age > self.ttl\n"),
    miss(
        "class Box:\n    def a(self, n):\n        return n > self.limit\n"
        "    def b(self, n):\n        return n > self.limit\n"
    ),
    miss(
        "class Box:\n    def a(self, n):\n        if n > self.limit:\n            return 1\n"
        "        if n < self.limit:\n            return -1\n        return 0\n"
    ),
    miss(
        "class Box:\n    def a(self, n):\n        return n > self.low\n"
        "    def b(self, n):\n        return n >= self.high\n"
    ),
    miss(
        "class Box:\n    def a(self):\n        return self.limit > 0\n"
        "    def b(self, n):\n        return n >= self.limit\n"
    ),
    miss(
        f"{_TAKE}        if self.left >= n:\n            self.left -= n\n            return True\n"
        "        return False\n"
    ),
    miss(f"{_TAKE}        if self.left < n:\n            raise ValueError(n)\n        self.left -= n\n"),
    miss(
        "def gcd(a, b):\n    while a != b:\n        if a > b:\n            a -= b\n        else:\n"
        "            b -= a\n"
        "    return a\n"
    ),
    miss("def turn(x):\n    if x > 360:\n        x -= 360\n    return x\n"),
    miss(f"{_TAKE}        if self.left > n:\n            self.left -= n\n        return self.left\n"),
    miss(f"{_TAKE}        if self.left > n:\n            return True\n        return False\n"),
)
RULE = Rule("boundary", find, EXAMPLES)
