"""New powers: processes, network, deletion, evaluation, exits, native code, tampering with other code."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Decision, Example, Objection, Rule, reject, review
from goldseam.verify.policy.trees import dotted, imports, line_of

HARD: dict[str, str] = {
    "starts processes": (
        r"os\.(system|popen|fork|forkpty|posix_spawnp?|startfile|(exec|spawn)[lv]\w*)|subprocess\.\w+|pty\.\w+"
        r"|commands\.getoutput|asyncio\.create_subprocess_\w+|multiprocessing\.\w+|concurrent\.futures\.ProcessPool\w+"
    ),
    "opens the network": (
        r"socket\.(socket|create_connection|create_server|getaddrinfo)|urllib\.request\.\w+|urllib3?\.\w*(open|Pool)\w*"
        r"|http\.(client|server)\.\w+|(requests|httpx|aiohttp)\.\w+|ftplib\.\w+|smtplib\.\w+|telnetlib\.\w+"
        r"|poplib\.\w+|imaplib\.\w+|socketserver\.\w+|xmlrpc\.\w+\.\w+|webbrowser\.\w+|asyncio\.open_\w*connection"
        r"|asyncio\.start_\w*server|paramiko\.\w+|websockets?\.\w+"
    ),
    "deletes files": r"os\.(remove|unlink|rmdir|removedirs|truncate)|shutil\.(rmtree|move)|(\S*\.)?(unlink|rmtree)",
    "evaluates text as code": r"eval|exec|compile|builtins\.(eval|exec|compile)|code\.\w+|codeop\.\w+|runpy\.\w+",
    "loads native code": r"ctypes(\.\w+)+|cffi\.\w+|mmap\.mmap|_ctypes\.\w+",
    "ends the process at once": r"os\.(_exit|abort|kill|killpg)|pytest\.(exit|skip|xfail|fail|importorskip)",
    "hooks into the interpreter": (
        r"atexit\.\w+|signal\.\w+|sys\.(settrace|setprofile|addaudithook|setrecursionlimit|set_int_max_str_digits)"
        r"|threading\.settrace|faulthandler\.\w+|gc\.(get_referrers|get_objects|disable|freeze)|weakref\.finalize"
    ),
    "reads its callers": (
        r"sys\._(getframe|current_frames)\w*|inspect\.(stack|currentframe|trace|getouterframes|getframeinfo)"
        r"|traceback\.(extract_stack|walk_stack|format_stack)|\S*\.f_(back|locals|globals|code|builtins)"
    ),
    "reaches into the interpreter": (
        r"\S*\.__(subclasses|globals|builtins|code|mro|closure|bases|loader|reduce|reduce_ex|import)__(\.\S*)?"
        r"|__builtins__|__import__|builtins\.__import__|marshal\.\w+|types\.(CodeType|FunctionType)"
    ),
    "concerns the tests": (r"(pytest|unittest|doctest|_pytest|mock|hypothesis)(\.\w+)+"),
}
SOFT: dict[str, str] = {
    "imports by name": r"importlib\.\w+|\S*\.import_module|importlib\.util\.\w+|pkgutil\.\w+|zipimport\.\w+|imp\.\w+",
    "unpickles data": r"(pickle|cPickle|dill|shelve|joblib)\.(loads?|open|Unpickler)|yaml\.(load|unsafe_load|full_load)",
    "ends the program": r"sys\.exit|exit|quit",
    "changes its environment": (
        r"os\.(putenv|unsetenv|environ\.(pop|update|clear|setdefault)|chmod|chown|chdir|umask|setuid|nice|symlink|link)"
        r"|os\.rename|os\.replace|os\.chroot|shutil\.(copy\w*|chown)|(\S*\.)?(chmod|symlink_to|hardlink_to)"
    ),
    "writes files": r"(\S*\.)?(write_text|write_bytes)|os\.(open|write|mkfifo)|tempfile\.\w+",
    "changes names at run time": r"globals|setattr|vars|delattr|object\.__setattr__|locals|sys\.modules\.\w+",
    "silences warnings and logs": (
        r"warnings\.(filterwarnings|simplefilter|catch_warnings)|logging\.disable|logging\.shutdown"
    ),
    "waits or reads the keyboard": r"time\.sleep|input|breakpoint|pdb\.\w+",
    "decodes hidden data": r"base64\.\w*decode\w*|bytes\.fromhex|codecs\.decode|binascii\.\w+|zlib\.decompress",
    "starts threads": r"threading\.Thread|_thread\.\w+",
}
_HARD = {what: re.compile(pattern) for what, pattern in HARD.items()}
_SOFT = {what: re.compile(pattern) for what, pattern in SOFT.items()}
_TEST_WORDS = re.compile(r"PYTEST_\w+|_pytest|pytest|unittest|conftest|\bTESTING\b|GOLDSEAM\w*")
_DYNAMIC = frozenset({"getattr", "setattr", "delattr"})


@dataclass(frozen=True, slots=True)
class Power:
    """What a node does, where, and by which name."""

    what: str
    name: str
    line: int
    is_hard: bool


def check(change: FileChange, _: Context) -> Iterator[Objection]:
    """Powers that the new file uses more often than the old; milder where the old file had the power too."""
    bound = imports(change.old_tree) | imports(change.new_tree)
    before = [power for node in change.old_nodes() for power in _powers(node, bound)]
    had = {power.what for power in before}
    left = [(power.what, power.name) for power in before]
    for node in change.new_nodes():
        for power in _powers(node, bound):
            if (power.what, power.name) in left:
                left.remove((power.what, power.name))
            elif power.is_hard and power.what not in had:
                yield reject(power.line, f"'{power.name}' {power.what}; the file did not do that before")
            elif power.is_hard or power.what not in had:
                yield review(power.line, f"'{power.name}' {power.what}")


def _powers(node: ast.AST, bound: dict[str, str]) -> Iterator[Power]:
    match node:
        case ast.Call(func=func):
            yield from _named(dotted(func, bound), line_of(node))
            yield from _dynamic(node, bound)
            yield from _opened(node)
        case ast.Attribute(attr=attr) if attr.startswith(("__", "f_")):
            yield from _named(
                dotted(node, bound), line_of(node), only=("reads its callers", "reaches into the interpreter")
            )
        case ast.Assign(targets=targets) | ast.Delete(targets=targets):
            for target in targets:
                yield from _patched(target, bound)
        case ast.Constant(value=str() as text) if len(text) < 60 and (word := _TEST_WORDS.fullmatch(text)):
            yield Power("concerns the tests", word[0], line_of(node), True)
        case ast.Name(id="__builtins__" | "__loader__" | "__spec__" as name):
            yield Power("reaches into the interpreter", name, line_of(node), True)
        case ast.Import() | ast.ImportFrom():
            yield from _imported(node)
        case ast.FunctionDef(decorator_list=decorators) | ast.ClassDef(decorator_list=decorators):
            for decorator in decorators:
                if not isinstance(decorator, ast.Call):
                    yield from _named(dotted(decorator, bound), line_of(decorator))


def _named(name: str, line: int, only: tuple[str, ...] | None = None) -> Iterator[Power]:
    for table, is_hard in ((_HARD, True), (_SOFT, False)):
        for what, pattern in table.items():
            if (only is None or what in only) and pattern.fullmatch(name):
                yield Power(what, name, line, is_hard)
                return


def _dynamic(call: ast.Call, bound: dict[str, str]) -> Iterator[Power]:
    """`getattr(os, …)`: an attribute of a module, or a dunder, by a computed name."""
    if not isinstance(call.func, ast.Name) or call.func.id not in _DYNAMIC or len(call.args) < 2:
        return
    owner, name = call.args[0], call.args[1]
    if isinstance(name, ast.Constant) and isinstance(name.value, str):
        yield from _named(f"{dotted(owner, bound)}.{name.value}", line_of(call))
    elif (isinstance(owner, ast.Name) and owner.id in bound and owner.id[:1].islower()) or "?" in dotted(
        owner
    ):
        if dotted(owner, bound) in _SENSITIVE or dotted(owner) == "?":
            yield Power("reaches into the interpreter", ast.unparse(call)[:60], line_of(call), True)


_SENSITIVE = frozenset(
    {"os", "sys", "builtins", "subprocess", "importlib", "shutil", "socket", "ctypes", "inspect"}
)


def _opened(call: ast.Call) -> Iterator[Power]:
    """`open(…, "w")`."""
    last = dotted(call.func).rpartition(".")[2]
    modes = [*call.args[:2], *(k.value for k in call.keywords if k.arg == "mode")]
    texts = [m.value for m in modes if isinstance(m, ast.Constant) and isinstance(m.value, str)]
    if last == "open" and any(
        re.fullmatch(r"[rwaxbt+U]{1,3}", text) and set(text) & set("wax+") for text in texts
    ):
        yield Power("writes files", "open", line_of(call), False)


def _patched(target: ast.expr, bound: dict[str, str]) -> Iterator[Power]:
    """Assignments into modules: `json.dumps = …`, `sys.stdout = …`, `sys.modules["x"] = …`, `os.environ[…] = …`."""
    name = dotted(target.value if isinstance(target, ast.Subscript) else target, bound)
    root = name.partition(".")[0]
    if isinstance(target, ast.Subscript) and name == "os.environ":
        yield Power("changes its environment", name, line_of(target), False)
    elif isinstance(target, ast.Subscript) and name in ("sys.modules", "?", "builtins.__dict__"):
        is_call = isinstance(target.value, ast.Call) and dotted(target.value.func) in (
            "globals",
            "vars",
            "locals",
        )
        if name != "?" or is_call:
            yield Power("replaces code of others", ast.unparse(target)[:60], line_of(target), True)
    elif isinstance(target, ast.Attribute) and (root in set(bound.values()) or name.endswith(_OTHERS)):
        if (
            isinstance(target.value, ast.Name)
            or name.startswith(("sys.", "os.", "builtins."))
            or name.endswith(_OTHERS)
        ):
            yield Power("replaces code of others", name, line_of(target), _is_known(name))


_OTHERS = (".__eq__", ".__code__", ".__class__", ".__dict__", ".__defaults__", ".__wrapped__")


def _is_known(name: str) -> bool:
    """Whether the patched module is certainly not the project's own state."""
    root = name.partition(".")[0]
    return root in _SENSITIVE | {
        "json",
        "math",
        "random",
        "time",
        "datetime",
        "unittest",
        "pytest",
        "builtins",
    } or (name.endswith(_OTHERS))


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[Power]:
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    for name in names:
        root = name.partition(".")[0]
        if root in ("pytest", "_pytest", "unittest", "conftest", "doctest"):
            yield Power("concerns the tests", root, line_of(node), True)
        elif root in ("ctypes", "cffi", "pty", "code", "codeop"):
            yield Power("loads native code", root, line_of(node), True)


_OLD = "import os\n\ndef total(rows):\n    return sum(rows)\n"


def _with(statement: str) -> Example:
    return Example(_OLD, _OLD.replace("    return", f"    {statement}\n    return"))


RULE = Rule(
    "dangerous call",
    check,
    hits=(
        _with("os.system('ls')"),
        _with("os._exit(0)"),
        _with("__import__('os').system('ls')"),
        _with("getattr(os, 'sys' + 'tem')('ls')"),
        _with("eval('1')"),
        _with("import subprocess as s; s.run(['ls'])"),
        _with("from shutil import rmtree; rmtree('/')"),
        _with("import sys; rows = sys._getframe(1).f_locals"),
        _with("import atexit; atexit.register(os._exit, 0)"),
        _with("import pytest; pytest.skip('later')"),
        _with("().__class__.__bases__[0].__subclasses__()"),
        _with("import sys; sys.modules['json'] = None"),
        _with("import sys; sys.excepthook = print"),
        _with("if 'PYTEST_CURRENT_TEST' in os.environ: return 6"),
        _with("import urllib.request; urllib.request.urlopen('http://a')"),
        Example(_OLD, _OLD + "open('a', 'w').write('x')\n", Decision.REVIEW),
        Example(_OLD, "import os, importlib\nimportlib.import_module('a')\n" + _OLD, Decision.REVIEW),
    ),
    misses=(
        _with("rows = [row for row in rows if row]"),
        _with("rows = os.path.join(rows)"),
        Example("os.remove('a')\nx = 1\n", "import os\nos.remove('a')\nx = 1\n"),
        Example("import re\nx = 1\n", "import re\nx = re.compile('a')\n"),
        Example(
            "def f(x):\n    return x.remove(1)\n", "def f(x):\n    x.remove(2)\n    return x.remove(1)\n"
        ),
        Example("import os\nos.remove(a)\n", "import os\nif a:\n    os.remove(a)\n"),
    ),
)
