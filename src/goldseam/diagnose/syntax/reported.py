"""What a compiler says of a file that does not parse, as one fault."""

import re

from goldseam.core.fault import Code, Evidence, Fault
from goldseam.core.observation import SyntaxProblem
from goldseam.core.source import lines_of, position_of

_EARLY = (
    r"'(?:return|yield|yield from|await|break|continue)' (?:outside|not properly)|outside (?:async )?function"
    r"|duplicate argument|keyword argument repeated|nonlocal|global declaration|is parameter and global"
    r"|must be last|__future__|allowed at module level"
    r"|has already been declared|^Illegal |Undefined label|^Duplicate "
    r"|await is only valid|'super' keyword|in strict mode|is not defined in module|Private field"
    r"|Redefinition of parameter|Cannot (?:re-?declare|redeclare|re-?assign|declare|use)|not in the 'loop'"
)
"""What compilers say of text that parses and breaks a rule beyond the grammar."""

_RULES: tuple[tuple[str, Code, str], ...] = (
    (r"expected ':'", Code.SYN_MISSING_COLON, "add the missing ':' at the end of this line"),
    (r"'(.)' was never closed", Code.SYN_UNCLOSED_BRACKET, "close the bracket that is opened here"),
    (r"unmatched '(.)'", Code.SYN_UNMATCHED_BRACKET, "remove this bracket, or open it before"),
    (r"does not match opening", Code.SYN_UNMATCHED_BRACKET, "make the closing bracket match the opener"),
    (r"unterminated .*string", Code.SYN_UNTERMINATED_STRING, "close the string with its opening quote"),
    (r"Perhaps you forgot a comma", Code.SYN_MISSING_COMMA, "add the missing comma"),
    (r"Maybe you meant '==' or ':='", Code.SYN_ASSIGNMENT_FOR_COMPARISON, "compare with '==', not '='"),
    (r"cannot assign to .*Maybe you meant '=='", Code.SYN_ASSIGNMENT_FOR_COMPARISON, "compare with '=='"),
    (r"expected an indented block", Code.SYN_INDENTATION, "indent the lines that belong to this block"),
    (r"unexpected indent|unindent does not match|inconsistent use of tabs", Code.SYN_INDENTATION,
     "give this line the indentation of its block"),
    (_EARLY, Code.SYN_EARLY_ERROR, "keep the rule that the compiler names"),
    (r"^cannot be read", Code.SYN_INVALID, "let it be read: check its permissions"),
    (r"codec can't decode|unknown encoding|Non-UTF-8", Code.SYN_ENCODING, "write it in the file's encoding"),
)  # fmt: skip

_STATEMENT = re.compile(
    rb"[\s}]*(?:(?:export|default|async|public|private|protected|static)\s+){0,4}"
    rb"(def|function|class|if|elif|elseif|else|for|foreach|while|with|try|except|catch|finally|match|switch|case)\b"
)
_DEFINITIONS = {"def": "function_def", "function": "function_def", "class": "class_def"}


def fault_of(problem: SyntaxProblem, data: bytes) -> Fault:
    """The problem as a fault with code, hint and the statement kind for its cluster."""
    code, hint = next(
        ((code, hint) for pattern, code, hint in _RULES if re.search(pattern, problem.message)),
        (Code.SYN_INVALID, "make this line valid"),
    )
    detail = statement_at(data, problem.span.start)
    evidence = (Evidence("compiler", problem.message),)
    return Fault(code, problem.path, problem.span, problem.message, hint, detail=detail, evidence=evidence)


def statement_at(data: bytes, offset: int) -> str:
    """The kind of statement that the line of a byte offset begins (`function_def`), or an empty text."""
    line = position_of(data, offset)[0]
    lines = lines_of(data)
    match = _STATEMENT.match(lines[line - 1]) if 0 < line <= len(lines) else None
    if match is None:
        return ""
    word = match[1].decode()
    return _DEFINITIONS.get(word, f"{word}_statement")
