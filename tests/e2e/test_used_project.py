"""Projects in use: caches of test runners, compiled modules, logs and yesterday's results."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.sandbox

CART = 'def total(rows):\n    return sum(row["price"] for row in rows) + len(rows[:1])\n'
CART_TEST = """from shop.cart import total


def test_total():
    assert total([{"price": 2}, {"price": 3}]) == 5
    assert total([{"price": 4}]) == 4
    assert total([]) == 0
"""
REPORT = """from pathlib import Path

rows = [3, 4]
print(sum(row for row in rowz))
Path("report.csv").write_text("today\\n")
with open("job.log", "a") as log:
    log.write("done\\n")
"""
EXPORT = """from pathlib import Path


def export(rows):
    text = ",".join(str(row) for row in rowz)
    Path("report.csv").write_text(text)
    return text
"""
EXPORT_TEST = """from export import export


def test_export():
    assert export([1, 2]) == "1,2"
"""


def as_its_owner_runs_tests(work):
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    words = [sys.executable, "-m", "pytest", "-q"]
    assert subprocess.run(words, cwd=work.root, env=environment, check=False).returncode == 1


def test_tests_that_ran_by_hand_before(work):
    work.write("shop/__init__.py", "")
    work.write("shop/cart.py", CART)
    work.write("test_cart.py", CART_TEST)
    as_its_owner_runs_tests(work)
    compiled = next(work.root.glob("shop/__pycache__/cart.*"))
    before = compiled.read_bytes()
    assert (work.root / ".pytest_cache").is_dir()
    code, result = work.result("heal", "shop/cart.py", "--test", "python3 -m pytest -q", "--no-model")
    assert (code, result["outcome"]) == (0, "healed")
    assert compiled.read_bytes() == before


def test_a_program_may_write_what_it_did_not_reach_before(work):
    work.write("report.csv", "yesterday\n")
    work.write("job.log", "done\n")
    work.write("job.py", REPORT)
    code, result = work.result("heal", "job.py", "--run", "python3 job.py", "--no-model")
    assert (code, result["outcome"]) == (0, "healed")
    assert work.read("report.csv") == b"yesterday\n"
    assert work.read("job.log") == b"done\n"


def test_data_that_tests_write_anew_is_for_a_person(work):
    work.write("report.csv", "yesterday\n")
    work.write("export.py", EXPORT)
    work.write("test_export.py", EXPORT_TEST)
    _, result = work.result("heal", "export.py", "--test", "python3 -m pytest -q", "--no-model")
    assert result["outcome"] == "held"
    _, shown = work.result("show", result["repair_id"])
    assert "the tests wrote report.csv" in shown["record"]["description"]
    assert work.read("export.py") == EXPORT.encode()
