"""The tables of the store. `migrations/` makes them; a test holds the two together.

Times are UTC. Stated values that have parts (pay, years, places) are JSON with the words they
were read from; amounts in it are decimal text.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

HEAD = "0006"  # the newest migration; a store that is there is opened without looking for others

# Names that both systems would give differently, so that migrations can speak of them.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Utc(TypeDecorator[datetime]):
    """An aware time in UTC. SQLite keeps it as text without the zone, in order of time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def Json() -> JSON:
    """Return a JSON column type in which absent is NULL, not "null"."""
    return JSON(none_as_null=True)


metadata = MetaData(naming_convention=NAMES)


def in_metadata(name: str | None, _kind: str, _parents: object) -> bool:
    """Whether a table, column or index found in a store should be described here.

    Not so what only serves searching, which the two systems do differently (migration 0002).
    """
    return name != "words" and not (name or "").startswith(("posting_words", "ix_posting_words"))


board = Table(
    "board",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),  # "greenhouse:acme"
    Column("source", Text, nullable=False),
    Column("board", Text, nullable=False),
    Column("base_url", Text),
    Column("options", Json(), nullable=False),  # [[name, value], ...]
    Column("digest", Text),  # of the last answer with ads, and of who read it
    Column("whole", Boolean),  # whether its answers hold all its ads; None: never read
    Column("last_read_at", Utc),  # the last answer with ads
    Column("last_run_at", Utc),  # the last time it was asked, whatever came of it
    Column("failures", Integer, nullable=False),  # in a row, up to the last time
    Column("failure", Text),  # why it could not be read last time, None: it could
)

# Hosts whose last word was that they want to be left alone.
host = Table(
    "host",
    metadata,
    Column("name", Text, primary_key=True),  # with the port, if it is not the scheme's own
    Column("reason", Text, nullable=False),
    Column("failures", Integer, nullable=False),  # in a row
    Column("failed_at", Utc, nullable=False),  # the last of them
    Column("retry_at", Utc, nullable=False),
)

run = Table(
    "run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started_at", Utc, nullable=False),
    Column("finished_at", Utc),  # None: under way, or it was killed
    Column("requests", Integer),
    Column("saved", Integer),  # requests that were not needed, or answered by a 304
    Column("refused", Integer),
    Column("bytes_received", BigInteger),
    Column("seconds", Float),
)

run_board = Table(
    "run_board",
    metadata,
    Column("run_id", ForeignKey(run.c.id), primary_key=True),
    Column("board_id", ForeignKey(board.c.id), primary_key=True),
    Column("at", Utc, nullable=False),
    Column("new", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("closed", Integer, nullable=False),
    Column("reopened", Integer, nullable=False),
    Column("skipped", Integer, nullable=False),
    Column("failure", Text),
)

posting = Table(
    "posting",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", Text, nullable=False),
    Column("source_id", Text, nullable=False),
    Column("content", Text, nullable=False),  # hash of title, pay and text; estimates refer to it
    Column("first_seen", Utc, nullable=False),
    Column("closed_at", Utc),
    Column("title", Text, nullable=False),
    Column("url", Text),
    Column("employer", Text),
    Column("date_posted", Date),
    Column("valid_through", Date),
    Column("base_salary", Json()),
    Column("experience_years", Json()),
    Column("employment_type", Json()),
    Column("employment_type_text", Text),
    Column("locations", Json()),
    Column("countries", Text),  # "|GB|DE|": each stated country between bars, for searching
    Column("remote", Text),
    Column("remote_text", Text),
    Column("requisition_id", Text),
    Column("department", Text),
    Column("language", Text),
    Column("attribution", Text),
    # Last: SQLite reads a row from its start and can leave out a long end.
    Column("description", Text),
    UniqueConstraint("source", "source_id"),
    Index(None, "url"),
    Index(None, "employer"),
    sqlite_autoincrement=True,  # an id that people wrote down never comes to mean another ad
)

payload = Table(
    "payload",
    metadata,
    Column("posting_id", ForeignKey(posting.c.id, ondelete="CASCADE"), primary_key=True),
    Column("fetched_at", Utc, nullable=False),
    Column("url", Text),
    Column("sha256", Text, nullable=False),  # of the body
    Column("reader", Text, nullable=False),  # the pmjobs that read it
    Column("body", LargeBinary, nullable=False),  # zlib
)

# Where a posting is published; several boards (searches) can show the same one.
sighting = Table(
    "sighting",
    metadata,
    Column("board_id", ForeignKey(board.c.id), primary_key=True),
    Column("posting_id", ForeignKey(posting.c.id, ondelete="CASCADE"), primary_key=True),
    Column("last_seen", Utc, nullable=False),
    Column("misses", SmallInteger, nullable=False),  # reads of the board without it, in a row
    Column("gone_at", Utc),  # None: published there, as far as we know
    Index(None, "posting_id"),
)

# What a posting said before a change. Only what changed is filled in; `changed` names it.
posting_version = Table(
    "posting_version",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("posting_id", ForeignKey(posting.c.id, ondelete="CASCADE"), nullable=False),
    Column("run_id", ForeignKey(run.c.id), nullable=False),
    Column("replaced_at", Utc, nullable=False),
    Column("changed", Text, nullable=False),  # "title", "pay", "text", joined by commas
    Column("content", Text, nullable=False),  # the posting's hash until then
    Column("title", Text),
    Column("base_salary", Json()),
    Column("description", Text),
    Index(None, "posting_id"),
    Index(None, "replaced_at"),
)

# One time during which a posting was not published.
closure = Table(
    "closure",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("posting_id", ForeignKey(posting.c.id, ondelete="CASCADE"), nullable=False),
    Column("closed_at", Utc, nullable=False),
    Column("reason", Text, nullable=False),
    Column("reopened_at", Utc),  # None: still closed
    Index(None, "posting_id"),
)

# Ads of a board's last whole answer that could not be read.
skipped = Table(
    "skipped",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("board_id", ForeignKey(board.c.id), nullable=False),
    Column("run_id", ForeignKey(run.c.id), nullable=False),
    Column("source_id", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("problem", Text, nullable=False),
    Index(None, "board_id"),
)

estimate = Table(
    "estimate",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("posting_id", ForeignKey(posting.c.id, ondelete="CASCADE"), nullable=False),
    Column("model_id", Text, nullable=False),
    Column("content", Text, nullable=False),  # of the posting it was made from
    Column("made_at", Utc, nullable=False),
    Column("family", Text, nullable=False),
    Column("in_scope", Boolean, nullable=False),
    Column("track", Text),
    Column("level", SmallInteger),
    Column("level_low", SmallInteger),
    Column("level_high", SmallInteger),
    Column("title_level", SmallInteger),
    Column("title_gap", SmallInteger),
    Column("abstained", Boolean, nullable=False),
    Column("reason", Text),
    Column("data", Json(), nullable=False),  # all of it, as pmjobs.estimate_json writes it
    UniqueConstraint("posting_id", "model_id", "content"),
)

# What an ad's text says for a comparison: a cache, `pmjobs.compare.reading_json` in JSON.
reading = Table(
    "reading",
    metadata,
    Column("posting_id", ForeignKey(posting.c.id, ondelete="CASCADE"), primary_key=True),
    Column("reader", Text, nullable=False),  # fingerprint of what read it
    Column("content", Text, nullable=False),  # of the posting it was made from
    Column("data", Json(), nullable=False),
)

# Two ads that are one opening, or one text under two employers' names.
opening_link = Table(
    "opening_link",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("first_id", ForeignKey(posting.c.id, ondelete="CASCADE"), nullable=False),  # the smaller
    Column("second_id", ForeignKey(posting.c.id, ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("found_at", Utc, nullable=False),
    Column("undone_at", Utc),  # a person took them apart; they stay so
    UniqueConstraint("first_id", "second_id"),
    Index(None, "second_id"),
)

# What the reader said of an ad. Rows are only added, and keep their ad from being pruned.
mark = Table(
    "mark",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("posting_id", ForeignKey(posting.c.id), nullable=False),
    Column("kind", Text, nullable=False),
    Column("why", Text),
    Column("marked_at", Utc, nullable=False),
    Index(None, "posting_id"),
)

# Up to when each digest told what happened.
digest = Table(
    "digest",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("made_at", Utc, nullable=False),
    Column("n_ads", Integer, nullable=False),
)
