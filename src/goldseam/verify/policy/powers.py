"""Powers: what a piece of Python can do to the machine, to other code and to whoever calls it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from goldseam.verify.policy.trees import dotted, line_of

HARD: dict[str, str] = {
    "starts processes": (
        r"os\.(system|popen|fork|forkpty|posix_spawnp?|startfile|(exec|spawn)[lv]\w*)|subprocess\.\w+"
        r"|pty\.\w+"
        r"|commands\.getoutput|asyncio\.create_subprocess_\w+|multiprocessing\.\w+"
        r"|concurrent\.futures\.ProcessPool\w+"
    ),
    "opens the network": (
        r"socket\.(socket|create_connection|create_server|getaddrinfo)|urllib\.request\.\w+"
        r"|urllib3?\.\w*(open|Pool)\w*"
        r"|http\.(client|server)\.\w+|(requests|httpx|aiohttp)\.\w+|ftplib\.\w+|smtplib\.\w+|telnetlib\.\w+"
        r"|poplib\.\w+|imaplib\.\w+|socketserver\.\w+|xmlrpc\.\w+\.\w+|webbrowser\.\w+"
        r"|asyncio\.open_\w*connection"
        r"|asyncio\.start_\w*server|paramiko\.\w+|websockets?\.\w+"
    ),
    "deletes files": (
        r"os\.(remove|unlink|rmdir|removedirs|truncate)|shutil\.(rmtree|move)"
        r"|(\S*\.)?(unlink|rmtree)"
    ),
    "evaluates text as code": (
        r"eval|exec|compile|builtins\.(eval|exec|compile)|code\.\w+|codeop\.\w+"
        r"|runpy\.\w+"
    ),
    "loads native code": r"ctypes(\.\w+)+|cffi\.\w+|mmap\.mmap|_ctypes\.\w+",
    "ends the process at once": r"os\.(_exit|abort|kill|killpg)|pytest\.(exit|skip|xfail|fail|importorskip)",
    "hooks into the interpreter": (
        r"atexit\.\w+|signal\.\w+|sys\.(settrace|setprofile|addaudithook|setrecursionlimit"
        r"|set_int_max_str_digits)"
        r"|threading\.settrace|faulthandler\.\w+|gc\.(get_referrers|get_objects|disable"
        r"|freeze)|weakref\.finalize"
    ),
    "reads its callers": (
        r"sys\._(getframe|current_frames)\w*|inspect\.(stack|currentframe|trace|getouterframes|getframeinfo)"
        r"|traceback\.(extract_stack|walk_stack|format_stack)|\S*\.f_(back|locals|globals|code|builtins)"
    ),
    "reaches into the interpreter": (
        r"\S*\.__(subclasses|globals|builtins|code|mro|closure|bases|base|loader"
        r"|import)__(\.\S*)?"
        r"|__builtins__|__import__|builtins\.__import__|marshal\.\w+|types\.(CodeType|FunctionType)"
    ),
    "concerns the tests": (r"(pytest|unittest|doctest|_pytest|mock|hypothesis)(\.\w+)+"),
}
SOFT: dict[str, str] = {
    "imports by name": (
        r"importlib\.\w+|\S*\.import_module|importlib\.util\.\w+|pkgutil\.\w+"
        r"|zipimport\.\w+|imp\.\w+"
    ),
    "unpickles data": (
        r"(pickle|cPickle|dill|shelve|joblib)\.(loads?|open|Unpickler)"
        r"|yaml\.(load|unsafe_load|full_load)"
    ),
    "ends the program": r"sys\.exit|exit|quit|SystemExit|KeyboardInterrupt",
    "changes its environment": (
        r"os\.(putenv|unsetenv|environ\.(pop|update|clear|setdefault)|chmod|chown|chdir|umask"
        r"|setuid|nice|symlink|link)"
        r"|os\.rename|os\.replace|os\.chroot|shutil\.(copy\w*|chown)|(\S*\.)?(chmod|symlink_to|hardlink_to)"
    ),
    "writes files": r"(\S*\.)?(write_text|write_bytes)|os\.(open|write|mkfifo)|tempfile\.\w+",
    "changes names at run time": r"globals|setattr|vars|delattr|object\.__setattr__|locals|sys\.modules\.\w+",
    "silences warnings and logs": (
        r"warnings\.(filterwarnings|simplefilter|catch_warnings)|logging\.disable|logging\.shutdown"
    ),
    "waits or reads the keyboard": r"time\.sleep|input|breakpoint|pdb\.\w+",
    "decodes hidden data": (
        r"base64\.\w*decode\w*|bytes\.fromhex|codecs\.decode|binascii\.\w+"
        r"|zlib\.decompress"
    ),
    "starts threads": r"threading\.Thread|_thread\.\w+",
}
_HARD = {what: re.compile(pattern) for what, pattern in HARD.items()}
_SOFT = {what: re.compile(pattern) for what, pattern in SOFT.items()}
_TEST_WORDS = re.compile(r"PYTEST_\w+|_pytest|pytest|unittest|conftest|\bTESTING\b|GOLDSEAM\w*")
_TEST_MODULES = re.compile(r"_?pytest|unittest|conftest|doctest|test_\w+")
_NATIVE_MODULES = frozenset({"ctypes", "cffi", "pty", "code", "codeop"})
_BY_ANOTHER_NAME = re.compile(
    r"os\.(system|popen|fork|_exit|abort|kill|remove|unlink|rmdir|(exec|spawn)[lv]\w*)|shutil\.rmtree"
    r"|subprocess\.(run|call|check_call|check_output|getoutput)|eval|exec|compile|__import__"
)
_DYNAMIC = frozenset({"getattr", "setattr", "delattr"})
_INNER = ("reads its callers", "reaches into the interpreter")
_SENSITIVE = frozenset(
    {
        "os",
        "sys",
        "builtins",
        "subprocess",
        "importlib",
        "shutil",
        "socket",
        "ctypes",
        "inspect",
        "json",
        "math",
    }
    | {"random", "time", "datetime", "unittest", "pytest", "io", "threading", "logging"}
)
_SPECIAL = (".__eq__", ".__code__", ".__class__", ".__dict__", ".__defaults__", ".__wrapped__")
_SCOPE_CALLS = frozenset({"globals", "vars", "locals"})


@dataclass(frozen=True, slots=True)
class Power:
    """What a node does, by which name, where; `is_hard` where hardly any repair needs it."""

    what: str
    name: str
    line: int
    is_hard: bool


def powers(node: ast.AST, bound: dict[str, str]) -> Iterator[Power]:
    """The powers that one node uses; `bound` are the imports of its file."""
    match node:
        case ast.Call():
            yield from _called(node, bound)
        case ast.Raise(exc=ast.expr() as raised):
            yield from _named(dotted(_without_call(raised), bound), line_of(node))
        case ast.Attribute(attr=attr) if attr.startswith(("__", "f_")):
            yield from _named(dotted(node, bound), line_of(node), only=_INNER)
        case ast.Assign(targets=targets) | ast.Delete(targets=targets):
            for target in targets:
                yield from _patched(target, bound)
        case ast.FunctionDef(decorator_list=decorators) | ast.ClassDef(decorator_list=decorators):
            plain = [decorator for decorator in decorators if not isinstance(decorator, ast.Call)]
            for decorator in plain:
                yield from _named(dotted(decorator, bound), line_of(decorator))
        case _:
            yield from _mentioned(node, bound)


def _passed_on(node: ast.expr, bound: dict[str, str]) -> Iterator[Power]:
    """`run = eval`: a power that goes by another name from here on."""
    if _BY_ANOTHER_NAME.fullmatch(name := dotted(node, bound)):
        yield from _named(name, line_of(node))


def _mentioned(node: ast.AST, bound: dict[str, str]) -> Iterator[Power]:
    match node:
        case ast.Attribute(ctx=ast.Load()):
            yield from _passed_on(node, bound)
        case ast.Constant(value=str() as text) if len(text) < 60 and _TEST_WORDS.fullmatch(text):
            yield Power("concerns the tests", text, line_of(node), True)
        case ast.Name(id="__builtins__" | "__loader__" | "__spec__" as name):
            yield Power("reaches into the interpreter", name, line_of(node), True)
        case ast.Name(ctx=ast.Load()):
            yield from _passed_on(node, bound)
        case ast.Import(names=names):
            for alias in names:
                yield from _imported(alias.name, line_of(node))
        case ast.ImportFrom(module=str() as module):
            yield from _imported(module, line_of(node))


def _without_call(raised: ast.expr) -> ast.expr:
    return raised.func if isinstance(raised, ast.Call) else raised


def _named(name: str, line: int, only: tuple[str, ...] = ()) -> Iterator[Power]:
    for table, is_hard in ((_HARD, True), (_SOFT, False)):
        for what, pattern in table.items():
            if (not only or what in only) and pattern.fullmatch(name):
                yield Power(what, name, line, is_hard)
                return


def _called(call: ast.Call, bound: dict[str, str]) -> Iterator[Power]:
    yield from _named(dotted(call.func, bound), line_of(call))
    if isinstance(call.func, ast.Name) and call.func.id in _DYNAMIC and len(call.args) >= 2:
        yield from _dynamic(call, bound)
    elif dotted(call.func).rpartition(".")[2] == "open" and _writes(call):
        yield Power("writes files", "open", line_of(call), False)


def _dynamic(call: ast.Call, bound: dict[str, str]) -> Iterator[Power]:
    """`getattr(os, …)`: an attribute of a module by a computed name."""
    owner, name = dotted(call.args[0], bound), call.args[1]
    if isinstance(name, ast.Constant) and isinstance(name.value, str):
        yield from _named(f"{owner}.{name.value}", line_of(call))
    elif owner == "?" or owner in _SENSITIVE:
        yield Power("reaches into the interpreter", ast.unparse(call)[:60], line_of(call), True)


def _writes(call: ast.Call) -> bool:
    modes = [*call.args[:2], *(k.value for k in call.keywords if k.arg == "mode")]
    texts = [m.value for m in modes if isinstance(m, ast.Constant) and isinstance(m.value, str)]
    return any(re.fullmatch(r"[rwaxbt+U]{1,3}", text) and set(text) & set("wax+") for text in texts)


def _patched(target: ast.expr, bound: dict[str, str]) -> Iterator[Power]:
    """Assignments into modules: `sys.stdout = …`, `sys.modules["x"] = …`, `os.environ[…] = …`."""
    line = line_of(target)
    if isinstance(target, ast.Subscript):
        name = dotted(target.value, bound)
        scope = dotted(target.value.func) if isinstance(target.value, ast.Call) else ""
        if name == "os.environ":
            yield Power("changes its environment", name, line, False)
        elif name in ("sys.modules", "builtins.__dict__") or scope in _SCOPE_CALLS:
            yield Power("replaces code of others", ast.unparse(target)[:60], line, True)
    elif isinstance(target, ast.Attribute):
        name = dotted(target, bound)
        is_module = isinstance(target.value, ast.Name) and target.value.id in bound
        if name.endswith(_SPECIAL) or name.partition(".")[0] in _SENSITIVE & set(bound.values()):
            yield Power("replaces code of others", name, line, True)
        elif is_module:
            yield Power("replaces code of others", name, line, False)


def _imported(name: str, line: int) -> Iterator[Power]:
    root = name.partition(".")[0]
    if _TEST_MODULES.fullmatch(root):
        yield Power("concerns the tests", root, line, True)
    elif root in _NATIVE_MODULES:
        yield Power("loads native code", root, line, True)
