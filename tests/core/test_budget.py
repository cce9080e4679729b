import pytest

from goldseam.core.budget import Budget, Tokens


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_time_runs_from_the_start(clock: Clock) -> None:
    budget = Budget(seconds=10, clock=clock)
    clock.now += 4
    assert (budget.spent_seconds, budget.seconds_left, budget.exhausted) == (4, 6, False)
    clock.now += 7
    assert (budget.spent_seconds, budget.seconds_left, budget.exhausted) == (11, 0, True)


def test_starting_a_model_is_not_charged_even_if_it_fails(clock: Clock) -> None:
    budget = Budget(seconds=10, clock=clock)
    clock.now += 3
    with pytest.raises(OSError), budget.not_counted():  # noqa: PT012
        clock.now += 60
        raise OSError
    assert budget.spent_seconds == 3
    assert not budget.exhausted


def test_attempts_end_it(clock: Clock) -> None:
    budget = Budget(attempts=2, clock=clock)
    budget.charge(Tokens())
    assert not budget.exhausted
    budget.charge(Tokens())
    assert budget.exhausted


def test_tokens_read_and_written_end_it(clock: Clock) -> None:
    budget = Budget(tokens=100, clock=clock)
    budget.charge(Tokens(60, 30))
    assert (budget.tokens_left, budget.exhausted) == (10, False)
    budget.charge(Tokens(5, 20))
    assert (budget.tokens_left, budget.exhausted) == (0, True)
    assert budget.spent_tokens == Tokens(65, 50)
    assert budget.spent_tokens.total == 115


def test_no_tokens_at_all_is_an_exhausted_budget(clock: Clock) -> None:
    assert Budget(tokens=0, clock=clock).exhausted
