"""SEM.SWAPPED_KEY: a compound key with its parts in the other order."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SEM_SWAPPED_KEY,
    title="A compound key with its parts in the other order",
    cause="A pair is stored as (a, b) and looked up as (b, a): the lookup misses, or finds the opposite.",
    hint="use the parts in the order in which they were stored",
    found_by={
        "python": "the same names in another order in keys of the same mapping",
        "javascript": (
            "no analyzer names it by itself yet; the wrong output or the failing function is named, "
            "with its suspicious lines"
        ),
        "php": "no analyzer names it by itself yet; the wrong output is named",
    },
    examples=(
        Example(
            language="python",
            broken="""\
distances = {}


def store(start, end, km):
    distances[start, end] = km


def distance(start, end):
    return distances.get((end, start))


store("Bonn", "Kiel", 560)
print(distance("Bonn", "Kiel"))
""",
            mended="""\
distances = {}


def store(start, end, km):
    distances[start, end] = km


def distance(start, end):
    return distances.get((start, end))


store("Bonn", "Kiel", 560)
print(distance("Bonn", "Kiel"))
""",
        ),
        Example(
            language="javascript",
            broken="""\
const distances = new Map();
const store = (start, end, km) => distances.set(`${start}:${end}`, km);
const distance = (start, end) => distances.get(`${end}:${start}`);
store("Bonn", "Kiel", 560);
console.log(distance("Bonn", "Kiel"));
""",
            mended="""\
const distances = new Map();
const store = (start, end, km) => distances.set(`${start}:${end}`, km);
const distance = (start, end) => distances.get(`${start}:${end}`);
store("Bonn", "Kiel", 560);
console.log(distance("Bonn", "Kiel"));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
$distances = [];
$start = "Bonn";
$end = "Kiel";
$distances["$start:$end"] = 560;
echo $distances["$end:$start"] ?? "unknown";
""",
            mended="""\
<?php
$distances = [];
$start = "Bonn";
$end = "Kiel";
$distances["$start:$end"] = 560;
echo $distances["$start:$end"] ?? "unknown";
""",
        ),
    ),
    templates=("diagnosis",),
)
