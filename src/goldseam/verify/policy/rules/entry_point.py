"""The condition under which a file runs as a program, turned so that it does not run at all."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Example, Objection, Rule, reject
from goldseam.verify.policy.trees import line_of

_RIGHT = ast.dump(ast.parse("__name__ == '__main__'", mode="eval").body)
_SCRIPT = re.compile(r"require\.main\s*(?:===?|!==?)\s*module|module\s*(?:===?|!==?)\s*require\.main")
_TURNED = "the condition under which the program starts is changed: nothing would run"


def check(change: FileChange, _: Context) -> Iterator[Objection]:
    """Guards of the program's start that are another now, unless they are what such a guard should be."""
    known = Counter(ast.dump(guard.test) for guard in _guards(change.old_tree))
    for guard in _guards(change.new_tree):
        if ast.dump(guard.test) != _RIGHT and known[ast.dump(guard.test)] == 0:
            yield reject(line_of(guard), _TURNED)
    if change.grammar is not None:
        was = Counter("".join(match[0].split()) for match in _SCRIPT.finditer(change.old))
        for match in _SCRIPT.finditer(change.new):
            if was and not was["".join(match[0].split())]:
                yield reject(change.new.count("\n", 0, match.start()) + 1, _TURNED)


def _guards(tree: ast.Module | None) -> Iterator[ast.If]:
    for node in tree.body if tree else ():
        if isinstance(node, ast.If) and "__name__" in map(_name, ast.walk(node.test)):
            yield node


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""


_OLD = "def main():\n    print(1 / 0)\n\n\nif __name__ == '__main__':\n    main()\n"
_NODE = "function main() {\n  f();\n}\nif (require.main === module) {\n  main();\n}\n"
RULE = Rule(
    "entry point",
    check,
    hits=(
        Example(_OLD, _OLD.replace("==", "!=")),
        Example(_OLD, _OLD.replace("== '__main__'", "in ('x', 'y')")),
        Example(_OLD, _OLD.replace("__name__ ==", "not __name__ ==")),
        Example(_NODE, _NODE.replace("===", "!=="), path="job.js"),
    ),
    misses=(
        Example(_OLD, _OLD.replace("1 / 0", "0")),
        Example(_OLD.replace("__main__", "main"), _OLD),
        Example("if __name__ = '__main__':\n    main()\n", "if __name__ == '__main__':\n    main()\n"),
        Example(_NODE, _NODE.replace("f();", "g();"), path="job.js"),
    ),
)
