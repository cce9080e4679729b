"""Functions of PHP that end without the value that they promise: the statement whose value is not returned.

PHP tells of them at the closing brace. The statement is one that has no effect, or else the function's last.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from goldseam.core.case import Case
from goldseam.core.example import Diagnosed
from goldseam.core.fault import Code, Evidence, Fault, Place
from goldseam.core.observation import Failure
from goldseam.core.ports import Analyzer
from goldseam.core.source import Edit, Span
from goldseam.languages.parse_tree import below, grammar_of, tree_of
from goldseam.plugins import hookimpl

if TYPE_CHECKING:
    from tree_sitter import Node

NONE_RETURNED = "none returned"
_FUNCTIONS = frozenset({"function_definition", "method_declaration", "anonymous_function"})
_EFFECTS = re.compile(
    r"(?:(?:reference_|augmented_)?assignment|update|throw|yield|include(?:_once)?|require(?:_once)?"
    r"|(?:function|(?:nullsafe_)?member|scoped)_call)_expression|print_intrinsic|exit_statement"
)
"""Expressions that do something, whatever becomes of their value."""


def analyze(case: Case) -> Iterator[Fault]:
    """A fault for each failure by a value that was promised and not returned."""
    for failure in case.observation.failures:
        if not failure.frames or not failure.message.endswith(NONE_RETURNED):
            continue
        frame = failure.frames[-1]
        data = case.current.files.get(frame.path)
        root = tree_of("php", data) if data is not None and grammar_of(frame.path) == "php" else None
        function = _ending_at(root, frame.line) if root is not None else None
        if function is not None and (statement := _unreturned(function)) is not None:
            yield _fault(statement, failure, frame.path, frame.line)


def _ending_at(root: "Node", line: int) -> "Node | None":
    """The innermost function whose last line this is."""
    found = [node for node in below(root) if node.type in _FUNCTIONS and node.end_point[0] + 1 == line]
    return min(found, key=lambda node: node.end_byte - node.start_byte, default=None)


def _unreturned(function: "Node") -> "Node | None":
    body = function.child_by_field_name("body")
    if body is None:
        return None
    statements = [node for node in below(body) if node.type == "expression_statement"]
    idle = [
        node
        for node in statements
        if node.named_children and not _EFFECTS.fullmatch(node.named_children[0].type)
    ]
    own = [node for node in body.named_children if node.type == "expression_statement"]
    return idle[-1] if idle else (own[-1] if own else None)


def _fault(statement: "Node", failure: Failure, path: str, line: int) -> Fault:
    message = f"{failure.kind}: {' '.join(failure.message.split())}"
    span = Span(statement.start_byte, statement.end_byte)
    return Fault(
        Code.TYP_WRONG_RETURN,
        path,
        span,
        message,
        "return the value of this statement",
        0.95,
        detail=failure.kind,
        fix=(Edit(Span(span.start, span.start), b"return "),),
        evidence=(Evidence("parse tree", "the function ends here and its value is not returned"),),
        symptom=Place(path, line),
    )


@hookimpl
def goldseam_analyzers() -> tuple[Analyzer, ...]:
    return (analyze,)


def _php(body: str, line: int = 0, *codes: str) -> Diagnosed:
    return Diagnosed(f"<?php\n{body}\n", codes, (line,) * len(codes), name="program.php")


EXAMPLES = (
    _php("function f(int $n): int {\n    $n + 1;\n}\nf(1);", 3, "TYP.WRONG_RETURN"),
    _php("function f(int $n): int {\n    $a = $n;\n    abs($a);\n}\nf(1);", 4, "TYP.WRONG_RETURN"),
    _php(
        "function f(int $n): int {\n    if ($n > 1) {\n        $n;\n    }\n    $n += 1;\n}\nf(2);",
        4,
        "TYP.WRONG_RETURN",
    ),
    _php("function f(int $n): int {\n    return abs($n);\n}\nf(1);"),
    _php("function f(int $n): void {\n    abs($n);\n}\nf(1);"),
)
