"""The error tree. Every message says what happened, where, and what to do.

GoldseamError
├── UsageError              the command line or the input is wrong (exit code 2)
│   └── ConfigurationError  goldseam.toml, pyproject.toml or the environment
├── ModelError              a provider failed
│   ├── ModelMissing        the embedded model is not on this machine yet
│   ├── ModelUnavailable    unreachable, timed out, refused, or out of retries
│   └── ModelAnswerUnusable empty, cut off, or only thinking
├── WeightsError            a model file could not be fetched or verified
├── SandboxError            no sandbox level works, or a box did not start
├── LandingError            a file could not be written; it is as it was
│   ├── Changed             the owner edited the file meanwhile
│   ├── Paused              the owner has halted all landing
│   ├── Refused             protected, linked, read-only, outside the project
│   └── Unproven            the oracle said no to the files as landed; they were put back
├── FlakyOracle             the failure comes and goes by itself
└── StoreError              the record of repairs cannot be read or written
"""


class GoldseamError(Exception):
    """Anything that goldseam reports as one clear line instead of a traceback."""


class UsageError(GoldseamError):
    """The command line or an input is wrong."""


class ConfigurationError(UsageError):
    """A configuration file or variable is wrong; the message names file and key."""


class ModelError(GoldseamError):
    """A model provider failed."""


class ModelMissing(ModelError):
    """The embedded model is not on this machine; `goldseam model pull` fetches it."""


class ModelUnavailable(ModelError):
    """A provider was unreachable, too slow or refused, after its retries."""


class ModelAnswerUnusable(ModelError):
    """An answer was empty, cut off or only thinking.

    `prompt_tokens` and `completion_tokens` are what it cost.
    """

    def __init__(self, message: str, *, prompt_tokens: int = 0, completion_tokens: int = 0) -> None:
        super().__init__(message)
        self.prompt_tokens = prompt_tokens
        self.completion_tokens = completion_tokens


class WeightsError(GoldseamError):
    """A model file could not be fetched, verified or stored."""


class SandboxError(GoldseamError):
    """No sandbox level works here, or a box did not start."""


class ToolMissing(GoldseamError):
    """A program that an analyzer asks is not here; diagnosis goes on without it."""


class LandingError(GoldseamError):
    """A repair could not be written; every file is as it was."""


class Changed(LandingError):
    """The owner edited a file after it was read; the owner's bytes stay."""


class Refused(LandingError):
    """A file must not be written: protected, linked, read-only or outside the project."""


class Unproven(LandingError):
    """The oracle said no to the landed files; they were put back."""


class FlakyOracle(GoldseamError):
    """The unrepaired files were red and are green now: nothing can be proven."""


class Paused(LandingError):
    """The owner has halted all landing."""


class StoreError(GoldseamError):
    """The record of repairs cannot be read or written."""
