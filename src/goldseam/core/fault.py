"""Faults and their codes: what is wrong, where, how sure, and what would fix it."""

from dataclasses import dataclass
from enum import StrEnum

from goldseam.core.source import Edit, Span


class Code(StrEnum):
    """Fault codes, by family. Each has a page of its own in `diagnose/catalogue/`.

    SYN syntax, NAM names, TYP types, RUN run time, LOG logic, SEM meaning, CONC concurrency, TST tests,
    ENV environment.
    """

    SYN_MISSING_COLON = "SYN.MISSING_COLON"
    SYN_MISSING_COMMA = "SYN.MISSING_COMMA"
    SYN_MISSING_SEPARATOR = "SYN.MISSING_SEPARATOR"
    SYN_MISSING_OPERATOR = "SYN.MISSING_OPERATOR"
    SYN_UNCLOSED_BRACKET = "SYN.UNCLOSED_BRACKET"
    SYN_UNMATCHED_BRACKET = "SYN.UNMATCHED_BRACKET"
    SYN_UNTERMINATED_STRING = "SYN.UNTERMINATED_STRING"
    SYN_UNOPENED_STRING = "SYN.UNOPENED_STRING"
    SYN_INDENTATION = "SYN.INDENTATION"
    SYN_EMPTY_BODY = "SYN.EMPTY_BODY"
    SYN_MISSPELT_KEYWORD = "SYN.MISSPELT_KEYWORD"
    SYN_MISSING_KEYWORD = "SYN.MISSING_KEYWORD"
    SYN_EXTRA_SYMBOL = "SYN.EXTRA_SYMBOL"
    SYN_ASSIGNMENT_FOR_COMPARISON = "SYN.ASSIGNMENT_FOR_COMPARISON"
    SYN_FOREIGN_SYNTAX = "SYN.FOREIGN_SYNTAX"
    SYN_LOOKALIKE_CHARACTER = "SYN.LOOKALIKE_CHARACTER"
    SYN_MERGE_CONFLICT = "SYN.MERGE_CONFLICT"
    SYN_PASTED_TEXT = "SYN.PASTED_TEXT"
    SYN_EARLY_ERROR = "SYN.EARLY_ERROR"
    SYN_ENCODING = "SYN.ENCODING"
    SYN_INVALID = "SYN.INVALID"
    NAM_UNDEFINED = "NAM.UNDEFINED"
    NAM_MISSPELT = "NAM.MISSPELT"
    NAM_LOOKALIKE = "NAM.LOOKALIKE"
    NAM_WRONG_ATTRIBUTE = "NAM.WRONG_ATTRIBUTE"
    NAM_WRONG_IMPORT = "NAM.WRONG_IMPORT"
    NAM_MISSING_IMPORT = "NAM.MISSING_IMPORT"
    NAM_MISSING_SELF = "NAM.MISSING_SELF"
    NAM_SHADOWED_BUILTIN = "NAM.SHADOWED_BUILTIN"
    NAM_UNBOUND_LOCAL = "NAM.UNBOUND_LOCAL"
    TYP_MISMATCH = "TYP.MISMATCH"
    TYP_NONE_ACCESS = "TYP.NONE_ACCESS"
    TYP_ARITY = "TYP.ARITY"
    TYP_WRONG_KEY = "TYP.WRONG_KEY"
    TYP_WRONG_RETURN = "TYP.WRONG_RETURN"
    TYP_NOT_AWAITED = "TYP.NOT_AWAITED"
    TYP_NOT_CALLABLE = "TYP.NOT_CALLABLE"
    RUN_ZERO_DIVISION = "RUN.ZERO_DIVISION"
    RUN_INDEX = "RUN.INDEX"
    RUN_KEY = "RUN.KEY"
    RUN_VALUE = "RUN.VALUE"
    RUN_RECURSION = "RUN.RECURSION"
    RUN_TIMEOUT = "RUN.TIMEOUT"
    RUN_MEMORY = "RUN.MEMORY"
    RUN_FILE = "RUN.FILE"
    RUN_ENCODING = "RUN.ENCODING"
    RUN_ERROR = "RUN.ERROR"
    LOG_WRONG_RESULT = "LOG.WRONG_RESULT"
    LOG_WRONG_OUTPUT = "LOG.WRONG_OUTPUT"
    LOG_OFF_BY_ONE = "LOG.OFF_BY_ONE"
    LOG_BOUNDARY = "LOG.BOUNDARY"
    LOG_WRONG_OPERATOR = "LOG.WRONG_OPERATOR"
    LOG_WRONG_VARIABLE = "LOG.WRONG_VARIABLE"
    LOG_WRONG_CONSTANT = "LOG.WRONG_CONSTANT"
    LOG_MISSING_CASE = "LOG.MISSING_CASE"
    LOG_WRONG_ORDER = "LOG.WRONG_ORDER"
    SEM_API_MISUSE = "SEM.API_MISUSE"
    SEM_SCHEMA_MISMATCH = "SEM.SCHEMA_MISMATCH"
    SEM_SINGLETON_BYPASSED = "SEM.SINGLETON_BYPASSED"
    SEM_MASKED_FAILURE = "SEM.MASKED_FAILURE"
    SEM_UNIT_MIX = "SEM.UNIT_MIX"
    SEM_CASE_MIX = "SEM.CASE_MIX"
    SEM_NAIVE_DATETIME = "SEM.NAIVE_DATETIME"
    SEM_ROUNDING = "SEM.ROUNDING"
    SEM_SWAPPED_KEY = "SEM.SWAPPED_KEY"
    SEM_TEXT_ORDER = "SEM.TEXT_ORDER"
    SEM_MUTABLE_DEFAULT = "SEM.MUTABLE_DEFAULT"
    SEM_IDENTITY_COMPARISON = "SEM.IDENTITY_COMPARISON"
    SEM_LATE_BINDING = "SEM.LATE_BINDING"
    CONC_DATA_RACE = "CONC.DATA_RACE"
    CONC_DEADLOCK = "CONC.DEADLOCK"
    CONC_BLOCKED_LOOP = "CONC.BLOCKED_LOOP"
    TST_WRONG_EXPECTATION = "TST.WRONG_EXPECTATION"
    TST_BROKEN_TEST = "TST.BROKEN_TEST"
    TST_FLAKY = "TST.FLAKY"
    ENV_MISSING_PACKAGE = "ENV.MISSING_PACKAGE"
    ENV_WRONG_VERSION = "ENV.WRONG_VERSION"
    ENV_MISSING_FILE = "ENV.MISSING_FILE"
    ENV_MISSING_COMMAND = "ENV.MISSING_COMMAND"
    ENV_PORT_IN_USE = "ENV.PORT_IN_USE"
    ENV_PERMISSION = "ENV.PERMISSION"

    @property
    def family(self) -> str:
        return self.value.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a fault is believed: `source` is who says so (`compiler`, `traceback`, `ruff F821`, `coverage`)."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, from 1."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: `path` project-relative with `/`, `span` in bytes, `suspiciousness` from 0 to 1.

    `hint` says in a sentence what would fix it, for a person and for a model alike. `detail` is the
    syntactic place that makes a cluster (`function_def` in `SYN.MISSING_COLON:function_def`), or empty.
    `expected` is the token that would have been right here, `fix` the smallest edits of the file that would
    mend it; both may be empty. `others` are fixes that would do nearly as well. What only `static` tools say
    counts when a red run supports it. `symptom` is where a run showed the fault, if that is known.
    """

    code: Code
    path: str
    span: Span
    message: str
    hint: str
    suspiciousness: float = 1.0
    detail: str = ""
    expected: str = ""
    fix: tuple[Edit, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    static: bool = False
    symptom: Place | None = None
    others: tuple[tuple[Edit, ...], ...] = ()

    @property
    def cluster(self) -> str:
        return f"{self.code}:{self.detail}" if self.detail else str(self.code)


@dataclass(frozen=True, slots=True)
class Suspect:
    """A statement of the program, how suspicious it is by coverage alone and by all, and why.

    It stands on the lines `first` to `last`, from 1; `span` in bytes, without indentation and line end;
    `suspiciousness` and `ochiai` from 0 to 1; `kind` says what it does (`condition`).
    """

    path: str
    first: int
    last: int
    span: Span
    kind: str
    suspiciousness: float
    ochiai: float
    evidence: tuple[str, ...] = ()
