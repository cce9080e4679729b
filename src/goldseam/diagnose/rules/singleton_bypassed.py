"""A class that hands out its one instance, and is constructed directly all the same."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.diagnose.rule import Rule, hit, miss
from goldseam.languages.python_view import Defined, Module, Project, own

_GIVERS = frozenset(
    {
        "get_instance",
        "getInstance",
        "instance",
        "get",
        "shared",
        "default",
        "current",
        "getinstance",
        "get_default",
    }
)


def find(project: Project) -> Iterator[Fault]:
    """Direct constructions of a class outside of it and of the one function that makes its instance."""
    singletons = {id(defined.node): giver for defined in project.classes if (giver := _giver(defined))}
    if not singletons:
        return
    for module in project:
        for call in module.every(ast.Call):
            defined = project.resolve(module, call.func)
            if defined is None or id(defined.node) not in singletons or _is_inside(call, defined, module):
                continue
            giver = singletons[id(defined.node)]
            yield module.fault(
                call,
                Code.SEM_SINGLETON_BYPASSED,
                f"{defined.name} hands out one instance by {giver}(), and another is made here",
                f"call {defined.name}.{giver}()",
                suspiciousness=0.7,
                expected=f"{defined.name}.{giver}()",
            )


def _giver(defined: Defined) -> str:
    """The name of the method of a class that makes its instance once and keeps it on the class."""
    if not isinstance(defined.node, ast.ClassDef):
        return ""
    for method in defined.node.body:
        if isinstance(method, ast.FunctionDef) and method.name in _GIVERS and _is_of_class(method):
            inside = list(own(method))
            if _keeps_one(inside, defined.name) and _makes_one(inside, defined.name):
                return method.name
    return ""


def _is_of_class(method: ast.FunctionDef) -> bool:
    names = {node.id for node in method.decorator_list if isinstance(node, ast.Name)}
    return bool(names & {"classmethod", "staticmethod"})


def _keeps_one(inside: list[ast.AST], name: str) -> bool:
    """Whether an attribute of the class is set here."""
    return any(
        isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id in ("cls", name)
        for node in inside
    )


def _makes_one(inside: list[ast.AST], name: str) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("cls", name)
        for node in inside
    )


def _is_inside(call: ast.Call, defined: Defined, module: Module) -> bool:
    if module is defined.module and defined.node in module.ancestors(call):
        return True
    around = module.function_of(call)
    keeps = around is not None and any(isinstance(node, ast.Global) for node in own(around))
    return keeps or module.is_test


_C = Code.SEM_SINGLETON_BYPASSED
_ONE = (
    "class Pool:\n    _one = None\n    @classmethod\n    def get_instance(cls):\n"
    "        if cls._one is None:\n"
    "            cls._one = cls()\n        return cls._one\n"
)
_STATIC = (
    "class Pool:\n    _one = None\n    @staticmethod\n    def instance():\n        if Pool._one is None:\n"
    "            Pool._one = Pool()\n        return Pool._one\n"
)
EXAMPLES = (
    hit(_C, f"{_ONE}pool = Pool()\n", 8),
    hit(_C, f"{_ONE}def f():\n    return Pool()\n", 9),
    hit(_C, f"{_ONE}def f(x=Pool()):\n    return x\n", 8),
    hit(_C, f"{_STATIC}pool = Pool()\n", 8),
    hit(_C, f"{_ONE}class User:\n    def __init__(self):\n        self.pool = Pool()\n", 10),
    hit(_C, f"{_ONE}a = Pool.get_instance()\nb = Pool()\n", 9),
    hit(_C, f"{_ONE}print(Pool().size, Pool.get_instance())\n", 8),
    hit(_C, "from pools import Pool\npool = Pool()\n", 2, beside={"pools.py": _ONE}),
    hit(_C, "import pools\npool = pools.Pool()\n", 2, beside={"pools.py": _ONE}),
    hit(_C, "from pools import Pool as P\npool = P()\n", 2, beside={"pools.py": _STATIC}),
    hit(_C, f"{_ONE}pools = [Pool() for _ in range(2)]\n", 8),
    miss(f"{_ONE}pool = Pool.get_instance()\n"),
    miss(_ONE),
    miss("class Pool:\n    @classmethod\n    def get_instance(cls):\n        return cls()\npool = Pool()\n"),
    miss("class Pool:\n    pass\npool = Pool()\n"),
    miss(
        "class Pool:\n    def instance(self):\n        self.one = Pool()\n        return self.one\n"
        "pool = Pool()\n"
    ),
    miss(f"{_ONE}class Other:\n    pass\nother = Other()\n"),
    miss(f"{_ONE}class Small(Pool):\n    pass\nsmall = Small.get_instance()\n"),
    miss("from pools import Pool\npool = Pool.instance()\n", beside={"pools.py": _STATIC}),
    miss("from pools import Other\npool = Other()\n", beside={"pools.py": _ONE + "class Other:\n    pass\n"}),
    miss(f"{_ONE}def build(Pool):\n    return Pool\nbuild(Pool)\n"),
    miss(
        "class Pool:\n    @classmethod\n    def make(cls):\n        cls.made = cls()\n"
        "        return cls.made\nPool()\n"
    ),
)
RULE = Rule("singleton_bypassed", find, EXAMPLES)
