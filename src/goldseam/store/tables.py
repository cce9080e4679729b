"""The schema of the record of repairs: real columns for all that is queried, JSON for the rest.

The newest file under `migrations/versions` makes exactly these tables; a test compares the two.
"""

import re
from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)

REVISION = "0001"
"""The newest migration; a database that is there already needs no Alembic."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff\ufdd0]")
_ESCAPED = re.compile("\ufdd0([0-9a-f]{4})")


class ExactText(TypeDecorator[str]):
    """Any Python text, given back exactly.

    Neither database stores a lone surrogate (a file name that is not UTF-8 has them), and PostgreSQL
    no NUL: each becomes U+FDD0, which no text may hold, and four hexadecimal digits.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value and _UNSTORABLE.sub(lambda found: f"\ufdd0{ord(found[0]):04x}", value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return value and _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)


class UtcTime(TypeDecorator[datetime]):
    """Aware times, kept as UTC without a zone: SQLite knows none."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

contents = Table(
    "contents",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

repairs = Table(
    "repairs",
    metadata,
    Column("id", ExactText, primary_key=True),
    Column("created_at", UtcTime, nullable=False, index=True),
    Column("reverted_at", UtcTime),
    Column("project", ExactText, nullable=False),
    Column("path", ExactText, nullable=False, index=True),
    Column("fingerprint", ExactText, nullable=False, index=True),
    Column("cluster", ExactText, nullable=False, index=True),
    Column("symptom", ExactText, nullable=False),
    Column("outcome", ExactText, nullable=False, index=True),
    Column("reason", ExactText),
    Column("description", ExactText, nullable=False),
    Column("confidence", Double, nullable=False),
    Column("rung", ExactText),
    Column("fixer", ExactText),
    Column("attempts", Integer, nullable=False),
    Column("candidates", Integer, nullable=False),
    Column("prompt_tokens", Integer, nullable=False),
    Column("completion_tokens", Integer, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("oracle_run", ExactText),
    Column("oracle_test", ExactText),
    Column("oracle_expected", ForeignKey("contents.sha256")),
    Column("oracle_sealed", JSON, nullable=False),
    Column("checks", JSON, nullable=False),
    Column("evidence", ExactText, nullable=False),
    Column("sandbox_level", ExactText, nullable=False),
    Column("versions", JSON, nullable=False),
)

faults = Table(
    "faults",
    metadata,
    Column("repair_id", ForeignKey("repairs.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("code", ExactText, nullable=False, index=True),
    Column("cluster", ExactText, nullable=False, index=True),
    Column("path", ExactText, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("message", ExactText, nullable=False),
    Column("hint", ExactText, nullable=False),
    Column("suspiciousness", Double, nullable=False),
    Column("detail", ExactText, nullable=False),
)

changes = Table(
    "changes",
    metadata,
    Column("repair_id", ForeignKey("repairs.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("path", ExactText, nullable=False, index=True),
    Column("before_sha256", ForeignKey("contents.sha256"), nullable=False),
    Column("after_sha256", ForeignKey("contents.sha256"), nullable=False),
)
