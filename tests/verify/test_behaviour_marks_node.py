"""What promising candidates do with other inputs, in programs of Node, in the real box."""

import shutil

import pytest

from goldseam.core.candidate import Candidate, Mark, Screening
from goldseam.core.source import Patch
from goldseam.verify.consensus import supports
from screening_bench import Open, bench

__all__ = ["bench"]

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.skipif(shutil.which("node") is None, reason="Node is not here"),
]

MEDIAN = """
    function median(values) {
      const ordered = [...values].sort((a, b) => a - b);
      const middle = Math.floor(ordered.length / 2);
      if (ordered.length % 2 === 0) return ordered[middle];
      return (ordered[middle - 1] + ordered[middle]) / 2;
    }
    KEPT
"""
MEDIAN_TEST = """
    BROUGHT
    test('odd', () => { assert.equal(median([1, 2, 3]), 2); });
    test('even', () => { assert.equal(median([4, 1]), 2.5); assert.equal(median([1, 2, 3, 4]), 2.5); });
"""
COMMON = """
    const test = require('node:test');
    const assert = require('node:assert');
"""


def tried(bench: Open, source: str, test: str, old: str, *new: str) -> list[Screening]:
    opened = bench({"job.js": source, "job.test.js": COMMON + test}, test="node --test")
    return opened.tried(*((old, text) for text in new))


def promising(found: list[Screening]) -> list[tuple[str, ...]]:
    assert [one.mark for one in found] == [Mark.PROMISING] * len(found)
    assert len(found[0].behaviour) > 3
    return [one.behaviour for one in found]


@pytest.mark.parametrize("suffix", ["js", "mjs"])
def test_right_repairs_agree_and_an_overfitted_one_stands_alone(bench: Open, suffix: str) -> None:
    common = COMMON + "    const { median } = require('./job.js');"
    modules = "import test from 'node:test';\nimport assert from 'node:assert';\nimport { median } from './job.mjs';"
    kept, brought = {
        "js": ("module.exports = { median };", common),
        "mjs": ("export { median };", modules),
    }[suffix]
    files = {
        f"job.{suffix}": MEDIAN.replace("KEPT", kept),
        f"job.test.{suffix}": MEDIAN_TEST.replace("BROUGHT", brought),
    }
    here = bench(files, test="node --test")
    old = "% 2 === 0"
    found = here.tried(*((old, new) for new in ("% 3 === 0", "% 2 !== 0", "% 2 === 1", "% 2 < 0")))
    assert [one.mark for one in found] == [Mark.PROMISING] * 3 + [Mark.RED]
    overfitted, right, spelt_otherwise, red = (one.behaviour for one in found)
    assert len(right) > 10
    assert right == spelt_otherwise != overfitted
    assert red == ()
    every = [Candidate(Patch({}), "f", "mutation", f"change {number}") for number in range(len(found))]
    support = supports(every, found, [0, 1, 2])
    assert support[0] < support[1] == support[2]
