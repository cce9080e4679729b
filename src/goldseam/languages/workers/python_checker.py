"""Boxed worker: compiles what it is sent with this interpreter, and runs none of it.

A line in: {"path": …, "data": base64}, or {"files": [such, …]}. A line out: {"problem": …}, or
{"problems": […]}. A problem is null or {"message", "line", "column", "end_line", "end_column"}; lines from 1,
columns in characters from 1, 0 when unknown.
"""

import base64
import json
import sys
from typing import Any


def check(path: str, data: bytes) -> "dict[str, object] | None":
    """None, or what the compiler says of the bytes `data`."""
    try:
        compile(data, path, "exec", dont_inherit=True)
    except SyntaxError as error:
        return {
            "message": error.msg or type(error).__name__,
            "line": error.lineno or 1,
            "column": error.offset or 0,
            "end_line": error.end_lineno or 0,
            "end_column": error.end_offset or 0,
        }
    except (ValueError, MemoryError, RecursionError, OverflowError) as error:
        return {
            "message": str(error) or type(error).__name__,
            "line": 1,
            "column": 0,
            "end_line": 0,
            "end_column": 0,
        }
    return None


def answer(question: "dict[str, Any]") -> "dict[str, object]":
    """What is said of one file, or of many."""
    if "files" in question:
        return {"problems": [answer(file)["problem"] for file in question["files"]]}
    return {"problem": check(question["path"], base64.b64decode(question["data"]))}


def main() -> None:
    """Answer until the input ends."""
    for line in sys.stdin.buffer:
        question = json.loads(line)
        sys.stdout.write(json.dumps(answer(question)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
