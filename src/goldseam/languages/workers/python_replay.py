"""Runs in a box: calls functions again with recorded arguments and writes what they give, as text.

Beside this file lies `calls.json`, a list of {"module", "function", "arguments", "paths"}. Each answer is one
JSON line in the file that `GOLDSEAM_LOCK_REPORT` names. Results are compared as text by somebody else:
nothing here uses a comparison that the code under test could define.
"""

import ast
import importlib
import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

SECONDS_A_CALL = 2.0
PLAIN = (bool, int, float, str, bytes, type(None), list, tuple, dict)


def text_of(value: Any) -> str:
    """`repr` where all of it is built-in data, else the name of its type."""
    return repr(value) if _is_plain(value) else f"<{type(value).__name__}>"


def _is_plain(value: Any) -> bool:
    if type(value) not in PLAIN:
        return False
    if type(value) is dict:
        return all(map(_is_plain, value)) and all(map(_is_plain, value.values()))
    return not isinstance(value, list | tuple) or all(map(_is_plain, value))


def answer(call: "dict[str, Any]") -> str:
    """What one call gives now."""
    try:
        function = getattr(importlib.import_module(call["module"]), call["function"])
        positional, keywords = ast.literal_eval(call["arguments"])
        signal.setitimer(signal.ITIMER_REAL, SECONDS_A_CALL)
        return text_of(function(*positional, **keywords))
    except BaseException as error:  # noqa: BLE001 - whatever the code under test raises is its answer
        return f"raises {type(error).__name__}"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def out_of_time(number: int, frame: "FrameType | None") -> None:
    """Interrupts a call that takes too long."""
    raise TimeoutError


def main() -> None:
    """Answer every call, each line written before the next call begins."""
    here = Path(__file__).resolve().parent
    calls = json.loads((here / "calls.json").read_text("utf-8"))
    report = os.open(os.environ.pop("GOLDSEAM_LOCK_REPORT"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    signal.signal(signal.SIGALRM, out_of_time)
    sys.path[:1] = [str(here.parent)]
    for call in calls:
        sys.path[1:1] = [path for path in call["paths"] if path not in sys.path]
        os.write(report, (json.dumps(answer(call)) + "\n").encode())


main()
