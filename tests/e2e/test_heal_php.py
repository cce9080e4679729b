"""PHP from end to end: real processes, a real PHP in boxes, a model that answers from a script."""

import shutil

import pytest

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.skipif(not shutil.which("php"), reason="PHP is not installed: healing PHP is NOT tested"),
]

SUM = """<?php
function total(array $numbers) {
    return array_sum($numbers)
}

echo 'Sum: ', total([1, 2, 3]), "\\n";
"""
GOOD_SUM = SUM.replace("($numbers)\n", "($numbers);\n")
CRASH = """<?php
function mean(array $v) {
    return array_sum($v) / count($v);
}

echo "start\\n";
echo mean([]), "\\n";
"""
GOOD_CRASH = CRASH.replace("return array_sum($v) / count($v)", "return $v ? array_sum($v) / count($v) : 0")
NAMES = """<?php
function area(int $width, int $height) {
    return $widht * $height;
}

echo area(2, 3), "\\n";
"""
LIBRARY = """<?php
function total(array $v) {
    return array_sum($v) + 1;
}
"""
TESTS = """<?php
require __DIR__ . '/../cart.php';
if (total([1, 2]) !== 3) {
    fwrite(STDERR, "total is wrong\\n");
    exit(1);
}
"""


def answer(work, *codes: str) -> None:
    work.server.answers[:] = [f"```php\n{code}\n```" for code in codes]


def test_syntax(work):
    work.write("job.php", SUM)
    answer(work, GOOD_SUM)
    code, result = work.result("heal", "job.php")
    assert (code, result["outcome"]) == (0, "healed")
    assert work.read("job.php").decode() == GOOD_SUM
    assert work.leftovers() == []


def test_a_crash(work):
    work.write("job.php", CRASH)
    answer(work, GOOD_CRASH)
    code, result = work.result(
        "heal", "job.php", "--run", "php job.php", "--rungs", "rewrite_function,rewrite_file"
    )
    assert (code, result["outcome"]) == (0, "healed"), result
    assert work.read("job.php").decode() == GOOD_CRASH
    assert [(f["code"], f["line"]) for f in result["faults"]][:1] == [("RUN.ZERO_DIVISION", 3)]


def test_wrong_output(work):
    work.write("job.php", NAMES)
    answer(work, NAMES.replace("$widht", "$width"))
    code, result = work.result("heal", "job.php", "--run", "php job.php", "--expect", "6")
    assert (code, result["outcome"]) == (0, "healed"), result
    assert b"$width *" in work.read("job.php")


def test_a_test_script(work):
    work.write("cart.php", LIBRARY)
    work.write("tests/cart_test.php", TESTS)
    answer(work, LIBRARY.replace(" + 1", ""))
    code, result = work.result("heal", "cart.php", "--test", "php tests/cart_test.php")
    assert (code, result["outcome"]) in ((0, "healed"), (3, "held")), result
    assert result["diff"].count("array_sum") == 2


def test_nothing_is_wrong(work):
    work.write("job.php", GOOD_SUM)
    code, result = work.result("heal", "job.php", "--run", "php job.php")
    assert (code, result["outcome"]) == (0, "clean")


def test_scan(work):
    work.write("good.php", GOOD_SUM)
    work.write("src/bad.php", SUM)
    work.write("src/early.php", "<?php\nfunction f() {}\nfunction f() {}\n")
    work.write("template.phtml", "<p><?= $title ?></p>\n")
    code, document = work.json("scan")
    faults = [f for result in document["results"] for f in result["faults"]]
    assert code == 1
    assert sorted((f["path"], f["line"]) for f in faults) == [("src/bad.php", 4), ("src/early.php", 3)]


def test_diagnose(work):
    work.write("job.php", NAMES)
    code, document = work.json("diagnose", "job.php", "--run", "php job.php", "--expect", "6")
    assert code == 1
    (result,) = document["results"]
    told = {(f["code"], f["line"]) for f in result["faults"]}
    assert ("NAM.MISSPELT", 3) in told, result
