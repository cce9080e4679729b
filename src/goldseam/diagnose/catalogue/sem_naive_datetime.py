"""SEM.NAIVE_DATETIME: a time without its zone."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SEM_NAIVE_DATETIME,
    title="A time without its zone",
    cause=(
        "A time that does not know its zone is compared with, or taken for, one that does: it is off "
        "by hours, or the comparison fails."
    ),
    hint="give the time its zone where it is made",
    found_by={
        "python": "naive and aware times meet, or a zone is missing where one is needed (ruff DTZ)",
        "javascript": (
            "no analyzer names it by itself yet; the wrong output or the failing function is named, "
            "with its suspicious lines"
        ),
        "php": "no analyzer names it by itself yet; the wrong output is named",
    },
    examples=(
        Example(
            language="python",
            broken="""\
from datetime import datetime, timedelta, timezone

sent = datetime(2024, 5, 1, 12, tzinfo=timezone(timedelta(hours=2)))
received = datetime(2024, 5, 1, 11)
print(received - sent.replace(tzinfo=None))
""",
            mended="""\
from datetime import datetime, timedelta, timezone

sent = datetime(2024, 5, 1, 12, tzinfo=timezone(timedelta(hours=2)))
received = datetime(2024, 5, 1, 11, tzinfo=timezone.utc)
print(received - sent)
""",
        ),
        Example(
            language="javascript",
            broken="""\
process.env.TZ = "Asia/Tokyo";
const sent = new Date("2024-05-01T10:00:00Z");
const received = new Date("2024-05-01T11:00:00");
console.log((received - sent) / 60000);
""",
            mended="""\
process.env.TZ = "Asia/Tokyo";
const sent = new Date("2024-05-01T10:00:00Z");
const received = new Date("2024-05-01T11:00:00Z");
console.log((received - sent) / 60000);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
date_default_timezone_set("Asia/Tokyo");
$sent = new DateTime("2024-05-01T10:00:00Z");
$received = new DateTime("2024-05-01T11:00:00");
echo ($received->getTimestamp() - $sent->getTimestamp()) / 60;
""",
            mended="""\
<?php
date_default_timezone_set("Asia/Tokyo");
$sent = new DateTime("2024-05-01T10:00:00Z");
$received = new DateTime("2024-05-01T11:00:00Z");
echo ($received->getTimestamp() - $sent->getTimestamp()) / 60;
""",
        ),
    ),
    templates=("aware_datetime",),
)
