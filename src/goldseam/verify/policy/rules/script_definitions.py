"""Functions, classes and exports of JavaScript, TypeScript and PHP that changed for their users."""

import re
from collections.abc import Iterator

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Decision, Example, Objection, Rule, reject, review
from goldseam.verify.policy.scripts.outline import Function, Outline
from goldseam.verify.policy.scripts.surplus import surplus

LONG = 10
KEPT = 0.4
MOST_FILES = 60


def check(change: FileChange, context: Context) -> Iterator[Objection]:
    """What users of a file relied on and no longer have."""
    if change.grammar is None or (change.new_outline.has_error and not change.old_outline.has_error):
        return
    old, new = change.old_outline, change.new_outline
    yield from _removed(change, context)
    doubled = surplus(_doubles(old), _doubles(new), lambda function: function.scope)
    for function in doubled:
        yield reject(function.line, f"'{function.name}' is defined a second time")
    after = {function.scope: function for function in new.functions}
    has_new = len(after) > len({function.scope for function in old.functions})
    for before in old.functions:
        if (now := after.get(before.scope)) is not None:
            yield from _emptied(before, now, has_new)
            yield from _called_otherwise(before, now, change, context)


def _removed(change: FileChange, context: Context) -> Iterator[Objection]:
    old, new = change.old_outline, change.new_outline
    exported = {part.text for part in new.exports}
    for part in old.exports:
        if part.text not in exported and part.text:
            used = next((path for path, _ in context.project.mentions(part.text, besides=change.path)), None)
            what = f"'{part.text}' is exported no more"
            yield reject(part.line, f"{what}, but {used} uses it") if used else review(part.line, what)
    same = str.lower if change.grammar == "php" else str
    scopes = {same(function.scope) for function in new.functions} | {same(part.text) for part in new.classes}
    for function in old.functions:
        if same(function.scope) in scopes or _is_defined(function.name, change.new):
            continue
        if _is_used(function.name, change.new):
            yield reject(function.line, f"'{function.name}' is removed, but this file uses it")
        elif function.is_public and (change.grammar == "php" or "." in function.scope):
            yield review(function.line, f"'{function.name}', a public name, is removed")
    for part in old.classes:
        if same(part.text) not in scopes and not _is_defined(part.text, change.new):
            yield review(part.line, f"the class '{part.text}' is removed")


def _is_defined(name: str, text: str) -> bool:
    """Whether a name gets a meaning in another way: imported, taken out of an object, assigned."""
    word = rf"(?<![\w$.]){re.escape(name)}(?![\w$])"
    shapes = (
        rf"^\s*(?:import|use)\b[^;]*{word}",
        rf"(?:const|let|var)\s*\{{[^}}]*{word}",
        rf"^\s*(?:export\s+)?(?:(?:const|let|var|class|function\*?|async function)\s+)?{word}\s*=(?![=>])",
        rf"(?:class|function|interface|trait|enum)\s+{word}",
    )
    return any(re.search(shape, text, re.MULTILINE) for shape in shapes)


def _is_used(name: str, text: str) -> bool:
    return re.search(rf"(?<![\w$]){re.escape(name)}\s*\(", text) is not None


def _doubles(outline: Outline) -> list[Function]:
    """Functions of the same name in one block; overloads and accessors, which do nothing or little, aside."""
    seen: set[tuple[str, int]] = set()
    found = []
    for function in outline.functions:
        if (function.scope, function.block) in seen and function.does and not function.is_accessor:
            found.append(function)
        seen.add((function.scope, function.block))
    return found


def _emptied(before: Function, now: Function, has_new: bool) -> Iterator[Objection]:
    if before.does and not now.does:
        what = f"'{now.returns[0]}'" if now.returns else "nothing"
        yield reject(now.line, f"the body of '{now.name}' is replaced by {what}")
    elif _gives_something(before) and _gives_fixed(now):
        yield reject(now.line, f"'{now.name}' now returns a fixed value whatever it is given")
    elif before.size >= LONG and now.size < KEPT * before.size and not has_new:
        yield review(now.line, f"most of '{now.name}' is gone: {before.size} statements, now {now.size}")


def _gives_something(function: Function) -> bool:
    return len(function.returns) > function.literal_returns


def _gives_fixed(function: Function) -> bool:
    same = len(set(function.returns)) == 1
    return same and function.literal_returns == len(function.returns)


def _called_otherwise(
    before: Function, now: Function, change: FileChange, context: Context
) -> Iterator[Objection]:
    if [one.name for one in before.parameters] == [one.name for one in now.parameters] and (
        before.required >= now.required
    ):
        return
    grown = now.required > before.required and change.grammar == "php"
    for path, count in _counts(now.name, change, context) if now.name != "constructor" else ():
        fitted = before.required <= count <= before.most or change.grammar != "php"
        if fitted and ((grown and count < now.required) or before.most >= count > now.most):
            decide = review if "." in now.scope else reject
            yield decide(now.line, f"the signature of '{now.name}' no longer fits its call in {path}")
            return
    old, new = [one.name for one in before.parameters], [one.name for one in now.parameters]
    if now.is_public and (len(new) < len(old) or (sorted(old) == sorted(new) and old != new) or grown):
        yield review(now.line, f"the signature of '{now.name}' takes less or other than before")


def _counts(name: str, change: FileChange, context: Context) -> Iterator[tuple[str, int]]:
    """How many arguments the calls of a name have, here and in the project."""
    for call in change.new_outline.calls:
        if call.last == name and not any("..." in argument[:3] for argument in call.arguments):
            yield change.path, len(call.arguments)
    for _, (path, data) in zip(
        range(MOST_FILES), context.project.mentions(name, besides=change.path), strict=False
    ):
        for match in re.finditer(
            rf"(?<![\w$]){re.escape(name)}\(([^()\n]*)\)", data.decode("utf-8", "replace")
        ):
            if "function" not in data[max(0, match.start() - 12) : match.start()].decode("utf-8", "replace"):
                yield path, len([one for one in match[1].split(",") if one.strip()])


_JS = "function area(a, b) {\n  const result = a + b;\n  return result;\n}\nmodule.exports = { area };\n"
_PHP = "<?php\nfunction area($a, $b) {\n    $result = $a + $b;\n    return $result;\n}\n"
_USE = {"app.js": "const { area } = require('./job');\nconsole.log(area(1, 2));\n"}
RULE = Rule(
    "changed definition",
    check,
    hits=(
        Example(_JS, "function area(a, b) {\n}\nmodule.exports = { area };\n", path="job.js"),
        Example(_JS, "function area(a, b) {\n  return 6;\n}\nmodule.exports = { area };\n", path="job.js"),
        Example(_JS, _JS.replace("return result", "return 6"), path="job.js"),
        Example(_JS, _JS.replace("{ area }", "{}"), path="job.js", project=_USE),
        Example(_JS, _JS.replace("{ area }", "{}"), Decision.REVIEW, path="job.js"),
        Example(_JS, _JS.replace("a, b)", "a)"), path="job.js", project=_USE),
        Example(_JS, _JS + "function area(a, b) {\n  return a * b;\n}\n", path="job.js"),
        Example(
            "export const area = (a) => a * 2;\n",
            "const area = (a) => a * 2;\n",
            Decision.REVIEW,
            path="job.ts",
        ),
        Example(_PHP, "<?php\nfunction area($a, $b) {\n    return 6;\n}\n", path="job.php"),
        Example(_PHP, "<?php\n$x = 1;\n", Decision.REVIEW, path="job.php"),
        Example(
            _PHP,
            _PHP.replace("$a, $b)", "$a, $b, $c)"),
            path="job.php",
            project={"app.php": "<?php\necho area(1, 2);\n"},
        ),
    ),
    misses=(
        Example(_JS, _JS.replace("a + b", "a * b"), path="job.js", project=_USE),
        Example(_JS, _JS.replace("a, b)", "a, b, c = 1)"), path="job.js", project=_USE),
        Example(
            _JS, _JS.replace("  const result = a + b;\n  return result;", "  return a * b;"), path="job.js"
        ),
        Example(_PHP, _PHP.replace("+", "*"), path="job.php"),
        Example(_PHP + "area(1, 2);\n", _PHP.replace(" area", " Area") + "area(1, 2);\n", path="job.php"),
        Example(_PHP, _PHP.replace("$b)", "$b, $c = 1)"), path="job.php"),
    ),
)
