"""Moves that mended a file, told as faults."""

from collections.abc import Sequence

from goldseam.core.fault import Code, Evidence, Fault
from goldseam.core.source import Edit, Span
from goldseam.diagnose.syntax.brace_moves import Action, Move, Splice
from goldseam.diagnose.syntax.brace_tokens import CLOSER, OPENER

_EVIDENT = {
    "conflict": (Code.SYN_MERGE_CONFLICT, "a merge conflict was left here", "keep one side of it"),
    "pasted": (Code.SYN_PASTED_TEXT, "this line is no code: '{wrong}'", "remove the pasted line"),
    "alien": (Code.SYN_LOOKALIKE_CHARACTER, "this only looks like '{expected}'", "write '{expected}'"),
    "foreign": (Code.SYN_FOREIGN_SYNTAX, "'{wrong}' begins no comment here", "begin it with '{expected}'"),
    "comment": (Code.SYN_UNTERMINATED_STRING, "this comment lacks its '{expected}'", "add '{expected}'"),
}  # fmt: skip
_INSERTED = {
    ",": (Code.SYN_MISSING_COMMA, "',' is missing"),
    ";": (Code.SYN_MISSING_SEPARATOR, "';' is missing"),
    ":": (Code.SYN_MISSING_COLON, "':' is missing"),
}


def fault_of(path: str, move: Move, edits: Sequence[Splice], said: str) -> Fault:
    """One fault; `edits` are the move's splices in the owner's bytes."""
    code, message, hint = _told(move)
    fix = tuple(Edit(Span(start, end), new.encode("latin-1")) for start, end, new in edits)
    evidence = (Evidence("compiler", said), *((Evidence("layout", move.why),) if move.why else ()))
    first = min(fix).span
    return Fault(code, path, first, message, hint, expected=_text(move.expected), fix=fix, evidence=evidence)


def _told(move: Move) -> tuple[Code, str, str]:
    if move.action is Action.EVIDENT:
        code, message, hint = _EVIDENT[move.why]
        said = {"wrong": _text(move.wrong), "expected": _text(move.expected)}
        return code, message.format(**said), hint.format(**said)
    if move.action is Action.QUOTE:
        return _quote(move)
    if move.action is Action.INSERT:
        return _inserted(_text(move.expected))
    if move.action is Action.DROP:
        return _dropped(_text(move.wrong))
    return _replaced(move)


def _quote(move: Move) -> tuple[Code, str, str]:
    if not move.expected:
        return Code.SYN_UNTERMINATED_STRING, "a quote too many", "remove this quote"
    if move.expected == "\\":
        return Code.SYN_UNTERMINATED_STRING, "a quote inside the string ends it", "escape the quote"
    if move.wrong == "opening":
        return Code.SYN_UNOPENED_STRING, "a string without its opening quote", f"open it with {move.expected}"
    return (
        Code.SYN_UNTERMINATED_STRING,
        "a string without its closing quote",
        f"close it with {move.expected}",
    )


def _inserted(sign: str) -> tuple[Code, str, str]:
    if sign in _INSERTED:
        code, message = _INSERTED[sign]
        return code, message, f"add '{sign}' here"
    if sign[0] in OPENER:
        return (
            Code.SYN_UNCLOSED_BRACKET,
            f"'{OPENER[sign[0]]}' is never closed: '{sign}' is missing",
            f"add '{sign}' here",
        )
    if sign in CLOSER:
        return (
            Code.SYN_UNMATCHED_BRACKET,
            f"'{CLOSER[sign]}' closes nothing: '{sign}' is missing",
            f"open it with '{sign}' here",
        )
    if sign[0].isalpha():
        return Code.SYN_MISSING_KEYWORD, f"'{sign}' is missing", f"add '{sign}' here"
    return Code.SYN_MISSING_OPERATOR, f"an operator such as '{sign}' is missing", f"add '{sign}' here"


def _dropped(wrong: str) -> tuple[Code, str, str]:
    if wrong and wrong[0] in OPENER:
        return Code.SYN_UNMATCHED_BRACKET, f"'{wrong}' closes nothing", f"remove this '{wrong}'"
    if wrong in CLOSER:
        return Code.SYN_UNCLOSED_BRACKET, f"'{wrong}' is never closed", f"remove this '{wrong}'"
    return Code.SYN_EXTRA_SYMBOL, f"'{wrong}' is too much here", f"remove '{wrong}'"


def _replaced(move: Move) -> tuple[Code, str, str]:
    wrong, expected = _text(move.wrong), _text(move.expected)
    hint = f"write '{expected}' instead of '{wrong}'" if expected else f"remove '{wrong}'"
    if move.why == "keyword":
        return Code.SYN_MISSPELT_KEYWORD, f"'{wrong}' is no keyword: '{expected}' is", hint
    if move.why == "foreign":
        return Code.SYN_FOREIGN_SYNTAX, f"'{wrong}' belongs to another language", hint
    if move.why == "variable":
        return Code.SYN_FOREIGN_SYNTAX, f"a variable without its '$': '{wrong}'", hint
    if expected in OPENER or expected in CLOSER:
        return Code.SYN_UNMATCHED_BRACKET, f"'{wrong}' does not match: '{expected}' would", hint
    if expected in _INSERTED:
        return _INSERTED[expected][0], f"'{expected}' is missing, '{wrong}' stands there", hint
    return Code.SYN_EXTRA_SYMBOL, f"'{wrong}' stands where '{expected}' belongs", hint


def _text(latin: str) -> str:
    return latin.encode("latin-1", "replace").decode("utf-8", "replace")
