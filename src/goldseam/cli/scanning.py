"""What `scan` does between the command line and its results."""

from pathlib import Path

from goldseam.cli.document import Result
from goldseam.cli.incidents import root_of
from goldseam.config import load
from goldseam.core.errors import UsageError
from goldseam.detect.syntax_scan import Progress, scan
from goldseam.diagnose.syntax.reported import fault_of
from goldseam.plugins import Plugins
from goldseam.wiring import open_checker, open_seen


def scanned(place: Path, progress: Progress) -> tuple[int, list[Result]]:
    """How many sources there are, and a `faulty` result for each that does not parse."""
    try:
        place.stat()
    except OSError as error:
        raise UsageError(f"{place}: {str(error.strerror).lower()}") from None
    root, place = root_of((place,)), place.resolve()
    config = load(root)
    languages = Plugins().languages()
    with open_checker(config, languages) as checker:
        found = scan(root, place, languages, checker, open_seen(root, languages), progress)
    faulty = [
        Result(path, "faulty", faults=(fault_of(said, data),), sources={path: data}, suspicions=())
        for path, (data, said) in found.broken.items()
    ]
    return found.files, faulty
