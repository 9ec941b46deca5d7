"""Looking after a store: how its boards fare, what is too old, a copy, whether it is sound."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, TextClause, bindparam, text

from pmjobs.errors import StoreError
from pmjobs.store.engine import in_memory, name_of, reading, saying, writing
from pmjobs.store.records import Pruned, StoredBoard
from pmjobs.store.schema import board

_UTC = board.c.last_run_at.type

# What is removed together: an ad takes its payload, versions, closures and estimates with it.
# What the reader marked stays.
_OLD_POSTINGS = """
    FROM posting
    WHERE closed_at < :before
      AND NOT EXISTS (SELECT 1 FROM mark AS m WHERE m.posting_id = posting.id)
"""
# Not the runs that something kept still refers to.
_OLD_RUNS = """
    FROM run
    WHERE started_at < :before
      AND id < (SELECT max(id) FROM run)
      AND NOT EXISTS (SELECT 1 FROM skipped AS s WHERE s.run_id = run.id)
      AND NOT EXISTS (
          SELECT 1 FROM posting_version AS v
            JOIN posting AS p ON p.id = v.posting_id
           WHERE v.run_id = run.id
             AND (p.closed_at IS NULL OR p.closed_at >= :before
                  OR EXISTS (SELECT 1 FROM mark AS m WHERE m.posting_id = p.id))
      )
"""


def boards(db: Connection) -> Iterator[StoredBoard]:
    """Yield every board that was ever asked, in order of its key."""
    rows = db.execute(
        text(
            """
            SELECT b.key, b.source, b.board, b.last_read_at, b.last_run_at, b.failures, b.failure,
                   (SELECT count(*) FROM sighting AS s
                     WHERE s.board_id = b.id AND s.gone_at IS NULL) AS n_open,
                   (SELECT count(*) FROM skipped AS s WHERE s.board_id = b.id) AS n_skipped
              FROM board AS b
             ORDER BY b.key
            """
        ).columns(last_read_at=_UTC, last_run_at=_UTC)
    )
    for row in rows.mappings():
        yield StoredBoard(**row)


def prune(engine: Engine, before: datetime, *, dry_run: bool) -> Pruned:
    """Remove postings that were closed, and runs that began, before a time; return how many.

    With `dry_run` they are counted and stay. Open postings are never removed.
    """
    when = {"before": before}
    with reading(engine) if dry_run else writing(engine) as db:
        found = Pruned(
            postings=_count(db, f"SELECT count(*) {_OLD_POSTINGS}", before),
            runs=_count(db, f"SELECT count(*) {_OLD_RUNS}", before),
        )
        if not dry_run:
            old_runs = _timed(f"SELECT id {_OLD_RUNS}")
            runs = [{"run_id": run_id} for run_id in db.scalars(old_runs, when)]
            db.execute(_timed(f"DELETE {_OLD_POSTINGS}"), when)
            if runs:
                db.execute(text("DELETE FROM run_board WHERE run_id = :run_id"), runs)
                db.execute(text("DELETE FROM run WHERE id = :run_id"), runs)
    return found


def give_back_space(engine: Engine) -> None:
    """Make the file as small as what is in it; SQLite only, PostgreSQL does so by itself."""
    if engine.dialect.name == "sqlite":
        with saying(engine):
            connection = engine.raw_connection()
            try:
                connection.cursor().execute("VACUUM")
            finally:
                connection.close()


def back_up(engine: Engine, target: Path) -> int:
    """Copy a SQLite store to a new file while it is in use; return the copy's bytes.

    The copy is one state of the store, and whole or not there. Raises StoreError if `target`
    exists or cannot be written, and for PostgreSQL, which has pg_dump.
    """
    if engine.dialect.name != "sqlite":
        raise StoreError(f"{name_of(engine)}: PostgreSQL is backed up with pg_dump")
    if in_memory(engine.url):
        raise StoreError(f"{name_of(engine)}: there is nothing to back up; run `pmjobs ingest`")
    if target.exists():
        raise StoreError(f"{target}: exists already; name a new file for the backup")
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        with closing(sqlite3.connect(unfinished)) as copy, saying(engine):
            connection = engine.raw_connection()
            try:
                assert connection.driver_connection is not None
                connection.driver_connection.backup(copy, pages=10_000)
                # A copy is one file: no log beside it that could be forgotten.
                copy.execute("PRAGMA journal_mode = DELETE")
            finally:
                connection.close()
        unfinished.rename(target)
    except (OSError, sqlite3.Error) as error:
        unfinished.unlink(missing_ok=True)
        raise StoreError(f"{target}: cannot be written ({error}); choose another place") from error
    return target.stat().st_size


def problems(engine: Engine) -> list[str]:
    """Return what is wrong inside the store, in words; [] if it is sound."""
    questions = {
        "{} open ads stand on no board": """
            SELECT count(*) FROM posting AS p WHERE closed_at IS NULL AND NOT EXISTS
            (SELECT 1 FROM sighting AS s WHERE s.posting_id = p.id AND s.gone_at IS NULL)""",
        "{} closed ads stand on a board": """
            SELECT count(*) FROM posting AS p WHERE closed_at IS NOT NULL AND EXISTS
            (SELECT 1 FROM sighting AS s WHERE s.posting_id = p.id AND s.gone_at IS NULL)""",
        "{} ads were seen in the future; was the clock wrong?": """
            SELECT count(*) FROM posting WHERE first_seen > CURRENT_TIMESTAMP""",
    }
    found = []
    with reading(engine) as db:
        if db.dialect.name == "sqlite":
            told = [row[0] for row in db.execute(text("PRAGMA integrity_check(10)"))]
            found += [words for words in told if words != "ok"]
            strays = len(db.execute(text("PRAGMA foreign_key_check")).all())
            found += [f"{strays} rows refer to rows that are not there"] if strays else []
        for words, question in questions.items():
            if n := db.scalar(text(question)):
                found.append(words.format(n))
    return found


def size(engine: Engine) -> int | None:
    """Return how many bytes the store takes on disk; None for a store in memory."""
    if engine.dialect.name == "postgresql":
        with reading(engine) as db:
            n_bytes: int = db.scalars(text("SELECT pg_database_size(current_database())")).one()
        return n_bytes
    if in_memory(engine.url):
        return None
    path = Path(engine.url.database or "")
    files = (path, path.with_name(f"{path.name}-wal"))
    return sum(file.stat().st_size for file in files if file.exists())


def _timed(sql: str) -> TextClause:
    return text(sql).bindparams(bindparam("before", type_=_UTC))


def _count(db: Connection, sql: str, before: datetime) -> int:
    n: int = db.scalars(_timed(sql), {"before": before}).one()
    return n
