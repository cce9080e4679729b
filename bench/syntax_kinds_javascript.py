"""Kinds of syntax faults for javascript, see `syntax_kinds_braces`."""

from syntax_kinds_braces import LATER_SCRIPT, SCRIPT, SECOND, accepts, folders_of, signature_of

from goldseam.diagnose.syntax.brace_script import script_tokens

SUFFIX = ".js"
KINDS = SCRIPT
LATER = LATER_SCRIPT
tokens = script_tokens


def folders() -> list[str]:
    return folders_of("GOLDSEAM_BENCH_SCRIPTS")


def signature(text: str) -> object:
    return signature_of(tokens(text))


__all__ = ["KINDS", "LATER", "SECOND", "SUFFIX", "accepts", "folders", "signature", "tokens"]
