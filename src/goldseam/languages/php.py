"""PHP: compiled by the project's own `php`, failures read from its messages."""

import re
import shlex
from functools import partial

from goldseam.core.language import ANALYSE, CHECK, Language, Program, Tracer
from goldseam.core.ports import PROGRAM_PLACE, REPORT_PLACE
from goldseam.core.source import UTF8_BOM
from goldseam.languages.brace_blocks import Lexis, definitions, enclosing_block
from goldseam.languages.php_failures import failures_in
from goldseam.plugins import hookimpl

QUIET = (
    "php",
    *("-d", "display_errors=0", "-d", "display_startup_errors=0", "-d", "log_errors=0"),
    *("-d", "html_errors=0", "-d", "auto_prepend_file=", "-d", "auto_append_file=", "-d", "xdebug.mode=off"),
)
"""PHP for a worker: the owner's settings decide what parses, and nothing but answers is printed."""

_STRING = rb"'(?:[^'\\]|\\.)*'?|\"(?:[^\"\\]|\\.)*\"?|`(?:[^`\\]|\\.)*`?"
_HEREDOC = rb"<<<[ \t]*([\"']?)(?P<mark>[A-Za-z_]\w*)\1\r?\n.*?(?:^[ \t]*(?P=mark)\b|\Z)"
_COMMENT = rb"(?://|#(?!\[))(?:(?!\?>)[^\r\n])*|/\*.*?(?:\*/|\Z)"
LEXIS = Lexis(
    hidden=re.compile(rb"(?:%s|%s|%s)" % (_HEREDOC, _STRING, _COMMENT), re.DOTALL | re.MULTILINE),
    head=re.compile(
        rb"(?<![\w$>:\\])(?:function[ \t]+&?[ \t]*|class[ \t]+|interface[ \t]+|trait[ \t]+|enum[ \t]+)"
        rb"([A-Za-z_\x80-\xff][\w\x80-\xff]*)",
        re.IGNORECASE,
    ),
    lead=re.compile(rb"[ \t]*#\["),
    outside=re.compile(rb"(?:\?>)?(?:(?!<\?(?:php\b|=)).)*(?:<\?(?:php\b|=)|\Z)", re.DOTALL | re.IGNORECASE),
)
"""How PHP is written, for its blocks and definitions."""


def encoding_of(data: bytes) -> str:
    """PHP reads bytes: UTF-8 where they are, else Latin-1, which every byte is."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8-sig" if data.startswith(UTF8_BOM) else "utf-8"


PHP = Language(
    name="php",
    suffixes=frozenset({".php", ".phtml", ".inc"}),
    programs={CHECK: Program(QUIET, "php_checker.php"), ANALYSE: Program(QUIET, "php_symbols.php")},
    run_command=lambda path: f"php {shlex.quote(path)}",
    encoding_of=encoding_of,
    failures_in=failures_in,
    enclosing_block=partial(enclosing_block, lexis=LEXIS),
    definitions=partial(definitions, lexis=LEXIS),
    test_environment={
        "PHP_INI_SCAN_DIR": f":{PROGRAM_PLACE}",
        "GOLDSEAM_PROGRAMS": PROGRAM_PLACE,
        "GOLDSEAM_TEST_REPORT": REPORT_PLACE,
    },
    test_programs=("php_reporter.php", "php_reporter.ini"),
    fence="php",
    tracer=Tracer(
        ("php_tracer.php", "php_tracer.ini"),
        {
            "PHP_INI_SCAN_DIR": f":{PROGRAM_PLACE}",
            "GOLDSEAM_PROGRAMS": PROGRAM_PLACE,
            "GOLDSEAM_TRACE": REPORT_PLACE,
            "XDEBUG_MODE": "coverage",
        },
    ),
    screener=Tracer(
        (
            "php_screen.ini",
            "php_screen.php",
            "php_screen_batch.php",
            "php_screen_board.php",
            "php_screen_child.php",
            "php_screen_files.php",
            "php_screen_phpunit.php",
            "php_screen_probe.php",
            "php_screen_reference.php",
            "php_screen_run.php",
            "php_screen_source.php",
            "php_screen_state.php",
            "php_screen_swap.php",
            "php_screen_tests.php",
        ),
        {
            "PHP_INI_SCAN_DIR": f":{PROGRAM_PLACE}",
            "GOLDSEAM_PROGRAMS": PROGRAM_PLACE,
            "GOLDSEAM_SCREEN": f"{PROGRAM_PLACE}/batch.json",
            "GOLDSEAM_SCREEN_REPORT": REPORT_PLACE,
        },
    ),
)


@hookimpl
def goldseam_languages() -> tuple[Language, ...]:
    return (PHP,)
