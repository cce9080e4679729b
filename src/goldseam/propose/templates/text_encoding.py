"""Text read or written in the wrong encoding: name the one that holds it."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.core.source import Edit, Span
from goldseam.languages.python_view import Module, name_of, text_of
from goldseam.propose.templating.scene import GUESS, LIKELY, Repair, Scene, at, hit, miss, repair, template

_OPENERS = frozenset({"open", "read_text", "write_text", "fdopen"})
_CODERS = frozenset({"encode", "decode"})


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """UTF-8 where another codec failed, else the one that holds every byte."""
    module = scene.module(fault)
    if module is None:
        return
    failed = fault.message.partition("'")[2].partition("'")[0]
    wanted = ("latin-1", "cp1252") if failed.startswith("utf") else ("utf-8", "latin-1")
    for number, codec in enumerate(wanted):
        edits = [edit for call in module.every(ast.Call) if (edit := _in(module, call, codec))]
        if edits:
            cost = GUESS if number else LIKELY
            yield repair(fault.path, f"reads and writes {codec}", *edits, cost=cost)


def _in(module: Module, call: ast.Call, codec: str) -> Edit | None:
    """A call with another codec in place of its own, or with one where it has none."""
    name = name_of(call.func)
    if name not in _OPENERS | _CODERS:
        return None
    given = next((keyword.value for keyword in call.keywords if keyword.arg == "encoding"), None)
    if name in _CODERS and call.args:
        given = call.args[0]
    if given is not None:
        quote = module.text(given)[:1]
        return at(module.span(given), f"{quote}{codec}{quote}") if text_of(given) is not None else None
    if name in _CODERS or _is_binary(call):
        return None
    end = module.span(call).end - 1
    comma = ", " if call.args or call.keywords else ""
    return Edit(Span(end, end), f'{comma}encoding="{codec}"'.encode())


def _is_binary(call: ast.Call) -> bool:
    modes = [*call.args[1:2], *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    return any("b" in (text_of(mode) or "") for mode in modes)


EXAMPLES = (
    hit("print(len('é'.encode('ascii')))\n", ("'ascii'", "'utf-8'"), expected="2\n"),
    hit(
        """\
with open('a.txt', 'wb') as file:
    file.write(b'caf\\xe9')
with open('a.txt', encoding='utf-8') as file:
    print(len(file.read()))
""",
        ("'utf-8'", "'latin-1'"),
        expected="4\n",
    ),
    miss("print(bytes([300]))\n"),
)
TEMPLATE = template("text_encoding", (Code.RUN_ENCODING,), mend, EXAMPLES)
