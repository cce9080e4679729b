"""SEM.SCHEMA_MISMATCH: producer and consumer disagree about the fields."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SEM_SCHEMA_MISMATCH,
    title="Producer and consumer disagree about the fields",
    cause=(
        "One part of the program makes records with one set of names, another reads them by other "
        "names; a default hides it."
    ),
    hint="use the same field names on both sides: `{expected}`",
    found_by={
        "python": (
            "keys and attributes that functions give out are held against those that their users "
            "read, across modules"
        ),
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
def measure():
    return {"temp": 21}


def report(reading):
    return f"{reading.get('temperature', 0)} degrees"


print(report(measure()))
""",
            mended="""\
def measure():
    return {"temperature": 21}


def report(reading):
    return f"{reading.get('temperature', 0)} degrees"


print(report(measure()))
""",
        ),
        Example(
            language="javascript",
            broken="""\
const measure = () => ({ temp: 21 });
const report = (reading) => `${reading.temperature ?? 0} degrees`;
console.log(report(measure()));
""",
            mended="""\
const measure = () => ({ temperature: 21 });
const report = (reading) => `${reading.temperature ?? 0} degrees`;
console.log(report(measure()));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
function measure() {
    return ["temp" => 21];
}
$reading = measure();
echo $reading["temperature"] ?? 0, " degrees";
""",
            mended="""\
<?php
function measure() {
    return ["temperature" => 21];
}
$reading = measure();
echo $reading["temperature"] ?? 0, " degrees";
""",
        ),
    ),
    templates=("diagnosis",),
)
