"""PHP: a division by zero, a key that is not there, texts added, a value assigned where it is compared."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from goldseam.core.fault import Code, Fault
from goldseam.languages.parse_tree import text_of
from goldseam.propose.templating.scene import (
    GUESS,
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
from goldseam.propose.templating.tree_edits import around, nodes_on_line, span_of

if TYPE_CHECKING:
    from tree_sitter import Node


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """By the code of the fault, on its line."""
    if fault.code is Code.RUN_ZERO_DIVISION:
        yield from _divided(scene, fault)
    elif fault.code in (Code.RUN_KEY, Code.RUN_INDEX):
        yield from _defaulted(scene, fault)
    elif fault.code is Code.TYP_MISMATCH:
        yield from _joined(scene, fault)
    elif fault.code is Code.LOG_WRONG_OPERATOR:
        yield from _compared(scene, fault)


def _divided(scene: Scene, fault: Fault) -> Iterator[Repair]:
    for node in nodes_on_line(scene, fault, "binary_expression"):
        divisor = node.child_by_field_name("right")
        divides = any(child.type in ("/", "%") for child in node.children)
        if divides and divisor is not None and divisor.type not in ("integer", "float"):
            edits = before(node.start_byte, f"({text_of(divisor)} ? "), before(node.end_byte, " : 0)")
            yield repair(fault.path, f"gives 0 where '{text_of(divisor)}' is nothing", *edits)


def _defaulted(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """`??` with a default behind what is read, and before what is added to."""
    for node in nodes_on_line(scene, fault, "subscript_expression"):
        if (added := _added(node)) is not None:
            text, operator = text_of(node), text_of(added.child_by_field_name("operator"))
            value = "''" if operator == ".=" else "0"
            right = text_of(added.child_by_field_name("right"))
            whole = f"{text} = ({text} ?? {value}) {operator[:-1]} {right}"
            yield repair(fault.path, f"starts from {value} where the key is new", at(span_of(added), whole))
        elif not _is_written(node):
            for number, value in enumerate(("0", "null", "''")):
                edits = before(node.start_byte, "("), before(node.end_byte, f" ?? {value})")
                why = f"reads {value} where the key is not there"
                yield repair(fault.path, why, *edits, cost=GUESS if number else LIKELY)


def _added(node: "Node") -> "Node | None":
    """The addition that a node is the target of."""
    parent = node.parent
    if parent is None or parent.type != "augmented_assignment_expression":
        return None
    return parent if parent.child_by_field_name("left") == node else None


def _is_written(node: "Node") -> bool:
    """Whether an element is written to, or is part of one that is."""
    inner = node
    for one in around(node):
        if one.type == "subscript_expression" and one.named_children[0] == inner:
            return True
        if one.type.endswith("assignment_expression"):
            return one.child_by_field_name("left") == inner
        inner = one
    return False


def _joined(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """`.` for `+` between texts."""
    if "string" not in fault.message and "numeric" not in fault.message:
        return
    for node in nodes_on_line(scene, fault, "binary_expression"):
        sign = next((child for child in node.children if child.type == "+"), None)
        if sign is not None:
            yield repair(fault.path, "puts the texts together", at(span_of(sign), "."))


def _compared(scene: Scene, fault: Fault) -> Iterator[Repair]:
    for node in nodes_on_line(scene, fault, "assignment_expression"):
        sign = next((child for child in node.children if child.type == "="), None)
        asked = any("condition" in one.type or one.type.startswith("paren") for one in around(node))
        if sign is not None and asked:
            yield repair(fault.path, "compares, instead of assigning", at(span_of(sign), "==="), cost=SURE)
            yield repair(fault.path, "compares loosely", at(span_of(sign), "=="), cost=GUESS)


EXAMPLES = (
    hit(
        '<?php\nfunction mean($xs) {\n    return array_sum($xs) / count($xs);\n}\necho mean([]), "\\n";\n',
        ("array_sum($xs) / count($xs)", "(count($xs) ? array_sum($xs) / count($xs) : 0)"),
        expected="0\n",
        name="program.php",
    ),
    hit(
        """\
<?php
set_error_handler(function ($number, $text) {
    throw new ErrorException($text);
});
$ages = ['a' => 3];
echo $ages['a'] + $ages['b'], "\\n";
""",
        ("$ages['b']", "($ages['b'] ?? 0)"),
        expected="3\n",
        name="program.php",
    ),
    hit(
        "<?php\nfunction f($a) {\n    if ($a = 5) {\n        return 'five';\n    }\n    return 'other';\n}\n"
        'echo f(3), "\\n";\n',
        ("$a = 5", "$a === 5"),
        expected="other\n",
        name="program.php",
    ),
    hit("<?php\necho 'a' + 'b', \"\\n\";\n", ("+", "."), expected="ab\n", name="program.php"),
    miss("<?php\nthrow new Exception('no');\n", name="program.php"),
)
TEMPLATE = template(
    "php_values",
    (Code.RUN_ZERO_DIVISION, Code.RUN_KEY, Code.RUN_INDEX, Code.TYP_MISMATCH, Code.LOG_WRONG_OPERATOR),
    mend,
    EXAMPLES,
    languages="php",
)
