"""What the policy knows beside the change: symptoms that the oracle saw, and the rest of the project."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from goldseam.core.incident import Frame, OracleSpec
from goldseam.core.observation import Failure, Observation
from goldseam.core.outputs import same_output
from goldseam.languages.parse_tree import grammar_of
from goldseam.verify.policy.project import Project
from goldseam.verify.policy.trees import parsed

_LITERAL = re.compile(r"['\"`]([^'\"`\n]{1,200})['\"`]|(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
LONG = 3
TRIVIAL = frozenset({"0", "1", "-1", "2", "", "10", "100", "None", "True", "False"})


@dataclass
class Context:
    """`observations` are those of the owner's bytes and of the candidates that the search has judged."""

    spec: OracleSpec = field(default_factory=OracleSpec)
    observations: tuple[Observation, ...] = ()
    project: Project = field(default_factory=Project)

    @cached_property
    def failures(self) -> tuple[Failure, ...]:
        return tuple(failure for seen in self.observations for failure in seen.failures)

    @cached_property
    def has_commands(self) -> bool:
        """Whether something beside the parser judges."""
        return bool(self.spec.commands)

    @cached_property
    def first_failures(self) -> tuple[Failure, ...]:
        """Failures of the owner's bytes: their line numbers are those of the old file."""
        return self.observations[0].failures if self.observations else ()

    def failing_lines(self, path: str) -> dict[int, str]:
        """Old lines of `path` that raised, with the exception's name."""
        return {
            frame.line: failure.kind.rpartition(".")[2]
            for failure in self.first_failures
            for frame in _innermost(failure, path)
        }

    @cached_property
    def has_failed_when_run(self) -> bool:
        """Whether the files failed or printed something else when they first ran.

        Where they do not parse, what runs first is them with their syntax mended and nothing else.
        """
        first = next((seen for seen in self.observations if seen.run or seen.test_run), None)
        return first is not None and self._is_red(first)

    def _is_red(self, seen: Observation) -> bool:
        runs = [run for run in (seen.run, seen.test_run) if run is not None]
        if not all(run.succeeded for run in runs):
            return True
        expected = self.spec.expected
        return seen.run is not None and expected is not None and not same_output(seen.run.stdout, expected)

    def places(self, path: str) -> set[int]:
        """Lines of `path` that any symptom named."""
        return {f.line for failure in self.failures for f in failure.frames if f.path == path}

    @cached_property
    def expected_lines(self) -> tuple[str, ...]:
        """Non-empty lines of the demanded output."""
        text = (self.spec.expected or b"").decode("utf-8", "replace")
        return tuple(line.strip() for line in text.splitlines() if line.strip())

    @cached_property
    def known_values(self) -> frozenset[str]:
        """Literals, as text, of the demanded output and of the tests that fail; trivial ones aside."""
        found = {number for line in self.expected_lines for number in _NUMBER.findall(line)}
        found |= set(self.expected_lines)
        for path, data in self._failing_tests():
            text = data.decode("utf-8", "replace")
            if grammar_of(path) is not None:
                found |= {match[1] or match[0] for match in _LITERAL.finditer(text)}
            elif tree := parsed(text):
                found |= {str(n.value) for n in ast.walk(tree) if isinstance(n, ast.Constant)}
        return frozenset(map(canonical, found)) - TRIVIAL

    @cached_property
    def demanded_numbers(self) -> frozenset[str]:
        """Numbers hardly in a repair by chance: of the demanded output, long ones of the tests."""
        printed = {canonical(number) for line in self.expected_lines for number in _NUMBER.findall(line)}
        long = {value for value in self.known_values if len(value) >= LONG and _NUMBER.fullmatch(value)}
        return frozenset(printed | long) - TRIVIAL

    def _failing_tests(self) -> Iterator[tuple[str, bytes]]:
        named = {frame.path for failure in self.failures for frame in failure.frames}
        failing = any(seen.failing for seen in self.observations)
        for path, data in self.project.sources.items():
            if path in self.project.overlay:
                continue
            if path in named or (failing and "test" in PurePosixPath(path).name):
                yield path, data


def canonical(text: str) -> str:
    """Numbers in one spelling: `48`, `48.0` and `48.00` are the same result."""
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if number.is_integer() else str(number)


def _innermost(failure: Failure, path: str) -> list[Frame]:
    return [frame for frame in failure.frames if frame.path == path][-1:]
