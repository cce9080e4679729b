"""What Python's exceptions mean: a code and a hint, by kind and message."""

import re

from goldseam.core.fault import Code
from goldseam.core.observation import Failure

Meaning = tuple[Code, str]

_KINDS: dict[str, Meaning] = {
    "NameError": (Code.NAM_UNDEFINED, "define or import this name, or correct its spelling"),
    "UnboundLocalError": (
        Code.NAM_UNBOUND_LOCAL,
        "give the variable a value on every path before it is read",
    ),
    "AttributeError": (Code.NAM_WRONG_ATTRIBUTE, "use an attribute that the object has"),
    "ImportError": (Code.NAM_WRONG_IMPORT, "import a name that the module has"),
    "ModuleNotFoundError": (Code.ENV_MISSING_PACKAGE, "install the package, or correct the module's name"),
    "ZeroDivisionError": (Code.RUN_ZERO_DIVISION, "handle the case in which the divisor is zero"),
    "IndexError": (Code.RUN_INDEX, "keep the index inside the sequence"),
    "KeyError": (Code.RUN_KEY, "use a key that the mapping has, or handle a missing one"),
    "ValueError": (Code.RUN_VALUE, "pass a value that the call accepts"),
    "RecursionError": (Code.RUN_RECURSION, "add or correct the base case of the recursion"),
    "MemoryError": (Code.RUN_MEMORY, "do not hold all of it in memory"),
    "FileNotFoundError": (Code.RUN_FILE, "use a path that exists, or create the file first"),
    "UnicodeDecodeError": (Code.RUN_ENCODING, "read the bytes in their own encoding"),
    "UnicodeEncodeError": (Code.RUN_ENCODING, "write in an encoding that holds the text"),
    "AssertionError": (Code.LOG_WRONG_RESULT, "make the code give what the check expects"),
    "Failed": (Code.LOG_WRONG_RESULT, "make the code do what the test expects"),
    "FixtureLookupError": (Code.TST_BROKEN_TEST, "define the fixture, or correct its name"),
    "JSONDecodeError": (Code.RUN_VALUE, "pass text that is JSON"),
    "LookupError": (Code.RUN_KEY, "use a key that is there, or handle a missing one"),
    "OverflowError": (Code.RUN_VALUE, "pass a value that the call accepts"),
    "IsADirectoryError": (Code.RUN_FILE, "use the path of a file"),
    "NotADirectoryError": (Code.RUN_FILE, "use a path whose folders are folders"),
    "PermissionError": (Code.ENV_PERMISSION, "give the permission, or use another place"),
    "TimeoutError": (Code.RUN_TIMEOUT, "make the loop or wait end"),
    "TimeoutExpired": (Code.RUN_TIMEOUT, "make the loop or wait end"),
    "SyntaxError": (Code.SYN_INVALID, "make this line valid"),
    "IndentationError": (Code.SYN_INDENTATION, "indent the line as its block is"),
    "TabError": (Code.SYN_INDENTATION, "indent with spaces alone"),
}
_MESSAGES: tuple[tuple[str, Code, str], ...] = (
    (r"Address already in use", Code.ENV_PORT_IN_USE, "stop what listens on this port, or use another one"),
    (r"^Stack overflow", Code.RUN_RECURSION, "add or correct the base case of the recursion"),
)
"""What errors of the system and of the interpreter say, whose kind says little."""

_TYPE_ERRORS: tuple[tuple[str, Code, str], ...] = (
    (r"'NoneType' object", Code.TYP_NONE_ACCESS, "find out why the value is None, or handle None"),
    (
        r"offset-naive and offset-aware",
        Code.SEM_NAIVE_DATETIME,
        "give both dates a time zone: datetime.now(timezone.utc)",
    ),
    (
        r"positional argument|keyword argument|missing \d+ required",
        Code.TYP_ARITY,
        "call it with its own arguments",
    ),
)

_SUGGESTION = re.compile(r"Did you mean:? '([^']+)'")
_NO_NAME = re.compile(r"name '([^']+)' is not defined")


def name_in(message: str) -> str | None:
    """The name that a message complains of, as it stands in the source."""
    match = _NO_NAME.search(message)
    return match[1] if match else None


def meaning(failure: Failure) -> Meaning | None:
    """What an exception of Python means, with the suggestion that the interpreter made."""
    suggestion = _SUGGESTION.search(failure.message)
    if name := name_in(failure.message):
        spelling = f" ('{suggestion[1]}'?)" if suggestion else ""
        return Code.NAM_UNDEFINED, f"import or define '{name}', or correct its spelling{spelling}"
    found = _of(failure)
    return (found[0], f"use '{suggestion[1]}' instead") if found and suggestion else found


def _of(failure: Failure) -> Meaning | None:
    if failure.kind in ("TypeError", "AttributeError"):
        for pattern, code, hint in _TYPE_ERRORS:
            if re.search(pattern, failure.message):
                return code, hint
    if failure.kind == "TypeError":
        return Code.TYP_MISMATCH, "bring the values to the types that the operation takes"
    known = _KINDS.get(failure.kind.rpartition(".")[2])
    return known or next(
        ((code, hint) for shape, code, hint in _MESSAGES if re.search(shape, failure.message)), None
    )
