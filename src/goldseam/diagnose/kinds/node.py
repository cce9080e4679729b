"""What the errors of Node mean: a code and a hint, by kind and message."""

import re

from goldseam.core.fault import Code
from goldseam.core.observation import Failure

Meaning = tuple[Code, str]

_TYPES = "bring the values to the types that the operation takes"
_NONE = "find out why the value is missing, or handle a missing one"
_PATH = "correct the path of the module, with its suffix in an ES module"
_MESSAGES: tuple[tuple[str, str, Code, str], ...] = (
    ("ReferenceError", r"in ES module scope", Code.SEM_API_MISUSE, "use what an ES module has instead"),
    ("ReferenceError", r"before initialization", Code.NAM_UNBOUND_LOCAL, "give it a value before it is read"),
    ("ReferenceError", r"call super constructor", Code.SEM_API_MISUSE, "call super() first"),
    ("ReferenceError", r"", Code.NAM_UNDEFINED, "define or import this name, or correct its spelling"),
    ("TypeError", r"^Cannot (?:read|set) propert|^Cannot destructure|(?:undefined|null) is not iterable"
     r"|Cannot convert undefined or null|^undefined is not|^object null is not",
     Code.TYP_NONE_ACCESS, _NONE),
    ("TypeError", r"\S+\.\S+ is not a function", Code.NAM_WRONG_ATTRIBUTE, 
     "call a method that the object has"),
    ("TypeError", r"is not a (?:function|constructor)", Code.TYP_NOT_CALLABLE, "call what can be called"),
    ("TypeError", r"without 'new'", Code.SEM_API_MISUSE, "make the object with new"),
    ("TypeError", r"Assignment to constant variable", Code.SEM_API_MISUSE,
     "declare it with let, or assign to another variable"),
    ("TypeError", r"read.only property|not extensible|only a getter|Cannot delete property",
     Code.SEM_API_MISUSE, "do not change what is frozen or only read"),
    ("TypeError", r"^Converting circular|Reduce of empty array|^Invalid URL", Code.RUN_VALUE,
     "pass a value that the call accepts"),
    ("TypeError", r"", Code.TYP_MISMATCH, _TYPES),
    ("RangeError", r"Maximum call stack", Code.RUN_RECURSION,
     "add or correct the base case of the recursion"),
    ("RangeError", r"Division by zero", Code.RUN_ZERO_DIVISION,
     "handle the case in which the divisor is zero"),
    ("RangeError", r"", Code.RUN_VALUE, "pass a value that the call accepts"),
    ("URIError", r"", Code.RUN_ENCODING, "decode only what was encoded"),
    ("SyntaxError", r"export named|Named export", Code.NAM_WRONG_IMPORT,
     "import a name that the module exports"),
    ("SyntaxError", r"\bJSON\b", Code.RUN_VALUE, "pass text that is JSON"),
    ("SyntaxError", r"", Code.SYN_INVALID, "make this line valid"),
    ("Error", r"Cannot find module '(?:\.|/)", Code.NAM_WRONG_IMPORT, _PATH),
    ("Error", r"Cannot find (?:module|package) '", Code.ENV_MISSING_PACKAGE,
     "install the package, or correct the module's name"),
    ("Error", r"^spawn \S+ ENOENT", Code.ENV_MISSING_COMMAND, "install the command, or correct its name"),
    ("Error", r"\bENOENT\b", Code.RUN_FILE, "use a path that exists, or create the file first"),
    ("Error", r"\bEADDRINUSE\b", Code.ENV_PORT_IN_USE, "stop what listens on this port, or use another one"),
    ("Error", r"\b(?:EACCES|EPERM)\b", Code.ENV_PERMISSION, "give the permission, or use another place"),
    ("Error", r"^require\(\) of ES Module", Code.SEM_API_MISUSE, "load it with import()"),
    ("Error", r"^expect\(", Code.LOG_WRONG_RESULT, "make the code give what the check expects"),
    ("AssertionError", r"", Code.LOG_WRONG_RESULT, "make the code give what the check expects"),
    ("JestAssertionError", r"", Code.LOG_WRONG_RESULT, "make the code give what the check expects"),
    ("FATAL ERROR", r"heap out of memory", Code.RUN_MEMORY, "do not hold all of it in memory"),
)  # fmt: skip
_NAMES = (
    re.compile(r"^(?P<name>[\w$]+) is not defined"),
    re.compile(r"^Cannot access '(?P<name>[\w$]+)' before"),
    re.compile(r"\(reading '(?P<name>[\w$]+)'\)|\(setting '(?P<name2>[\w$]+)'\)"),
    re.compile(r"\.(?P<name>[\w$]+) is not a (?:function|constructor)"),
    re.compile(r"^(?P<name>[\w$]+) is not a (?:function|constructor)"),
    re.compile(r"export named '(?P<name>[\w$]+)'"),
)


def name_in(message: str) -> str | None:
    """The name that a message complains of, as it stands in the source."""
    match = next((match for pattern in _NAMES if (match := pattern.search(message))), None)
    return match[match.lastgroup] if match and match.lastgroup else None


def meaning(failure: Failure) -> Meaning | None:
    """What an error of Node means; None where its kind says nothing."""
    for kind, shape, code, hint in _MESSAGES:
        if failure.kind == kind and re.search(shape, failure.message):
            if code is Code.NAM_UNDEFINED and (name := name_in(failure.message)):
                return code, f"import or define '{name}', or correct its spelling"
            return code, hint
    return None
