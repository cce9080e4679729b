import pytest

from goldseam.core.budget import LIMITS, SECONDS_A_TOKEN, Budget, Tokens


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
    budget.charge(Tokens(1))
    assert not budget.exhausted
    budget.charge(Tokens(1))
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


def test_a_plan_takes_what_was_left_open(clock: Clock) -> None:
    budget = Budget(tokens=500, clock=clock, left_open=LIMITS - {"tokens"})
    budget.settle(attempts=7, tokens=9_000, seconds=45.0)
    assert (budget.attempts, budget.tokens) == (7, 500)
    assert budget.seconds == 45.0 + 500 * SECONDS_A_TOKEN


def test_what_was_given_stays(clock: Clock) -> None:
    budget = Budget(attempts=3, tokens=500, seconds=10, clock=clock)
    budget.settle(attempts=7, tokens=9_000, seconds=45.0)
    budget.charge(Tokens(400, 100), seconds=100.0)
    assert (budget.attempts, budget.tokens, budget.seconds) == (3, 500, 10)


def test_a_slow_model_is_given_its_time(clock: Clock) -> None:
    budget = Budget(clock=clock, left_open=LIMITS)
    budget.settle(attempts=7, tokens=1_000, seconds=45.0)
    budget.charge(Tokens(), seconds=30.0)
    budget.charge(Tokens(150, 50), seconds=20.0)
    assert budget.seconds == 45.0 + 1_000 * 0.1
