"""Boards, postings with their history, runs, estimates."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "board",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("board", sa.Text(), nullable=False),
        sa.Column("base_url", sa.Text(), nullable=True),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("whole", sa.Boolean(), nullable=True),
        sa.Column("last_read_at", UTC, nullable=True),
        sa.Column("last_run_at", UTC, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_board"),
        sa.UniqueConstraint("key", name="uq_board_key"),
    )
    op.create_table(
        "posting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("first_seen", UTC, nullable=False),
        sa.Column("closed_at", UTC, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("employer", sa.Text(), nullable=True),
        sa.Column("date_posted", sa.Date(), nullable=True),
        sa.Column("valid_through", sa.Date(), nullable=True),
        sa.Column("base_salary", sa.JSON(), nullable=True),
        sa.Column("experience_years", sa.JSON(), nullable=True),
        sa.Column("employment_type", sa.JSON(), nullable=True),
        sa.Column("employment_type_text", sa.Text(), nullable=True),
        sa.Column("locations", sa.JSON(), nullable=True),
        sa.Column("countries", sa.Text(), nullable=True),
        sa.Column("remote", sa.Text(), nullable=True),
        sa.Column("remote_text", sa.Text(), nullable=True),
        sa.Column("requisition_id", sa.Text(), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("attribution", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_posting"),
        sa.UniqueConstraint("source", "source_id", name="uq_posting_source_source_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_posting_employer", "posting", ["employer"], unique=False)
    op.create_index("ix_posting_url", "posting", ["url"], unique=False)
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", UTC, nullable=False),
        sa.Column("finished_at", UTC, nullable=True),
        sa.Column("requests", sa.Integer(), nullable=True),
        sa.Column("saved", sa.Integer(), nullable=True),
        sa.Column("refused", sa.Integer(), nullable=True),
        sa.Column("bytes_received", sa.BigInteger(), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
    )
    op.create_table(
        "closure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("closed_at", UTC, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reopened_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["posting.id"], name="fk_closure_posting_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_closure"),
    )
    op.create_index("ix_closure_posting_id", "closure", ["posting_id"], unique=False)
    op.create_table(
        "estimate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("model_id", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("made_at", UTC, nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("in_scope", sa.Boolean(), nullable=False),
        sa.Column("track", sa.Text(), nullable=True),
        sa.Column("level", sa.SmallInteger(), nullable=True),
        sa.Column("level_low", sa.SmallInteger(), nullable=True),
        sa.Column("level_high", sa.SmallInteger(), nullable=True),
        sa.Column("title_level", sa.SmallInteger(), nullable=True),
        sa.Column("title_gap", sa.SmallInteger(), nullable=True),
        sa.Column("abstained", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["posting.id"], name="fk_estimate_posting_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_estimate"),
        sa.UniqueConstraint(
            "posting_id", "model_id", "content", name="uq_estimate_posting_id_model_id_content"
        ),
    )
    op.create_table(
        "payload",
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("fetched_at", UTC, nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["posting.id"], name="fk_payload_posting_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("posting_id", name="pk_payload"),
    )
    op.create_table(
        "posting_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("replaced_at", UTC, nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("base_salary", sa.JSON(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["posting.id"], name="fk_posting_version_posting_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_posting_version_run_id"),
        sa.PrimaryKeyConstraint("id", name="pk_posting_version"),
    )
    op.create_index(
        "ix_posting_version_posting_id", "posting_version", ["posting_id"], unique=False
    )
    op.create_index(
        "ix_posting_version_replaced_at", "posting_version", ["replaced_at"], unique=False
    )
    op.create_table(
        "run_board",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Integer(), nullable=False),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_run_board_board_id"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_run_board_run_id"),
        sa.PrimaryKeyConstraint("run_id", "board_id", name="pk_run_board"),
    )
    op.create_table(
        "sighting",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("last_seen", UTC, nullable=False),
        sa.Column("misses", sa.SmallInteger(), nullable=False),
        sa.Column("gone_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_sighting_board_id"),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["posting.id"], name="fk_sighting_posting_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("board_id", "posting_id", name="pk_sighting"),
    )
    op.create_index("ix_sighting_posting_id", "sighting", ["posting_id"], unique=False)
    op.create_table(
        "skipped",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_skipped_board_id"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_skipped_run_id"),
        sa.PrimaryKeyConstraint("id", name="pk_skipped"),
    )
    op.create_index("ix_skipped_board_id", "skipped", ["board_id"], unique=False)
