"""What `scan` does between the command line and its results."""

from pathlib import Path

from goldseam.cli.document import Result
from goldseam.cli.incidents import root_of
from goldseam.config import load
from goldseam.core.errors import UsageError
from goldseam.detect.syntax_scan import broken_sources
from goldseam.diagnose.syntax.reported import fault_of
from goldseam.plugins import Plugins
from goldseam.wiring import open_checker


def scan(place: Path) -> tuple[int, list[Result]]:
    """How many sources were read, and a `faulty` result for each that does not parse."""
    try:
        place.stat()
    except OSError as error:
        raise UsageError(f"{place}: {str(error.strerror).lower()}") from None
    root, place = root_of((place,)), place.resolve()
    config = load(root)
    count, faulty = 0, []
    languages = Plugins().languages()
    with open_checker(config, languages) as checker:
        for path, data, problem in broken_sources(root, place, languages, checker):
            count += 1
            if problem is not None:
                fault = fault_of(problem, data)
                faulty.append(Result(path, "faulty", faults=(fault,), sources={path: data}, suspicions=()))
    return count, faulty
