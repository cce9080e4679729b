"""The self-test tells a wall that stands from one that does not, and from one that nothing can be said of."""

from pathlib import Path

from goldseam.sandbox.bubblewrap import Bubblewrap
from goldseam.sandbox.limits import Limits
from goldseam.sandbox.selftest import Attack, Held, self_test
from goldseam.sandbox.unboxed import Plain

READ = Attack("read", "print(open(E['T_SECRET']).read())")


def test_held_escaped_open_and_untestable() -> None:
    promised = Attack("read", READ.code, frozenset({"plain"}))
    harmless, broken = Attack("nothing", "pass"), Attack("broken", "import no_such_module")
    tried = [trial.held for trial in self_test(Plain, (promised, READ, harmless, broken))]
    assert tried == [Held.ESCAPED, Held.OPEN, Held.UNTESTABLE, Held.UNTESTABLE]
    assert [trial.held for trial in self_test(Bubblewrap, (READ,))] == [Held.HELD]


def test_a_program_that_does_not_start_in_the_box_proves_nothing() -> None:
    def without_python(project: Path, limits: Limits) -> Bubblewrap:
        sandbox = Bubblewrap(project, limits)
        sandbox._tools = type(sandbox._tools)((), (Path("/nowhere"),))
        return sandbox

    (trial,) = self_test(without_python, (READ,))
    assert trial.held is Held.UNTESTABLE
    assert "did not start in the box" in trial.detail
