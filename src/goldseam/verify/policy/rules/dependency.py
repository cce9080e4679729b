"""Imports that the project did not have."""

import ast
import builtins
import sys
from collections.abc import Iterator

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Decision, Example, Objection, Rule, review
from goldseam.verify.policy.trees import imports, line_of


def check(change: FileChange, context: Context) -> Iterator[Objection]:
    """Imports that are neither standard, nor the project's, nor what an undefined name asked for."""
    known = {target.partition(".")[0] for target in imports(change.old_tree).values()}
    missing = _unbound(change.old_tree)
    for node in change.new_nodes():
        for root, bound in _roots(node):
            if root in known or root in sys.stdlib_module_names or bound & missing:
                continue
            if root not in context.project.modules and root not in context.project.imported:
                yield review(line_of(node), f"'{root}' becomes a new dependency of the project")


def _roots(node: ast.AST) -> Iterator[tuple[str, set[str]]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            root = alias.name.partition(".")[0]
            yield root, {alias.asname or root}
    elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
        yield node.module.partition(".")[0], {alias.asname or alias.name for alias in node.names}


def _unbound(tree: ast.Module | None) -> set[str]:
    """Names that are read and nowhere bound: what a missing import leaves behind."""
    nodes = list(ast.walk(tree)) if tree else []
    names = [node for node in nodes if isinstance(node, ast.Name)]
    bound = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    bound |= {node.arg for node in nodes if isinstance(node, ast.arg)} | set(imports(tree))
    bound |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return {node.id for node in names} - bound - set(dir(builtins))


_OLD = "import json\n\ndef load(text):\n    return json.loads(text)\n"
RULE = Rule(
    "new dependency",
    check,
    hits=(
        Example(_OLD, _OLD.replace("import json", "import json\nimport requests"), Decision.REVIEW),
        Example(
            _OLD, _OLD.replace("import json", "import json\nfrom yaml import load as l"), Decision.REVIEW
        ),
    ),
    misses=(
        Example("data = pd.DataFrame()\n", "import pandas as pd\n\ndata = pd.DataFrame()\n"),
        Example(_OLD, _OLD.replace("import json", "import json\nimport math")),
        Example(
            _OLD, _OLD.replace("import json", "import json\nimport cart"), project={"cart.py": "x = 1\n"}
        ),
        Example(_OLD, "import json\nimport attr\n", project={"a.py": "import attr\n"}),
    ),
)
