"""A text under repair: every repair is kept in the places of the original."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from goldseam.diagnose.syntax.judge import Splice, spliced
from goldseam.diagnose.syntax.repair import Repair

MOST_REPAIRS = 200
"""A text with more faults is no program."""


def translated(splices: Sequence[Splice], earlier: Sequence[Splice]) -> tuple[Splice, ...] | None:
    """Splices of a text that `earlier` made, in the places of the text before; None inside what it wrote."""
    found = []
    for splice in splices:
        start, end = _origin(splice.start, earlier, after=True), _origin(splice.end, earlier, after=False)
        if start is None or end is None:
            return None
        found.append(Splice(start, max(start, end), splice.new))
    return tuple(found)


def _origin(place: int, earlier: Sequence[Splice], *, after: bool) -> int | None:
    """Where a place of the later text was; at the edge of what was written, behind it if `after`."""
    shift = 0
    for splice in sorted(earlier):
        start = splice.start + shift
        end = start + len(splice.new)
        if place < start or (place == start and not (after and splice.start == splice.end)):
            break
        if place < end:
            return None
        shift += len(splice.new) - (splice.end - splice.start)
    return place - shift


@dataclass(slots=True)
class Draft:
    """`original` with all `repairs` applied is `text`; `parses` once the compiler has accepted that."""

    original: str
    text: str = ""
    repairs: list[Repair] = field(default_factory=list)
    parses: bool = False

    def __post_init__(self) -> None:
        self.text = self.original

    def splices(self) -> list[Splice]:
        return [splice for repair in self.repairs for splice in repair.splices]

    def add(self, repairs: Sequence[Repair]) -> None:
        """Apply repairs whose places are those of `text`; those that cannot be told apart are dropped."""
        earlier = self.splices()
        for repair in repairs[:MOST_REPAIRS]:
            splices = translated(repair.splices, earlier)
            if splices is not None and not self._overlaps(splices):
                others = [translated(other, earlier) for other in repair.others]
                kept = tuple(other for other in others if other is not None)
                self.repairs.append(repair._replace(splices=splices, others=kept))
        self.text = spliced(self.original, self.splices())

    def without(self, dropped: Sequence[Repair]) -> "Draft":
        """The draft without some of its repairs."""
        kept = replace(self, repairs=[repair for repair in self.repairs if repair not in dropped])
        kept.text = spliced(self.original, kept.splices())
        return kept

    def _overlaps(self, splices: Sequence[Splice]) -> bool:
        return any(
            splice.start < other.end and other.start < splice.end
            for splice in splices
            for other in self.splices()
        )
