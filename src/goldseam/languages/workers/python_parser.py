"""Boxed worker: says of many variants of a text at once which parse; it runs none of them.

A line in: {"texts": [text, …], "variants": [[text number, [[start, end, new], …]], …], "whole": bool,
"seconds": limit}; edits count characters, do not overlap and are sorted. `whole` compiles a variant as a
program, else it is only parsed. A line out: {"problems": [null | [message, line, column], …]}, lines and
columns from 1; variants that were not reached within `seconds` are left out.
"""

import ast
import json
import sys
import time
from typing import Any


def variant(text: str, edits: "list[list[Any]]") -> str:
    """`text` with all edits applied."""
    parts: list[str] = []
    position = 0
    for start, end, new in edits:
        parts += [text[position:start], new]
        position = end
    parts.append(text[position:])
    return "".join(parts)


def problem_of(text: str, flags: int) -> "list[object] | None":
    """None, or the first problem that the compiler names."""
    try:
        compile(text, "variant", "exec", flags, dont_inherit=True)
    except SyntaxError as error:
        return [error.msg or type(error).__name__, error.lineno or 1, error.offset or 1]
    except (ValueError, MemoryError, RecursionError, OverflowError) as error:
        return [str(error) or type(error).__name__, 1, 1]
    return None


def answer(question: "dict[str, Any]") -> "dict[str, Any]":
    """The problems of the variants, as far as time allows."""
    until = time.monotonic() + question["seconds"]
    flags = 0 if question["whole"] else ast.PyCF_ONLY_AST
    problems = []
    for number, edits in question["variants"]:
        problems.append(problem_of(variant(question["texts"][number], edits), flags))
        if time.monotonic() > until:
            break
    return {"problems": problems}


def main() -> None:
    """Answer until the input ends."""
    for line in sys.stdin.buffer:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
