"""Faults and their codes: what is wrong, where, how sure, and what would fix it."""

from dataclasses import dataclass
from enum import StrEnum

from goldseam.core.source import Span


class Code(StrEnum):
    """Fault codes, by family: SYN syntax, NAM names, TYP types, RUN run time, LOG logic, ENV environment."""

    SYN_MISSING_COLON = "SYN.MISSING_COLON"
    SYN_UNCLOSED_BRACKET = "SYN.UNCLOSED_BRACKET"
    SYN_UNMATCHED_BRACKET = "SYN.UNMATCHED_BRACKET"
    SYN_UNTERMINATED_STRING = "SYN.UNTERMINATED_STRING"
    SYN_MISSING_COMMA = "SYN.MISSING_COMMA"
    SYN_INDENTATION = "SYN.INDENTATION"
    SYN_ASSIGNMENT_FOR_COMPARISON = "SYN.ASSIGNMENT_FOR_COMPARISON"
    SYN_ENCODING = "SYN.ENCODING"
    SYN_INVALID = "SYN.INVALID"
    NAM_UNDEFINED = "NAM.UNDEFINED"
    NAM_UNBOUND_LOCAL = "NAM.UNBOUND_LOCAL"
    NAM_WRONG_ATTRIBUTE = "NAM.WRONG_ATTRIBUTE"
    NAM_WRONG_IMPORT = "NAM.WRONG_IMPORT"
    TYP_NONE_ACCESS = "TYP.NONE_ACCESS"
    TYP_ARITY = "TYP.ARITY"
    TYP_MISMATCH = "TYP.MISMATCH"
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
    ENV_MISSING_PACKAGE = "ENV.MISSING_PACKAGE"
    ENV_MISSING_FILE = "ENV.MISSING_FILE"
    ENV_MISSING_COMMAND = "ENV.MISSING_COMMAND"

    @property
    def family(self) -> str:
        return self.value.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: `path` project-relative with `/`, `span` in bytes, `suspiciousness` from 0 to 1.

    `hint` says in a sentence what would fix it, for a person and for a model alike. `detail` is the
    syntactic place that makes a cluster (`function_def` in `SYN.MISSING_COLON:function_def`), or empty.
    """

    code: Code
    path: str
    span: Span
    message: str
    hint: str
    suspiciousness: float = 1.0
    detail: str = ""

    @property
    def cluster(self) -> str:
        return f"{self.code}:{self.detail}" if self.detail else str(self.code)
