"""RUN.ENCODING: bytes that are not in the encoding they are read in."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.RUN_ENCODING,
    title="Bytes that are not in the encoding they are read in",
    cause="Text in one encoding is read or written in another.",
    hint="read and write the bytes in their own encoding",
    found_by={
        "python": "UnicodeDecodeError or UnicodeEncodeError of a run, with codec and byte",
        "javascript": "TypeError of a strict TextDecoder; replacement characters in the output",
        "php": "JsonException or a mbstring error of a run",
    },
    examples=(
        Example(
            language="python",
            broken="""\
print("café".encode("latin-1").decode("utf-8"))
""",
            mended="""\
print("café".encode("latin-1").decode("latin-1"))
""",
        ),
        Example(
            language="javascript",
            broken="""\
const bytes = Buffer.from("café", "latin1");
console.log(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
""",
            mended="""\
const bytes = Buffer.from("café", "latin1");
console.log(new TextDecoder("latin1", { fatal: true }).decode(bytes));
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
echo json_encode("caf\\xe9", JSON_THROW_ON_ERROR);
""",
            mended="""\
<?php
echo json_encode("caf\\u{e9}", JSON_THROW_ON_ERROR);
""",
        ),
    ),
    templates=("text_encoding",),
)
