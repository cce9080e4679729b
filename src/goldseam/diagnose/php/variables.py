"""Variables of PHP that nothing in their function ever gives a value.

The order of statements is not looked at: a variable that is bound anywhere in its function counts as bound.
Functions in which names come from elsewhere (`extract`, `include`, `$$name`) are left out.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldseam.diagnose.php.program import CLASSES, FUNCTIONS, File, Program, Signature, arguments_of
from goldseam.languages.parse_tree import below, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

SCOPES = FUNCTIONS | {"anonymous_function"}
_INNER = FUNCTIONS | CLASSES | {"anonymous_class"}
_GIVEN = frozenset(
    {"$this", "$GLOBALS", "$_SERVER", "$_GET", "$_POST", "$_FILES", "$_COOKIE", "$_SESSION", "$_REQUEST"}
    | {"$_ENV", "$argv", "$argc", "$http_response_header", "$php_errormsg"}
)
_OPAQUE = frozenset({"extract", "parse_str", "eval", "mb_parse_str", "settype"})
_INCLUDES = frozenset(
    {"include_expression", "include_once_expression", "require_expression", "require_once_expression"}
)
_BINDERS = frozenset(
    {"simple_parameter", "variadic_parameter", "property_promotion_parameter", "catch_clause", "by_ref"}
    | {"static_variable_declaration", "global_declaration", "unset_statement"}
    | {"reference_assignment_expression", "anonymous_function_use_clause"}
)
_QUIET = frozenset({"isset", "empty", "unset", "compact"})
_CALLS = frozenset(
    {"function_call_expression", "member_call_expression", "nullsafe_member_call_expression"}
    | {"scoped_call_expression", "object_creation_expression"}
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The variables of one function: reads, bound names, names that a call may have bound."""

    node: "Node"
    reads: tuple["Node", ...]
    bound: frozenset[str]
    passed: frozenset[str]
    count: Counter[str]

    def unbound(self) -> Iterator["Node"]:
        """The first read of each variable that nothing binds."""
        seen = set(_GIVEN | self.bound)
        for read in self.reads:
            if (name := text_of(read)) not in seen:
                seen.add(name)
                yield read


def scopes_of(file: File, program: Program) -> Iterator[Scope]:
    """All functions and methods of a file whose variables can be known."""
    for node in below(file.root):
        if node.type in SCOPES and (scope := _scope(node, program)) is not None:
            yield scope


def _scope(function: "Node", program: Program) -> Scope | None:
    reads: list[Node] = []
    bound: set[str] = set()
    passed: set[str] = set()
    count: Counter[str] = Counter()
    for node in _inside(function):
        if _is_opaque(node):
            return None
        if node.type != "variable_name" or _is_property(node):
            continue
        name = text_of(node)
        count[name] += 1
        use = _use(node, function, program)
        if use == "bound":
            bound.add(name)
        elif use in ("read", "passed"):
            reads.append(node)
            passed |= {name} if use == "passed" else set()
    return Scope(function, tuple(reads), frozenset(bound), frozenset(passed), count)


def _inside(function: "Node") -> Iterator["Node"]:
    """Nodes of a function; of a closure inside it only the `use` clause."""
    waiting = function.named_children[::-1]
    while waiting:
        node = waiting.pop()
        yield node
        if node.type == "anonymous_function":
            waiting += [c for c in node.named_children if c.type == "anonymous_function_use_clause"]
        elif node.type not in _INNER:
            waiting += node.named_children[::-1]


def _is_opaque(node: "Node") -> bool:
    if node.type == "function_call_expression":
        return text_of(node.child_by_field_name("function")).lower().lstrip("\\") in _OPAQUE
    return node.type in _INCLUDES or node.type == "dynamic_variable_name"


def _is_property(node: "Node") -> bool:
    """`A::$name` and `$a->$name` in a declaration."""
    above = node.parent
    return above is not None and (
        above.type == "property_element"
        or (above.type == "scoped_property_access_expression" and above.child_by_field_name("name") == node)
    )


def _use(node: "Node", function: "Node", program: Program) -> str:
    """What happens to a variable: `bound`, `read`, `passed` to a call that may bind it, or `quiet`."""
    child, above = node, node.parent
    if above is not None and above.type == "anonymous_function_use_clause":
        return "bound" if above.parent == function else "read"
    while above is not None and above != function:
        if found := _use_in(child, above, program):
            return found
        if above.type.endswith("_statement") and above.type != "foreach_statement":
            break
        child, above = above, above.parent
    return "read"


def _use_in(child: "Node", above: "Node", program: Program) -> str | None:
    """What the node `above` does with `child`, or None if that is for its parent to say."""
    kind = above.type
    if kind in _BINDERS:
        return "bound" if kind != "catch_clause" or above.child_by_field_name("name") == child else "read"
    if kind == "assignment_expression":
        return "bound" if above.child_by_field_name("left") == child and _is_target(child) else "read"
    if kind == "augmented_assignment_expression":
        quiet = text_of(above.child_by_field_name("operator")) == "??="
        return "bound" if quiet and above.child_by_field_name("left") == child else "read"
    if kind == "foreach_statement":
        return "read" if child in (above.named_children[0], above.child_by_field_name("body")) else "bound"
    if kind == "binary_expression" and text_of(above.child_by_field_name("operator")) == "??":
        return "quiet" if above.child_by_field_name("left") == child else "read"
    if kind == "error_suppression_expression":
        return "quiet"
    if kind == "argument" and above.parent is not None and above.parent.parent is not None:
        return _passed(child, above, above.parent.parent, program)
    if kind in (
        "subscript_expression",
        "list_literal",
        "array_creation_expression",
        "array_element_initializer",
    ):
        is_index = kind == "subscript_expression" and above.named_children[0] != child
        return "read" if is_index else None
    if kind in ("pair", "parenthesized_expression"):
        return None
    return None if kind == "member_access_expression" and _is_inside_quiet(above) else _plain(kind)


def _plain(kind: str) -> str | None:
    """Expressions read their operands."""
    return "read" if kind.endswith("_expression") else None


def _is_inside_quiet(node: "Node") -> bool:
    """Whether an expression is only asked for: `isset($a->b)`, `$a->b ?? 1`."""
    above = node.parent
    while above is not None and not above.type.endswith("_statement"):
        if above.type == "binary_expression":
            return text_of(above.child_by_field_name("operator")) == "??"
        if above.type == "function_call_expression":
            return text_of(above.child_by_field_name("function")).lower() in _QUIET
        above = above.parent
    return False


def _is_target(left: "Node") -> bool:
    return left.type in (
        "variable_name", "list_literal", "array_creation_expression", "subscript_expression"
    )  # fmt: skip


def _passed(child: "Node", argument: "Node", call: "Node", program: Program) -> str:
    name = text_of(call.child_by_field_name("function")).lower().lstrip("\\")
    if call.type == "function_call_expression" and name in _QUIET:
        return "quiet"
    if child.type not in ("variable_name", "subscript_expression"):
        return "read"
    position = next((n for n, one in enumerate(arguments_of(call)) if one == argument), 0)
    known = _known(call, name, program)
    if known is None:
        return "passed"
    return "bound" if {position, -1} & known.references else "read"


def _known(call: "Node", name: str, program: Program) -> Signature | None:
    if call.type != "function_call_expression":
        return None
    own = program.functions.get(name.rpartition("\\")[2], [])
    if len(own) == 1:
        return own[0][1]
    return None if own else program.built_in_functions.get(name)
