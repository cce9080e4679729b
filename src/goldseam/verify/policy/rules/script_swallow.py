"""Errors of JavaScript, TypeScript and PHP that are caught and forgotten."""

import re
from collections.abc import Iterator

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Decision, Example, Objection, Rule, reject, review
from goldseam.verify.policy.scripts.outline import Call, Catch, Outline
from goldseam.verify.policy.scripts.surplus import surplus

BROAD = frozenset({"Exception", "Throwable", "Error", "\\Exception", "\\Throwable", "\\Error"})
_NOTHING = r"(?:null|undefined|false|true|0|''|\"\"|\[\]|\{\}|console\.\w+\([^()]*\))"
_FORGETS = re.compile(
    r"(?:async )?(?:function ?\w*)? ?\(?[\w$, {}]*\)? ?(?:=>)? ?"
    rf"(?:\{{ ?(?:(?:return )?{_NOTHING}? ?;? ?)\}}|\(?{_NOTHING}\)?)$"
)


def check(change: FileChange, context: Context) -> Iterator[Objection]:
    """New handlers that forget, promises whose errors are dropped, leavings in `finally`, `@` of PHP."""
    old, new = change.old_outline, change.new_outline
    failing = set(context.failing_lines(change.path).values())
    guarded = {statement for handler in old.catches for statement in handler.guarded}
    for handler in surplus(old.catches, new.catches, _key):
        wraps = any(statement in old.statements - guarded for statement in handler.guarded)
        if not handler.throws and (objection := _judged(handler, wraps, failing)):
            yield objection
    for call in surplus(_dropped(old), _dropped(new), lambda call: call.text):
        yield reject(call.line, "the errors of a promise are dropped")
    for leaving in surplus(old.leavings, new.leavings, lambda part: part.text):
        yield reject(leaving.line, "leaving in 'finally' swallows every error")
    for silenced in surplus(old.suppressed, new.suppressed, lambda part: part.text):
        yield review(silenced.line, f"the errors of '{silenced.text[:60]}' are silenced")


def _judged(handler: Catch, wraps: bool, failing: set[str]) -> Objection | None:
    is_broad = not handler.caught or bool(BROAD & set(handler.caught))
    if is_broad and handler.is_silent:
        what = "catches every error and goes on"
        return reject(handler.line, what) if wraps else review(handler.line, what)
    if handler.is_silent and wraps and failing & {name.rpartition("\\")[2] for name in handler.caught}:
        return reject(
            handler.line, f"catches the {handler.caught[0]} that was to be repaired, and forgets it"
        )
    if handler.is_silent and wraps:
        return review(handler.line, f"catches {handler.caught[0]} around code that was there")
    return (
        review(handler.line, "catches every error around code that was there") if wraps and is_broad else None
    )


def _key(handler: Catch) -> object:
    return handler.caught, handler.is_silent, handler.throws, handler.guarded[:1]


def _dropped(outline: Outline) -> list[Call]:
    """`.catch(() => {})` and `.then(f, () => {})`."""
    return [
        call
        for call in outline.calls
        if (call.last == "catch" and call.arguments and _FORGETS.match(call.arguments[0]))
        or (call.last == "then" and len(call.arguments) > 1 and _FORGETS.match(call.arguments[1]))
    ]


_JS = "function mean(values) {\n  return sum(values) / values[0].size;\n}\n"
_PHP = "<?php\nfunction mean($values) {\n    return intdiv(array_sum($values), count($values));\n}\n"
RULE = Rule(
    "swallowed error",
    check,
    hits=(
        Example(
            _JS,
            "function mean(values) {\n  try {\n    return sum(values) / values[0].size;\n  } catch (e) {\n"
            "    return 0;\n  }\n}\n",
            path="job.js",
        ),
        Example(
            _JS,
            "function mean(values) {\n  try {\n    return sum(values) / values[0].size;\n  } catch {}\n}\n",
            path="job.ts",
        ),
        Example(
            _PHP,
            "<?php\nfunction mean($values) {\n    try {\n        return intdiv(array_sum($values), "
            "count($values));\n    } catch (\\Throwable $e) {\n        return 0;\n    }\n}\n",
            path="job.php",
        ),
        Example("load();\n", "load().catch(() => {});\n", path="job.mjs"),
        Example("load();\n", "load().then(show, () => null);\n", path="job.mjs"),
        Example(
            _JS,
            "function mean(values) {\n  try {\n    return sum(values);\n  } finally {\n"
            "    return 0;\n  }\n}\n",
            path="job.js",
        ),
        Example(_PHP, _PHP.replace("intdiv", "@intdiv"), Decision.REVIEW, path="job.php"),
    ),
    misses=(
        Example(
            _JS,
            "function mean(values) {\n  try {\n    return sum(values) / values[0].size;\n  } catch (e) {\n"
            "    throw new Error('empty', { cause: e });\n  }\n}\n",
            path="job.js",
        ),
        Example(_JS, _JS.replace("values[0].size", "values.length"), path="job.js"),
        Example("load();\n", "load().catch((e) => { throw wrapped(e); });\n", path="job.mjs"),
        Example(
            _PHP,
            "<?php\ntry { load(); } catch (NotFound $e) { $rows = defaults($e); }\n" + _PHP[6:],
            path="job.php",
        ),
    ),
)
