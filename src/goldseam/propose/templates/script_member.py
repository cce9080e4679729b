"""JavaScript: what may be missing is asked for first; a method of another language's values."""

from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.languages.parse_tree import text_of
from goldseam.propose.templating.scene import GUESS, Repair, Scene, at, hit, miss, repair, template
from goldseam.propose.templating.tree_edits import nodes_on_line, span_of

_NAMES = {
    "append": ("push", "add"), "add": ("push",), "push": ("add",), "extend": ("concat",), "len": ("length",),
    "size": ("length",), "length": ("size",), "count": ("length",), "contains": ("includes", "has"),
    "has": ("includes",), "includes": ("has",), "upper": ("toUpperCase",), "lower": ("toLowerCase",),
    "strip": ("trim",), "lstrip": ("trimStart",), "rstrip": ("trimEnd",), "startswith": ("startsWith",),
    "endswith": ("endsWith",), "index": ("indexOf",), "find": ("indexOf",), "items": ("entries",),
    "format": ("toFixed",), "insert": ("splice",), "remove": ("delete",), "replaceall": ("replaceAll",),
}  # fmt: skip


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """The name that JavaScript has for it; `?.` where the object may be missing."""
    members = nodes_on_line(scene, fault, "member_expression")
    named = [name for member in members if (name := member.child_by_field_name("property")) is not None]
    for name in named:
        for other in _NAMES.get(text_of(name), ()) if text_of(name) in fault.message else ():
            yield repair(fault.path, f"calls it '{other}'", at(span_of(name), other))
    if fault.code is Code.TYP_NONE_ACCESS:
        for member in members:
            dot = next((child for child in member.children if child.type == "."), None)
            read = text_of(member.child_by_field_name("property"))
            if dot is not None and f"'{read}'" in fault.message:
                why = f"reads '{read}' only of what is there"
                yield repair(fault.path, why, at(span_of(dot), "?."), cost=GUESS)


EXAMPLES = (
    hit("const xs = [1];\nxs.append(2);\nconsole.log(xs.join());\n", ("append", "push"), expected="1,2\n",
        name="program.js"),
    hit("console.log(' a '.strip());\n", ("strip", "trim"), expected="a\n", name="program.js"),
    hit(
        "const user = { name: 'a' };\nconsole.log(user.address.street);\n",
        ("address.street", "address?.street"),
        expected="undefined\n",
        name="program.js",
    ),
    miss("const a = {};\nthrow new Error('no');\n", name="program.js"),
)  # fmt: skip
TEMPLATE = template(
    "script_member",
    (Code.NAM_WRONG_ATTRIBUTE, Code.NAM_MISSPELT, Code.TYP_NOT_CALLABLE, Code.TYP_NONE_ACCESS),
    mend,
    EXAMPLES,
    languages="javascript typescript",
)
