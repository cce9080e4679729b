"""All root faults of Python files: where, what, and the fixes that mend them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from goldseam.config import load
from goldseam.core.candidate import Verdict
from goldseam.core.case import Case
from goldseam.core.errors import SandboxError
from goldseam.core.fault import Fault
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.observation import Observation
from goldseam.core.source import Snapshot, apply_edits, position_of
from goldseam.diagnose.analyzers.python_syntax import SyntaxFaults
from goldseam.plugins import Plugins
from goldseam.testing import NoTools
from goldseam.wiring import Assembly, Choice, assemble

pytestmark = pytest.mark.sandbox

HEAD = "def area(width, height):\n    return width * height\n\n\n"

SINGLE = {
    "colon": ("for x in y\n    print(x)\n", "SYN.MISSING_COLON", 1, "for x in y:\n    print(x)\n"),
    "comma": ("x = [1, 2 3]\n", "SYN.MISSING_COMMA", 1, "x = [1, 2, 3]\n"),
    "closer": ("x = len([1, 2]\ny = 1\n", "SYN.UNCLOSED_BRACKET", 1, "x = len([1, 2])\ny = 1\n"),
    "closer on its own line": (
        "x = [\n    1,\n\ny = 2\n", "SYN.UNCLOSED_BRACKET", 3, "x = [\n    1,\n]\ny = 2\n"),
    "opener": ("print 'a', 1)\n", "SYN.UNMATCHED_BRACKET", 1, "print('a', 1)\n"),
    "doubled closer": ("print(len('a')))\n", "SYN.UNMATCHED_BRACKET", 1, "print(len('a'))\n"),
    "closing quote": ("print('one, 1)\n", "SYN.UNTERMINATED_STRING", 1, "print('one', 1)\n"),
    "opening quote": ("print(one', 1)\n", "SYN.UNOPENED_STRING", 1, "print('one', 1)\n"),
    "triple quote": (
        'def f():\n    """Tell what it is for.\n    return 1\n\n\ndef g():\n    """Two."""\n',
        "SYN.UNTERMINATED_STRING", 2,
        'def f():\n    """Tell what it is for."""\n    return 1\n\n\ndef g():\n    """Two."""\n',
    ),
    "keyword": ("def f(x):\n    retrun x\n", "SYN.MISSPELT_KEYWORD", 2, "def f(x):\n    return x\n"),
    "def": ("f(x, y):\n    return x\n", "SYN.MISSING_KEYWORD", 1, "def f(x, y):\n    return x\n"),
    "in": ("for x range(3):\n    print(x)\n", "SYN.MISSING_KEYWORD", 1, "for x in range(3):\n    print(x)\n"),
    "comparison": ("if x = 1:\n    pass\n", "SYN.ASSIGNMENT_FOR_COMPARISON", 1, "if x == 1:\n    pass\n"),
    "else if": (
        "if x:\n    y\nelse if z:\n    w\n", "SYN.FOREIGN_SYNTAX", 3, "if x:\n    y\nelif z:\n    w\n",
    ),
    "and": ("if x && y:\n    pass\n", "SYN.FOREIGN_SYNTAX", 1, "if x and y:\n    pass\n"),
    "increment": ("i = 0\ni++\n", "SYN.FOREIGN_SYNTAX", 2, "i = 0\ni += 1\n"),
    "print": ("print 'a'\n", "SYN.FOREIGN_SYNTAX", 1, "print('a')\n"),
    "except": (
        "try:\n    f()\nexcept OSError, e:\n    pass\n", "SYN.FOREIGN_SYNTAX", 3,
        "try:\n    f()\nexcept OSError as e:\n    pass\n",
    ),
    "look-alike": ("x = f（1)\n", "SYN.LOOKALIKE_CHARACTER", 1, "x = f(1)\n"),
    "smart quotes": ("x = “one”\n", "SYN.LOOKALIKE_CHARACTER", 1, 'x = "one"\n'),
    "fence": ("```python\nx = 1\n", "SYN.PASTED_TEXT", 1, "x = 1\n"),
    "conflict": (
        "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> other\n", "SYN.MERGE_CONFLICT", 1, "x = 1\n",
    ),
    "stray symbol": ("x = $y\n", "SYN.EXTRA_SYMBOL", 1, "x = y\n"),
    "indentation": (
        "def f():\n    x = 1\n      y = 2\n    return x\n", "SYN.INDENTATION", 3,
        "def f():\n    x = 1\n    y = 2\n    return x\n",
    ),
    "block moved": (
        "def f():\n    if x:\n    y = 2\n    z = 3\n\n\nw = 1\n", "SYN.INDENTATION", 3,
        "def f():\n    if x:\n        y = 2\n    z = 3\n\n\nw = 1\n",
    ),
    "opener inside of a pair": (
        "run(\n    runner=Runner),\n    name=1,\n)\n", "SYN.UNMATCHED_BRACKET", 2,
        "run(\n    runner=Runner(),\n    name=1,\n)\n",
    ),
    "opener at the end of its line": (
        "SERVED = {\n    'one': \n        'a'\n    ),\n    'two': 'b',\n}\n", "SYN.UNMATCHED_BRACKET", 2,
        "SERVED = {\n    'one': (\n        'a'\n    ),\n    'two': 'b',\n}\n",
    ),
    "opener between two names": (
        "def f(size: Requiredstr]):\n    return Required\n", "SYN.UNMATCHED_BRACKET", 1,
        "def f(size: Required[str]):\n    return Required\n",
    ),
    "base of a class": (
        "from m import Shape\n\n\nclass RoundShape):\n    pass\n", "SYN.UNMATCHED_BRACKET", 4,
        "from m import Shape\n\n\nclass Round(Shape):\n    pass\n",
    ),
    "twin closer": (
        "x: Optional[str]] = None\n", "SYN.UNMATCHED_BRACKET", 1, "x: Optional[str] = None\n",
    ),
    "twin closer above": (
        "run(\n    a=Codec()).decode,\n    b=1,\n)\n", "SYN.UNMATCHED_BRACKET", 2,
        "run(\n    a=Codec().decode,\n    b=1,\n)\n",
    ),
    "closer on a line left blank": (
        "def f():\n    x = [\n        1,\n    \n    return x\n", "SYN.UNCLOSED_BRACKET", 4,
        "def f():\n    x = [\n        1,\n    ]\n    return x\n",
    ),
    "closer before an arrow": (
        "def f(\n    a,\n -> None:\n    pass\n", "SYN.UNCLOSED_BRACKET", 3,
        "def f(\n    a,\n) -> None:\n    pass\n",
    ),
    "docstring on its own lines": (
        "\nTell what it is for.\n\"\"\"\n\nimport os\n", "SYN.UNOPENED_STRING", 1,
        "\"\"\"\nTell what it is for.\n\"\"\"\n\nimport os\n",
    ),
    "docstring before imports": (
        "\"\"\"Tell what it is for.\n\nimport os as o\nx = 1\n", "SYN.UNTERMINATED_STRING", 1,
        "\"\"\"Tell what it is for.\"\"\"\n\nimport os as o\nx = 1\n",
    ),
    "quote left its indentation": (
        "def f():\n    \"\"\"Tell it.\n\n    More of it.\n    \n    return 1\n", "SYN.UNTERMINATED_STRING", 5,
        "def f():\n    \"\"\"Tell it.\n\n    More of it.\n    \"\"\"\n    return 1\n",
    ),
    "import": ("import os\n sys\n\nx = 1\n", "SYN.MISSING_KEYWORD", 2, "import os\nimport sys\n\nx = 1\n"),
    "async": (
        "async  f(x) -> int:\n    return x\n", "SYN.MISSING_KEYWORD", 1,
        "async def f(x) -> int:\n    return x\n",
    ),
    "product": ("x = sin(3y)\n", "SYN.MISSING_OPERATOR", 1, "x = sin(3*y)\n"),
    "braces": (
        "def f(x) {\n    return x\n}\n", "SYN.FOREIGN_SYNTAX", 1, "def f(x):\n    return x\n",
    ),
    "decorator": (
        "def f():\n    return 1\n\n\n    @g\ndef h():\n    return 2\n", "SYN.INDENTATION", 5,
        "def f():\n    return 1\n\n\n@g\ndef h():\n    return 2\n",
    ),
    "empty body": ("def f():\n\n\ndef g():\n    return 1\n", "SYN.EMPTY_BODY", 1, None),
}  # fmt: skip


@pytest.fixture(scope="module")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assembly]:
    root = tmp_path_factory.mktemp("syntax")
    with assemble(root, load(root, {}), Choice(remembers=False), Plugins()) as found:
        yield found


def faults_in(data: bytes, assembly: Assembly, path: str = "job.py") -> list[Fault]:
    problem = assembly.checker.check(path, data)
    syntax = () if problem is None else (problem,)
    snapshot = Snapshot({path: data})
    incident = Incident(path, (path,), "fails", OracleSpec())
    case = Case(incident, snapshot, snapshot, Verdict(False, (), (), "", Observation(syntax=syntax)))
    return list(SyntaxFaults(assembly.tools, assembly.languages)(case))


def mended(data: bytes, faults: list[Fault]) -> bytes:
    return apply_edits(data, dict.fromkeys(edit for fault in faults for edit in fault.fix))


@pytest.mark.parametrize(("broken", "code", "line", "right"), SINGLE.values(), ids=SINGLE)
def test_one_fault(broken, code, line, right, assembly):
    (fault,) = faults_in(broken.encode(), assembly)
    assert (str(fault.code), position_of(broken.encode(), fault.span.start)[0]) == (code, line)
    after = mended(broken.encode(), [fault])
    assert assembly.checker.check("job.py", after) is None
    assert right is None or after.decode() == right


def test_six_faults_at_once(assembly):
    whole = (
        "import os\n\n\ndef total(values):\n    s = 0\n    for v in values:\n        s += v\n"
        "    return s\n\n\n"
        "class Shelf:\n    def __init__(self, books):\n        self.books = list(books)\n\n"
        "    def find(self, title):\n        if title == 'x':\n            return None\n"
        "        return [b for b in self.books if b.title == title]\n\n\n"
        "shelf = Shelf([1, 2])\nprint(os.sep, shelf.find('a'))\n"
    )
    broken = whole
    for old, new in (
        ("total(values):", "total(values)"),
        ("return s\n", "retrun s\n"),
        ("list(books)", "list(books"),
        ("title == 'x'", "title = 'x'"),
        ("Shelf([1, 2])", "Shelf([1 2])"),
        ("find('a')", "find('a)"),
    ):
        broken = broken.replace(old, new, 1)
    faults = faults_in(broken.encode(), assembly)
    assert mended(broken.encode(), faults).decode() == whole
    assert [position_of(broken.encode(), fault.span.start)[0] for fault in faults] == [4, 8, 13, 16, 21, 22]


def test_a_header_without_its_colon_ends_before_its_body(assembly):
    broken = "class A(B)\n    size: Requiredstr]\n    other: Required[int]\n"
    faults = faults_in(broken.encode(), assembly)
    assert mended(broken.encode(), faults).decode() == (
        "class A(B):\n    size: Required[str]\n    other: Required[int]\n"
    )


def test_a_set_behind_a_header_is_no_foreign_block(assembly):
    broken = "for x in {\n    1,\n    2,\n}\n    print(x)\n"
    (fault,) = faults_in(broken.encode(), assembly)
    assert (str(fault.code), position_of(broken.encode(), fault.span.start)[0]) == ("SYN.MISSING_COLON", 4)


def test_fixes_keep_line_ends_byte_order_mark_and_encoding(assembly):
    data = b"\xef\xbb\xbf" + "name = 'é'\r\nif name\r\n    print('ü')\r\n".encode()
    (fault,) = faults_in(data, assembly)
    assert mended(data, [fault]) == data.replace(b"if name\r", b"if name:\r")
    latin = "# -*- coding: latin-1 -*-\nname = 'é'\nif name\n    pass\n".encode("latin-1")
    (fault,) = faults_in(latin, assembly)
    assert mended(latin, [fault]) == latin.replace(b"if name\n", b"if name:\n")


def test_a_close_call_tells_the_other_fixes(assembly):
    (fault,) = faults_in(b"<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> other\n", assembly)
    data = b"<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> other\n"
    assert [apply_edits(data, other) for other in fault.others] == [b"x = 2\n"]


def test_a_fault_says_what_was_expected_and_what_would_mend_it(assembly):
    (fault,) = faults_in(b"x = [1, 2 3]\n", assembly)
    assert fault.expected == ","
    assert fault.hint == "add ',' here"
    assert fault.evidence


def test_without_the_parser_the_compiler_speaks(assembly):
    problem = assembly.checker.check("job.py", b"x = (1\n")
    snapshot = Snapshot({"job.py": b"x = (1\n"})
    incident = Incident("job.py", ("job.py",), "fails", OracleSpec())
    verdict = Verdict(False, (), (), "", Observation(syntax=(problem,)))
    (fault,) = SyntaxFaults(NoTools(), assembly.languages)(Case(incident, snapshot, snapshot, verdict))
    assert (str(fault.code), fault.fix) == ("SYN.UNCLOSED_BRACKET", ())


class _Dying:
    def ask(self, *_: object, **__: object) -> dict[str, object]:
        raise SandboxError("the worker died")


def test_a_parser_that_dies_leaves_the_compiler(assembly):
    problem = assembly.checker.check("job.py", b"x = (1\n")
    snapshot = Snapshot({"job.py": b"x = (1\n"})
    incident = Incident("job.py", ("job.py",), "fails", OracleSpec())
    verdict = Verdict(False, (), (), "", Observation(syntax=(problem,)))
    (fault,) = SyntaxFaults(_Dying(), assembly.languages)(Case(incident, snapshot, snapshot, verdict))
    assert fault.message == "'(' was never closed"


def test_real_files_of_this_project_have_no_faults(assembly):
    for path in sorted(Path(__file__).parent.glob("*.py")):
        assert faults_in(path.read_bytes(), assembly) == []
