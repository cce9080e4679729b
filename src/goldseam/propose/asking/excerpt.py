"""Only the part under repair is taken from an answer: shown a function, a model may give back a file."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from goldseam.core.language import Language


@dataclass(frozen=True, slots=True)
class Block:
    """A definition in a text: the names on its head line, its indentation, its lines."""

    names: frozenset[str]
    indent: int
    text: str


def excerpt(answer: str, shown: str, elsewhere: frozenset[str], language: Language) -> str:
    """The definition of `answer` that is the one of `shown`, and new ones beside it.

    Left out are statements outside definitions, and definitions that stand `elsewhere` in the file; of
    several the last one counts. An answer without that definition is given back as it is.
    """
    head = next(_blocks(shown, language), None)
    blocks = list(_blocks(textwrap.dedent(answer), language))
    same = [block for block in blocks if head is not None and block.names == head.names]
    if not same:
        return answer
    indent = min(block.indent for block in same)
    own = [block for block in same if block.indent == indent][-1]
    beside = [block for block in blocks if block.indent == indent and block.names != own.names]
    kept = [block for block in blocks if block is own or (block in beside and not block.names & elsewhere)]
    return "\n\n\n".join(textwrap.dedent(block.text).rstrip() for block in kept)


def _blocks(text: str, language: Language) -> Iterator[Block]:
    """The definitions of a text at any depth, in order."""
    data, offset = text.encode("utf-8", "surrogatepass"), 0
    for line in text.split("\n"):
        start = offset + len(line) - len(line.lstrip())
        offset += len(line.encode("utf-8", "surrogatepass")) + 1
        if not (names := language.definitions(line)):
            continue
        span = language.enclosing_block(data, start)
        if span is not None:
            block = data[span.start : span.end].decode("utf-8", "surrogatepass")
            yield Block(names, len(line) - len(line.lstrip()), block)
