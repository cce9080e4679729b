"""Kinds of syntax faults for php, see `syntax_kinds_braces`."""

from syntax_kinds_braces import LATER_PHP, PHP, SECOND, accepts, folders_of, signature_of

from goldseam.diagnose.syntax.brace_php import php_tokens

SUFFIX = ".php"
KINDS = PHP
LATER = LATER_PHP
tokens = php_tokens


def folders() -> list[str]:
    return folders_of("GOLDSEAM_BENCH_PHP")


def signature(text: str) -> object:
    return signature_of(tokens(text))


__all__ = ["KINDS", "LATER", "SECOND", "SUFFIX", "accepts", "folders", "signature", "tokens"]
