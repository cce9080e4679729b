"""JavaScript: a module of Node that is not loaded, `this` left out, a constant that is given a new value."""

from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.languages.parse_tree import below, text_of
from goldseam.propose.templating.scene import (
    LIKELY,
    SURE,
    Repair,
    Scene,
    at,
    before,
    hit,
    miss,
    repair,
    template,
)
from goldseam.propose.templating.tree_edits import node_at, nodes_on_line, span_of

_MODULES = frozenset({
    "assert", "buffer", "child_process", "crypto", "events", "fs", "http", "https", "net", "os", "path",
    "readline", "stream", "timers", "url", "util", "v8", "vm", "zlib", "worker_threads", "perf_hooks",
})  # fmt: skip
_CHANGES = ("assignment_expression", "augmented_assignment_expression", "update_expression")
_OF_OTHERS = {"None": "null", "nil": "null", "True": "true", "False": "false", "self": "this"}


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """By the name that the fault is about."""
    name = scene.data(fault.path)[fault.span.start : fault.span.end].decode("utf-8", "replace")
    if fault.code is Code.SEM_API_MISUSE:
        yield from _variable(scene, fault)
        return
    if fault.code is Code.NAM_MISSING_SELF:
        yield repair(fault.path, f"writes 'this.{name}'", before(fault.span.start, "this."), cost=SURE)
        return
    if name in _OF_OTHERS:
        yield repair(fault.path, f"writes '{_OF_OTHERS[name]}'", at(fault.span, _OF_OTHERS[name]), cost=SURE)
    elif name in _MODULES:
        yield from _loaded(scene, fault, name)
    elif name == "len":
        yield from _length(scene, fault)


def _variable(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """`let` for the `const` that declares what the line gives a value to."""
    root = scene.tree(fault.path)
    changes = nodes_on_line(scene, fault, *_CHANGES)
    names = {text_of(node.child_by_field_name("left") or node.named_children[0]) for node in changes}
    for node in below(root) if root else ():
        if node.type == "variable_declarator" and text_of(node.child_by_field_name("name")) in names:
            declaration = node.parent
            kind = declaration.children[0] if declaration is not None else None
            if kind is not None and kind.type == "const":
                yield repair(fault.path, "lets the value change", at(span_of(kind), "let"), cost=SURE)
                return


def _loaded(scene: Scene, fault: Fault, name: str) -> Iterator[Repair]:
    root = scene.tree(fault.path)
    if root is None:
        return
    imports = [node for node in root.named_children if node.type == "import_statement"]
    is_module = bool(imports) or fault.path.endswith((".mjs", ".mts", ".ts"))
    line = f"import {name} from 'node:{name}';" if is_module else f"const {name} = require('node:{name}');"
    code = (node for node in root.named_children if node.type not in ("comment", "hash_bang_line"))
    first = next(code, None)
    strict = first is not None and text_of(first).strip("\"'; ") == "use strict"
    start = 0 if first is None else first.end_byte + 1 if strict else first.start_byte
    yield repair(fault.path, f"loads '{name}'", before(start, f"{line}\n"), cost=SURE)


def _length(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """`x.length` for `len(x)`."""
    node = node_at(scene, fault)
    call = node.parent if node is not None else None
    given = call.child_by_field_name("arguments") if call is not None else None
    if call is not None and given is not None and len(given.named_children) == 1:
        text = f"{text_of(given.named_children[0])}.length"
        yield repair(fault.path, "takes the length", at(span_of(call), text), cost=LIKELY)


EXAMPLES = (
    hit(
        "console.log(path.basename('/a/b'));\n",
        ("console", "const path = require('node:path');\nconsole"),
        expected="b\n",
        name="program.js",
    ),
    hit("const n = 1;\nn = n + 1;\nconsole.log(n);\n", ("const", "let"), expected="2\n", name="program.js"),
    hit(
        "class A {\n  constructor() {\n    this.n = 3;\n  }\n  f() {\n    return n;\n  }\n}\n"
        "console.log(new A().f());\n",
        ("return n", "return this.n"),
        expected="3\n",
        name="program.js",
    ),
    hit("console.log(len('abc'));\n", ("len('abc')", "'abc'.length"), expected="3\n", name="program.js"),
    miss("console.log(qqqq);\n", name="program.js"),
)
TEMPLATE = template(
    "script_names",
    (Code.NAM_UNDEFINED, Code.NAM_MISSING_SELF, Code.SEM_API_MISUSE),
    mend,
    EXAMPLES,
    languages="javascript typescript",
)
