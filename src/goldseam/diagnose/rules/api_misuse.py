"""Well-known misuses of Python's own functions, each one certain by the text alone."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.diagnose.rule import Rule, hit, miss
from goldseam.languages.python_view import Module, Project, dotted_of, own, text_of

_TEXT_METHODS = frozenset({"strip", "lstrip", "rstrip", "upper", "lower", "title", "capitalize", "zfill"})
_DATE_PARTS = frozenset({"year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "fold"})
_IN_PLACE = frozenset({"sort", "append", "extend", "reverse", "insert", "remove", "clear"})
_UNCALLED = frozenset({"close", "sort", "commit", "flush", "clear", "acquire", "release", "rollback"})
_Told = tuple[ast.AST, str, str]


def find(project: Project) -> Iterator[Fault]:
    """Results thrown away, None taken for a result, checks that are always true."""
    for module in project:
        for node, message, hint in _misuses(module, project):
            yield module.fault(node, Code.SEM_API_MISUSE, message, hint, suspiciousness=0.7)


def _misuses(module: Module, project: Project) -> Iterator[_Told]:
    for statement in module.every(ast.Expr):
        yield from _thrown_away(statement, module, project)
    for call in module.every(ast.Call):
        yield from _none_taken(call, module)
        yield from _called_too_early(call, module, project)
        yield from _command(call)
    yield from _always_true(module)
    yield from _wrong_exceptions(module)


def _always_true(module: Module) -> Iterator[_Told]:
    for check in module.every(ast.Assert):
        if isinstance(check.test, ast.Tuple) and check.test.elts:
            yield check, "an assertion of a tuple is always true", "assert the condition, without brackets"
    for comparison in module.every(ast.Compare):
        if any(isinstance(o, ast.Eq | ast.NotEq) for o in comparison.ops) and _has_nan(comparison):
            yield comparison, "nothing equals NaN, not even itself", "ask with math.isnan()"


def _wrong_exceptions(module: Module) -> Iterator[_Told]:
    for handler in module.every(ast.ExceptHandler):
        if isinstance(handler.type, ast.BoolOp):
            yield handler, "only the first of these exceptions is caught", "name them in a tuple: (A, B)"
    for thrown in module.every(ast.Raise):
        if isinstance(thrown.exc, ast.Name) and thrown.exc.id == "NotImplemented":
            yield thrown, "NotImplemented is a value, no exception", "raise NotImplementedError"


def _thrown_away(statement: ast.Expr, module: Module, project: Project) -> Iterator[_Told]:
    value = statement.value
    if isinstance(value, ast.Attribute) and value.attr in _UNCALLED and _is_alone(statement, module):
        yield value, f"'{value.attr}' is named and not called", f"call it: {value.attr}()"
    if not isinstance(value, ast.Call):
        return
    name = value.func.id if isinstance(value.func, ast.Name) else getattr(value.func, "attr", "")
    if name in project.functions:
        return
    if isinstance(value.func, ast.Name) and name in ("sorted", "reversed"):
        hint = "assign the result, or sort in place with .sort()"
        yield value, f"{name}() changes nothing; its result is thrown away", hint
    if isinstance(value.func, ast.Attribute) and _gives_new_value(value, value.func, module):
        yield value, f"{name}() changes nothing; its result is thrown away", "assign the result"


def _is_alone(statement: ast.Expr, module: Module) -> bool:
    """Whether a statement is no test of whether an attribute is there."""
    around = module.parent(statement)
    return not isinstance(around, ast.Try | ast.With | ast.ExceptHandler)


def _gives_new_value(call: ast.Call, method: ast.Attribute, module: Module) -> bool:
    keywords = {keyword.arg for keyword in call.keywords}
    if method.attr == "replace" and not call.args:
        return bool(keywords) and keywords <= _DATE_PARTS
    if keywords or _is_imported(method.value, module):
        return False
    if method.attr == "replace":
        texts = all(text_of(given) is not None or isinstance(given, ast.JoinedStr) for given in call.args[:2])
        return len(call.args) in (2, 3) and texts
    return method.attr in _TEXT_METHODS and not call.args and not _in_try(call, module)


def _in_try(node: ast.AST, module: Module) -> bool:
    return any(isinstance(around, ast.Try) for around in module.ancestors(node))


def _is_imported(node: ast.expr, module: Module) -> bool:
    if not isinstance(node, ast.Name):
        return False
    plain = [alias for statement in module.every(ast.Import) for alias in statement.names]
    taken = [alias for statement in module.every(ast.ImportFrom) for alias in statement.names]
    return node.id in {alias.asname or alias.name for alias in (*plain, *taken)}


def _none_taken(call: ast.Call, module: Module) -> Iterator[_Told]:
    """The result of a method that changes its object and gives None, used as if it were the object."""
    if isinstance(module.parent(call), ast.Expr | ast.Lambda | ast.Await):
        return
    used = isinstance(module.parent(call), ast.Assign | ast.Return | ast.For | ast.Call | ast.AnnAssign)
    if used and dotted_of(call.func) == "random.shuffle":
        yield call, "shuffle() gives None; it changes the list itself", "shuffle first, then use the list"
    if not used or not isinstance(call.func, ast.Attribute) or call.func.attr not in _IN_PLACE:
        return
    owner = call.func.value
    if isinstance(owner, ast.List) or (isinstance(owner, ast.Name) and _is_list(owner.id, call, module)):
        method = call.func.attr
        yield call, f"{method}() gives None; it changes the list itself", f"call {method}() by itself first"


def _is_list(name: str, at: ast.AST, module: Module) -> bool:
    """Whether a local name is only ever given lists, but for what `at` itself gives it."""
    around = module.function_of(at) or module.tree
    given = [value for value in module.given(name, around) if value is not at]
    return bool(given) and all(map(_makes_list, given))


def _makes_list(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in ("list", "sorted")
    return isinstance(node, ast.List | ast.ListComp)


def _called_too_early(call: ast.Call, module: Module, project: Project) -> Iterator[_Told]:
    """`Thread(target=work())`: the work is done here and now, and the thread gets its result."""
    if dotted_of(call.func).rpartition(".")[2] not in ("Thread", "Process", "Timer"):
        return
    given = [keyword.value for keyword in call.keywords if keyword.arg in ("target", "function")]
    for target in given:
        defined = project.resolve(module, target.func) if isinstance(target, ast.Call) else None
        if defined is None or isinstance(defined.node, ast.ClassDef):
            continue
        if not any(isinstance(node, ast.Return) and node.value for node in own(defined.node)):
            yield target, f"{defined.name}() is called here, not in the thread", "pass it uncalled"


def _command(call: ast.Call) -> Iterator[_Told]:
    name = dotted_of(call.func)
    if name not in ("subprocess.run", "subprocess.call", "subprocess.check_output", "subprocess.check_call"):
        return
    if not call.args or any(keyword.arg is None for keyword in call.keywords):
        return
    shell = next((keyword.value for keyword in call.keywords if keyword.arg == "shell"), None)
    is_shell = isinstance(shell, ast.Constant) and shell.value is True
    if is_shell and isinstance(call.args[0], ast.List) and len(call.args[0].elts) > 1:
        yield (
            call,
            "with shell=True only the first of the list is the command",
            "pass one string, or no shell",
        )
    if shell is None and " " in (text_of(call.args[0]) or "").strip():
        yield call, "without a shell the whole text is taken for a program's name", "pass a list of words"


def _has_nan(comparison: ast.Compare) -> bool:
    return any(_is_nan(side) for side in (comparison.left, *comparison.comparators))


def _is_nan(node: ast.expr) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float":
        return bool(node.args) and (text_of(node.args[0]) or "").lower() == "nan"
    return dotted_of(node) in ("math.nan", "np.nan", "numpy.nan")


_C = Code.SEM_API_MISUSE
EXAMPLES = (
    hit(_C, "def f(name):\n    name.replace(' ', '_')\n    return name\n", 2),
    hit(_C, "def f(name):\n    name.strip()\n    return name\n", 2),
    hit(_C, "def f(rows):\n    sorted(rows)\n    return rows\n", 2),
    hit(_C, "def f():\n    rows = [2, 1]\n    rows = rows.sort()\n    return rows\n", 3),
    hit(_C, "def f(x):\n    rows = list(x)\n    return rows.append(1)\n", 3),
    hit(_C, "def f(when):\n    when.replace(tzinfo=None)\n    return when\n", 2),
    hit(_C, "def f(x):\n    assert (x > 0, 'positive')\n", 2),
    hit(_C, "try:\n    x = 1\nexcept ValueError or TypeError:\n    x = 2\n", 3),
    hit(_C, "def f(x):\n    return x == float('nan')\n", 2),
    hit(_C, "def f(x):\n    raise NotImplemented\n", 2),
    hit(_C, "import threading\ndef work():\n    print(1)\nthreading.Thread(target=work()).start()\n", 4),
    hit(_C, "import subprocess\nsubprocess.run('ls -l')\n", 2),
    hit(_C, "import subprocess\nsubprocess.run(['ls', '-l'], shell=True)\n", 2),
    hit(_C, "def f(path):\n    out = open(path)\n    out.close\n", 3),
    hit(_C, "import random\ndef f(x):\n    x = random.shuffle(x)\n    return x\n", 3),
    miss("def f(name):\n    name = name.replace(' ', '_')\n    return name\n"),
    miss("import os\ndef f(a):\n    os.replace('a', 'b')\n"),
    miss("def f(path, other):\n    path.replace(other)\n"),
    miss("def f(frame):\n    frame.replace('a', 'b', inplace=True)\n"),
    miss("def f(rows):\n    rows.sort()\n    return rows\n"),
    miss("def f(table):\n    return table.append(1)\n"),
    miss("class Stack:\n    def strip(self):\n        self.x = 1\ndef f(s):\n    s.strip()\n"),
    miss("def f(x):\n    assert x > 0, 'positive'\n"),
    miss("try:\n    x = 1\nexcept (ValueError, TypeError):\n    x = 2\n"),
    miss("def f(x):\n    return x != x\n"),
    miss("import subprocess\nsubprocess.run('ls -l', shell=True)\n"),
    miss("import subprocess\nsubprocess.run(['ls', '-l'])\n"),
    miss("import threading\ndef make():\n    return print\nthreading.Thread(target=make()).start()\n"),
)
RULE = Rule("api_misuse", find, EXAMPLES)
