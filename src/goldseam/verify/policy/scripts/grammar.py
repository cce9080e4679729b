"""How the grammars of JavaScript, TypeScript and PHP name what an outline is made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldseam.languages.parse_tree import text_of

if TYPE_CHECKING:
    from tree_sitter import Node


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter as callers see it."""

    name: str
    is_required: bool
    is_rest: bool


BLOCKS = frozenset({"statement_block", "compound_statement", "switch_case", "case_statement", "colon_block"})
FUNCTION_NODES = frozenset(
    {"function_declaration", "generator_function_declaration", "function_expression", "arrow_function"}
    | {"generator_function", "method_definition", "function_definition", "method_declaration"}
    | {"anonymous_function"}
)
NAMED_FUNCTIONS = frozenset(
    {"function_declaration", "generator_function_declaration", "method_definition", "function_definition"}
    | {"method_declaration", "variable_declarator", "assignment_expression", "pair", "field_definition"}
    | {"public_field_definition"}
)
CLASSES = frozenset(
    {"class_declaration", "interface_declaration", "trait_declaration", "enum_declaration"}
    | {"abstract_class_declaration"}
)
DECLARATIONS = CLASSES | frozenset(
    {
        "function_declaration",
        "generator_function_declaration",
        "function_definition",
        "type_alias_declaration",
    }
    | {"export_statement", "import_statement", "namespace_use_declaration", "namespace_definition"}
)
SCOPES = FUNCTION_NODES | CLASSES
CALLS = frozenset(
    {"call_expression", "new_expression", "function_call_expression", "member_call_expression"}
    | {"nullsafe_member_call_expression", "scoped_call_expression", "object_creation_expression"}
)
POWER_NODES = frozenset(
    {"shell_command_expression", "exit_statement", "include_expression", "include_once_expression"}
    | {"require_expression", "require_once_expression", "global_declaration"}
)
WRAPPERS = frozenset(
    {"parenthesized_expression", "await_expression", "expression_statement", "as_expression", "argument"}
    | {"non_null_expression", "satisfies_expression"}
)
LITERALS = frozenset(
    {"string", "template_string", "number", "true", "false", "null", "undefined", "regex", "integer", "float"}
    | {"encapsed_string", "boolean", "heredoc", "nowdoc"}
)
HOLES = frozenset(
    {"template_substitution", "variable_name", "member_access_expression", "subscript_expression"}
    | {"dynamic_variable_name", "heredoc_body"}
)
NUMBERS = frozenset({"number", "integer", "float"})
LITERAL_NAMES = frozenset({"undefined", "NaN", "Infinity"})
DISPLAYS = frozenset(
    {
        "array",
        "object",
        "pair",
        "array_creation_expression",
        "array_element_initializer",
        "property_identifier",
    }
)
TABLES = frozenset({"object", "array_creation_expression"})
SIGNED = frozenset({"unary_expression", "unary_op_expression"})
CONDITIONALS = frozenset(
    {"if_statement", "while_statement", "do_statement", "else_if_clause"}
    | {"ternary_expression", "conditional_expression"}
)
TERNARIES = frozenset({"ternary_expression", "conditional_expression"})
LOOPS = frozenset(
    {"for_statement", "while_statement", "for_in_statement", "foreach_statement", "do_statement"}
)
LEAVING = frozenset(
    {"return_statement", "throw_statement", "break_statement", "continue_statement", "exit_statement"}
)
ENDS_ROUND = frozenset({"return_statement", "break_statement"})
ASSIGNMENTS = frozenset({"assignment_expression", "variable_declarator", "reference_assignment_expression"})
MEMBERS = frozenset({"member_expression"})
IDENTIFIERS = frozenset({"identifier", "property_identifier", "shorthand_property_identifier", "string"})
EFFECTS = frozenset(
    {"expression_statement", "for_statement", "for_in_statement", "foreach_statement", "while_statement"}
    | {"lexical_declaration", "variable_declaration", "echo_statement", "throw_statement", "unset_statement"}
    | {"return_statement", "do_statement"}
)
STATEMENTS = EFFECTS | frozenset(
    {"if_statement", "return_statement", "break_statement", "continue_statement", "try_statement"}
    | {"switch_statement"}
)
_CONTAINERS = frozenset({"program", "class_body", "declaration_list", "object", "interface_body"})
_IDLE = frozenset({"identifier", "member_expression", "variable_name", "name"}) | LITERALS
EQUAL = frozenset({"==", "===", "!=", "!==", "<>"})
PLAIN = frozenset(
    {"null", "undefined", "true", "false", "0", "1", "-1", "''", '""', "[]", "{}", "NULL", "TRUE", "FALSE"}
)
NO_ANSWER = frozenset({"null", "undefined", "true", "false"})
QUIET_CALL = re.compile(
    r"(?:console\.\w+|_*(?:log|logger|debug)(?:\.\w+|->\w+)?|this\.(?:log|logger|debug)(?:\.\w+)?|print_r|printf"
    r"|print|error_log|var_dump|trigger_error|syslog)$"
)
ENDING = re.compile(r"(?:process\.(?:exit|abort|reallyExit)\(|throw\b)")
_OPENERS = re.compile(r"^[\"'`]|[\"'`]$")


def plain(text: str) -> str:
    """A literal without its quotes, a number in its shortest spelling."""
    bare = _OPENERS.sub("", text)
    try:
        number = float(bare)
    except ValueError:
        return bare
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else str(number)


def last_part(name: str) -> str:
    """`c` of `a.b.c`, `A\\b::c` or `$a->c`."""
    return re.split(r"[.\\:>]", name)[-1]


def callee(call: "Node") -> str:
    """What is called, as written, without `?.` and white space."""
    if call.type in ("member_call_expression", "nullsafe_member_call_expression", "scoped_call_expression"):
        owner = call.child_by_field_name("object") or call.child_by_field_name("scope")
        sign = "::" if call.type.startswith("scoped") else "->"
        return f"{_short(owner)}{sign}{text_of(call.child_by_field_name('name'))}"
    called = call.child_by_field_name("function") or call.child_by_field_name("constructor")
    if called is None and call.named_children:
        called = call.named_children[0]
    return _short(called).lstrip("\\")


def _short(node: "Node | None") -> str:
    """A dotted name; whatever is none is `?`."""
    text = "".join(text_of(node).split()).replace("?.", ".").replace("?->", "->")
    if re.fullmatch(r"[\w$#.\\:>-]+", text):
        return text
    if match := re.match(r"\(?require\(['\"](?:node:)?([\w./@-]+)['\"]\)\)?(\.[\w.]+)?$", text):
        return f"{match[1]}{match[2] or ''}"
    rest = re.search(r"(?:(?:\.|->)\w+)+$", text[-80:])
    return f"?{rest[0]}" if rest else "?"


def has_effect(statement: "Node") -> bool:
    """Whether a statement does something: one that only names a value does not."""
    if statement.type not in EFFECTS:
        return False
    value = statement.named_children[0] if statement.named_children else None
    return not (
        statement.type == "expression_statement"
        and value is not None
        and (value.type in _IDLE or (value.type in SIGNED and "(" not in text_of(value)))
    )


def sides(node: "Node") -> "tuple[Node | None, Node | None]":
    """Target and value of an assignment or declaration."""
    if node.type == "variable_declarator":
        return node.child_by_field_name("name"), node.child_by_field_name("value")
    return node.child_by_field_name("left"), node.child_by_field_name("right")


def function_node(node: "Node") -> "Node":
    """The function that a named node stands for."""
    value = node.child_by_field_name("value") or node.child_by_field_name("right")
    return value if value is not None and value.type in FUNCTION_NODES else node


def block_of(node: "Node") -> int:
    """Where the block begins that a definition stands in."""
    above = node.parent
    while above is not None and above.type not in BLOCKS | _CONTAINERS:
        above = above.parent
    return -1 if above is None else int(above.start_byte)


def function_name(node: "Node") -> tuple[str, str]:
    """The name of a function and the same within its class or object; nothing for what is no function."""
    if function_node(node).type not in FUNCTION_NODES:
        return "", ""
    named = next(
        (found for name in ("name", "left", "key", "property") if (found := node.child_by_field_name(name))),
        None,
    )
    name = "".join(text_of(named).split())
    return last_part(name), ".".join([*_around(node), name])


def _around(node: "Node") -> list[str]:
    """Names of the classes, objects and functions around a node, the outermost first."""
    names: list[str] = []
    above = node.parent
    while above is not None:
        named = None
        if (
            above.type in CLASSES
            or above.type in FUNCTION_NODES
            or above.type in ("variable_declarator", "pair")
        ):
            named = above.child_by_field_name("name") or above.child_by_field_name("key")
        elif above.type == "assignment_expression":
            named = above.child_by_field_name("left")
        if named is not None:
            names.insert(0, text_of(named)[:60])
        above = above.parent
    return names


def parameters(function: "Node") -> "Iterator[Parameter]":
    """The parameters of a function, in order."""
    listed = function.child_by_field_name("parameters")
    single = function.child_by_field_name("parameter")
    for one in [single] if single is not None else listed.named_children if listed is not None else []:
        if one.type == "comment":
            continue
        named = one.child_by_field_name("name") or one.child_by_field_name("pattern")
        named = named or one.child_by_field_name("left") or one
        text = text_of(one)
        is_rest = "..." in text[:20] or one.type == "variadic_parameter" or named.type == "rest_pattern"
        has_default = bool(
            one.child_by_field_name("default_value") or one.child_by_field_name("value")
        ) or one.type in ("assignment_pattern", "optional_parameter")
        yield Parameter(text_of(named).lstrip("."), not is_rest and not has_default, is_rest)
