"""JavaScript: a promise used as if it were its value, and a result that is computed and not returned."""

from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.propose.templating.scene import LIKELY, SURE, Repair, Scene, before, hit, miss, repair, template
from goldseam.propose.templating.tree_edits import around, node_at

_FUNCTIONS = frozenset({"function_declaration", "function_expression", "arrow_function", "method_definition",
                        "generator_function_declaration"})  # fmt: skip
_CHAINS = frozenset({"member_expression", "subscript_expression"})


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """`await` before the call, in parentheses where its result is used at once; `return` before the value."""
    if fault.code is Code.TYP_WRONG_RETURN:
        data = scene.data(fault.path)[fault.span.start : fault.span.end]
        if not data.startswith((b"return", b"{", b"function", b"async")) and b"=>" not in data[:40]:
            yield repair(fault.path, "returns the value", before(fault.span.start, "return "))
        return
    node = node_at(scene, fault)
    while node is not None and node.type != "call_expression" and node.parent is not None:
        node = node.parent
    if node is None or node.type != "call_expression" or not _may_await(node, fault.path):
        return
    if node.parent is not None and node.parent.type in _CHAINS:
        edits = before(node.start_byte, "(await "), before(node.end_byte, ")")
        yield repair(fault.path, "waits for the result", *edits, cost=SURE)
    else:
        yield repair(fault.path, "waits for the result", before(node.start_byte, "await "), cost=LIKELY)


def _may_await(node: object, path: str) -> bool:
    """Whether a call stands in an async function, or at the top of a module."""
    inner = next((one for one in around(node) if one.type in _FUNCTIONS), None)  # type: ignore[arg-type]
    if inner is None:
        return path.endswith((".mjs", ".mts"))
    return any(child.type == "async" for child in inner.children)


EXAMPLES = (
    hit(
        "async function f() {\n  return [1];\n}\nasync function g() {\n  const a = f();\n"
        "  a.forEach((x) => console.log(x));\n}\ng();\n",
        ("const a = f()", "const a = await f()"),
        expected="1\n",
        name="program.js",
    ),
    hit(
        "function cut(a) {\n  a.slice(1);\n}\nconst b = cut('ab');\nconsole.log(b.trim());\n",
        ("  a.slice", "  return a.slice"),
        expected="b\n",
        name="program.js",
    ),
    miss("const a = { b: 1 };\na.c.d();\n", name="program.js"),
)
TEMPLATE = template(
    "script_await",
    (Code.TYP_NOT_AWAITED, Code.TYP_WRONG_RETURN),
    mend,
    EXAMPLES,
    languages="javascript typescript",
)
