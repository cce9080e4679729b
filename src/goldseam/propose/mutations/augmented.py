"""Augmented assignments: another operator, a plain assignment instead, and the other way round."""

from collections.abc import Iterator

from goldseam.core.source import Edit
from goldseam.propose.mutating.mutant import Change, Family, Site, hit, miss, retold
from goldseam.propose.trees.tree import Does, Kind

_USUAL = frozenset({"+=", "-="})
_PLAIN_TARGETS = frozenset({Kind.NAME, Kind.INDEX, Kind.MEMBER})


def of_statement(site: Site) -> Iterator[Change]:
    statement, writing = site.statement, site.tree.writing
    sign, target, value = statement.operator, statement.target, statement.value
    if target is None or value is None:
        return
    if statement.does is Does.AUGMENT and sign is not None:
        for other in writing.arithmetic:
            if other + "=" != sign.text:
                cost = 0.7 if {sign.text, other + "="} == _USUAL else 1.0
                yield retold(sign.span, sign.text, other + "=", cost)
        yield retold(sign.span, sign.text, "=", 0.8)
    elif target.kind in _PLAIN_TARGETS and not statement.declares:
        gap = site.tree.data[target.span.end : value.span.start]
        if gap.strip() == b"=" and target.text not in value.text:
            place = target.span.end + gap.index(b"=")
            for sign_text in ("+=", "-="):
                edit = Edit(type(target.span)(place, place + 1), sign_text.encode())
                yield Change((edit,), 0.9, f"`=` becomes `{sign_text}`")


_TOTAL = "def total(rows):\n    n = 0\n    for row in rows:\n        n -= row\n    return n\n"

FAMILY = Family(
    "augmented",
    (
        hit(_TOTAL, "-=", "+="),
        hit(_TOTAL, "-=", "="),
        hit("function f(a, n) {\n  n = a;\n  return n;\n}\n", "n = a", "n += a", name="program.js"),
        hit(
            "<?php\nfunction f($a, $n) {\n    $n *= $a;\n    return $n;\n}\n", "*=", "+=", name="program.php"
        ),
        miss("function f(a) {\n  let n = a;\n  return n;\n}\n", "n = a", "n += a", name="program.js"),
        miss("def f(n, a):\n    n = n + a\n    return n\n", "n = n", "n += n"),
    ),
    of_statement=of_statement,
)
