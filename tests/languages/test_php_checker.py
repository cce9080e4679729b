"""PHP's checker: as `php -l` says, in a real box, and nothing of a file is run."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from goldseam.config import load
from goldseam.core.language import CHECK
from goldseam.core.ports import SyntaxChecker
from goldseam.languages.php import PHP
from goldseam.plugins import Plugins
from goldseam.wiring import Choice, assemble

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.skipif(not shutil.which("php"), reason="PHP is not installed: its checker is NOT tested"),
]

GOOD = {
    "nothing": b"",
    "text": b"<p>hello</p>\n",
    "tags": b"<p><?= 1 ?></p><?php echo 2 ?>",
    "shebang and namespace": b"#!/usr/bin/env php\n<?php\ndeclare(strict_types=1);\nnamespace A;\necho 1;\n",
    "latin-1": b"<?php echo 'caf\xe9';\n",
    "a function of PHP's checker": b"<?php\nfunction problems() {}\nclass Source {}\nclass Compiled {}\n",
    "would end the process": b"<?php exit(3);\n",
    "halted": b"<?php __halt_compiler(); ((((\n",
}
BAD = {
    "bracket": (b"<?php\nfunction f( {\n}\n", 2, "unexpected token"),
    "end": (b"<?php\nif (1) {\n", 3, "Unclosed"),
    "break": (b"<?php\n\nbreak;\n", 3, "not in the 'loop'"),
    "twice": (b"<?php\nfunction f() {}\nfunction f() {}\n", 3, "Cannot redeclare f()"),
    "parent": (
        b"<?php\nclass A extends ArrayObject {\n    function count(string $x) {}\n}\n",
        3,
        "must be compatible",
    ),
    "shebang": (b"#!/usr/bin/php\n<?php\nfoo bar\n", 3, "unexpected identifier"),
    "deep": (b"<?php\n" + b"(" * 100_000, 2, ""),
}


@pytest.fixture(scope="module")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    root = tmp_path_factory.mktemp("checked")
    with assemble(root, load(root, {}), Choice(remembers=False), Plugins()) as found:
        yield found


@pytest.fixture
def checker(assembly) -> SyntaxChecker:
    return assembly.checker


@pytest.mark.parametrize("data", GOOD.values(), ids=GOOD)
def test_what_php_accepts(checker, data):
    assert checker.check("a.php", data) is None


@pytest.mark.parametrize(("data", "line", "said"), BAD.values(), ids=BAD)
def test_what_php_refuses(checker, data, line, said):
    problem = checker.check("a.php", data)
    assert said in problem.message
    if said:
        assert data.count(b"\n", 0, problem.span.start) + 1 == line


def test_nothing_is_run(checker, tmp_path: Path):
    trace = tmp_path / "trace"
    code = f"<?php\nfile_put_contents('{trace}', 'ran');\nfwrite(STDOUT, 'noise');\n".encode()
    assert checker.check("a.php", code) is None
    assert not trace.exists()
    assert checker.check("b.php", b"<?php echo 1;\n") is None


def test_a_file_does_not_change_the_verdict_on_the_next(checker):
    text = b"<?php\nfunction same() {}\nclass Same {}\n"
    assert [checker.check(f"{name}.php", text) for name in "abc"] == [None] * 3


def test_a_batch_says_the_same_as_questions(assembly):
    import base64

    texts = [text for text, *_ in BAD.values()] + [*GOOD.values()] * 2
    files = [{"path": "a.php", "data": base64.b64encode(text).decode()} for text in texts]
    together = assembly.tools.ask(PHP.name, CHECK, {"files": files}, seconds=30)["problems"]
    alone = [assembly.tools.ask(PHP.name, CHECK, file, seconds=30)["problem"] for file in files]
    assert together == alone
    assert [problem is None for problem in alone] == [False] * len(BAD) + [True] * len(GOOD) * 2
