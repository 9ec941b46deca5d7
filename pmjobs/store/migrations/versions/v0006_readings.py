"""What an ad's text says for a comparison is kept, so that it is read only once."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "reading",
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["posting.id"], name="fk_reading_posting_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("posting_id", name="pk_reading"),
    )
