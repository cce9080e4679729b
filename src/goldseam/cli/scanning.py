"""What `scan` does between the command line and its results."""

from pathlib import Path

from goldseam.cli.document import Result
from goldseam.config import load, project_root
from goldseam.core.errors import UsageError
from goldseam.detect.syntax_scan import broken_sources
from goldseam.diagnose.analyzers.syntax import fault_of
from goldseam.plugins import Plugins
from goldseam.wiring import open_checker


def scan(place: Path) -> tuple[int, list[Result]]:
    """How many sources were read, and a `faulty` result for each that does not parse."""
    if not place.exists():
        raise UsageError(f"{place}: no such file or folder")
    place = place.resolve()
    folder = place if place.is_dir() else place.parent
    config = load(project_root(folder))
    count, faulty = 0, []
    languages = Plugins().languages()
    with open_checker(config, languages) as checker:
        for path, data, problem in broken_sources(folder, place, languages, checker):
            count += 1
            if problem is not None:
                fault = fault_of(problem, data)
                faulty.append(Result(path, "faulty", faults=(fault,), sources={path: data}, suspicions=()))
    return count, faulty
