"""The demonstration: heals copies of the example jobs, one after the other, with the embedded model.

Run it with `make demo`. Exit code 0 if every job was healed.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.rule import Rule
from rich.syntax import Syntax

from goldseam.cli.ending import Told, exit_code, print_results, summary_table
from goldseam.cli.healing import repaired, told_of
from goldseam.cli.model import command as model_command
from goldseam.cli.terminal import Progress
from goldseam.config import load
from goldseam.core.budget import LIMITS, Budget
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.outcome import Autonomy
from goldseam.plugins import Plugins
from goldseam.wiring import Assembly, Choice, assemble

EXAMPLES = Path(__file__).parents[1] / "examples" / "jobs"


def incidents(folder: Path) -> Iterator[Incident]:
    """A job with an expected output is run, a job with tests is tested."""
    for expected in sorted(folder.glob("*.expected")):
        job = expected.with_suffix(".py").name
        spec = OracleSpec(run=f"python3 {job}", expected=expected.read_bytes())
        yield Incident(job, (job,), f"{job} does not print what it should", spec)
    for tests in sorted(folder.glob("test_*.py")):
        job = tests.name.removeprefix("test_")
        spec = OracleSpec(test=f"python3 -m pytest -q {tests.name}")
        yield Incident(job, (job,), f"the tests of {job} fail", spec)


def heal_one(incident: Incident, assembly: Assembly, console: Console) -> Told:
    console.print(Rule(f"[bold]{incident.path}[/bold]: {incident.symptom}", align="left"))
    source = (assembly.root / incident.path).read_text("utf-8")
    console.print(Syntax(source.rstrip(), "python", theme="ansi_dark", line_numbers=True))
    record = repaired(incident, assembly, Progress(sys.stdout), Budget(left_open=LIMITS), Autonomy.LAND)
    told = told_of(record, assembly.redactor)
    print_results([told], console)
    return told


def main() -> int:
    console = Console(highlight=False)
    os.environ["VIRTUAL_ENV"] = sys.prefix  # what the examples import is installed here
    model_command.main(["pull"], prog_name="goldseam model", standalone_mode=False)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="goldseam-demo-") as folder:
        root = Path(folder).resolve()
        shutil.copytree(EXAMPLES, root, dirs_exist_ok=True)
        with assemble(root, load(root), Choice(), Plugins()) as assembly:
            told = [heal_one(incident, assembly, console) for incident in incidents(root)]
    console.print(Rule("summary", align="left"))
    console.print(summary_table(told))
    healed = sum(one.result.outcome == "healed" for one in told)
    console.print(f"{healed} of {len(told)} jobs healed in {time.monotonic() - began:.0f} s")
    return exit_code(told)


if __name__ == "__main__":
    sys.exit(main())
