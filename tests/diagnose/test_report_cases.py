"""The programs of `examples/report`: what a diagnosis names with no model, and that it is what is wrong."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from goldseam.config import load
from goldseam.core.diagnosis import Diagnosis
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.source import position_of
from goldseam.diagnose.rules import RULES
from goldseam.languages.python import encoding_of
from goldseam.languages.python_view import view_of
from goldseam.pipeline import examine
from goldseam.plugins import Plugins
from goldseam.wiring import Choice, assemble

REPORT = Path(__file__).parents[2] / "examples" / "report"
pytestmark = [pytest.mark.sandbox, pytest.mark.timeout(600)]

FAULTS = {
    "payments": {
        ("NAM.MISSPELT", "class PaypalAdapter(PaymentsAdapter):"),
        ("SEM.CASE_MIX", '"currency": "usd",'),
        ("SEM.SCHEMA_MISMATCH", '"amount_cents": cents,'),
        (
            "SEM.MASKED_FAILURE",
            'return {"amount": 0.0, "ok": True, "provider": self.name, "currency": "USD"}',
        ),
        ("SEM.MASKED_FAILURE", "return self._adapters.get(name, NullAdapter())"),
        ("SEM.SINGLETON_BYPASSED", "registry = AdapterRegistry()"),
        ("RUN.ZERO_DIVISION", "return 100.0 * len(good) / len(results)"),
    },
    "timers": {
        ("TYP.MISMATCH", 'self.elapsed = "0"'),
        ("NAM.LOOKALIKE", "self.clock = Cl0ck(name)"),
        ("SYN.MISSING_COLON", "for _ in range(self.seconds)"),
        ("SYN.INDENTATION", "main_clock.ticks -= 1"),
        ("LOG.WRONG_CONSTANT", "return sum(readings) / 2"),
    },
    "finance": {
        ("SEM.SWAPPED_KEY", "self._rates[(quote, base)] = (rate, now or datetime.now())"),
        ("SEM.NAIVE_DATETIME", "age = now - stored"),
        ("LOG.BOUNDARY", "return rate if age.total_seconds() < self.ttl else None"),
        ("SEM.ROUNDING", "total += line"),
        ("LOG.BOUNDARY", "if self.pieces.get(article, 0) > wanted:"),
        ("SEM.TEXT_ORDER", 'ordered = sorted(self.rows, key=lambda row: row["amount"], reverse=True)'),
        ("RUN.ZERO_DIVISION", 'return sum(Decimal(row["amount"]) for row in self.rows) / len(self.rows)'),
        ("SEM.NAIVE_DATETIME", "return now > due"),
    },
}

MENDED = {
    "payments": [
        ("PaymentsAdapter", "PaymentAdapter"),
        ('"currency": "usd"', '"currency": "USD"'),
        ('"amount_cents": cents', '"amount": cents / 100'),
        ('"success": cents', '"ok": cents'),
        ('"source": self.name', '"provider": self.name'),
        ("    registry = AdapterRegistry()\n", "    registry = AdapterRegistry.get_instance()\n"),
        ("self._adapters.get(name, NullAdapter())", "self._adapters[name]"),
        ("    return 100.0 *", "    if not results:\n        return 0.0\n    return 100.0 *"),
    ],
    "timers": [
        ("Cl0ck(", "Clock("),
        ("range(self.seconds)\n", "range(self.seconds):\n"),
        ("          main_clock.ticks", "            main_clock.ticks"),
        ('"0"', "0"),
        ("/ 2", "/ len(readings)"),
    ],
    "finance": [
        ("self._rates[(quote, base)]", "self._rates[(base, quote)]"),
        ("now or datetime.now())", "now or datetime.now(timezone.utc))"),
        ("age.total_seconds() < self", "age.total_seconds() <= self"),
        (".quantize(CENT, ROUND_HALF_UP)", ""),
        ("    return total\n", "    return total.quantize(CENT, ROUND_HALF_UP)\n"),
        ("get(article, 0) > wanted", "get(article, 0) >= wanted"),
        ('row: row["amount"]', 'row: Decimal(row["amount"])'),
        ("        return sum(D", "        if not self.rows:\n            return 0\n        return sum(D"),
        ("datetime.utcnow()", "datetime.now(timezone.utc)"),
    ],
}  # fmt: skip


def examined(files: dict[str, bytes], first: str, spec: OracleSpec, root: Path) -> Diagnosis:
    for name, data in files.items():
        (root / name).write_bytes(data)
    config = load(root, {"GOLDSEAM_ORACLE__RUNS": "2"})
    paths = tuple(name for name in files if not name.startswith("test_"))
    with assemble(root, config, Choice(remembers=False), Plugins()) as assembly:
        return examine(Incident(first, paths, "report case", spec), assembly.workshop)


def named(found: Diagnosis) -> Iterator[tuple[str, str]]:
    """Code and line of every fault that counts."""
    for fault in found.faults:
        data = found.snapshot.files[fault.path]
        line = position_of(data, fault.span.start)[0]
        yield str(fault.code), data.decode().splitlines()[line - 1].strip()


def spec_of(name: str) -> OracleSpec:
    expected = REPORT / f"{name}.expected"
    if expected.exists():
        return OracleSpec(run=f"python3 {name}.py", expected=expected.read_bytes())
    return OracleSpec(test=f"python3 -m pytest -q test_{name}.py")


def files_of(name: str) -> dict[str, bytes]:
    paths = [REPORT / f"{name}.py", REPORT / f"test_{name}.py"]
    return {path.name: path.read_bytes() for path in paths if path.exists()}


def mended(name: str) -> str:
    text = (REPORT / f"{name}.py").read_text()
    for wrong, right in MENDED[name]:
        assert text.count(wrong) == 1, wrong
        text = text.replace(wrong, right)
    return text


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_is_named_up_front(name: str, tmp_path: Path) -> None:
    found = examined(files_of(name), f"{name}.py", spec_of(name), tmp_path.resolve())
    assert FAULTS[name] <= set(named(found))


@pytest.mark.parametrize("name", MENDED)
def test_without_these_faults_the_program_is_right(name: str, tmp_path: Path) -> None:
    (tmp_path / f"{name}.py").write_text(mended(name))
    expected = REPORT / f"{name}.expected"
    if expected.exists():
        command = [sys.executable, f"{name}.py"]
    else:
        shutil.copy(REPORT / f"test_{name}.py", tmp_path)
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"test_{name}.py"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert not expected.exists() or ran.stdout == expected.read_text()


def test_without_these_faults_rules_are_silent() -> None:
    """But for the average of readings, which still has no answer for none at all."""
    for name in MENDED:
        project = view_of({f"{name}.py": mended(name).encode()}, encoding_of)
        said = {str(fault.code) for rule in RULES for fault in rule.find(project)}
        assert said <= ({"RUN.ZERO_DIVISION"} if name == "timers" else set())


def test_the_faulty_file_is_named_where_another_one_fails(tmp_path: Path) -> None:
    """Providers in one module, the reader that fails in another, and the start in a third."""
    files = {
        "main.py": b"from report import show\nfrom sources import all_sources\n\nshow(all_sources())\n",
        "report.py": b"def show(sources):\n    for one in sources:\n        print(one.read()['place'])\n",
        "sources.py": b"class Source:\n    pass\n\n\nclass SunSource(Source):\n    def read(self):\n"
        b"        return {'place': 'a', 'hours': 3}\n\n\nclass RainSource(Source):\n    def read(self):\n"
        b"        return {'location': 'b', 'hours': 3}\n\n\ndef all_sources():\n"
        b"    return [SunSource(), RainSource()]\n",
        "unused.py": b"def add(x, seen=[]):\n    seen.append(x)\n    return seen\n",
    }
    spec = OracleSpec(run="python3 main.py")
    found = examined(files, "main.py", spec, tmp_path.resolve())
    (fault,) = [fault for fault in found.faults if fault.code == "SEM.SCHEMA_MISMATCH"]
    assert (fault.path, position_of(files["sources.py"], fault.span.start)[0]) == ("sources.py", 12)
    assert any("report.py" in said.text for said in fault.evidence)
    assert "unused.py" not in {fault.path for fault in found.faults}
    assert "SEM.MUTABLE_DEFAULT" in {str(fault.code) for fault in found.suspicions}
