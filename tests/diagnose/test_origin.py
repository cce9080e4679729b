"""Where values come from, how functions end, which types a message complains of."""

import ast

import pytest

from goldseam.diagnose.analyzers.calls import fits
from goldseam.diagnose.analyzers.keys import key_uses
from goldseam.diagnose.analyzers.origin import wrong_types
from goldseam.diagnose.names.flow import Trace
from goldseam.diagnose.names.members import last_name
from goldseam.diagnose.names.program import program_of
from goldseam.diagnose.names.returns import falls_through, is_abstract

ENDS = {
    "a return": ("return 1", False),
    "nothing": ("x = 1", True),
    "a raise": ("raise ValueError", False),
    "an if alone": ("if a:\n    return 1", True),
    "both ways": ("if a:\n    return 1\nelse:\n    return 2", False),
    "an endless loop": ("while True:\n    a()", False),
    "a loop that breaks": ("while True:\n    break", True),
    "a counted loop": ("for a in b:\n    return a", True),
    "try and except": ("try:\n    return 1\nexcept E:\n    return 2", False),
    "a handler that goes on": ("try:\n    return 1\nexcept E:\n    pass", True),
    "with": ("with a:\n    return 1", False),
    "a match with all": ("match a:\n    case 1:\n        return 1\n    case _:\n        return 2", False),
    "a match without": ("match a:\n    case 1:\n        return 1", True),
}
MESSAGES = {
    "unsupported operand type(s) for +=: 'int' and 'str'": ("int", "str"),
    "'<' not supported between instances of 'str' and 'int'": ("str", "int"),
    'can only concatenate str (not "int") to str': ("str", "int"),
    "'NoneType' object is not subscriptable": ("NoneType",),
    "'NoneType' object has no attribute 'x'": ("NoneType",),
    "object of type 'int' has no len()": ("int",),
    "list indices must be integers or slices, not str": ("str",),
    "sequence item 0: expected str instance, int found": ("int",),
    "cannot unpack non-iterable NoneType object": ("NoneType",),
    "'_GatheringFuture' object is not iterable": ("coroutine",),
    "must be real number, not str": ("str",),
    "something else": (),
}
FLOWS = {
    "an assignment": ("a = '0'\na", {(1, "str")}),
    "two assignments": ("a = 0\na = None\na", {(1, "int"), (2, "NoneType")}),
    "another name": ("a = '0'\nb = a\nb", {(1, "str")}),
    "a tuple": ("a, b = 1, '0'\nb", {(1, "str")}),
    "an attribute": ("class A:\n    def f(self):\n        self.x = '0'\nA().x", {(3, "str")}),
    "a return": ("def f():\n    return '0'\nf()", {(2, "str")}),
    "no return": ("def f():\n    1\nf()", {(1, "NoneType")}),
    "a bare return": (
        "def f(a):\n    if a:\n        return\n    return 1\nf(1)",
        {(3, "NoneType"), (4, "int")},
    ),
    "an argument": ("def f(n):\n    return n\nf('0')", {(3, "str")}),
    "a key": ("d = {'n': '0'}\nd['n']", {(1, "str")}),
    "a loop": ("b = ['0', 1]\nfor a in b:\n    pass\na", {(1, "str"), (1, "int")}),
    "what is appended": ("b = []\nb.append(None)\nfor a in b:\n    pass\na", {(2, "NoneType")}),
    "a coroutine": ("async def f():\n    return 1\nf()", {(3, "coroutine")}),
    "an awaited one": ("async def f():\n    return 1\nasync def g():\n    pass\nf", set()),
    "a loop of names": ("a = b\nb = a\na", set()),
}


def body(text: str) -> list[ast.stmt]:
    return ast.parse("def f():\n" + "\n".join("    " + line for line in text.splitlines())).body[0].body


@pytest.mark.parametrize(("text", "through"), ENDS.values(), ids=ENDS)
def test_whether_a_function_may_end_without_return(text: str, through: bool) -> None:
    assert falls_through(body(text)) is through


def test_what_is_not_meant_to_return_is_left_alone() -> None:
    (abstract,) = ast.parse("def f():\n    '''Docs.'''\n    raise NotImplementedError\n").body
    (plain,) = ast.parse("def f():\n    x = 1\n").body
    assert is_abstract(abstract)
    assert not is_abstract(plain)


@pytest.mark.parametrize(("message", "types"), MESSAGES.items(), ids=MESSAGES)
def test_the_types_that_a_message_complains_of(message: str, types: tuple[str, ...]) -> None:
    assert wrong_types(message) == types


@pytest.mark.parametrize(("text", "found"), FLOWS.values(), ids=FLOWS)
def test_where_the_value_of_the_last_line_comes_from(text: str, found: set[tuple[int, str]]) -> None:
    program = program_of({"m.py": text.encode()})
    (module,) = program.modules
    last = module.tree.body[-1]
    assert isinstance(last, ast.Expr)
    trace = Trace(program, ((module, last.lineno),))
    origins = list(trace.origins(module, last.value, 0))
    assert {(origin.node.lineno, origin.type) for origin in origins} == found


CALLS = {
    "all": ("a, b", "f(1, 2)", True),
    "one short": ("a, b", "f(1)", False),
    "one over": ("a", "f(1, 2)", False),
    "a default": ("a, b=1", "f(1)", True),
    "by keyword": ("a, b", "f(1, b=2)", True),
    "an unknown keyword": ("a", "f(a=1, c=2)", False),
    "stars": ("a, b", "f(*x)", True),
    "any": ("*a", "f(1, 2, 3)", True),
    "any keyword": ("**a", "f(b=1)", True),
    "a required keyword": ("*, a", "f()", False),
    "none": ("", "f()", True),
}


@pytest.mark.parametrize(("parameters", "call", "fit"), CALLS.values(), ids=CALLS)
def test_whether_a_call_fits(parameters: str, call: str, fit: bool) -> None:
    (function,) = ast.parse(f"def f({parameters}): pass").body
    node = ast.parse(call, mode="eval").body
    assert isinstance(node, ast.Call)
    assert last_name(node.func) == "f"
    assert fits(function, node, bound=False) is fit


def test_keys_are_read_or_written() -> None:
    text = "d = {'a': 1}\nd['b'] = d['a'] + d.get('c')\n"
    uses = {(use.key, use.reads) for use in key_uses(program_of({"m.py": text.encode()}))}
    assert uses == {("a", False), ("b", False), ("a", True), ("c", True)}
