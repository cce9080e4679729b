"""SYN.ENCODING: bytes that are not in the file's encoding."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SYN_ENCODING,
    title="Bytes that are not in the file's encoding",
    cause=(
        "The file was saved in one encoding and says or is taken to be in another; or it names one "
        "that does not exist."
    ),
    hint="save the file in the encoding that it names, or name the one that it has",
    found_by={
        "python": "the compiler cannot decode the bytes, or does not know the codec of the coding line",
    },
    examples=(
        Example(
            language="python",
            broken="""\
# coding: utf-9
print("ready")
""",
            mended="""\
# coding: utf-8
print("ready")
""",
        ),
    ),
    rungs=(),
    unserved="only the owner knows which encoding the bytes were written in",
)
