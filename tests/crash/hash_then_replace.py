"""The usual way to write a file safely, as a control: compare the hash, then rename over it.

It must lose edits and leave repairs behind, or the crash tests prove nothing.
"""

from goldseam.core.errors import Changed
from goldseam.land.effects import MISSING
from goldseam.land.transaction import Slot, Transaction


class HashThenReplace(Transaction):
    def _displace(self, slot: Slot, placing: str, expected: str) -> bool:
        if self._effects.look(slot.target) != expected:
            return False
        self._effects.replace(slot.temp, slot.target)
        return True

    def _swap_in(self, slot: Slot) -> None:
        if self._effects.look(slot.target) == MISSING or not self._displace(
            slot, slot.intent.new, slot.intent.base
        ):
            raise Changed(slot.intent.path)

    def _require_ours(self, slot: Slot) -> None:
        if self._effects.look(slot.target) != slot.intent.new:
            raise Changed(slot.intent.path)
