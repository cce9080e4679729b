"""JavaScript, TypeScript and PHP that is cut off, calls that are gone, and texts that cannot be read."""

import re
from collections.abc import Iterable, Iterator

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Decision, Example, Objection, Rule, reject, review
from goldseam.verify.policy.scripts.grammar import POWER_NODES
from goldseam.verify.policy.scripts.outline import Call, Outline
from goldseam.verify.policy.scripts.surplus import surplus

_TELLING = re.compile(r"^(?:console|log|logger|debug)\b|^(?:error_log|print_r|var_dump|require)$")
_CHECKING = re.compile(
    r"^_*(?:validate|verify|check|ensure|require(?!_?once|d?$)|assert|authenti|authori|sanitize|escape)", re.I
)
_CALL = re.compile(r"([A-Za-z_$][\w$]*)\s*\(")
_WORDS = frozenset(
    {"if", "for", "while", "switch", "catch", "function", "foreach", "return", "elseif", "match"}
)


def check(change: FileChange, context: Context) -> Iterator[Objection]:
    """What leaves code unreached or calls unmade that were reached and made before."""
    if change.grammar is None:
        return
    old, new = change.old_outline, change.new_outline
    if new.has_error and not old.has_error:
        yield review(1, "the repaired file cannot be read by the policy")
    for dead in surplus(old.dead, new.dead, lambda part: part.text):
        yield reject(dead.line, "this and what follows is never reached any more")
    for test in surplus(old.fixed, new.fixed, lambda part: part.text):
        yield reject(test.line, f"the condition '{test.text[:60]}' always has the same result")
    for end in surplus(old.first_rounds, new.first_rounds, lambda part: part.text):
        yield review(end.line, "the loop now ends in its first round")
    yield from _lost(old, new, set(context.failing_lines(change.path)))
    if old.has_error:
        yield from _lost_words(change)


def _lost(old: Outline, new: Outline, failing: set[int]) -> Iterator[Objection]:
    shrunk = set(_shrunk(old, new))
    same = str.lower if new.grammar == "php" else str
    gained = surplus(old.calls, new.calls, lambda call: same(call.name))
    for call in surplus(new.calls, old.calls, lambda call: same(call.name)):
        if call.name in POWER_NODES:
            continue
        if call.line in failing and call.is_effect and not _is_called_otherwise(call, gained):
            yield reject(call.line, f"the failing call of '{call.name}' is deleted instead of repaired")
        elif _CHECKING.match(call.last) and not any(one.last == call.last for one in new.calls):
            yield review(call.line, f"the check '{call.name}' is gone")
        elif (
            call.is_effect
            and call.function in shrunk
            and not _TELLING.search(call.name)
            and not _has_successor(call, old, new)
        ):
            yield review(call.line, f"the call of '{call.name}' is deleted, with nothing in its place")


def _is_called_otherwise(call: Call, gained: Iterable[Call]) -> bool:
    """Whether another function or method of the same object is given the same: the name was wrong."""
    owner = call.name.removesuffix(call.last)
    return any(one.arguments == call.arguments and one.name.removesuffix(one.last) == owner for one in gained)


def _shrunk(old: Outline, new: Outline) -> Iterator[str]:
    """Functions with fewer statements made for an effect than before; the whole text by the empty name."""
    after = {function.scope: function.effects for function in new.functions}
    for function in old.functions:
        if function.scope in after and function.effects > after[function.scope]:
            yield function.scope
    if old.effects > new.effects:
        yield ""


def _has_successor(call: Call, old: Outline, new: Outline) -> bool:
    """Whether the same function is called in another way now."""
    return sum(one.last == call.last for one in new.calls) >= sum(one.last == call.last for one in old.calls)


def _lost_words(change: FileChange) -> Iterator[Objection]:
    """Calls in broken lines that the repair removed."""
    added = "\n".join(text for _, text in change.added)
    for line, text in change.removed:
        for match in _CALL.finditer(text):
            name = match[1]
            if name in _WORDS or re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", added):
                continue
            if change.new.count(name) < change.old.count(name):
                yield reject(line, f"broken code is deleted instead of repaired: {name}")
                return


_JS = "function total(rows) {\n  check(rows);\n  save(rows);\n  return sum(rows);\n}\n"
RULE = Rule(
    "code cut off",
    check,
    hits=(
        Example(_JS, _JS.replace("  check", "  return 6;\n  check"), path="job.js"),
        Example(_JS, _JS.replace("  save(rows);", "  if (false) {\n    save(rows);\n  }"), path="job.js"),
        Example(_JS, _JS.replace("  check", "  process.exit(0);\n  check"), path="job.js"),
        Example(_JS, _JS.replace("  save(rows);\n", ""), Decision.REVIEW, path="job.ts"),
        Example(_JS, _JS.replace("  check(rows);\n", ""), Decision.REVIEW, path="job.js"),
        Example(_JS, _JS.replace("  save(rows);\n", ""), failing=("TypeError", 3), path="job.js"),
        Example("<?php\nfoo($a);\nbar($a;\necho 1;\n", "<?php\nfoo($a);\necho 1;\n", path="job.php"),
        Example("<?php\nfoo();\nbar();\n", "<?php\nexit(0);\nfoo();\nbar();\n", path="job.php"),
        Example("a(1);\n", "a(1;\n", Decision.REVIEW, path="job.js"),
    ),
    misses=(
        Example(_JS, _JS.replace("save(rows)", "store.save(rows)"), path="job.js"),
        Example(_JS.replace("save(", "sav("), _JS, failing=("ReferenceError", 3), path="job.js"),
        Example(_JS, _JS.replace("  check(rows);", "  if (!rows) return 0;\n  check(rows);"), path="job.js"),
        Example(_JS, _JS.replace("sum(rows)", "sum(rows) || 0"), path="job.js"),
        Example("<?php\nbar($a;\necho 1;\n", "<?php\nbar($a);\necho 1;\n", path="job.php"),
    ),
)
