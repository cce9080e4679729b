"""Names of PHP that nothing defines: variables, functions, classes, members; and what was meant."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldseam.core.fault import Code
from goldseam.diagnose.names.spelling import Guess, nearest
from goldseam.diagnose.php.program import FUNCTIONS, Class, File, Members, Program
from goldseam.diagnose.php.variables import Scope, scopes_of
from goldseam.languages.parse_tree import below, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

NEAR = 1.2
"""How far a misspelling may be at most, where only its likeness tells against a name."""
_LANGUAGE = frozenset(
    {
        "isset",
        "empty",
        "unset",
        "list",
        "array",
        "exit",
        "die",
        "eval",
        "compact",
        "extract",
        "define",
        "defined",
    }
    | {"func_get_args", "func_num_args", "func_get_arg", "assert", "print", "echo", "__halt_compiler"}
)
_RELATIVE = frozenset({"self", "static", "parent"})
_ASKED = frozenset({"function_exists", "is_callable", "class_exists", "method_exists", "property_exists"})
_SELDOM = 1
"""A misspelt name occurs so often in its function, or in its file."""
_MOST_LETTERS = 3
"""Letters that one of two names has and the other has not, if they are alike."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What cannot be right at `node`; `replacement` is the text that would be."""

    code: Code
    node: "Node"
    message: str
    hint: str
    rule: str
    replacement: str | None = None
    suspiciousness: float = 0.8


def names_in(file: File, program: Program) -> Iterator[Finding]:
    """All findings of a file."""
    for scope in scopes_of(file, program):
        owner = program.class_around(scope.node, file)
        for read in scope.unbound():
            if finding := _variable(read, scope, owner):
                yield finding
    for node in below(file.root):
        if node.type == "function_call_expression":
            yield from _function(node, file, program)
        elif node.type in _MEMBERS:
            yield from _member(node, file, program)
        elif node.type == "object_creation_expression":
            yield from _class(node.named_children[:1], file, program)


def _variable(read: "Node", scope: Scope, owner: Class | None) -> Finding | None:
    name = text_of(read)[1:]
    known = {bound[1:] for bound in scope.bound}
    guess = nearest(name, known)
    if guess and scope.count[text_of(read)] <= _SELDOM and (guess.lookalike or guess.distance <= NEAR):
        return _misspelt(read, f"${name}", f"${guess.name}", guess, "undefined variable")
    if text_of(read) in scope.passed:
        return None
    if owner and name in owner.properties:
        hint = f"write $this->{name}: a property is read through its object"
        message = f"the variable ${name} is nowhere given a value here"
        return Finding(
            Code.NAM_MISSING_SELF, read, message, hint, "undefined variable", f"$this->{name}", 0.9
        )
    message = f"the variable ${name} is nowhere given a value in this function"
    hint = f"give ${name} a value first, pass it in, or correct its spelling"
    return Finding(Code.NAM_UNDEFINED, read, message, hint, "undefined variable")


def _misspelt(node: "Node", name: str, meant: str, guess: Guess, rule: str) -> Finding:
    code = Code.NAM_LOOKALIKE if guess.lookalike else Code.NAM_MISSPELT
    sure = 0.95 if guess.certain else 0.8
    return Finding(code, node, f"{name} does not exist", f"did you mean {meant}?", rule, meant, sure)


def _function(call: "Node", file: File, program: Program) -> Iterator[Finding]:
    node = call.child_by_field_name("function")
    if node is None or node.type not in ("name", "qualified_name"):
        return
    name = text_of(node).rpartition("\\")[2]
    lower = name.lower()
    if lower in program.functions or lower in program.built_in_functions or lower in _LANGUAGE:
        return
    if lower in file.functions or not program.built_in_functions or _is_asked_for(name, file):
        return
    owner = program.class_around(call, file)
    if owner and lower in owner.methods:
        way = "$this->" if _is_in_method(call) else "self::"
        hint = f"write {way}{name}(): a method is called on its object"
        message = f"there is no function {name}(), but a method"
        yield Finding(
            Code.NAM_MISSING_SELF, node, message, hint, "undefined function", f"{way}{text_of(node)}", 0.95
        )
        return
    if program.count(name, file) > _SELDOM or not program.may_guess():
        return
    candidates = {told[0][0] for told in program.functions.values()} | set(program.built_in_functions)
    guess = _near(name, candidates)
    if guess:
        yield _misspelt(node, f"{name}()", guess.name, guess, "undefined function")


def _near(name: str, candidates: Iterable[str]) -> Guess | None:
    """The certain nearest name, if it is near enough to be meant."""
    letters = set(name)
    alike = [
        one
        for one in candidates
        if abs(len(one) - len(name)) <= 1 and len(letters ^ set(one)) <= _MOST_LETTERS
    ]
    guess = nearest(name, alike)
    return guess if guess and guess.certain and (guess.lookalike or guess.distance <= NEAR) else None


def _is_asked_for(name: str, file: File) -> bool:
    """Whether the file asks itself if the name exists."""
    return any(word.encode() in file.data for word in _ASKED) and (
        f"'{name}'".encode() in file.data or f'"{name}"'.encode() in file.data
    )


def _is_in_method(node: "Node | None") -> bool:
    while node is not None and node.type not in FUNCTIONS:
        node = node.parent
    return node is not None and not any(child.type == "static_modifier" for child in node.children)


def _class(nodes: Iterable["Node"], file: File, program: Program) -> Iterator[Finding]:
    """A class that nothing defines and that is nearly the name of one that is."""
    for node in nodes:
        name = text_of(node)
        if node.type not in ("name", "qualified_name") or name.lower() in _RELATIVE:
            continue
        full = file.full_name(name)
        if full.lower() in program.classes or not program.built_in or _is_asked_for(name, file):
            continue
        if name.partition("\\")[0].lower() in file.classes:
            continue
        short = full.rpartition("\\")[2]
        if program.count(short, file) > _SELDOM:
            continue
        guess = _near(short, _visible_classes(file, program)) if program.may_guess() else None
        if guess:
            yield _misspelt(node, f"the class {short}", guess.name, guess, "undefined class")


def _visible_classes(file: File, program: Program) -> set[str]:
    """Short names of classes that the file could mean."""
    namespace = file.namespace.lower()
    return {
        told[0].name.rpartition("\\")[2]
        for name, told in program.classes.items()
        if name.rpartition("\\")[0] == namespace
    } | {full.rpartition("\\")[2] for full in file.classes.values()}


_METHODS = frozenset({"member_call_expression", "nullsafe_member_call_expression", "scoped_call_expression"})
_PROPERTIES = frozenset({"member_access_expression", "nullsafe_member_access_expression"})
_STATIC = frozenset({"class_constant_access_expression", "scoped_property_access_expression"})
_MEMBERS = _METHODS | _PROPERTIES | _STATIC
_MAGIC = {"property": "__get", "method": "__call", "static method": "__callstatic"}


def _member(node: "Node", file: File, program: Program) -> Iterator[Finding]:
    named, owner_node = _parts(node)
    if named is None or owner_node is None or named.type not in ("name", "variable_name"):
        return
    if owner_node.type in ("name", "qualified_name"):
        yield from _class([owner_node], file, program)
    owner, is_exact = owner_of(owner_node, file, program)
    if owner is None or owner.kind == "trait":
        return
    members = program.members(owner)
    kind = _kind(node)
    name = text_of(named)
    if not members.is_whole or _MAGIC.get(kind, "") in members.methods or "__call" in members.methods:
        return
    if _has(kind, name, members, program) or _is_written(node):
        return
    if not is_exact and any(_has(kind, name, program.members(b), program) for b in program.below(owner)):
        return
    yield from _missing(named, kind, name, owner, members, is_exact)


def _parts(node: "Node") -> tuple["Node | None", "Node | None"]:
    """The name of a member and what it is taken of."""
    if node.type == "class_constant_access_expression":
        first, last = node.named_children[0], node.named_children[-1]
        return (None, None) if text_of(last).lower() == "class" else (last, first)
    owner = node.child_by_field_name("object") or node.child_by_field_name("scope")
    return node.child_by_field_name("name"), owner


def _kind(node: "Node") -> str:
    if node.type in _PROPERTIES:
        return "property"
    if node.type == "scoped_property_access_expression":
        return "static property"
    if node.type == "class_constant_access_expression":
        return "constant"
    return "static method" if node.type == "scoped_call_expression" else "method"


def _has(kind: str, name: str, members: Members, program: Program) -> bool:
    if kind == "constant":
        return name in members.constants
    if kind == "property":
        return name in members.properties or name in program.written_properties or members.has_built_in
    if kind == "static property":
        return name[1:] in members.properties
    return name.lower() in members.methods


def _is_written(node: "Node") -> bool:
    """Whether a property is asked for, assigned or passed on, which may make it."""
    above = node.parent
    if node.type not in _PROPERTIES or above is None:
        return False
    if above.type in ("argument", "unset_statement", "by_ref", "subscript_expression", "foreach_statement"):
        return True
    if above.type == "binary_expression" and text_of(above.child_by_field_name("operator")) == "??":
        return True
    is_left = above.child_by_field_name("left") == node
    return is_left and above.type.endswith("assignment_expression")


def _missing(
    named: "Node", kind: str, name: str, owner: Class, members: Members, is_exact: bool
) -> Iterator[Finding]:
    spelt = {
        "constant": members.constants,
        "property": members.properties,
        "static property": frozenset(f"${one}" for one in members.properties),
    }.get(kind, frozenset(told[0] for told in members.methods.values()))
    guess = nearest(name, spelt)
    short = owner.name.rpartition("\\")[2]
    what = f"{short} has no {kind} {name}"
    if guess and (guess.lookalike or guess.distance <= 2 * NEAR):
        code = Code.NAM_LOOKALIKE if guess.lookalike else Code.NAM_WRONG_ATTRIBUTE
        yield Finding(code, named, what, f"did you mean {guess.name}?", f"unknown {kind}", guess.name, 0.95)
    elif is_exact:
        hint = f"use a {kind} that {short} has"
        yield Finding(Code.NAM_WRONG_ATTRIBUTE, named, what, hint, f"unknown {kind}")


def owner_of(node: "Node", file: File, program: Program) -> tuple[Class | None, bool]:
    """The class of what a member is taken of, and whether an object can be of no class below it."""
    name = text_of(node)
    if node.type == "parenthesized_expression" and node.named_children:
        node = node.named_children[0]
    if node.type == "object_creation_expression":
        return _named(node.named_children[0], file, program), True
    if node.type == "relative_scope" or name == "$this":
        own = program.class_around(node, file)
        if own is None or _is_in_closure(node):
            return None, False
        if name.lower() == "parent":
            return (program.class_named(own.parents[0]) if own.parents else None), True
        return own if program.class_named(own.name) is own else None, own.kind == "enum"
    if node.type in ("name", "qualified_name"):
        return _named(node, file, program), True
    return (_made(node, file, program), True) if node.type == "variable_name" else (None, False)


def _is_in_closure(node: "Node | None") -> bool:
    """`$this` of a closure may be bound to another object."""
    while node is not None and node.type not in FUNCTIONS:
        if node.type in ("anonymous_function", "arrow_function", "anonymous_class"):
            return True
        node = node.parent
    return False


def _named(node: "Node", file: File, program: Program) -> Class | None:
    if node.type not in ("name", "qualified_name"):
        return None
    return program.class_named(file.full_name(text_of(node)))


def _made(node: "Node", file: File, program: Program) -> Class | None:
    """The class of a variable that is given one thing only: `new` of that class."""
    scope = node.parent
    while scope is not None and scope.type not in FUNCTIONS | {"anonymous_function", "program"}:
        scope = scope.parent
    name = text_of(node)
    made: list[Class | None] = []
    for use in below(scope) if scope is not None else ():
        if use.type != "variable_name" or text_of(use) != name or use.parent is None:
            continue
        above = use.parent
        if above.type == "assignment_expression" and above.child_by_field_name("left") == use:
            right = above.child_by_field_name("right")
            is_new = right is not None and right.type == "object_creation_expression"
            first = right.named_children[0] if is_new and right is not None else None
            made.append(_named(first, file, program) if first is not None else None)
        elif above.type not in _READS:
            made.append(None)
    return made[0] if made and all(one is made[0] for one in made) else None


_READS = frozenset(
    {"member_call_expression", "member_access_expression", "nullsafe_member_call_expression", "argument"}
    | {"return_statement", "echo_statement", "binary_expression", "encapsed_string", "unary_op_expression"}
)
