"""New powers: processes, network, deletion, evaluation, exits, native code, tampering with other code."""

from collections.abc import Iterator

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.powers import powers
from goldseam.verify.policy.ruling import Decision, Example, Objection, Rule, reject, review
from goldseam.verify.policy.trees import imports


def check(change: FileChange, _: Context) -> Iterator[Objection]:
    """Powers that the new file uses more often than the old; milder where the old file had the power too."""
    bound = imports(change.old_tree) | imports(change.new_tree)
    before = [power for node in change.old_nodes() for power in powers(node, bound)]
    had = {power.what for power in before}
    left = [(power.what, power.name) for power in before]
    for node in change.new_nodes():
        for power in powers(node, bound):
            if (power.what, power.name) in left:
                left.remove((power.what, power.name))
            elif power.is_hard and power.what not in had:
                yield reject(power.line, f"'{power.name}' {power.what}; the file did not do that before")
            elif power.is_hard or power.what not in had:
                yield review(power.line, f"'{power.name}' {power.what}")


_OLD = "import os\n\ndef total(rows):\n    return sum(rows)\n"


def _with(statement: str) -> Example:
    return Example(_OLD, _OLD.replace("    return", f"    {statement}\n    return"))


RULE = Rule(
    "dangerous call",
    check,
    hits=(
        _with("os.system('ls')"),
        _with("os._exit(0)"),
        _with("call = os.system; call('ls')"),
        _with("run = eval"),
        _with("__import__('os').system('ls')"),
        _with("getattr(os, 'sys' + 'tem')('ls')"),
        _with("eval('1')"),
        _with("import subprocess as s; s.run(['ls'])"),
        _with("from shutil import rmtree; rmtree('/')"),
        _with("import sys; rows = sys._getframe(1).f_locals"),
        _with("import atexit; atexit.register(os._exit, 0)"),
        _with("import pytest; pytest.skip('later')"),
        _with("().__class__.__bases__[0].__subclasses__()"),
        _with("import sys; sys.modules['json'] = None"),
        _with("import sys; sys.excepthook = print"),
        _with("if 'PYTEST_CURRENT_TEST' in os.environ: return 6"),
        _with("import urllib.request; urllib.request.urlopen('http://a')"),
        Example(_OLD, _OLD + "open('a', 'w').write('x')\n", Decision.REVIEW),
        Example(_OLD, "import os, importlib\nimportlib.import_module('a')\n" + _OLD, Decision.REVIEW),
    ),
    misses=(
        _with("rows = [row for row in rows if row]"),
        _with("rows = os.path.join(rows)"),
        Example("os.remove('a')\nx = 1\n", "import os\nos.remove('a')\nx = 1\n"),
        Example("import re\nx = 1\n", "import re\nx = re.compile('a')\n"),
        Example(
            "def f(x):\n    return x.remove(1)\n", "def f(x):\n    x.remove(2)\n    return x.remove(1)\n"
        ),
        Example("import os\nos.remove(a)\n", "import os\nif a:\n    os.remove(a)\n"),
    ),
)
