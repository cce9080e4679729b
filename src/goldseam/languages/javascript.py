"""JavaScript as Node loads it, and TypeScript, JSX and TSX as TypeScript's own parser reads them."""

import re
import shlex
from functools import partial

from goldseam.core.language import ANALYSE, CHECK, Language, Program, Tracer
from goldseam.core.ports import PROGRAM_PLACE, REPORT_PLACE
from goldseam.core.source import UTF8_BOM
from goldseam.languages.brace_blocks import Lexis, definitions, enclosing_block
from goldseam.languages.node_failures import failures_in
from goldseam.plugins import hookimpl

_NAME = r"[\w$\x80-\xff]+"
_PARAMETERS = r"\([^()]{0,2000}(?:\([^()]{0,500}\)[^()]{0,2000}){0,20}\)"
_MODIFIERS = r"(?:(?:static|async|get|set|public|private|protected|readonly|override|abstract)[ \t]+){0,5}"
_NO_METHOD = r"(?!(?:if|for|while|switch|catch|with|function|return|constructor\s*;)\b)"

ECMASCRIPT = Lexis(
    hidden=re.compile(
        rb"//[^\r\n]*|/\*.*?\*/|/\*[^\r\n]*|\"(?:[^\"\\\r\n]|\\.)*(?:\"|(?=[\r\n])|\Z)"
        rb"|'(?:[^'\\\r\n]|\\.)*(?:'|(?=[\r\n])|\Z)|\A#![^\r\n]*",
        re.DOTALL,
    ),
    head=re.compile(
        rf"(?<![\w$.])function\b\s*\*?\s*({_NAME})"
        rf"|(?<![\w$.])(?:class|interface|enum|namespace)[ \t]+(?!extends\b)({_NAME})"
        rf"|(?<![\w$])({_NAME})\s*(?:=|:(?:[^=;:?\n]{{1,200}}=(?!=|>))?)\s*(?:async\b\s*)?"
        rf"(?:function\b|class\b|(?:{_PARAMETERS}|{_NAME})\s*(?::[^=;{{}}\n]{{1,200}})?=>)"
        rf"|^[ \t]*{_MODIFIERS}(?:\*[ \t]*)?{_NO_METHOD}(\#?{_NAME})[ \t]*(?:<[^<>(){{}}]{{1,200}}>)?"
        rf"{_PARAMETERS}\s*(?::[^{{}};=\n]{{1,200}})?\{{".encode("latin-1"),
        re.MULTILINE,
    ),
    regex_words=frozenset(
        b"return typeof case in of delete void throw new do else instanceof yield await".split()
    ),
)
"""What both languages have in common for the eye."""


def encoding_of(data: bytes) -> str:
    """UTF-8 always; a byte order mark is allowed."""
    return "utf-8-sig" if data.startswith(UTF8_BOM) else "utf-8"


_WITH_TOOLS = ("env", "NODE_PATH={tools}/node_modules", "node")
_enclosing_block = partial(enclosing_block, lexis=ECMASCRIPT)
_definitions = partial(definitions, lexis=ECMASCRIPT)
_TEST_ENVIRONMENT = {
    "GOLDSEAM_TEST_REPORT": REPORT_PLACE,
    "NODE_OPTIONS": f"--require={PROGRAM_PLACE}/node_reporters.cjs"
    " --test-reporter=spec --test-reporter-destination=stdout"
    f" --test-reporter=junit --test-reporter-destination={REPORT_PLACE}",
}

_TRACER = Tracer(
    ("node_tracer.cjs", "node_lines.cjs", "node_values.cjs", "node_watch.cjs"),
    {"NODE_OPTIONS": f"--require {PROGRAM_PLACE}/node_tracer.cjs", "GOLDSEAM_TRACE": REPORT_PLACE},
)

_SCREENER = Tracer(
    (
        "node_screen.cjs",
        "node_screen_calls.cjs",
        "node_screen_clock.cjs",
        "node_screen_control.cjs",
        "node_screen_inputs.cjs",
        "node_screen_jest.cjs",
        "node_screen_load.cjs",
        "node_screen_places.cjs",
        "node_screen_plan.cjs",
        "node_screen_probe.cjs",
        "node_screen_program.cjs",
        "node_screen_registry.cjs",
        "node_screen_rounds.cjs",
        "node_screen_scripts.cjs",
        "node_screen_source.cjs",
        "node_screen_swap.cjs",
        "node_screen_tests.cjs",
        "node_screen_trial.cjs",
        "node_screen_worker.cjs",
        "node_screen_world.cjs",
    ),
    {
        "NODE_OPTIONS": f"--require {PROGRAM_PLACE}/node_screen.cjs",
        "GOLDSEAM_SCREEN": f"{PROGRAM_PLACE}/batch.json",
        "GOLDSEAM_SCREEN_REPORT": REPORT_PLACE,
    },
)

JAVASCRIPT = Language(
    name="javascript",
    suffixes=frozenset({".js", ".cjs", ".mjs"}),
    programs={
        CHECK: Program(
            ("node", "--no-warnings", "--expose-internals", "--experimental-vm-modules"),
            "javascript_checker.cjs",
        )
    },
    run_command=lambda path: f"node {shlex.quote(path)}",
    encoding_of=encoding_of,
    failures_in=failures_in,
    enclosing_block=_enclosing_block,
    definitions=_definitions,
    test_environment=_TEST_ENVIRONMENT,
    test_programs=("node_reporters.cjs", "jest_reporter.cjs"),
    fence="javascript",
    context=("package.json",),
    tracer=_TRACER,
    screener=_SCREENER,
)

TYPESCRIPT = Language(
    name="typescript",
    suffixes=frozenset({".ts", ".mts", ".cts", ".tsx", ".jsx"}),
    programs={
        CHECK: Program(_WITH_TOOLS, "typescript_checker.cjs"),
        ANALYSE: Program((*_WITH_TOOLS, "--max-old-space-size=1024"), "javascript_static.cjs"),
    },
    run_command=lambda path: f"npx tsx {shlex.quote(path)}",
    encoding_of=encoding_of,
    failures_in=lambda text: (),
    enclosing_block=_enclosing_block,
    definitions=_definitions,
    fence="typescript",
    context=("package.json",),
    tracer=_TRACER,
)
"""What it prints is what JavaScript prints, and is read there."""


@hookimpl
def goldseam_languages() -> tuple[Language, ...]:
    return (JAVASCRIPT, TYPESCRIPT)
