"""The fast judge on programs of PHP, in the sandbox: it agrees with the slow one; nothing disturbs it."""

import os
import random
import re
import shutil
from pathlib import Path

import pytest

from goldseam.core.candidate import Mark
from goldseam.core.source import Edit, Span
from screening_bench import Open, bench
from screening_programs_php import PHP_PROGRAMS

__all__ = ["bench"]

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.skipif(
        not shutil.which("phpunit"), reason="PHPUnit is not here: screening PHP is NOT tested"
    ),
]
_TOKEN = re.compile(
    rb"//[^\n]*|<\?php|'[^'\n]*'|=>|->|(?<![\w.$])\d+(?![\w.])|\+\+|[!=]==?|[<>+*/%-]=?|&&|\|\||\?\?|\bnull\b"
)
OTHERS = {
    b"<=": (b"<", b">"), b">=": (b">", b"<"), b"===": (b"!==", b"=="), b"!==": (b"===", b"!="),
    b"<": (b"<=", b">"), b">": (b">=", b"<", b"=="), b"+=": (b"-=", b"="), b"-=": (b"+=",),
    b"+": (b"-", b"*"), b"-": (b"+", b""), b"*": (b"+",), b"/": (b"*",), b"%": (b"/", b"*"),
    b"&&": (b"||",), b"||": (b"&&",), b"??": (b"&&",), b"++": (b"--", b""), b"null": (b"0",),
}  # fmt: skip
REPAIRS = {
    "classes": [("<= -self", "< -self")],
    "functions": [("> $width", ">= $width"), ("> $width", "+ 1 > $width")],
    "entangled": [("count + 1", "count"), ("count + 1", "count + 0")],
    "loops": [("$one + 1", "$one")],
    "shapes": [("$whole + 1", "$whole")],
}


def mutants(data: bytes) -> list[Edit]:
    """Other operators, numbers one more and one less."""
    found = []
    for token in _TOKEN.finditer(data):
        span, text = Span(*token.span()), token[0]
        if text.isdigit():
            found += [Edit(span, str(int(text) + by).encode()) for by in (1, -1)]
        found += [Edit(span, other) for other in OTHERS.get(text, ())]
    return found


@pytest.mark.parametrize("name", PHP_PROGRAMS)
def test_both_judges_agree(name: str, bench: Open) -> None:
    path, files = PHP_PROGRAMS[name]
    here = bench(files, path, test="phpunit .")
    repairs = [here.candidate(here.edit(old, new)) for old, new in REPAIRS[name]]
    others = [here.candidate(edit) for edit in mutants(here.data)]
    screenings = here.screen(*repairs, *others)
    assert len(here.counted.jobs) == 1
    assert [one.mark for one in screenings[: len(repairs)]] == [Mark.PROMISING] * len(repairs)
    assert not [one for one in screenings if one.mark is Mark.UNSCREENED]
    red = [one for one, said in zip(others, screenings[len(repairs) :], strict=True) if said.mark is Mark.RED]
    judged = random.Random(name).sample(red, min(2, len(red)))
    assert not [here.judge(one).evidence for one in judged if here.judge(one).plausible]


@pytest.mark.skipif(not os.environ.get("EVERY_MUTANT"), reason="minutes; EVERY_MUTANT=1 runs it")
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("name", PHP_PROGRAMS)
def test_no_mutant_that_is_plausible_is_screened_red(name: str, bench: Open) -> None:
    path, files = PHP_PROGRAMS[name]
    here = bench(files, path, seconds=20, test="phpunit .")
    every = [here.candidate(edit) for edit in mutants(here.data)]
    said = here.screen(*every)
    plausible = [here.judge(one).plausible for one in every]
    wrong = [
        (one.patch, told.evidence)
        for one, told, is_plausible in zip(every, said, plausible, strict=True)
        if told.mark is Mark.RED and is_plausible
    ]
    assert not wrong


SUMS = """
    <?php
    function total(array $prices, int $discount, int $tax = 0): int
    {
        $result = 1;
        foreach ($prices as $price) {
            $result += $price;
        }
        return $result - $discount + $tax;
    }

    function number(array $prices): int
    {
        $result = 2;
        while ($prices) {
            array_pop($prices);
            $result += 1;
        }
        return $result;
    }
"""
SUMS_TEST = """
    <?php
    require_once __DIR__ . '/sums.php';

    final class SumsTest extends PHPUnit\\Framework\\TestCase
    {
        public function testTotal(): void
        {
            $this->assertSame(2, total([1, 2], 1));
        }

        public function testNumber(): void
        {
            $this->assertSame(2, number([1, 2]));
        }

        public function testNone(): void
        {
            $this->assertContains(0, [total([], 1), total([], 0)]);
        }
    }
"""


def test_it_is_told_which_tests_a_candidate_mends(bench: Open) -> None:
    here = bench({"sums.php": SUMS, "SumsTest.php": SUMS_TEST}, "sums.php", test="phpunit .")
    total = here.edit("$result = 1", "$result = 0")
    number = here.edit("$result = 2", "$result = 0")
    every = ([total], [number], [total, number], [here.edit("+ $tax", "- $tax")])
    first, second, both, none = (
        one.mended for one in here.screen(*(here.candidate(*some) for some in every))
    )
    assert first
    assert second
    assert first & second == none == 0
    assert both == first | second


def test_a_partial_repair_gains_what_it_turns_green_and_loses_what_it_breaks(bench: Open) -> None:
    here = bench({"sums.php": SUMS, "SumsTest.php": SUMS_TEST}, test="phpunit .")
    first, second = here.edit("result = 1", "result = 0"), here.edit("result = 2", "result = 0")
    one, both, nothing, broken = here.screen(
        here.candidate(first),
        here.candidate(first, second),
        here.candidate(here.edit("tax = 0", "tax = 7")),
        here.candidate(second, here.edit("$result - $", "5 + $result - $")),
    )
    assert (one.mark, one.gain) == (Mark.RED, 0.5)
    assert "testNumber" in one.evidence
    assert (both.mark, both.gain) == (Mark.PROMISING, 1.0)
    assert (nothing.mark, nothing.gain) == (Mark.RED, 0.0)
    assert (broken.mark, broken.gain) == (Mark.RED, -1.0)


def test_what_hangs_dies_or_fills_the_memory_is_red_and_the_others_are_tried(bench: Open) -> None:
    here = bench({"sums.php": SUMS, "SumsTest.php": SUMS_TEST}, test="phpunit .")
    dying = [
        "while (true) {}",
        "exit(0)",
        "posix_kill(getmypid(), SIGKILL)",
        "sleep(100)",
        "return total($prices, $discount)",
        "$x = [0]; while (true) { $x = [$x, $x, str_repeat('x', 1000000)]; }",
        "while (true) { try { while (true) {} } catch (Throwable) {} }",
        "$this = 1",
        "return 1; } if (true) {",
    ]
    second = here.edit("result = 2", "result = 0")
    repair = here.candidate(here.edit("result = 1", "result = 0"), second)
    ended = here.screen(*(here.candidate(here.edit("$result = 1", one), second) for one in dying), repair)
    assert [text for text, one in zip(dying, ended, strict=False) if one.mark is not Mark.RED] == []
    assert ended[-1].mark is Mark.PROMISING


def test_state_that_candidates_leave_behind_misleads_nobody(bench: Open) -> None:
    program = """
        <?php
        final class Desk
        {
            public static ?Desk $only = null;
            public array $issued = [];
            private int $last = 0;

            public static function get(): self
            {
                return self::$only ??= new self();
            }

            public function ticket(string $name): string
            {
                global $seen;
                $this->issued[] = $name;
                $this->last += 1;
                $seen[$name][] = $this->last;
                return $name . '-' . $seen[$name][0] . '-' . (count($this->issued) + 1) . '-' . $this->last;
            }
        }
        Desk::get();
    """
    test = """
        <?php
        require_once __DIR__ . '/Desk.php';

        final class DeskTest extends PHPUnit\\Framework\\TestCase
        {
            public function testTicket(): void
            {
                $this->assertSame('a-1-1-1', Desk::get()->ticket('a'));
            }

            public function testText(): void
            {
                $this->assertStringStartsWith('b-', Desk::get()->ticket('b'));
            }
        }
    """
    here = bench({"Desk.php": program, "DeskTest.php": test}, test="phpunit .")
    repair = here.candidate(here.edit("issued) + 1", "issued)"))
    other = here.candidate(here.edit("issued) + 1", "issued) + 2"))
    marks = [one.mark for one in here.screen(other, other, repair, other, repair)]
    assert marks == [Mark.RED, Mark.RED, Mark.PROMISING, Mark.RED, Mark.PROMISING]


def test_files_that_candidates_leave_in_the_project_mislead_nobody(bench: Open) -> None:
    program = """
        <?php
        function store(array $rows): string
        {
            mkdir('out');
            file_put_contents('out/rows.txt', implode('', array_slice($rows, 1)));
            file_put_contents('log.txt', 'stored', FILE_APPEND);
            return file_get_contents('out/rows.txt');
        }
    """
    test = """
        <?php
        require_once __DIR__ . '/store.php';

        final class StoreTest extends PHPUnit\\Framework\\TestCase
        {
            public function testStore(): void
            {
                $this->assertSame('ab', store(['a', 'b']));
                $this->assertSame('begun stored', file_get_contents('log.txt'));
            }
        }
    """
    here = bench({"store.php": program, "StoreTest.php": test, "log.txt": "begun "}, test="phpunit .")
    pairs = [("$rows, 1", "$rows, 0"), ("$rows, 1", "$rows, 2"), ("array_slice($rows, 1)", "$rows")]
    assert [one.mark for one in here.tried(*pairs)] == [Mark.PROMISING, Mark.RED, Mark.PROMISING]


def test_tests_that_start_php_themselves_run_the_candidate(bench: Open) -> None:
    program = """
        <?php
        function triple(int $n): int
        {
            return $n * 4;
        }
        if (isset($argv[1]) && $argv[1] === 'three') {
            echo triple(3);
        }
    """
    test = """
        <?php
        final class TripleTest extends PHPUnit\\Framework\\TestCase
        {
            public function testTriple(): void
            {
                $this->assertSame('9', shell_exec('php ' . __DIR__ . '/triple.php three'));
            }
        }
    """
    here = bench({"triple.php": program, "TripleTest.php": test}, test="phpunit .")
    pairs = [("* 4", "* 3"), ("* 4", "* 2"), ("* 4", "+ 6")]
    assert [one.mark for one in here.tried(*pairs)] == [Mark.PROMISING, Mark.RED, Mark.PROMISING]


SCRIPT = """
    <?php
    require __DIR__ . '/sums.php';
    echo 'begin ', microtime(true), "\\n";
    echo 'still ', count($argv), "\\n";
    mkdir('out');
    if (total([1], 0) !== 1) {
        fwrite(STDERR, "wrong\\n");
        exit(3);
    }
    echo "end\\n";
"""


@pytest.mark.parametrize("asks", ["run", "test"])
def test_a_script_is_judged_by_its_end_and_by_the_lines_it_printed_before(asks: str, bench: Open) -> None:
    files = {"sums.php": SUMS, "main.php": SCRIPT}
    here = bench(files, runs=2, **{asks: "php main.php -v"})
    marks = here.tried(
        ("result = 1", "result = 0"),
        ("result = 1", "result = 2"),
        ("$result = 1;", "$result = 0; }}"),
        ("$result = 1", "while (true) {}"),
        ("$result - $", "$result - 1 - $"),
        ("<?php", "<?php exit(0);"),
    )
    early = Mark.RED if asks == "run" else Mark.PROMISING
    assert [one.mark for one in marks] == [Mark.PROMISING, *[Mark.RED] * 3, Mark.PROMISING, early]
    assert len(here.counted.jobs) == 1


def test_a_command_that_cannot_be_taken_over_is_not_run_for_nothing_twice(bench: Open) -> None:
    here = bench({"sums.php": SUMS, "main.php": SCRIPT}, run="php main.php; php main.php")
    one = here.candidate(here.edit("result = 1", "result = 0"))
    for _ in range(2):
        assert {said.mark for said in here.screen(one, one, one)} == {Mark.UNSCREENED}
    assert len(here.counted.jobs) == 1


def test_a_project_that_brings_its_own_phpunit(bench: Open) -> None:
    suite = Path("/usr/share/php/PHPUnit/Framework/TestSuite.php")
    if not suite.is_file():
        pytest.skip("PHPUnit's own files lie elsewhere")
    files = {
        "sums.php": SUMS,
        "tests/SumsTest.php": SUMS_TEST.replace("/sums.php", "/../sums.php"),
        "vendor/autoload.php": "<?php\nrequire_once 'PHPUnit/Autoload.php';\n",
        "vendor/phpunit/phpunit/src/Framework/TestSuite.php": suite.read_text(),
        "vendor/phpunit/phpunit/phpunit": "<?php\nrequire dirname(__DIR__, 2) . '/autoload.php';\n"
        "PHPUnit\\TextUI\\Command::main();\n",
        "vendor/bin/phpunit": "<?php\ninclude __DIR__ . '/../phpunit/phpunit/phpunit';\n",
    }
    here = bench(files, test="php vendor/bin/phpunit tests")
    both = here.edit("result = 1", "result = 0"), here.edit("result = 2", "result = 0")
    half, whole = here.screen(here.candidate(both[0]), here.candidate(*both))
    assert (half.mark, whole.mark) == (Mark.RED, Mark.PROMISING)
    assert half.gain == 0.5


def test_candidates_that_behave_alike_have_the_same_marks(bench: Open) -> None:
    here = bench({"sums.php": SUMS, "SumsTest.php": SUMS_TEST}, test="phpunit .")
    second = here.edit("result = 2", "result = 0")
    texts = ("$result = 0", "$result = 1 - 1", "$result = $discount > 1 ? 7 : 0")
    first, same, other = here.screen(
        *(here.candidate(here.edit("$result = 1", one), second) for one in texts)
    )
    assert {one.mark for one in (first, same, other)} == {Mark.PROMISING}
    assert first.behaviour == same.behaviour
    assert len(set(first.behaviour)) > 5
    assert first.behaviour != other.behaviour
