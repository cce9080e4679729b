"""Programs that each family of operators mends: at least two each, in Python, JavaScript and PHP.

Each program was written for what it does, then broken; the mend must be among the likeliest changes of the
function that is wrong, found by the named family alone and by all of them together.
"""

from collections import Counter
from dataclasses import dataclass

import pytest

from goldseam.core.candidate import Verdict
from goldseam.core.case import Case
from goldseam.core.fault import Suspect
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.observation import Observation
from goldseam.core.source import Patch, Snapshot
from goldseam.diagnose.statements import statements_in
from goldseam.propose.mutating.mutant import Family
from goldseam.propose.mutating.sites import mutants
from goldseam.propose.mutations import families

LIKELIEST = 2_000


@dataclass(frozen=True)
class Program:
    """`source` should be `right`; it is wrong at byte `at`."""

    family: str
    source: str
    right: str
    at: int
    path: str


STOCK = """\
def reorder(stock, limits):
    wanted = []
    for name, count in stock.items():
        if count <= limits.get(name, 0):
            missing = limits[name] - count
            wanted.append((name, missing))
    return sorted(wanted)
"""
SHIFTS = """\
def overlaps(shifts, start, end):
    found = []
    for shift in shifts:
        if shift.start < end or shift.end > start:
            found.append(shift)
    return found
"""
FARE = """\
def fare(age, zones, card):
    price = 2 + zones * 1.5
    if age < 14:
        price = price / 2
    if card:
        price -= 1
    return max(price, 1)
"""
WINDOW = """\
def averages(values, size):
    result = []
    for at in range(len(values) - size + 1):
        part = values[at:at + size]
        result.append(sum(part) / size)
    return result
"""
QUEUE = """\
class Queue:
    def __init__(self):
        self.waiting = []
        self.running = []

    def start(self):
        job = self.waiting.pop(0)
        self.running.append(job)
        return job

    def stop(self, job):
        self.running.remove(job)
        self.waiting.append(job)
        return len(self.running)
"""
WORDS = """\
def longest(words):
    best = ''
    for word in words:
        word = word.strip()
        if len(word) > len(best):
            best = word
    return best
"""
BANK = """\
def pay(accounts, sender, receiver, amount):
    if accounts[sender] < amount:
        return False
    accounts[sender] -= amount
    accounts[receiver] += amount
    return True
"""
CART = """\
function total(lines, voucher) {
  let sum = 0;
  for (const line of lines) {
    if (line.count > 0 && line.price !== null) {
      sum += line.count * line.price;
    }
  }
  const discount = voucher ? voucher.amount : 0;
  return Math.max(0, sum - discount);
}
"""
TREE = """\
function depth(node) {
  if (node === null) {
    return 0;
  }
  const left = depth(node.left);
  const right = depth(node.right);
  return 1 + Math.max(left, right);
}
"""
PAGES = """\
function pages(items, size) {
  const found = [];
  let page = [];
  for (const item of items) {
    page.push(item);
    if (page.length === size) {
      found.push(page);
      page = [];
    }
  }
  if (page.length > 0) {
    found.push(page);
  }
  return found;
}
"""
LEAP = """\
<?php
function days(int $year, int $month): int
{
    $days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    $leap = $year % 4 === 0 && ($year % 100 !== 0 || $year % 400 === 0);
    if ($leap && $month === 2) {
        return 29;
    }
    return $days[$month - 1];
}
"""
SCORES = """\
<?php
function ranking(array $scores): array
{
    $best = [];
    arsort($scores);
    foreach ($scores as $name => $score) {
        if ($score < 0) {
            continue;
        }
        $best[] = $name;
    }
    return array_slice($best, 0, 3);
}
"""
HEADER = """\
def header(lines):
    name = lines[0].split(':')[0]
    values = lines[1:]
    last = values[-1]
    return name, values[:-1], last
"""
INDENT = """\
def indent(lines, prefix):
    text = prefix.join(lines)
    return prefix + text
"""
LOUD = WORDS.replace("            best = word", "            print(word)\n            best = word")
HIGHER = TREE.replace("1 + Math.max(left, right)", "left > right ? left + 1 : right + 1")
JS, PHP = "program.js", "program.php"


def broken(family: str, source: str, right: str, wrong: str, path: str = "program.py") -> Program:
    """A right program in which `right` has become `wrong`."""
    assert source.count(right) == 1, right
    return Program(family, source.replace(right, wrong), source, source.index(right), path)


READINGS = """\
import re

LINE = re.compile(r"^(\\w+)\\s*=\\s*(-?\\d+)$")


def readings(text):
    found = {}
    for line in text.splitlines():
        match = LINE.match(line.strip())
        if match:
            found[match[1]] = int(match[2])
    return found
"""
INITIALS = """\
function initials(name) {
  const parts = name.replace(/[-_]/g, ' ').split(/ /);
  return parts.map((part) => part[0].toUpperCase()).join('');
}
"""
LATEST = """\
def latest(rows, count):
    ordered = sorted(rows, key=lambda row: row.at)
    return [row.title for row in ordered if not row.hidden][-count:]
"""
STANDINGS = """\
def standings(results):
    table = {}
    for team, points in results:
        table[team] = table.get(team, 0) + points
    return sorted(table, key=lambda team: (-table[team], team))
"""
NEWEST = """\
def newest(files, count):
    ordered = sorted(files, key=lambda file: file.changed, reverse=True)
    return [file.name for file in ordered[:count]]
"""
PROGRAMS = (
    broken("comparison", STOCK, "count <= limits", "count < limits"),
    broken("comparison", TREE, "node === null", "node !== null", JS),
    broken("comparison", LEAP, "$year % 100 !== 0", "$year % 100 === 0", PHP),
    broken("arithmetic", STOCK, "limits[name] - count", "count - limits[name]"),
    broken("arithmetic", WINDOW, "len(values) - size + 1", "len(values) - size"),
    broken("arithmetic", CART, "line.count * line.price", "line.count + line.price", JS),
    broken("augmented", BANK, "accounts[receiver] += amount", "accounts[receiver] = amount"),
    broken("augmented", CART, "sum += line", "sum = line", JS),
    broken("constants", FARE, "age < 14", "age < 15"),
    broken("constants", LEAP, "return 29", "return 28", PHP),
    broken("constants", PAGES, "page.length > 0", "page.length > 1", JS),
    broken("conditions", SHIFTS, "< end or shift", "< end and shift"),
    broken("conditions", CART, "line.count > 0 && line.price !== null", "line.count > 0", JS),
    broken("conditions", LEAP, "$leap && $month === 2", "$month === 2", PHP),
    broken("slices", HEADER, "lines[1:]", "lines"),
    broken("slices", HEADER, "values[:-1]", "values"),
    broken("names", WORDS, "best = word", "best = words"),
    broken("names", TREE, "Math.max(left, right)", "Math.max(left, left)", JS),
    broken("names", SCORES, "$best[] = $name", "$best[] = $score", PHP),
    broken("calls", SCORES, "arsort($scores)", "asort($scores)", PHP),
    broken("calls", TREE, "Math.max(left, right)", "Math.min(left, right)", JS),
    broken("wrapping", STOCK, "sorted(wanted)", "wanted"),
    broken("wrapping", CART, "Math.max(0, sum - discount)", "sum - discount", JS),
    broken("wrapping", WORDS, "word = word.strip()", "word = word"),
    broken("statements", WORDS, "            best = word\n", "            best = word\n            break\n"),
    broken("statements", PAGES, "      page = [];\n    }\n  }", "    }\n    page = [];\n  }", JS),
    broken("insertions", PAGES, "    page.push(item);\n    if", "    if", JS),
    broken("insertions", LOUD, "            best = word\n", ""),
    broken("guards", TREE, "  if (node === null) {\n    return 0;\n  }\n  const left", "  const left", JS),
    broken("guards", SCORES, "        if ($score < 0) {\n            continue;\n        }\n", "", PHP),
    broken("returned", WINDOW, "return result", "return 0"),
    broken("returned", INDENT, "return prefix + text", "return text"),
    broken("branches", HIGHER, "? left + 1 : right + 1", "? right + 1 : left + 1", JS),
    broken("ordering", STANDINGS, "(-table[team], team))", "(table[team], team), reverse=True)"),
    broken("ordering", NEWEST, ", reverse=True", ""),
    broken("patterns", READINGS, "-?\\d+", "-?\\d"),
    broken("patterns", INITIALS, "/[-_]/g", "/[-_]/", JS),
    broken(
        "slices",
        LATEST,
        "[row.title for row in ordered if not row.hidden][-count:]",
        "[row.title for row in ordered[-count:] if not row.hidden]",
    ),
    broken("branches", FARE.replace("    if card", "    elif card"), "    elif card", "    if card"),
)  # fmt: skip


def case_of(program: Program) -> Case:
    source = program.source.encode()
    at = source[: program.at].count(b"\n") + 1
    suspects = tuple(
        Suspect(program.path, found.first, found.last, found.span, str(found.kind), 1.0, 1.0)
        for found in statements_in(program.path, source)
        if str(found.kind) != "definition" and abs(found.first - at) < 9
    )
    snapshot = Snapshot({program.path: source})
    incident = Incident(program.path, (program.path,), "fails", OracleSpec(test="run the tests"))
    red = Verdict(False, (), (1.0,), "fails", Observation())
    return Case(incident, snapshot, snapshot, red, suspects=suspects)


def rank(program: Program, some: tuple[Family, ...]) -> int | None:
    """The mend's place among all changes, the cheapest first."""
    case = case_of(program)
    ordered = sorted(mutants(case, some), key=lambda mutant: mutant.cost)
    for place, mutant in enumerate(ordered):
        text = case.current.apply(Patch({mutant.path: mutant.edits})).files[mutant.path]
        if text.split() == program.right.encode().split():
            return place
    return None


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: f"{program.family}-{program.path}")
def test_the_family_mends_the_program(program: Program) -> None:
    own = tuple(family for family in families() if family.name == program.family)
    assert rank(program, own) is not None
    place = rank(program, families())
    assert place is not None
    assert place < LIKELIEST


def test_every_family_serves_two_programs() -> None:
    counts = Counter(program.family for program in PROGRAMS)
    assert {family.name for family in families()} == set(counts)
    assert min(counts.values()) >= 2
