"""Connections to SQLite and PostgreSQL: opened alike, written one at a time, errors in words.

What differs between the two systems stands here and in `pmjobs.store.search`, nowhere else.
"""

import errno
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
)
from sqlalchemy.pool import StaticPool

from pmjobs.errors import BusyError, StoreError

# One number for all pmjobs processes on one PostgreSQL database; the letters "pmjobs" in base 256.
WRITE_LOCK = 0x706D6A6F6273
RUN_LOCK = WRITE_LOCK + 1

# Words of an error → what to do. The first that occurs counts; both systems' words, lower case.
REMEDIES = {
    "database is locked": "another program is writing to it; wait for that to end, then try again",
    "database is busy": "another program is writing to it; wait for that to end, then try again",
    "lock timeout": "another program is writing to it; wait for that to end, then try again",
    "disk is full": "the disk is full; free some space and run again, nothing was half written",
    "no space left": "the disk is full; free some space and run again, nothing was half written",
    "file is not a database": "not a pmjobs store; name another file with --db",
    "malformed": "the file is damaged; restore a backup, or name a new file with --db",
    "readonly database": "may not be written; change its permissions or name another with --db",
    "unable to open": "cannot be opened; check that the folder is there and may be written",
    "disk i/o error": "the disk cannot be read or written; check it, then try again",
    "password": "the server refuses the user or password; check the URL given with --db",
    "does not exist": "there is no such database, user or table; check the URL given with --db",
    "connection": "the server cannot be reached; check that it runs, and the URL given with --db",
}


def make_engine(url: str | Path, *, busy_timeout_s: float, new: bool = True) -> Engine:
    """Return an engine for a file path, "sqlite://" (memory) or "postgresql://…".

    Raises StoreError for an address that means neither, for a folder that cannot be made, and
    unless `new` for a file that is not there.
    """
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        if not (new or in_memory(address) or Path(address.database or "").exists()):
            raise StoreError(f"{url}: no such store; `pmjobs ingest --db {url}` makes one")
        return _sqlite(address, busy_timeout_s)
    return _postgresql(address, busy_timeout_s)


def name_of(engine: Engine) -> str:
    """Return what messages call the store: its file, or its URL without the password."""
    if engine.dialect.name == "sqlite":
        return engine.url.database or "the store in memory"
    return engine.url.render_as_string(hide_password=True)


def use_wal(engine: Engine) -> None:
    """Let readers and one writer of a SQLite file work side by side; nothing to do elsewhere.

    Not done before the file is known to be ours. Where it cannot be done now (another process
    is in the file, or it may not be written), the next opening does it.
    """
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        if cursor.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
            with suppress(sqlite3.OperationalError):
                cursor.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that sees one state of the store throughout."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with saying(engine), engine.connect() as db:
        yield db


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Yield a connection with the one right to write; all of it is kept, or nothing.

    A second writer, in this process or another, waits for the first.
    """
    with saying(engine), engine.execution_options(pmjobs_writes=True).begin() as db:
        if db.dialect.name == "postgresql":
            db.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITE_LOCK})
        yield db


@contextmanager
def locked(engine: Engine, *, wait_s: float) -> Iterator[None]:
    """Hold the one right to run `ingest`; it ends with the process, however that ends.

    Raises BusyError if another process holds it all the while. A store in memory needs no lock.
    """
    busy = BusyError(
        f"{name_of(engine)}: another run is at work on this store; this one has nothing to do"
    )
    if engine.dialect.name == "postgresql":
        with saying(engine), engine.connect() as db:
            until = time.monotonic() + wait_s
            while not db.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": RUN_LOCK}):
                if time.monotonic() >= until:
                    raise busy
                time.sleep(0.05)
            db.commit()  # the lock is the session's; an open transaction would keep old rows alive
            try:
                yield
            finally:
                db.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": RUN_LOCK})
        return
    if in_memory(engine.url):
        yield
        return
    lock = FileLock(f"{engine.url.database}.lock")
    try:
        lock.acquire(timeout=wait_s, poll_interval=0.05)
    except Timeout:
        raise busy from None
    except OSError as error:
        raise StoreError(f"{lock.lock_file}: cannot be made ({error.strerror})") from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def saying(engine: Engine) -> Iterator[None]:
    """Turn the database's errors into StoreErrors that say where, what, and what to do.

    Not those that one value causes: the rest can be stored without it.
    """
    try:
        yield
    except (DataError, IntegrityError):
        raise
    except DBAPIError as error:
        words = str(error.orig or error).strip()
        for sign, remedy in REMEDIES.items():
            if sign in words.lower():
                raise StoreError(f"{name_of(engine)}: {remedy}") from error
        raise StoreError(f"{name_of(engine)}: {words.splitlines()[0]}") from error


def in_memory(address: URL) -> bool:
    """Whether a SQLite store lives in memory alone."""
    return address.database in (None, "", ":memory:")


def _address(url: str | Path) -> URL:
    given = str(url)
    if "://" not in given:
        return URL.create("sqlite", database=str(Path(given).expanduser()))
    try:
        address = make_url(given)
    except ArgumentError:
        raise StoreError("--db: not a database URL; write postgresql://user@host/name") from None
    if address.drivername in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+psycopg")
    if address.drivername not in ("sqlite", "postgresql+psycopg"):
        raise StoreError(
            f"--db: {address.drivername}: not supported; use a file (SQLite) or postgresql://..."
        )
    return address


def _sqlite(address: URL, busy_timeout_s: float) -> Engine:
    if not in_memory(address):
        _check_file(Path(address.database or ""))
    engine = create_engine(
        address,
        connect_args={"timeout": busy_timeout_s, "check_same_thread": False},
        **({"poolclass": StaticPool} if in_memory(address) else {}),
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # Python's driver would begin transactions when it thinks fit; `begin` below decides.
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        # Safe with WAL: a power cut may lose the last commits, never what was before them.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -16000")  # kibibytes

    @event.listens_for(engine, "begin")
    def begin(db: Connection) -> None:
        # A writer says so at once: a reader that turns writer later could be refused half way.
        writes = db.get_execution_options().get("pmjobs_writes")
        db.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; name a file in it")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path.parent}: cannot be made ({error.strerror})") from None
    if path.exists() and not os.access(path, os.R_OK):
        raise StoreError(f"{path}: {os.strerror(errno.EACCES)}; change its permissions")


def _postgresql(address: URL, busy_timeout_s: float) -> Engine:
    try:
        return create_engine(
            address,
            isolation_level="READ COMMITTED",
            connect_args={
                "connect_timeout": 10,  # seconds
                "options": f"-c lock_timeout={int(busy_timeout_s * 1000)} -c timezone=UTC",
            },
        )
    except (ModuleNotFoundError, NoSuchModuleError):
        raise StoreError(
            "PostgreSQL needs psycopg; install it with: pip install 'pmjobs[postgres]'"
        ) from None
