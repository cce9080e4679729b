"""What PHP's errors and warnings mean: a code and a hint, by kind and message."""

import re

from goldseam.core.fault import Code
from goldseam.core.observation import Failure

Meaning = tuple[Code, str]

_EXTENSION = r"(?:mb|curl|mysqli|pg|simplexml|dom|xml|gd|gmp|intl|sodium|openssl|zip|ldap|imap|apcu|bc)"
_MESSAGES: tuple[tuple[str, Code, str], ...] = (
    (rf"Call to undefined function (?:{_EXTENSION}_\w+|image\w+|bc(?:add|sub|mul|div)|numfmt_\w+)\(\)",
     Code.ENV_MISSING_PACKAGE, "install the PHP extension that has this function"),
    (r"could not find driver", Code.ENV_MISSING_PACKAGE, "install the PHP extension of this database"),
    (r"vendor[/\\]autoload\.php", Code.ENV_MISSING_PACKAGE, "install the project's packages with composer"),
    (r"Call to undefined function ", Code.NAM_UNDEFINED, "define this function, or correct its spelling"),
    (r"(?:Class|Interface|Trait|Enum) [\"'].+[\"'] not found", Code.NAM_UNDEFINED,
     "import or define it, or correct its spelling"),
    (r"Undefined constant [^:]+::", Code.NAM_WRONG_ATTRIBUTE, "use a constant that the class has"),
    (r"Undefined (?:class )?constant", Code.NAM_UNDEFINED, "define it, or correct its spelling"),
    (r"[Uu]ndefined variable", Code.NAM_UNDEFINED, "give it a value first, or correct its spelling"),
    (r"Call to undefined method |undeclared static property|Undefined property", Code.NAM_WRONG_ATTRIBUTE,
     "use a member that the class has"),
    (r"(?:Call to|Cannot access) (?:private|protected) ", Code.NAM_WRONG_ATTRIBUTE,
     "use a member that can be reached from here"),
    (r"Using \$this when not in object context", Code.NAM_MISSING_SELF, "call it on an object"),
    (r"must not be accessed before initialization", Code.NAM_UNBOUND_LOCAL,
     "give the property a value before it is read"),
    (r"on null\b|of type null\b|foreach\(\) argument .* null given", Code.TYP_NONE_ACCESS,
     "find out why the value is null, or handle null"),
    (r"Return value must be of type", Code.TYP_WRONG_RETURN, "return what the function promises"),
    (r"Too (?:few|many) arguments|expects (?:exactly|at least|at most) \d+|Unknown named parameter",
     Code.TYP_ARITY, "call it with its own arguments"),
    (r"not callable|callback must|valid callback", Code.TYP_NOT_CALLABLE, "call what can be called"),
    (r"Undefined (?:array key \d|array key -|offset)|Uninitialized string offset|outside the range",
     Code.RUN_INDEX, "keep the index inside the array"),
    (r"Undefined (?:array key|index)", Code.RUN_KEY, "use a key that the array has, or handle a missing one"),
    (r"Division by zero|Modulo by zero", Code.RUN_ZERO_DIVISION,
     "handle the case in which the divisor is zero"),
    (r"Allowed memory size|Out of memory", Code.RUN_MEMORY, "do not hold all of it in memory"),
    (r"Maximum execution time", Code.RUN_TIMEOUT, "make the loop or wait end"),
    (r"possible infinite loop|nesting level|Maximum call stack", Code.RUN_RECURSION,
     "add or correct the base case of the recursion"),
    (r"[Ff]ailed to open (?:stream|required)|Failed opening|No such file", Code.RUN_FILE,
     "use a path that exists, or create the file first"),
    (r"Malformed UTF-8", Code.RUN_ENCODING, "read the bytes in their own encoding"),
    (r"Cannot (?:instantiate|modify readonly)", Code.SEM_API_MISUSE, "use it as its class allows"),
    (r"Unsupported operand types|non-numeric|conversion|could not be converted|Cannot use object of type"
     r"|must be of type|must be compatible|on (?:int|string|array|bool|float)\b|array offset",
     Code.TYP_MISMATCH, "bring the values to the types that the operation takes"),
)  # fmt: skip
_KINDS: dict[str, Meaning] = {
    "ParseError": (Code.SYN_INVALID, "make this line valid"),
    "ArgumentCountError": (Code.TYP_ARITY, "call it with its own arguments"),
    "TypeError": (Code.TYP_MISMATCH, "bring the values to the types that the operation takes"),
    "DivisionByZeroError": (Code.RUN_ZERO_DIVISION, "handle the case in which the divisor is zero"),
    "UnhandledMatchError": (Code.LOG_MISSING_CASE, "add the case that is missing"),
    "ValueError": (Code.RUN_VALUE, "pass a value that the call accepts"),
    "ArithmeticError": (Code.RUN_VALUE, "pass a value that the call accepts"),
    "InvalidArgumentException": (Code.RUN_VALUE, "pass a value that the call accepts"),
    "JsonException": (Code.RUN_VALUE, "pass text that is JSON"),
    "OutOfBoundsException": (Code.RUN_KEY, "use a key that is there, or handle a missing one"),
    "OutOfRangeException": (Code.RUN_INDEX, "keep the index inside the range"),
    "AssertionError": (Code.LOG_WRONG_RESULT, "make the code give what the check expects"),
    "AssertionFailedError": (Code.LOG_WRONG_RESULT, "make the code give what the check expects"),
    "ExpectationFailedException": (Code.LOG_WRONG_RESULT, "make the code give what the check expects"),
}
_NAME = re.compile(
    r"(?:[Uu]ndefined (?:variable|property:?|constant|method|function)|undefined (?:method|function)) "
    r"[\"']?\$?(?:[\w\\]+::\$?)?([\w]+)"
)
_BY_MESSAGE = frozenset({"Error", "TypeError", "ErrorException", "FatalError", "Warning", "Notice"})


def meaning(failure: Failure) -> Meaning | None:
    """What a failure of PHP means; None where its kind says nothing.

    An exception of the project's own may say anything: only those of PHP are read by their words.
    """
    kind = failure.kind.rpartition("\\")[2]
    if kind in _BY_MESSAGE or kind not in _KINDS:
        found = next(
            ((code, hint) for shape, code, hint in _MESSAGES if re.search(shape, failure.message)), None
        )
        if found and (kind in _BY_MESSAGE or found[0].family == "ENV"):
            return found
    return _KINDS.get(kind)


_OF_CALLER = re.compile(r", called in .+ on line \d+|, \d+ passed in .+ on line \d+ ")


def is_of_caller(message: str) -> bool:
    """Whether an error is told where a function begins, and lies where it was called."""
    return _OF_CALLER.search(message) is not None


def name_in(message: str) -> str | None:
    """The name that a message complains of, as it stands in the source."""
    match = _NAME.search(message)
    return match[1] if match else None
