"""From the bytes of a file that does not parse to its faults."""

import time
from collections.abc import Iterator

from goldseam.core.errors import SandboxError, ToolMissing
from goldseam.core.fault import Fault
from goldseam.core.observation import SyntaxProblem
from goldseam.core.ports import Tools
from goldseam.core.source import Span
from goldseam.diagnose.syntax.brace_dialect import Checking, dialect_of
from goldseam.diagnose.syntax.brace_faults import fault_of
from goldseam.diagnose.syntax.brace_search import Found, Search
from goldseam.diagnose.syntax.reported import fault_of as reported_fault

SECONDS = 1.5
ANSWER_SECONDS = 1.9
MOST_BYTES = 400_000


def faults_of(
    problem: SyntaxProblem, data: bytes, language: str, tools: Tools, seconds: float | None = None
) -> Iterator[Fault]:
    """All root faults of a file; the checker's own word if they cannot be told apart."""
    limit = SECONDS if seconds is None else seconds
    found = None
    if len(data) <= MOST_BYTES:
        try:
            found = _search(problem, data, language, tools, limit)
        except (ToolMissing, SandboxError):
            found = None
    if found is None or not found.moves:
        yield reported_fault(problem, data)
        return
    for move, splices in found.moves:
        yield fault_of(problem.path, move, splices, problem.message)
    left = found.remaining
    if left is not None:
        span = Span(min(left.start, len(data)), min(left.end, len(data)))
        yield reported_fault(SyntaxProblem(problem.path, span, left.message), data)


def _search(problem: SyntaxProblem, data: bytes, language: str, tools: Tools, seconds: float) -> Found:
    text = data.decode("latin-1")
    check = Checking(tools, language, problem.path, None, max(seconds, ANSWER_SECONDS))
    search = Search(dialect_of(language, problem.path), check, time.monotonic, time.monotonic() + seconds)
    first = check([text])[0]
    if first is None:
        return Found((), text, None)
    return search.find(text, first)
