"""What `scan` does between the command line and its results."""

from pathlib import Path

from goldseam.cli.document import Result
from goldseam.cli.incidents import root_of
from goldseam.config import load
from goldseam.core.errors import UsageError
from goldseam.core.observation import SyntaxProblem
from goldseam.core.outcome import Reason
from goldseam.detect.syntax_scan import Progress, scan
from goldseam.diagnose.syntax.reported import fault_of
from goldseam.languages.syntax import UNCHECKED
from goldseam.plugins import Plugins
from goldseam.wiring import open_checker, open_seen


def scanned(place: Path, progress: Progress) -> tuple[int, list[Result]]:
    """How many sources there are, and a result for each that does not parse or cannot be checked."""
    try:
        place.stat()
    except OSError as error:
        raise UsageError(f"{place}: {str(error.strerror).lower()}") from None
    root, place = root_of((place,)), place.resolve()
    config = load(root)
    languages = Plugins().languages()
    with open_checker(config, languages, root) as checker:
        found = scan(root, place, languages, checker, open_seen(root, languages), progress)
    return found.files, [_result(path, data, said) for path, (data, said) in found.broken.items()]


def _result(path: str, data: bytes, said: SyntaxProblem) -> Result:
    """`faulty`, or `declined` where no checker could judge."""
    faults, unchecked = (fault_of(said, data),), said.message.startswith(UNCHECKED)
    outcome, reason = ("declined", str(Reason.UNSUPPORTED)) if unchecked else ("faulty", None)
    return Result(path, outcome, reason, faults=faults, sources={path: data}, suspicions=())
