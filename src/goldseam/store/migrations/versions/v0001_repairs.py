"""The first schema: repairs, their faults, their changes, and every file's bytes once."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """From nothing."""
    _create_contents()
    _create_repairs()
    _create_faults()
    _create_changes()


def downgrade() -> None:
    """To nothing."""
    for table in ("changes", "faults", "repairs", "contents"):
        op.drop_table(table)


def _create_contents() -> None:
    op.create_table(
        "contents",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_contents"),
    )


def _create_repairs() -> None:
    op.create_table(
        "repairs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("reverted_at", sa.DateTime()),
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("cluster", sa.Text(), nullable=False),
        sa.Column("symptom", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("rung", sa.Text()),
        sa.Column("fixer", sa.Text()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("candidates", sa.Integer(), nullable=False),
        sa.Column("prompt_tokens", sa.Integer(), nullable=False),
        sa.Column("completion_tokens", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("oracle_run", sa.Text()),
        sa.Column("oracle_test", sa.Text()),
        sa.Column("oracle_expected", sa.Text()),
        sa.Column("oracle_sealed", sa.JSON(), nullable=False),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("sandbox_level", sa.Text(), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_repairs"),
        sa.ForeignKeyConstraint(["oracle_expected"], ["contents.sha256"], name="fk_repairs_oracle_expected"),
    )
    _create_indexes("repairs", "created_at", "path", "fingerprint", "cluster", "outcome")


def _create_faults() -> None:
    op.create_table(
        "faults",
        sa.Column("repair_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("cluster", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("suspiciousness", sa.Double(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("repair_id", "position", name="pk_faults"),
        sa.ForeignKeyConstraint(
            ["repair_id"], ["repairs.id"], name="fk_faults_repair_id", ondelete="CASCADE"
        ),
    )
    _create_indexes("faults", "code", "cluster")


def _create_changes() -> None:
    op.create_table(
        "changes",
        sa.Column("repair_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("before_sha256", sa.Text(), nullable=False),
        sa.Column("after_sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("repair_id", "position", name="pk_changes"),
        sa.ForeignKeyConstraint(
            ["repair_id"], ["repairs.id"], name="fk_changes_repair_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["before_sha256"], ["contents.sha256"], name="fk_changes_before_sha256"),
        sa.ForeignKeyConstraint(["after_sha256"], ["contents.sha256"], name="fk_changes_after_sha256"),
    )
    _create_indexes("changes", "path")


def _create_indexes(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])
