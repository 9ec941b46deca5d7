"""What the reader said of ads is kept, and when digests were made."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("marked_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name="fk_mark_posting_id"),
        sa.PrimaryKeyConstraint("id", name="pk_mark"),
    )
    op.create_index("ix_mark_posting_id", "mark", ["posting_id"])
    op.create_table(
        "digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", UTC, nullable=False),
        sa.Column("n_ads", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_digest"),
    )
