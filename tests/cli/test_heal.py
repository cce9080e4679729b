"""`goldseam heal`: oracles, options, exit codes and documents, in real processes with a scripted model."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.sandbox

SUM = "def total(numbers)\n    return sum(numbers)\n\n\nprint(f'Sum: {total([1, 2, 3])}')\n"
BY_MODEL = ("--rungs", "rewrite_function,rewrite_file")
GOOD_SUM = SUM.replace("numbers)\n", "numbers):\n", 1)
CRASH = "def mean(v):\n    return sum(v) / len(v)\n\n\nprint('start')\nprint(mean([]))\n"
GOOD_CRASH = CRASH.replace("return sum(v) / len(v)", "return sum(v) / len(v) if v else 0")
PYTEST = "env PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 python3 -m pytest -q"
CART = "def subtotal(items):\n    return sum(price + count for price, count in items)\n\n\nSIZE = 3\n"
GOOD_CART = CART.replace("price + count for", "price * count for")
TESTS = "from cart import subtotal\n\n\ndef test_a():\n    assert subtotal([(2, 3)]) == 6\n"


def test_syntax_is_the_oracle_when_nothing_else_is_given(work):
    work.write("job.py", SUM)
    code, result = work.result("heal", "job.py")
    assert (code, result["outcome"], result["reason"]) == (0, "healed", None)
    assert work.read("job.py").decode() == GOOD_SUM
    assert result["changed"] == ["job.py"]
    assert [(f["code"], f["path"], f["line"], f["column"]) for f in result["faults"]] == [
        ("SYN.MISSING_COLON", "job.py", 1, 19)
    ]
    assert result["oracle"] == {
        "before": "red",
        "after": "green",
        "checks": [{"name": "syntax", "green": True}],
    }
    assert result["attempts"] == 1
    assert (result["rung"], result["tokens"]) == ("syntax", {"prompt": 0, "completion": 0})
    assert work.server.asked == []
    assert "+def total(numbers):" in result["diff"]
    assert work.leftovers() == []


def test_a_crash_is_healed_and_what_was_printed_before_is_kept(work):
    work.write("job.py", CRASH)
    work.answer(CRASH.replace("print('start')\n", "").replace("/ len(v)", "/ 1"), GOOD_CRASH)
    code, result = work.result("heal", "job.py", "--run", "python3 job.py", "--rungs", "rewrite_file")
    assert (code, result["outcome"], result["attempts"]) == (0, "healed", 2)
    assert work.read("job.py").decode() == GOOD_CRASH
    assert result["faults"][0]["code"] == "RUN.ZERO_DIVISION"
    assert {check["name"] for check in result["oracle"]["checks"]} == {"syntax", "run"}
    assert "what it printed before is gone" in work.server.asked[1]["messages"][1]["content"]


@pytest.mark.parametrize("by_file", [False, True], ids=["text", "file"])
def test_wrong_output_is_healed(work, by_file):
    work.write("job.py", "print('Sum:', 1 + 2 * 3)\n")
    work.write("job.expected", "Sum: 9\r\n\n")
    work.answer("print('Sum:', (1 + 2) * 3)\n")
    expected = ("--expect-file", "job.expected") if by_file else ("--expect", "Sum: 9")
    code, result = work.result("heal", "job.py", *expected, *BY_MODEL)
    assert (code, result["outcome"]) == (0, "healed")
    assert result["faults"][0]["code"] == "LOG.WRONG_OUTPUT"
    assert work.read("job.py") == b"print('Sum:', (1 + 2) * 3)\n"


def test_failing_tests_are_healed_in_the_file_that_the_tests_name(work):
    work.write("cart.py", CART)
    work.write("test_cart.py", TESTS)
    work.answer(GOOD_CART)
    code, result = work.result("heal", "cart.py", "--test", PYTEST, *BY_MODEL)
    assert (code, result["outcome"], result["changed"]) == (0, "healed", ["cart.py"])
    assert work.read("cart.py").decode() == GOOD_CART
    assert work.read("test_cart.py").decode() == TESTS


def test_a_folder_and_a_test_command_are_one_result(work):
    work.write("shop/cart.py", CART)
    work.write("shop/other.py", "x = 1\n")
    work.write("tests/test_cart.py", TESTS.replace("cart", "shop.cart"))
    work.answer(GOOD_CART)
    code, result = work.result("heal", "--test", PYTEST, *BY_MODEL)
    assert (code, result["outcome"], result["changed"]) == (0, "healed", ["shop/cart.py"])
    assert work.read("shop/cart.py").decode() == GOOD_CART


def test_run_and_tests_together_must_both_be_green(work):
    work.write("cart.py", CART + "print(subtotal([(2, 3)]))\n")
    work.write("test_cart.py", TESTS)
    work.answer(CART + "print(6)\n", GOOD_CART + "print(subtotal([(2, 3)]))\n")
    code, result = work.result(
        "heal", "cart.py", "--run", "python3 cart.py", "--expect", "6", "--test", PYTEST, *BY_MODEL
    )
    assert (code, result["outcome"]) == (0, "healed")
    assert [check["name"] for check in result["oracle"]["checks"]] == ["syntax", "run", "test"]


def test_a_green_oracle_is_clean_and_asks_no_model(work):
    work.write("job.py", GOOD_SUM)
    code, result = work.result("heal", "job.py", "--expect", "Sum: 6")
    assert (code, result["outcome"], result["changed"]) == (0, "clean", [])
    assert result["oracle"]["before"] == result["oracle"]["after"] == "green"
    assert work.server.asked == []


def test_nothing_broken_in_a_folder_is_no_result(work):
    work.write("a.py", "x = 1\n")
    code, document = work.json("heal")
    assert (code, document["results"]) == (0, [])


def test_two_broken_files_are_two_results(work):
    work.write("a.py", "def a(:\n    pass\n")
    work.write("b.py", SUM)
    work.answer("def a():\n    pass\n", GOOD_SUM)
    code, document = work.json("heal", ".")
    assert code == 0
    assert [(r["path"], r["outcome"]) for r in document["results"]] == [
        ("a.py", "healed"),
        ("b.py", "healed"),
    ]


def test_unhealed_wins_over_proposed_in_the_exit_code(work):
    work.write("a.py", "def a(:\n    pass\n")
    work.write("b.py", SUM)
    work.answer("def a():\n    pass\n", "not (code")
    code, document = work.json("heal", ".", "--dry-run", "--max-attempts", "1", *BY_MODEL)
    assert code == 1
    assert [r["outcome"] for r in document["results"]] == ["proposed", "unhealed"]


def test_unhealed_leaves_the_file_and_says_what_came_nearest(work):
    work.write("job.py", CRASH)
    work.answer(CRASH.replace("len(v)", "0"))
    before = work.read("job.py")
    code, result = work.result("heal", "job.py", "--run", "python3 job.py", "--max-attempts", "3", *BY_MODEL)
    assert (code, result["outcome"], result["reason"]) == (1, "unhealed", None)
    assert result["attempts"] == 3
    assert result["changed"] == []
    assert result["diff"] is None
    assert work.read("job.py") == before


def test_dry_run_writes_nothing_at_all(work):
    work.write("job.py", SUM)
    work.answer(GOOD_SUM)
    before = work.names()
    code, result = work.result("heal", "job.py", "--dry-run")
    assert (code, result["outcome"], result["changed"], result["repair_id"]) == (3, "proposed", [], None)
    assert "+def total(numbers):" in result["diff"]
    assert work.read("job.py").decode() == SUM
    assert work.names() == before
    assert not (work.root / ".goldseam").exists()
    assert work.leftovers() == []


def test_review_holds_the_repair(work):
    work.write("job.py", SUM)
    work.answer(GOOD_SUM)
    code, result = work.result("heal", "job.py", "--review")
    assert (code, result["outcome"], result["changed"]) == (3, "held", [])
    assert work.read("job.py").decode() == SUM
    _, stored = work.result("show", result["repair_id"])
    assert stored["diff"] == result["diff"]


def test_a_test_command_without_test_ids_holds_the_repair(work):
    work.write("job.py", CRASH)
    work.answer(GOOD_CRASH)
    code, result = work.result("heal", "job.py", "--test", "python3 job.py")
    assert (code, result["outcome"]) == (3, "held")
    assert work.read("job.py").decode() == CRASH


def git(work, *arguments: str) -> str:
    import subprocess

    identity = ["-c", "user.name=t", "-c", "user.email=t@localhost"]
    return subprocess.run(
        ["git", *identity, *arguments], cwd=work.root, check=True, capture_output=True, text=True
    ).stdout


def test_branch_commits_and_leaves_the_work_tree(work):
    work.write("job.py", SUM)
    git(work, "init", "-q", "-b", "main")
    git(work, "add", "job.py")
    git(work, "commit", "-q", "-m", "first")
    work.answer(GOOD_SUM)
    code, result = work.result("heal", "job.py", "--branch")
    assert (code, result["outcome"]) == (3, "held")
    branch = f"goldseam/{result['repair_id']}"
    assert git(work, "show", f"{branch}:job.py") == GOOD_SUM
    assert git(work, "log", "--format=%H", f"main..{branch}").count("\n") == 1
    assert git(work, "branch", "--show-current") == "main\n"
    assert git(work, "diff", "HEAD", "--", "job.py") == ""
    assert work.read("job.py").decode() == SUM


def test_branch_needs_a_tracked_file(work):
    work.write("job.py", SUM)
    code, document = work.json("heal", "job.py", "--branch")
    assert (code, document["error"]["kind"]) == (2, "usage")
    git(work, "init", "-q")
    code, document = work.json("heal", "job.py", "--branch")
    assert (code, document["error"]["kind"]) == (2, "usage")
    assert "not tracked" in document["error"]["message"]
    assert work.server.asked == []


def test_no_model_asks_no_model(work):
    work.write("job.py", "print('a word')\n")
    code, result = work.result("heal", "job.py", "--expect", "quite another sentence", "--no-model")
    assert (code, result["outcome"], result["reason"]) == (1, "unhealed", None)
    assert work.read("job.py") == b"print('a word')\n"
    assert work.server.asked == []


def test_another_chain_on_the_command_line(work):
    work.write("job.py", SUM)
    work.answer(GOOD_SUM)
    work.write(
        "goldseam.toml",
        work.read("goldseam.toml").decode().replace('chain = ["scripted"]', 'chain = ["local"]'),
    )
    code, result = work.result("heal", "job.py", "--model", "scripted", *BY_MODEL)
    assert (code, result["outcome"]) == (0, "healed")


def test_only_the_named_rungs_are_used(work):
    work.write("job.py", "import sys\n\n\ndef f()\n    return sys\n\n\nX = 1\nY = 2\nZ = 3\n")
    work.answer("def f():\n    return sys\n")
    code, result = work.result("heal", "job.py", "--rungs", "template, rewrite_function")
    assert (code, result["rung"]) == (0, "rewrite_function")
    work.write("job.py", SUM)
    work.answer(GOOD_SUM)
    code, result = work.result("heal", "job.py", "--rungs", "rewrite_file")
    assert (code, result["rung"]) == (0, "rewrite_file")


@pytest.mark.parametrize(
    ("limit", "value", "asked"),
    [("--max-attempts", "2", 2), ("--max-tokens", "150", 2), ("--max-tokens", "0", 0)],
)
def test_limits_end_the_search(work, limit, value, asked):
    work.write("job.py", SUM)
    work.answer("def total(numbers:\n    return 1\n")
    code, result = work.result("heal", "job.py", limit, value, *BY_MODEL)
    assert (code, result["outcome"]) == (1, "unhealed")
    assert len(work.server.asked) == result["attempts"] == asked


def test_seconds_end_the_search(work):
    import time

    work.write("job.py", SUM)
    work.answer("def total(numbers:\n    return 1\n")
    work.server.meanwhile = lambda: time.sleep(30)
    began = time.monotonic()
    code, result = work.result("heal", "job.py", "--max-seconds", "1", *BY_MODEL)
    assert (code, result["outcome"]) == (1, "unhealed")
    assert time.monotonic() - began < 10
    assert work.leftovers() == []


def test_prompts_are_shown_on_standard_error(work):
    work.write("job.py", SUM)
    work.answer(GOOD_SUM)
    ended = work.run("heal", "job.py", "--show-prompt", "--json", *BY_MODEL)
    assert "def total(numbers)" in ended.err
    assert "expected ':'" in ended.err
    assert ended.out.startswith("{")


def test_without_a_terminal_plain_lines_tell_what_goes_on(work):
    work.write("job.py", SUM)
    work.answer(GOOD_SUM)
    ended = work.run("heal", "job.py")
    assert ended.code == 0
    assert "\x1b" not in ended.out + ended.err
    assert "healed  job.py" in ended.out
    assert "proof: red before, green after: syntax green" in ended.out
    assert "goldseam revert" in ended.out
    assert "red: job.py, line 1: expected ':'" in ended.err


def test_escape_sequences_of_a_program_do_not_reach_the_terminal(work):
    work.write(
        "job.py", "import sys\nsys.stderr.write('\\x1b[31mred\\x1b]0;title\\x07\\n')\nraise SystemExit(1)\n"
    )
    work.answer("import sys\nsys.stderr.write('fine')\n")
    ended = work.run("heal", "job.py", "--run", "python3 job.py")
    assert "\x1b" not in ended.out + ended.err
    assert "\x07" not in ended.out + ended.err


def test_history_show_and_revert_are_byte_for_byte(work):
    before = b"\xef\xbb\xbfdef f()\r\n    return 1\r\n"
    work.write("job.py", before)
    work.answer("def f():\n    return 1\n")
    _, result = work.result("heal", "job.py")
    healed = work.read("job.py")
    assert healed == b"\xef\xbb\xbfdef f():\r\n    return 1\r\n"
    _, listed = work.result("history")
    assert (listed["repair_id"], listed["outcome"]) == (result["repair_id"], "healed")
    code, _ = work.json("revert", result["repair_id"])
    assert (code, work.read("job.py")) == (0, before)
    code, _ = work.json("revert", result["repair_id"])
    assert code == 1
    assert work.read("job.py") == before
    _, shown = work.result("show", result["repair_id"])
    assert shown["record"]["reverted_at"]


def test_a_missing_model_is_told_and_nothing_is_asked(work):
    (work.root / "goldseam.toml").write_text("")
    work.write("job.py", SUM)
    code, result = work.result("heal", "job.py", *BY_MODEL)
    assert (code, result["outcome"], result["reason"]) == (1, "unhealed", "model_missing")
    assert work.read("job.py").decode() == SUM
    ended = work.run("heal", "job.py", *BY_MODEL)
    assert "goldseam model pull" in ended.out


@pytest.mark.parametrize(
    ("program", "command"),
    [
        ("import nosuchpackage\n", "python3 job.py"),
        ("x = 1\n", "nosuchcommand --now"),
        ("x = 1\n", "python3 -m nosuchmodule"),
    ],
    ids=["module", "command", "module on the command line"],
)
def test_what_the_environment_lacks_is_declined(work, program, command):
    work.write("job.py", program)
    code, result = work.result("heal", "job.py", "--run", command)
    assert (code, result["outcome"], result["reason"]) == (1, "declined", "environment")
    assert work.server.asked == []
    assert work.read("job.py").decode() == program


def test_a_failure_that_comes_and_goes_is_declined(work):
    work.write("job.py", "import os\nraise SystemExit(os.urandom(1)[0] % 200 + 1)\n")
    code, result = work.result("heal", "job.py", "--run", "python3 job.py")
    assert (code, result["outcome"], result["reason"]) == (1, "declined", "flaky")


def test_an_edit_while_the_model_thinks_survives(work):
    work.write("job.py", SUM)
    work.answer(GOOD_SUM)
    work.server.meanwhile = lambda: (work.root / "job.py").write_text("# my own edit\n" + SUM)
    code, result = work.result("heal", "job.py", *BY_MODEL)
    assert (code, result["outcome"], result["reason"]) == (1, "declined", "changed")
    assert work.read("job.py").decode() == "# my own edit\n" + SUM


def test_a_protected_file_is_declined(work):
    work.write("tests/test_job.py", SUM)
    code, result = work.result("heal", "tests/test_job.py")
    assert (code, result["outcome"], result["reason"]) == (1, "declined", "protected")
    assert not (work.root / ".goldseam").exists()


def test_commands_run_in_the_project_root_from_wherever_it_is_called(work):
    work.write("sub/job.py", "import os\nprint(os.path.exists('goldseam.toml')\n")
    work.answer("import os\nprint(os.path.exists('goldseam.toml'))\n")
    code, document = work.json("heal", "job.py", "--expect", "True", cwd=work.root / "sub")
    assert code == 0
    assert document["results"][0]["path"] == "sub/job.py"


def test_the_files_of_a_read_only_or_linked_neighbour_do_not_stand_in_the_way(work):
    work.write("shop/cart.py", CART)
    work.write("shop/vendored.py", "x = 1\n").chmod(0o444)
    (work.root / "shop/alias.py").symlink_to("cart.py")
    (work.root / "shop/hard.py").hardlink_to(work.write("shop/soft.py", "y = 1\n"))
    work.write("tests/test_cart.py", TESTS.replace("cart", "shop.cart"))
    work.answer(GOOD_CART)
    code, result = work.result("heal", "--test", PYTEST, *BY_MODEL)
    assert (code, result["outcome"], result["changed"]) == (0, "healed", ["shop/cart.py"])


def test_a_name_that_is_not_utf_8_is_declined(work):
    file = Path(str(work.root)) / "caf\udce9.py"
    file.write_text(SUM)
    code, result = work.result("heal", str(file))
    assert (code, result["outcome"], result["reason"]) == (1, "declined", "unsupported")
    assert file.read_text() == SUM
