"""Hosts that asked to be left alone are remembered until they may be asked again."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "host",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", UTC, nullable=False),
        sa.Column("retry_at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_host"),
    )
