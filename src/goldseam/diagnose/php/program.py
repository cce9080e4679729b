"""What the PHP sources of a snapshot define, and what PHP itself has: functions, classes, their members."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from goldseam.languages.parse_tree import below, grammar_of, text_of, tree_of

if TYPE_CHECKING:
    from tree_sitter import Node

MOST_FILES = 200
MOST_BYTES = 300_000
MOST_NODES = 150_000
CLASSES = frozenset({"class_declaration", "interface_declaration", "trait_declaration", "enum_declaration"})
FUNCTIONS = frozenset({"function_definition", "method_declaration"})
_PARAMETERS = frozenset({"simple_parameter", "variadic_parameter", "property_promotion_parameter"})
_GETTERS = frozenset({"__get", "__call", "__callstatic"})
_PARENTS = frozenset({"base_clause", "class_interface_clause", "use_declaration"})
_MOST_ANCESTORS = 50
_MOST_INNER = 100
_MOST_GUESSES = 200
_WORD = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Signature:
    """How a function may be called: `most` is -1 without a limit, `references` are positions, -1 for all."""

    required: int
    most: int
    references: frozenset[int]
    is_built_in: bool = False


@dataclass(frozen=True, slots=True)
class Class:
    """A class, interface, trait or enum; `parents` are full names, `methods` by lower-case name."""

    name: str
    kind: str
    parents: tuple[str, ...]
    methods: Mapping[str, tuple[str, Signature]]
    properties: frozenset[str]
    constants: frozenset[str]


@dataclass(frozen=True, slots=True)
class Members:
    """All that a class has by itself and by its ancestors; `is_whole` if every ancestor is known."""

    methods: Mapping[str, tuple[str, Signature]]
    properties: frozenset[str]
    constants: frozenset[str]
    is_whole: bool
    has_built_in: bool


@dataclass(frozen=True, slots=True)
class File:
    """One parsed source: its namespace and what its `use` lines name."""

    path: str
    data: bytes
    root: "Node"
    namespace: str
    classes: Mapping[str, str]
    functions: frozenset[str]

    def full_name(self, name: str) -> str:
        """The full name of a class, without the leading backslash."""
        if name.startswith("\\"):
            return name[1:]
        first, slash, rest = name.partition("\\")
        if first.lower() == "namespace" and slash:
            return _joined(self.namespace, rest)
        if first.lower() in self.classes:
            return self.classes[first.lower()] + slash + rest
        return _joined(self.namespace, name)


@dataclass
class Program:
    """The sources of a snapshot; names are compared without case, as PHP does."""

    files: tuple[File, ...]
    built_in: Mapping[str, Any] = field(default_factory=dict)
    _members: dict[int, Members] = field(default_factory=dict)
    _guesses: int = 0

    @cached_property
    def built_in_functions(self) -> dict[str, Signature]:
        return {name: _signature(told) for name, told in self.built_in.get("functions", {}).items()}

    @cached_property
    def functions(self) -> dict[str, list[tuple[str, Signature]]]:
        """The functions of the sources, by lower-case short name; conditional ones may be several."""
        found: dict[str, list[tuple[str, Signature]]] = {}
        for file in self.files:
            for node in below(file.root):
                if node.type == "function_definition":
                    name = text_of(node.child_by_field_name("name"))
                    found.setdefault(name.lower(), []).append((name, signature_of(node)))
        return found

    @cached_property
    def classes(self) -> dict[str, list[Class]]:
        """By lower-case full name: those of the sources, then PHP's own."""
        found: dict[str, list[Class]] = {}
        for told in (*self._own_classes(), *self._built_in_classes()):
            found.setdefault(told.name.lower(), []).append(told)
        return found

    @cached_property
    def constants(self) -> frozenset[str]:
        """Constants of the sources and of PHP, by short name."""
        own = {name for file in self.files for node in below(file.root) for name in _constants_in(node)}
        return frozenset(own | set(self.built_in.get("constants", ())))

    @cached_property
    def written_properties(self) -> frozenset[str]:
        """Properties that are assigned anywhere, of whatever object."""
        return frozenset(
            text_of(target.child_by_field_name("name"))
            for file in self.files
            for node in below(file.root)
            if node.type in ("assignment_expression", "reference_assignment_expression")
            for target in _bases(node.child_by_field_name("left"))
            if target.type in ("member_access_expression", "nullsafe_member_access_expression")
        )

    def class_named(self, full_name: str) -> Class | None:
        """The class of that name, if there is exactly one."""
        found = self.classes.get(full_name.lower(), [])
        return found[0] if len(found) == 1 else None

    def members(self, told: Class) -> Members:
        """What a class has, its ancestors included."""
        if id(told) not in self._members:
            self._members[id(told)] = self._gathered(told)
        return self._members[id(told)]

    def _gathered(self, told: Class) -> Members:
        methods: dict[str, tuple[str, Signature]] = {}
        properties: set[str] = set()
        constants: set[str] = set()
        is_whole, has_built_in = True, False
        for kind in self._line(told):
            if kind is None:
                is_whole = False
                continue
            methods = {**kind.methods, **methods}
            properties |= kind.properties
            constants |= kind.constants
            has_built_in |= kind.kind == "built-in class"
        return Members(methods, frozenset(properties), frozenset(constants), is_whole, has_built_in)

    def below(self, told: Class) -> Iterator[Class]:
        """Classes of the sources that have `told` among their ancestors."""
        for found in self.classes.values():
            for kind in found:
                if kind is not told and any(above is told for above in self._line(kind)):
                    yield kind

    def _line(self, told: Class) -> Iterator[Class | None]:
        """A class and its ancestors, the nearest first; None for one that is not known."""
        waiting, seen = [told], 0
        while waiting and seen < _MOST_ANCESTORS:
            kind = waiting.pop(0)
            seen += 1
            yield kind
            for name in kind.parents:
                parent = self.class_named(name)
                if parent is None:
                    yield None
                elif parent is not kind:
                    waiting.append(parent)

    def class_around(self, node: "Node", file: File) -> Class | None:
        """The class whose declaration holds a node; None for an anonymous one too."""
        declared = self._declared[file.path]
        at = bisect_right(declared, node.start_byte, key=lambda one: one[0])
        around = (
            told for _, end, told in reversed(declared[max(0, at - _MOST_INNER) : at]) if node.end_byte <= end
        )
        return next(around, None)

    def may_guess(self) -> bool:
        """Whether one more name may be compared with all others; that takes its time."""
        self._guesses += 1
        return self._guesses <= _MOST_GUESSES

    def count(self, name: str, file: File) -> int:
        """How often a name stands in a file, as a whole word."""
        return self._words[file.path][name]

    @cached_property
    def _words(self) -> dict[str, Counter[str]]:
        return {
            file.path: Counter(_WORD.findall(file.data.decode("utf-8", "replace"))) for file in self.files
        }

    @cached_property
    def _declared(self) -> dict[str, list[tuple[int, int, Class | None]]]:
        """Start, end and class of each declaration of a file, the outer ones first."""
        return {
            file.path: [
                (node.start_byte, node.end_byte, class_of(node, file) if node.type in CLASSES else None)
                for node in below(file.root)
                if node.type in CLASSES or node.type == "anonymous_class"
            ]
            for file in self.files
        }

    def _own_classes(self) -> Iterator[Class]:
        for declared in self._declared.values():
            yield from (told for _, _, told in declared if told is not None)

    def _built_in_classes(self) -> Iterator[Class]:
        for name, told in self.built_in.get("classes", {}).items():
            methods = {m.lower(): (m, _signature(s)) for m, s in told["methods"].items()}
            kind = "built-in" if name in _PLAIN else "built-in class"
            yield Class(
                name, kind, tuple(told["parents"]), methods,
                frozenset(told["properties"]), frozenset(told["constants"]),
            )  # fmt: skip


_PLAIN = frozenset(
    {"Exception", "Error", "ErrorException", "RuntimeException", "LogicException", "InvalidArgumentException"}
    | {"DomainException", "Countable", "Stringable", "Throwable", "Traversable", "Iterator", "ArrayAccess"}
    | {"IteratorAggregate", "JsonSerializable", "UnitEnum", "BackedEnum", "Serializable"}
)
"""Built-in classes whose objects have no properties but those that are told."""


def program_of(sources: Mapping[str, bytes], built_in: Mapping[str, Any]) -> Program:
    """The PHP sources that parse, bounded in number and size."""
    files: list[File] = []
    left, nodes = MOST_BYTES, MOST_NODES
    for path, data in sources.items():
        if grammar_of(path) != "php" or len(data) > left or len(files) >= MOST_FILES:
            continue
        left -= len(data)
        root = tree_of("php", data)
        nodes -= 0 if root is None else root.descendant_count
        if root is not None and not root.has_error and nodes >= 0:
            files.append(_file(path, data, root))
    return Program(tuple(files), built_in)


def _file(path: str, data: bytes, root: "Node") -> File:
    namespace, classes, functions = "", {}, set()
    for node in below(root, FUNCTIONS | CLASSES):
        if node.type == "namespace_definition" and not namespace:
            namespace = text_of(node.child_by_field_name("name"))
        elif node.type == "namespace_use_declaration":
            is_function = any(child.type in ("function", "const") for child in node.children)
            for alias, full in _used(node):
                if is_function:
                    functions.add(alias)
                else:
                    classes[alias] = full
    return File(path, data, root, namespace, classes, frozenset(functions))


def _used(node: "Node") -> Iterator[tuple[str, str]]:
    """Alias in lower case and full name of each name in a `use` line."""
    prefix = next((text_of(child) for child in node.named_children if child.type == "namespace_name"), "")
    for clause in below(node):
        if clause.type == "namespace_use_clause":
            alias = text_of(clause.child_by_field_name("alias"))
            names = [child for child in clause.named_children if child.type in ("qualified_name", "name")]
            full = text_of(names[0]).lstrip("\\") if names else ""
            yield (alias or full.rpartition("\\")[2]).lower(), _joined(prefix.strip("\\"), full)


def _joined(*parts: str) -> str:
    return "\\".join(part for part in parts if part)


def class_of(node: "Node", file: File) -> Class:
    """A class as its declaration says."""
    body = node.child_by_field_name("body")
    parts = body.named_children if body else []
    methods: dict[str, tuple[str, Signature]] = {}
    properties: set[str] = set()
    constants: set[str] = set()
    for part in parts:
        if part.type == "method_declaration":
            name = text_of(part.child_by_field_name("name"))
            methods[name.lower()] = (name, signature_of(part))
        names = {text_of(n.child_by_field_name("name"))[1:] for n in _declared_properties(part)}
        properties |= names
        constants |= set(_constants_in(part))
    parents = [
        file.full_name(text_of(name))
        for clause in (*node.named_children, *parts)
        if clause.type in _PARENTS
        for name in clause.named_children
        if name.type in ("name", "qualified_name")
    ]
    if node.type == "enum_declaration":
        parents += ["UnitEnum", "BackedEnum"]
        properties |= {"name", "value"}
    name = _joined(file.namespace, text_of(node.child_by_field_name("name")))
    kind = node.type.partition("_")[0]
    return Class(name, kind, tuple(parents), methods, frozenset(properties), frozenset(constants))


def _declared_properties(part: "Node") -> Iterator["Node"]:
    if part.type == "property_declaration":
        yield from (child for child in part.named_children if child.type == "property_element")
    elif part.type == "method_declaration" and (parameters := part.child_by_field_name("parameters")):
        promoted = "property_promotion_parameter"
        yield from (child for child in parameters.named_children if child.type == promoted)


def _constants_in(node: "Node") -> Iterator[str]:
    """Names that a `const`, an enum's `case` or a call of `define` gives a value."""
    if node.type == "const_declaration":
        yield from (text_of(e.named_children[0]) for e in node.named_children if e.type == "const_element")
    elif node.type == "enum_case":
        yield text_of(node.child_by_field_name("name"))
    elif node.type == "function_call_expression":
        called = text_of(node.child_by_field_name("function")).lower().lstrip("\\")
        arguments = arguments_of(node)
        if called == "define" and arguments:
            yield text_of(arguments[0]).strip("'\"").rpartition("\\")[2]


def signature_of(function: "Node") -> Signature:
    """How a function or method may be called; those that read all arguments have no limit."""
    parameters = function.child_by_field_name("parameters")
    told = [node for node in (parameters.named_children if parameters else []) if node.type in _PARAMETERS]
    required = [
        number
        for number, node in enumerate(told, 1)
        if node.type != "variadic_parameter" and node.child_by_field_name("default_value") is None
    ]
    references = {
        -1 if node.type == "variadic_parameter" else number
        for number, node in enumerate(told)
        if node.child_by_field_name("reference_modifier") is not None
        or any(child.type == "reference_modifier" for child in node.children)
    }
    return Signature(max(required, default=0), -1, frozenset(references))


def _signature(told: Iterable[Any]) -> Signature:
    required, most, references = told
    return Signature(required, most, frozenset(references), is_built_in=True)


def arguments_of(call: "Node") -> list["Node"]:
    """The arguments of a call or of `new`."""
    found = call.child_by_field_name("arguments")
    if found is None:
        found = next((child for child in call.named_children if child.type == "arguments"), None)
    kinds = ("argument", "variadic_placeholder")
    return [child for child in found.named_children if child.type in kinds] if found else []


def _bases(target: "Node | None") -> Iterator["Node"]:
    """What an assignment writes to: the targets of a list, and the base of each subscript."""
    if target is None:
        return
    if target.type in ("list_literal", "array_creation_expression"):
        yield from below(target)
        return
    while target.type == "subscript_expression" and target.named_children:
        target = target.named_children[0]
    yield target
