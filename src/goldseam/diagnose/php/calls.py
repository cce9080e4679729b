"""Calls of PHP with too few or too many arguments, and conditions that assign a literal."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from goldseam.core.fault import Code
from goldseam.diagnose.php.names import Finding, owner_of
from goldseam.diagnose.php.program import File, Program, Signature, arguments_of
from goldseam.languages.parse_tree import below, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

_LITERALS = frozenset({"integer", "float", "string", "encapsed_string", "boolean", "null"})
_CONDITIONS = frozenset({"if_statement", "else_if_clause", "while_statement"})
_METHODS = frozenset({"member_call_expression", "nullsafe_member_call_expression", "scoped_call_expression"})


def calls_in(file: File, program: Program) -> Iterator[Finding]:
    """All findings of a file."""
    for node in below(file.root):
        if node.type == "function_call_expression":
            yield from _arity(node, _of_function(node, file, program))
        elif node.type in _METHODS or node.type == "object_creation_expression":
            yield from _arity(node, _of_method(node, file, program))
        elif node.type in _CONDITIONS:
            yield from _assigned(node.child_by_field_name("condition"))


def _of_function(call: "Node", file: File, program: Program) -> tuple[str, Signature] | None:
    node = call.child_by_field_name("function")
    if node is None or node.type not in ("name", "qualified_name"):
        return None
    name = text_of(node).rpartition("\\")[2].lower()
    own = program.functions.get(name, [])
    if own or name in file.functions:
        return own[0] if len(own) == 1 and name not in file.functions else None
    told = program.built_in_functions.get(name)
    return None if told is None else (name, told)


def _of_method(call: "Node", file: File, program: Program) -> tuple[str, Signature] | None:
    if call.type == "object_creation_expression":
        node, name = call, "__construct"
    else:
        owner_node = call.child_by_field_name("object") or call.child_by_field_name("scope")
        name_node = call.child_by_field_name("name")
        if owner_node is None or name_node is None or name_node.type != "name":
            return None
        node, name = owner_node, text_of(name_node).lower()
    owner, is_exact = owner_of(node, file, program)
    if owner is None or not (is_exact or owner.kind in ("class", "enum")):
        return None
    return program.members(owner).methods.get(name)


def _arity(call: "Node", told: tuple[str, Signature] | None) -> Iterator[Finding]:
    arguments = arguments_of(call)
    if told is None or any(_is_open(argument) for argument in arguments):
        return
    name, signature = told
    given = len(arguments)
    if given < signature.required:
        wanted = "at least" if signature.most != signature.required else "exactly"
        message = f"{name}() is given {given} arguments and needs {wanted} {signature.required}"
    elif signature.is_built_in and -1 < signature.most < given:
        message = f"{name}() is given {given} arguments and takes at most {signature.most}"
    else:
        return
    yield Finding(Code.TYP_ARITY, call, message, "call it with its own arguments", "arity", None, 0.9)


def _is_open(argument: "Node") -> bool:
    """Unpacked, named, or `f(...)`: how many there are is not to be seen."""
    return (
        argument.type == "variadic_placeholder"
        or argument.child_by_field_name("name") is not None
        or any(child.type == "variadic_unpacking" for child in argument.named_children)
    )


def _assigned(condition: "Node | None") -> Iterator[Finding]:
    """`if ($a = 5)`, also as an operand of `&&` and `||`."""
    waiting = [condition] if condition is not None else []
    while waiting:
        node = waiting.pop()
        if node.type == "parenthesized_expression" or _is_logical(node):
            waiting += node.named_children
        elif node.type == "assignment_expression":
            right = node.child_by_field_name("right")
            sign = next((child for child in node.children if child.type == "="), None)
            if right is not None and right.type in _LITERALS and sign is not None:
                message = f"the condition assigns {text_of(right)[:40]} instead of comparing"
                yield Finding(
                    Code.LOG_WRONG_OPERATOR,
                    sign,
                    message,
                    "compare with ===",
                    "assignment in condition",
                    "===",
                )


def _is_logical(node: "Node") -> bool:
    operator = text_of(node.child_by_field_name("operator")).lower()
    return node.type == "binary_expression" and operator in ("&&", "||", "and", "or", "xor")
