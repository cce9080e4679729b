"""The outline of a JavaScript, TypeScript or PHP text: what rules compare before and after a change.

Texts of parts have their white space made even, so that a change of layout is none.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from goldseam.languages.parse_tree import below, text_of, tree_of
from goldseam.verify.policy.scripts import grammar as g
from goldseam.verify.policy.scripts.answers import Answer, answers_in
from goldseam.verify.policy.scripts.parts import (
    Part,
    first_of,
    flat,
    inner,
    is_literal,
    line_of,
    part,
    statements_of,
)

if TYPE_CHECKING:
    from tree_sitter import Node


@dataclass(frozen=True, slots=True)
class Call:
    """A call or `new`: `name` dotted as written, `is_effect` where its result is not used."""

    name: str
    line: int
    text: str
    arguments: tuple[str, ...]
    is_effect: bool
    function: str

    @property
    def last(self) -> str:
        return g.last_part(self.name)


@dataclass(frozen=True, slots=True)
class Function:
    """A named function: `scope` is what its name is unique in, `does` the statements that are not nothing."""

    name: str
    scope: str
    line: int
    parameters: tuple[g.Parameter, ...]
    size: int
    does: tuple[str, ...]
    returns: tuple[str, ...]
    literal_returns: int
    effects: int
    is_public: bool
    block: int
    is_accessor: bool

    @property
    def required(self) -> int:
        return max((n for n, one in enumerate(self.parameters, 1) if one.is_required), default=0)

    @property
    def most(self) -> int:
        return 10_000 if any(one.is_rest for one in self.parameters) else len(self.parameters)


@dataclass(frozen=True, slots=True)
class Catch:
    """A handler: `guarded` are the statements that it guards."""

    line: int
    caught: tuple[str, ...]
    body: str
    is_silent: bool
    throws: bool
    guarded: tuple[str, ...]


@dataclass
class Outline:
    """What a text has, each in its order."""

    grammar: str
    has_error: bool
    calls: list[Call] = field(default_factory=list)
    functions: list[Function] = field(default_factory=list)
    classes: list[Part] = field(default_factory=list)
    exports: list[Part] = field(default_factory=list)
    imports: list[Part] = field(default_factory=list)
    catches: list[Catch] = field(default_factory=list)
    leavings: list[Part] = field(default_factory=list)
    suppressed: list[Part] = field(default_factory=list)
    dead: list[Part] = field(default_factory=list)
    fixed: list[Part] = field(default_factory=list)
    first_rounds: list[Part] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    given: list[Part] = field(default_factory=list)
    literals: list[Part] = field(default_factory=list)
    assigned: list[Part] = field(default_factory=list)
    computed: list[Part] = field(default_factory=list)
    mentions: list[Part] = field(default_factory=list)
    statements: set[str] = field(default_factory=set)
    effects: int = 0


def outline_of(grammar: str, text: str) -> Outline | None:
    """The outline of `text`, or None where it has no tree."""
    root = tree_of(grammar, text.encode("utf-8", "replace"))
    if root is None:
        return None
    found = Outline(grammar, root.has_error)
    owners: dict[int, str] = {}
    for node in below(root):
        _add(node, found, owners)
    _add_block(root, found)
    return found


def _add(node: "Node", found: Outline, owners: dict[int, str]) -> None:
    kind = node.type
    if kind in g.LITERALS or kind in g.MEMBERS:
        (found.literals if kind in g.LITERALS else found.mentions).append(part(node))
    elif kind == "error_suppression_expression":
        found.suppressed.append(part(node))
    elif kind in g.NAMED_FUNCTIONS and (function := _function(node)):
        owners[node.id] = function.scope
        found.functions.append(function)
        _add_plain(node, found)
    elif kind in g.CLASSES:
        found.classes.append(Part(text_of(node.child_by_field_name("name")), line_of(node)))
    elif kind in g.CALLS:
        found.calls.append(_call(node, owners))
    elif kind == "catch_clause":
        found.catches.append(_catch(node))
    elif kind == "finally_clause":
        found.leavings += [part(one) for one in below(node, g.SCOPES) if one.type in g.LEAVING]
    elif kind in g.CONDITIONALS:
        _add_condition(node, found)
    elif kind in g.BLOCKS:
        _add_block(node, found)
    else:
        _add_plain(node, found)
    found.answers += answers_in(node)


def _add_plain(node: "Node", found: Outline) -> None:
    kind = node.type
    if kind in g.ASSIGNMENTS:
        _add_assignment(node, found)
    elif kind in ("import_statement", "namespace_use_clause", "export_statement"):
        _add_module(node, found)
    elif kind == "subscript_expression" and len(node.named_children) > 1:
        if not is_literal(node.named_children[1]):
            found.computed.append(Part(flat(node.named_children[0]), line_of(node)))
    elif kind in g.POWER_NODES:
        found.calls.append(Call(kind, line_of(node), flat(node), (_only(node),), True, ""))
    elif kind in g.LOOPS and (body := node.child_by_field_name("body")):
        statements = statements_of(body)
        if statements and statements[-1].type in g.ENDS_ROUND and "continue" not in text_of(body):
            found.first_rounds.append(part(statements[-1]))
    elif kind == "return_statement" and node.named_children and is_literal(node.named_children[0]):
        found.given.append(Part(flat(node.named_children[0]), line_of(node)))


def _only(node: "Node") -> str:
    return flat(node.named_children[0]) if node.named_children else ""


def _add_assignment(node: "Node", found: Outline) -> None:
    left, right = g.sides(node)
    if left is None:
        return
    name = flat(left)
    found.assigned.append(Part(name, line_of(node)))
    if is_literal(right) and right is not None:
        found.given.append(Part(flat(right), line_of(node)))
    if name.startswith(("exports.", "module.exports.")):
        found.exports.append(Part(g.last_part(name), line_of(node)))
    elif name == "module.exports" and right is not None:
        names = right.named_children if right.type == "object" else [right]
        keys = [one.child_by_field_name("key") or one.child_by_field_name("name") or one for one in names]
        found.exports += [Part(text_of(key), line_of(key)) for key in keys if key.type in g.IDENTIFIERS]


def _add_module(node: "Node", found: Outline) -> None:
    source = node.child_by_field_name("source")
    if source is not None:
        found.imports.append(Part(text_of(source).strip("'\"`"), line_of(node)))
    elif node.type == "namespace_use_clause":
        found.imports.append(Part(flat(node.named_children[0]) if node.named_children else "", line_of(node)))
    if node.type != "export_statement":
        return
    if any(child.type == "default" for child in node.children):
        found.exports.append(Part("default", line_of(node)))
    declared = node.child_by_field_name("declaration")
    names = [declared.child_by_field_name("name")] if declared is not None else []
    for one in below(node, g.SCOPES):
        if one.type == "export_specifier":
            names.append(one.child_by_field_name("alias") or one.child_by_field_name("name"))
        elif one.type == "variable_declarator" and declared is not None and one.parent == declared:
            names.append(one.child_by_field_name("name"))
    found.exports += [Part(text_of(name), line_of(name)) for name in names if name is not None]


def _call(node: "Node", owners: dict[int, str]) -> Call:
    arguments = node.child_by_field_name("arguments") or next(
        (child for child in node.named_children if child.type == "arguments"), None
    )
    given = [c for c in (arguments.named_children if arguments else []) if c.type != "comment"]
    above = node.parent
    while above is not None and above.type in g.WRAPPERS and above.type != "expression_statement":
        above = above.parent
    is_effect = above is not None and above.type == "expression_statement"
    return Call(
        g.callee(node), line_of(node), flat(node), tuple(map(flat, given)), is_effect, _owner(node, owners)
    )


def _owner(node: "Node", owners: dict[int, str]) -> str:
    above = node.parent
    while above is not None:
        if above.id in owners:
            return owners[above.id]
        above = above.parent
    return ""


def _catch(node: "Node") -> Catch:
    body = node.child_by_field_name("body")
    statements = statements_of(body) if body is not None else []
    above = node.parent
    tried = above.child_by_field_name("body") if above is not None else None
    caught = node.child_by_field_name("type")
    names = tuple(flat(one) for one in caught.named_children) if caught is not None else ()
    throws = any(one.type in ("throw_statement", "throw_expression") for one in below(node))
    guarded = tuple(flat(one) for one in statements_of(tried)) if tried is not None else ()
    text = " ".join(map(flat, statements))
    return Catch(line_of(node), names, text, all(map(_forgets, statements)), throws, guarded)


def _forgets(statement: "Node") -> bool:
    """Whether a statement does nothing about an error but tell of it or put a literal in its place."""
    if statement.type in ("continue_statement", "break_statement", "empty_statement", "echo_statement"):
        return True
    value = inner(statement)
    if statement.type == "return_statement":
        return not statement.named_children or is_literal(statement.named_children[0])
    if value is not None and value.type in g.ASSIGNMENTS:
        return is_literal(g.sides(value)[1])
    return value is not None and value.type in g.CALLS and bool(g.QUIET_CALL.match(g.callee(value)))


def _add_block(block: "Node", found: Outline) -> None:
    statements = statements_of(block)
    found.statements |= {flat(one) for one in statements if one.type not in g.DECLARATIONS}
    found.dead += [part(after) for before, after in pairwise(statements) if _is_cut_off(before, after)]
    if block.type == "program":
        found.effects = sum(map(g.has_effect, statements))


def _is_cut_off(before: "Node", after: "Node") -> bool:
    if after.type in g.DECLARATIONS or after.type in ("switch_case", "case_statement", "default_statement"):
        return False
    return before.type in g.LEAVING or (
        before.type == "expression_statement" and bool(g.ENDING.match(flat(before)))
    )


def _add_condition(node: "Node", found: Outline) -> None:
    test = inner(node.child_by_field_name("condition"))
    if test is None and node.named_children:
        test = inner(node.named_children[0])
    is_loop = node.type in ("while_statement", "do_statement")
    if test is not None and _is_fixed(test) and not (is_loop and flat(test).lower() in ("true", "1")):
        found.fixed.append(part(test))


def _is_fixed(test: "Node") -> bool:
    if is_literal(test):
        return True
    if test.type != "binary_expression":
        return False
    left, right = test.child_by_field_name("left"), test.child_by_field_name("right")
    operator = text_of(test.child_by_field_name("operator"))
    if operator in ("&&", "||", "and", "or"):
        return any(is_literal(side) and side is not None for side in (left, right))
    same = flat(left) == flat(right) and operator in g.EQUAL and left is not None and left.type not in g.CALLS
    return same or (is_literal(left) and is_literal(right))


def _function(node: "Node") -> Function | None:
    name, scope = g.function_name(node)
    if not name:
        return None
    function = g.function_node(node)
    body = function.child_by_field_name("body")
    statements = statements_of(body) if body is not None else []
    inside = list(below(body, g.SCOPES)) if body is not None else []
    given = [one for one in inside if one.type == "return_statement" and one.named_children]
    values = [one.named_children[0] for one in given]
    if body is not None and body.type not in g.BLOCKS:
        values = [body]
    return Function(
        name,
        scope,
        line_of(node),
        tuple(g.parameters(function)),
        sum(one.type in g.STATEMENTS for one in inside),
        tuple(flat(one) for one in statements if not _is_nothing(one, function)),
        tuple(map(flat, values)),
        sum(is_literal(one) for one in values),
        sum(map(g.has_effect, inside)),
        not name.startswith(("_", "#")) and "private" not in text_of(node)[:80].split("(")[0],
        g.block_of(node),
        any(child.type in ("get", "set") for child in node.children),
    )


def _is_nothing(statement: "Node", function: "Node") -> bool:
    value = inner(statement)
    if statement.type in ("return_statement", "empty_statement"):
        first = first_of(statement)
        names = {one.name for one in g.parameters(function)}
        return first is None or is_literal(first) or flat(first) in names
    if statement.type in ("throw_statement", "expression_statement") and "throw" in text_of(statement)[:6]:
        return "mplement" in text_of(statement)
    if value is not None and value.type in g.ASSIGNMENTS:
        return is_literal(g.sides(value)[1])
    if statement.type in g.LITERALS or is_literal(statement):
        return True
    return value is not None and value.type in g.CALLS and bool(g.QUIET_CALL.match(g.callee(value)))
