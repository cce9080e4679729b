"""Secrets in text: by their providers' shapes, by the names they are given to, and by exact value.

`Redactor.redacted` is for people, logs and the store: secrets are gone. `Redactor.masked` is for a model that
is not on this machine: secrets become placeholders, and `Masked.restored` puts them back into its answer.
Every quantifier is bounded: a hostile text costs time in proportion to its length.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from goldseam.core.secret_shapes import SHAPES, is_stand_in

REDACTED = "[redacted]"
MIN_SECRET = 6
"""Shorter values hide nothing and would be found everywhere."""
MIN_REPEATED = 8
"""From this length on, a secret found in one place is taken for one wherever it stands."""

_STEMS = ("REDACTED_SECRET_", "HIDDEN_VALUE_", "MASKED_LITERAL_", "WITHHELD_TEXT_")

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Masked:
    """Texts with placeholders, and the secrets behind them, which do not show in `repr`."""

    texts: tuple[str, ...]
    stem: str
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)

    def restored(self, answer: str) -> str:
        """`answer` with every placeholder replaced by its secret; unknown placeholders stay."""
        if not self.secrets:
            return answer
        width = len(next(iter(self.secrets))) - len(self.stem)
        placeholder = re.compile(rf"{self.stem}\d{{{width}}}")
        return placeholder.sub(lambda match: self.secrets.get(match[0], match[0]), answer)

    @property
    def hidden(self) -> tuple[str, ...]:
        """What repaired code must hold as often as the code that was shown: the secrets, no placeholder."""
        return (*self.secrets.values(), self.stem) if self.secrets else ()


class Redactor:
    """Finds secrets; `exact` are values known to be secret, as those of the environment."""

    def __init__(self, exact: Iterable[str] = ()) -> None:
        self._values = frozenset(value for value in exact if len(value) >= MIN_SECRET)
        self._exact = _any_of(self._values)

    def knowing(self, texts: Iterable[str]) -> "Redactor":
        """One that also knows, by value, the secrets that `texts` show."""
        found = {text[start:end] for text in texts for start, end in self.spans(text)}
        parts = {
            line.strip() for value in found for line in value.splitlines() if not line.startswith("-----")
        }
        return Redactor(self._values | {value for value in found | parts if len(value) >= MIN_REPEATED})

    def redacted(self, text: str) -> str:
        """`text` without its secrets."""
        return _replaced(text, self.spans(text), lambda secret: REDACTED)

    def redacted_bytes(self, data: bytes) -> bytes:
        """The same for bytes that are mostly UTF-8."""
        text = data.decode("utf-8", "surrogateescape")
        return self.redacted(text).encode("utf-8", "surrogateescape")

    def masked(self, *texts: str) -> Masked:
        """`texts` with a placeholder for each secret, the same one wherever it stands."""
        known = self.knowing(texts)
        spans = [known.spans(text) for text in texts]
        found = {text[a:b]: None for text, places in zip(texts, spans, strict=True) for a, b in places}
        stem = next((stem for stem in _STEMS if not any(stem in text for text in texts)), _STEMS[0])
        width = max(3, len(str(len(found))))
        names = {secret: f"{stem}{number:0{width}d}" for number, secret in enumerate(found, 1)}
        masked = (
            _replaced(text, places, names.__getitem__) for text, places in zip(texts, spans, strict=True)
        )
        return Masked(tuple(masked), stem, {name: secret for secret, name in names.items()})

    def spans(self, text: str) -> list[_Span]:
        """Where secrets stand, in order, without overlap."""
        found = list(_shaped(text))
        if self._exact is not None:
            found += (match.span() for match in self._exact.finditer(text))
        return _merged(sorted(found))


def _any_of(values: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted(values, key=lambda value: (-len(value), value))
    return re.compile("|".join(map(re.escape, longest_first))) if longest_first else None


def _shaped(text: str) -> Iterator[_Span]:
    small = text.casefold()
    for shape in SHAPES:
        if shape.words and not any(word in small for word in shape.words):
            continue
        for match in shape.pattern.finditer(text):
            if not is_stand_in(match["secret"]):
                yield match.span("secret")


def _merged(spans: Iterable[_Span]) -> list[_Span]:
    merged: list[_Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _replaced(text: str, spans: Iterable[_Span], name: Callable[[str], str]) -> str:
    parts, position = [], 0
    for start, end in spans:
        parts += [text[position:start], name(text[start:end])]
        position = end
    return "".join([*parts, text[position:]])
