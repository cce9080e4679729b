"""A hole in code, and what a model wrote into it: the question and the answer of infilling."""

from dataclasses import dataclass, field

from goldseam.core.budget import Tokens


@dataclass(frozen=True, slots=True)
class Hole:
    """Code with a hole between `prefix` and `suffix`; `beside` are texts by file name that help to fill it.

    A text ends before the first of `stop`, or where the model ends it, and has at most `max_tokens`.
    `samples` texts are wanted, on one reading of the code: those of a temperature above 0 differ by their
    seeds, which count up from `seed`. `seconds` is the wall limit for all.
    """

    prefix: str
    suffix: str
    max_tokens: int
    temperature: float
    seconds: float
    stop: tuple[str, ...] = ()
    samples: int = 1
    seed: int | None = None
    beside: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Filling:
    """At least one text for a hole, in the order of writing, without those that were cut off at the limit.

    `tokens` are those of all texts; one that the model still had in mind from the last question was not read
    again, and is not counted.
    """

    texts: tuple[str, ...]
    tokens: Tokens
    model: str
    seconds: float = field(compare=False, default=0.0)
