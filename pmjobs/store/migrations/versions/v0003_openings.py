"""Ads that are one opening, or one text under two names, are linked, and links can be undone."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "opening_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("found_at", UTC, nullable=False),
        sa.Column("undone_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(
            ["first_id"], ["posting.id"], name="fk_opening_link_first_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["posting.id"], name="fk_opening_link_second_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_opening_link"),
        sa.UniqueConstraint("first_id", "second_id", name="uq_opening_link_first_id_second_id"),
    )
    op.create_index("ix_opening_link_second_id", "opening_link", ["second_id"])
