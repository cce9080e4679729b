"""What compilers say of files that do not parse, by code."""

import pytest

from goldseam.core.fault import Code
from goldseam.core.observation import SyntaxProblem
from goldseam.core.source import Span
from goldseam.diagnose.syntax.reported import fault_of, statement_at

EARLY = [
    "return 1\n",
    "def f(a, a): pass\n",
    "for n in []:\n    pass\nbreak\n",
    "continue\n",
    "f(a=1, a=2)\n",
    "def f():\n    nonlocal x\n",
    "def f():\n    x = 1\n    global x\n",
    "def f():\n    from os import *\n",
    "await f()\n",
    "x = 1\nfrom __future__ import annotations\n",
    "try:\n    pass\nexcept:\n    pass\nexcept ValueError:\n    pass\n",
]


def code_of(message: str) -> Code:
    return fault_of(SyntaxProblem("a.py", Span(0, 1), message), b"x\n").code


@pytest.mark.parametrize("source", EARLY)
def test_what_python_refuses_after_it_has_parsed(source):
    with pytest.raises(SyntaxError) as refused:
        compile(source, "a.py", "exec", dont_inherit=True)
    assert code_of(refused.value.msg) is Code.SYN_EARLY_ERROR


@pytest.mark.parametrize(
    "message",
    [
        "Identifier 'count' has already been declared",
        "Illegal return statement",
        "await is only valid in async functions and the top level bodies of modules",
        "Redefinition of parameter $width",
        "Cannot redeclare area() (previously declared in a.php:2)",
        "'break' not in the 'loop' or 'switch' context",
    ],
)
def test_what_node_and_php_refuse_after_they_have_parsed(message):
    assert code_of(message) is Code.SYN_EARLY_ERROR


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("invalid syntax", Code.SYN_INVALID),
        ("expected ':'", Code.SYN_MISSING_COLON),
        ("Unexpected token ')'", Code.SYN_INVALID),
        ("'(' was never closed", Code.SYN_UNCLOSED_BRACKET),
        ("unknown encoding: utf-9", Code.SYN_ENCODING),
    ],
)
def test_what_does_not_parse_is_no_early_error(message, code):
    assert code_of(message) is code


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (b"async def f(a)\n", "function_def"),
        (b"    class A\n", "class_def"),
        (b"export default async function f( {\n", "function_def"),
        (b"    public static function f( {\n", "function_def"),
        (b"} else {\n", "else_statement"),
        (b"for (const a of b {\n", "for_statement"),
        (b"default = 3\n", ""),
        (b"formula = (3\n", ""),
        (b"", ""),
    ],
)
def test_the_statement_of_a_cluster(line, kind):
    assert statement_at(line, max(0, len(line) - 1)) == kind
