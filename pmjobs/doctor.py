"""Verb: look at everything that pmjobs needs, and say what to do where something is amiss."""

import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from pmjobs.errors import PmjobsError
from pmjobs.settings import load_settings
from pmjobs.sources import check_board
from pmjobs.store import Store

LITTLE_SPACE = 500_000_000  # bytes; some 50,000 ads
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)  # no clock is right that is behind this

# Module → what is missing without it, and the extra that brings it.
EXTRAS = {
    "psycopg": ("stores in PostgreSQL", "postgres"),
    "openpyxl": ("exports to Excel", "excel"),
    "pdfplumber": ("résumés as PDF", "resume"),
    "matplotlib": ("charts", "plots"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    words: str  # what was found, and what to do if it is not well


def examine(db: str, sources: Path, model: Path) -> Iterator[Check]:
    """Yield one Check after another. Nothing is changed but an old store's tables, by opening it.

    `model` is the folder of the trained model in use.
    """
    yield _check("python", _python)
    yield _check("sqlite", _sqlite)
    yield _check("clock", _clock)
    yield _check("store", lambda: _store(db))
    yield _check("space", lambda: _space(db))
    yield _check("sources", lambda: _sources(sources))
    yield _check("model", lambda: _model(model))
    for module, (loss, extra) in EXTRAS.items():
        here = find_spec(module) is not None
        words = "installed" if here else f"no {loss}; pip install 'pmjobs[{extra}]' if wanted"
        yield Check(f"extra {extra}", True, words)


class _Amiss(PmjobsError):
    """What a check found is not well."""


def _check(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except PmjobsError as error:
        return Check(name, False, str(error))


def _python() -> str:
    return f"Python {sys.version.split()[0]}"


def _sqlite() -> str:
    db = sqlite3.connect(":memory:")
    try:
        db.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    except sqlite3.Error:
        raise _Amiss(
            f"SQLite {sqlite3.sqlite_version} cannot search texts (FTS5); use another Python"
        ) from None
    finally:
        db.close()
    return f"SQLite {sqlite3.sqlite_version} with full-text search"


def _clock() -> str:
    now = datetime.now(UTC)
    if now < BEGAN:
        raise _Amiss(f"the clock says {now:%Y-%m-%d}; set it, or the history will be wrong")
    return f"{now:%Y-%m-%d %H:%M} UTC"


def _store(db: str) -> str:
    if "://" not in db and not Path(db).expanduser().exists():
        return f"{db}: not there yet; `pmjobs ingest` makes it"
    with Store.open(db, busy_timeout_s=1.0) as store:
        if problems := store.problems():
            raise _Amiss(f"{store.name}: {'; '.join(problems)}; restore a backup if need be")
        n_open = sum(board.n_open for board in store.boards())
        return f"{store.name}: sound, {n_open:,} open ads, {(store.n_bytes or 0) / 1e6:,.1f} MB"


def _space(db: str) -> str:
    if "://" in db:
        return "not on this machine's disk"
    folder = Path(db).expanduser().resolve().parent
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < LITTLE_SPACE:
        raise _Amiss(f"{folder}: only {free / 1e6:,.0f} MB are free; make room")
    return f"{free / 1e9:,.1f} GB free"


def _sources(path: Path) -> str:
    if not path.exists():
        return f"{path}: not there yet; `pmjobs sources add URL` makes it"
    settings = load_settings(path)
    for board in settings.boards:
        check_board(board)
    if settings.boards and settings.network.contact is None:
        raise _Amiss(f"{path}: [network] contact: missing; tell the hosts who is asking")
    return f"{path}: {len(settings.boards)} boards"


def _model(folder: Path) -> str:
    from pmjobs.level.artefact import load_model  # here: it takes a moment

    return f"{load_model(folder).model_id}: whole, and made for this installation"
