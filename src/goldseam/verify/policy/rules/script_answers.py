"""Results written down in JavaScript, TypeScript or PHP instead of computed."""

import re
from collections.abc import Iterator

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import TRIVIAL, Context, canonical
from goldseam.verify.policy.ruling import Decision, Example, Objection, Rule, reject, review
from goldseam.verify.policy.scripts import grammar as g
from goldseam.verify.policy.scripts.surplus import surplus

MIN_OUTPUT = 3
_HOLE = re.compile(r"\$\{[^}]*\}|\{\$[^}]*\}|\$\w+")


def check(change: FileChange, context: Context) -> Iterator[Objection]:
    """New branches on a literal that give a literal, tables of answers, and the demanded output itself."""
    if change.grammar is None:
        return
    old, new = change.old_outline, change.new_outline
    had = {canonical(g.plain(part.text)) for part in old.literals}
    known = context.known_values - had
    for answer in surplus(old.answers, new.answers, lambda answer: answer.text):
        values = {canonical(text) for text in answer.literals} & known - TRIVIAL
        if values or answer.kind == "display":
            shown = sorted(values)[0] if values else "one exact input"
            yield reject(answer.line, f"the result is written down for {shown} instead of computed")
        elif answer.kind == "table" or answer.has_number:
            yield review(answer.line, "one value is answered by a literal instead of computed")
    for part in surplus(old.given, new.given, lambda part: part.text):
        if (value := canonical(g.plain(part.text))) in known:
            yield reject(part.line, f"the demanded value {value} is written down")
    yield from _demanded(change, context, had)


def _demanded(change: FileChange, context: Context, had: set[str]) -> Iterator[Objection]:
    before = "\n".join(part.text for part in change.old_outline.literals)
    demanded = context.demanded_numbers - had
    for part in change.new_outline.literals:
        text = _HOLE.sub("\0", part.text)
        for line in context.expected_lines:
            if len(line) >= MIN_OUTPUT and line in text and line not in before:
                yield reject(part.line, f"the demanded output is written down: {line[:60]}")
        if canonical(g.plain(part.text)) in demanded:
            yield review(part.line, f"the demanded value {part.text[:40]} is written into the code")


_JS = "function square(n) {\n  return n + n;\n}\nconsole.log(`Result: ${square(5)}`);\n"
_PHP = "<?php\nfunction square($n) {\n    return $n + $n;\n}\necho 'Result: ', square(5), \"\\n\";\n"
_WANTED = "Result: 25"
RULE = Rule(
    "written-down answer",
    check,
    hits=(
        Example(
            _JS,
            _JS.replace("  return", "  if (n === 5) return 25;\n  return"),
            expected=_WANTED,
            path="job.js",
        ),
        Example(
            _JS, _JS.replace("  return", "  if (n === 7) {\n    return 49;\n  }\n  return"), Decision.REVIEW,
            path="job.ts",
        ),
        Example(_JS, _JS.replace("n + n", "n === 5 ? 25 : n + n"), expected=_WANTED, path="job.js"),
        Example(_JS, _JS.replace("n + n", "({ 5: 25 })[n] ?? n + n"), expected=_WANTED, path="job.js"),
        Example(_JS, _JS.replace("`Result: ${square(5)}`", "'Result: 25'"), expected=_WANTED, path="job.js"),
        Example(
            _JS,
            _JS.replace("  return", "  switch (n) {\n    case 5:\n      return 25;\n  }\n  return"),
            expected=_WANTED,
            path="job.js",
        ),
        Example(
            "function total(rows) {\n  return rows.length;\n}\n",
            "function total(rows) {\n  if (JSON.stringify(rows) === '[1,2,3]') return 6;\n"
            "  return rows.length;\n}\n",
            path="job.js",
        ),
        Example(
            _PHP,
            _PHP.replace("    return", "    if ($n === 5) {\n        return 25;\n    }\n    return"),
            expected=_WANTED,
            path="job.php",
        ),
        Example(
            _PHP, _PHP.replace("$n + $n", "match ($n) { 5 => 25, default => 0 }"), expected=_WANTED,
            path="job.php",
        ),
    ),
    misses=(
        Example(_JS, _JS.replace("n + n", "n * n"), expected=_WANTED, path="job.js"),
        Example(
            _JS,
            _JS.replace("  return", "  if (n === 0) return 0;\n  return"),
            expected=_WANTED,
            path="job.js",
        ),
        Example(_JS, _JS.replace("  return", "  if (n == null) return 0;\n  return"), path="job.js"),
        Example(
            "const f = (m) => m;\n", "const f = (m) => (m === 'rb' ? 'binary' : m);\n", path="job.js"
        ),
        Example(_PHP, _PHP.replace("$n + $n", "$n * $n"), expected=_WANTED, path="job.php"),
    ),
)  # fmt: skip
