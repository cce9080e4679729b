"""Where to mutate, and what comes of it: the statements of suspicious functions, and every change once.

A statement's penalty grows with its distance from the most suspicious one. Where no coverage is known, the
functions around the places that faults name take the place of the suspects, and behind them, if nothing was
raised, the others; where faults name none, all functions of the files that may be edited.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from goldseam.core.case import Case
from goldseam.core.source import Edit, Span, apply_edits, newline_of, position_of
from goldseam.propose.mutating.mutant import Change, Family, Site
from goldseam.propose.trees.layout import step_of
from goldseam.propose.trees.reading import Unit, read, unit_of
from goldseam.propose.trees.scope import Scope, Types, scope_of
from goldseam.propose.trees.tree import Block, Does, Statement, Tree

RANK_PENALTY = 1.6
NOT_RUN_PENALTY = 2.4
ELSEWHERE_PENALTY = 0.8
MOST_PENALTY = 3.0
MOST_STATEMENTS = 200
_ENTRY = re.compile(r"__name__\s*==|require\.main\b")
"""Of the condition under which a program starts: without it nothing fails, since nothing runs."""
_TYPES = {
    "int": "number", "float": "number", "number": "number", "integer": "number", "double": "number",
    "bigint": "number", "str": "text", "string": "text", "list": "list", "Array": "list", "array": "list",
    "deque": "list", "set": "set", "frozenset": "set", "Set": "set", "dict": "map", "Map": "map",
    "defaultdict": "map", "bool": "boolean", "boolean": "boolean", "tuple": "tuple", "function": "function",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change of one file with its whole cost; of several `parts` if it is made of as many others."""

    path: str
    edits: tuple[Edit, ...]
    cost: float
    why: str
    unit: Unit
    parts: int = 1


def mutants(case: Case, families: Iterable[Family]) -> Iterator[Mutant]:
    """All changes at the suspicious statements, each text once, in no order."""
    every = tuple(families)
    found = [_of_file(case, path, penalties, every) for path, penalties in _penalties(case).items()]
    if not any(found):
        found = [_of_file(case, path, None, every) for path in case.incident.paths]
    for some in found:
        yield from some


def _of_file(
    case: Case, path: str, penalties: Mapping[int, float] | None, families: tuple[Family, ...]
) -> list[Mutant]:
    tree = read(path, case.current.files[path])
    if tree is None:
        return []
    cheapest: dict[tuple[int, bytes], Mutant] = {}
    units: dict[Span, Unit] = {}
    observed = _observed(case, path)
    chosen = [*(_anywhere(tree, observed) if penalties is None else _chosen(tree, penalties, observed))]
    if penalties is not None and not case.suspects and not case.observation.failures:
        known = {site.statement.span for site, _ in chosen}
        others = (site for site, _ in _anywhere(tree, observed) if site.statement.span not in known)
        chosen += [(site, ELSEWHERE_PENALTY) for site in others]
    for site, penalty in chosen:
        unit = _unit(site, units)
        for change in changes(site, families):
            mutant = Mutant(path, tuple(sorted(change.edits)), change.cost + penalty, change.why, unit)
            key = _key(tree.data, mutant.edits)
            if key is not None and (key not in cheapest or mutant.cost < cheapest[key].cost):
                cheapest[key] = mutant
    return [*cheapest.values()]


def _unit(site: Site, known: dict[Span, Unit]) -> Unit:
    """The outermost function or other statement around a site, classes aside."""
    held = (*site.owners, site.statement)
    outermost = next((one for one in held if one.does is not Does.CLASS), site.statement)
    if outermost.span not in known:
        known[outermost.span] = unit_of(site.tree, outermost, in_class=held[0].does is Does.CLASS)
    return known[outermost.span]


def changes(site: Site, families: Iterable[Family]) -> Iterator[Change]:
    """What the families make of one statement."""
    for family in families:
        if family.of_statement is not None:
            yield from family.of_statement(site)
        if family.of_expression is not None:
            for expression in site.statement.own:
                yield from family.of_expression(expression, site)


def sites(tree: Tree, observed: Types) -> Iterator[Site]:
    """Every statement of a tree with its scope."""
    yield from _Walk(tree, observed, newline_of(tree.data).decode(), {}).sites(tree.top, (), (), ())


@dataclass(frozen=True, slots=True)
class _Walk:
    tree: Tree
    observed: Types
    newline: str
    scopes: dict[int, Scope]

    def sites(
        self,
        block: Block,
        outer: tuple[Block, ...],
        owners: tuple[Statement, ...],
        bodies: tuple[Block, ...],
    ) -> Iterator[Site]:
        inside = bodies[-1].span.start if bodies else -1
        if inside not in self.scopes:
            self.scopes[inside] = scope_of(self.tree, bodies, self.observed)
        scope, step = self.scopes[inside], step_of((*outer, block, *_first_inner(block)))
        for index, statement in enumerate(block.statements):
            if _ENTRY.search(statement.text.partition("\n")[0]) and statement.does is Does.IF:
                continue
            yield Site(self.tree, scope, statement, block, index, outer, owners, step, self.newline)
            for inner in statement.blocks:
                deeper = (*bodies, inner) if inner.parameters is not None else bodies
                yield from self.sites(inner, (*outer, block), (*owners, statement), deeper)


def _first_inner(block: Block) -> tuple[Block, ...]:
    return next((statement.blocks[:1] for statement in block.statements if statement.blocks), ())


def _chosen(tree: Tree, penalties: Mapping[int, float], observed: Types) -> Iterator[tuple[Site, float]]:
    """The statements with a penalty of their own, and the others of the functions that those are in."""
    every = [*sites(tree, observed)]
    lines = [position_of(tree.data, site.statement.span.start)[0] for site in every]
    inside = {_body(site) for site, line in zip(every, lines, strict=True) if line in penalties}
    for site, line in zip(every, lines, strict=True):
        if line in penalties:
            yield site, penalties[line]
        elif _body(site) in inside and site.statement.does not in (Does.FUNCTION, Does.CLASS):
            yield site, NOT_RUN_PENALTY


def _anywhere(tree: Tree, observed: Types) -> Iterator[tuple[Site, float]]:
    """All statements of a file's functions, of a file without functions all: nothing is known of any."""
    every = [site for site in sites(tree, observed) if site.statement.does not in (Does.FUNCTION, Does.CLASS)]
    inside = [site for site in every if _body(site) is not None]
    yield from ((site, 0.0) for site in (inside or every)[:MOST_STATEMENTS])


def _body(site: Site) -> Span | None:
    bodies = [block.span for block in (*site.outer, site.block) if block.parameters is not None]
    return bodies[-1] if bodies else None


def _penalties(case: Case) -> dict[str, dict[int, float]]:
    """By path and line of a statement's start; from suspects, else from the places of faults."""
    found: dict[str, dict[int, float]] = {}
    if case.suspects:
        highest = max(suspect.suspiciousness for suspect in case.suspects)
        for suspect in case.suspects:
            if suspect.path in case.current.files:
                far = (highest - suspect.suspiciousness) / highest if highest > 0 else 0.0
                for line in range(suspect.first, suspect.last + 1):
                    now = found.setdefault(suspect.path, {})
                    now[line] = min(RANK_PENALTY * far, now.get(line, MOST_PENALTY))
        return found
    for fault in case.faults:
        if fault.path in case.current.files:
            line = position_of(case.current.files[fault.path], fault.span.start)[0]
            found.setdefault(fault.path, {})[line] = 0.5 * (1 - fault.suspiciousness)
    return found


def _observed(case: Case, path: str) -> Types:
    """Types of variables that the frames of failures showed."""
    found: dict[str, frozenset[str]] = {}
    for failure in case.observation.failures:
        for frame in failure.frames:
            if frame.path == path:
                for variable in frame.variables:
                    kind = _TYPES.get(variable.kind.rpartition(".")[2], "object")
                    found[variable.name] = found.get(variable.name, frozenset()) | {kind}
    return found


def _key(data: bytes, edits: tuple[Edit, ...]) -> tuple[int, bytes] | None:
    """The same for all edits that lead to the same text, blanks aside; None where nothing changes."""
    start, end = edits[0].span.start, edits[-1].span.end
    try:
        moved = [Edit(Span(e.span.start - start, e.span.end - start), e.replacement) for e in edits]
        new = apply_edits(data[start:end], moved)
    except ValueError:
        return None
    old = data[start:end]
    if b"".join(old.split()) == b"".join(new.split()) and b"\n" not in old + new:
        return None
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    most -= head
    tail = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    return start + head, b"%d:" % (len(old) - head - tail) + new[head : len(new) - tail]
