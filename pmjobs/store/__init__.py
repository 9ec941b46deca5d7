"""The store: boards, postings, their history and estimates, in SQLite or PostgreSQL.

It is the only part with SQL. One board is one transaction: whatever happens in the middle, the
store shows the last whole state. Times go in and come out in UTC.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine, bindparam, delete, insert, select, update

from pmjobs.errors import StoreError
from pmjobs.ladder import LevelEstimate, LevelledAd
from pmjobs.posting import Board, Payload
from pmjobs.store import hosts, keeping, marks, openings, queries, readings, save
from pmjobs.store.changes import changes
from pmjobs.store.engine import locked, make_engine, name_of, reading, use_wal, writing
from pmjobs.store.levelled import levelled
from pmjobs.store.migrate import bring_up_to_date
from pmjobs.store.records import (
    Answer,
    BoardSkipped,
    BoardState,
    Change,
    ChangeKind,
    Counts,
    Link,
    LinkKind,
    MarkKind,
    Pruned,
    Run,
    StoredBoard,
    StoredHost,
    StoredLink,
    StoredMark,
    StoredPosting,
)
from pmjobs.store.rows import estimate_row
from pmjobs.store.schema import estimate, posting, run
from pmjobs.store.search import Between, search

__all__ = [
    "Answer",
    "BoardSkipped",
    "BoardState",
    "Change",
    "ChangeKind",
    "Counts",
    "Link",
    "LinkKind",
    "MarkKind",
    "Pruned",
    "Run",
    "Store",
    "StoredBoard",
    "StoredHost",
    "StoredLink",
    "StoredMark",
    "StoredPosting",
]

BUSY_TIMEOUT_S = 30.0  # how long a writer waits for another

_KEY = ("posting_id", "model_id", "content")
_THE_SAME = delete(estimate).where(*(estimate.c[name] == bindparam(f"the_{name}") for name in _KEY))


class Store:
    """An open store; use it as `with Store.open(path) as store`.

    Every method may raise StoreError; nothing is half written then. A store may be used from
    several threads, one in memory from one at a time.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(
        cls, url: str | Path, *, busy_timeout_s: float = BUSY_TIMEOUT_S, new: bool = True
    ) -> Self:
        """Open a file (SQLite), "sqlite://" (memory) or "postgresql://…"; `new`: made if absent.

        Raises StoreError if it cannot be opened, is something else, or of a newer pmjobs.
        """
        engine = make_engine(url, busy_timeout_s=busy_timeout_s, new=new)
        try:
            bring_up_to_date(engine)
            use_wal(engine)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @property
    def name(self) -> str:
        """The store's file, or its URL without the password."""
        return name_of(self._engine)

    # A run of ingest, in the order of its calls

    def locked(self, *, wait_s: float = 1.0) -> AbstractContextManager[None]:
        """Return a context that only one process at a time can enter: the right to ingest.

        Entering raises BusyError if another run is at work. The short wait is for those who
        only look whether one is.
        """
        return locked(self._engine, wait_s=wait_s)

    def start_run(self, now: datetime) -> int:
        """Note that a run begins, and return its id."""
        with writing(self._engine) as db:
            run_id: int = db.scalars(insert(run).values(started_at=now).returning(run.c.id)).one()
        return run_id

    def board_state(self, board: Board) -> BoardState:
        """Return the digest of the board's last whole answer and how many ads it showed."""
        with reading(self._engine) as db:
            return queries.board_state(db, board)

    def known_bodies(
        self, source: str, source_ids: Iterable[str], *, reader: str
    ) -> dict[str, str]:
        """Return source id → SHA-256 of the stored payload, of those `reader` has read."""
        with reading(self._engine) as db:
            return save.known_bodies(db, source, source_ids, reader=reader)

    def bodies(self, board: Board) -> dict[str, str]:
        """Return source id → body of the stored payloads of a board's ads."""
        with reading(self._engine) as db:
            return queries.bodies(db, board)

    def save_answer(self, run_id: int, answer: Answer) -> Counts:
        """Write one whole answer of a board, in one transaction; return what it changed."""
        with writing(self._engine) as db:
            return save.save_answer(db, run_id, answer)

    def save_same(self, run_id: int, board: Board, read_at: datetime) -> Counts:
        """Write that a board's answer is the one stored already: only `last_seen` moves."""
        with writing(self._engine) as db:
            return save.save_same(db, run_id, board, read_at)

    def save_failure(
        self, run_id: int, board: Board, at: datetime, problem: str, *, page_gone: bool = False
    ) -> Counts:
        """Write that a board could not be read; its postings stay open.

        `page_gone` says that the board's own address answered 404 or 410: where the board is
        one ad's page, that ad is closed.
        """
        with writing(self._engine) as db:
            return save.save_failure(db, run_id, board, at, problem, page_gone=page_gone)

    def save_waiting(self, board: Board, reason: str) -> None:
        """Write why a board was not asked this time: its host wants to be left alone.

        That is no failure of the board's.
        """
        with writing(self._engine) as db:
            save.save_waiting(db, board, reason)

    def hosts(self) -> list[StoredHost]:
        """Return the hosts whose last word was that they want to be left alone."""
        with reading(self._engine) as db:
            return list(hosts.hosts(db))

    def leave_alone(
        self, host: str, at: datetime, reason: str, *, wait: timedelta | None
    ) -> StoredHost:
        """Note that a host asked to be left alone, once a run; return until when it will be.

        `wait` is what it asked for. If it did not say (None), the pause doubles with each
        failure in a row. A day is the longest.
        """
        with writing(self._engine) as db:
            return hosts.leave_alone(db, host, at, reason, wait=wait)

    def forget_hosts(self, names: Iterable[str]) -> None:
        """Note that these hosts answer again."""
        with writing(self._engine) as db:
            hosts.forget(db, names)

    def finish_run(
        self,
        run_id: int,
        now: datetime,
        *,
        seconds: float,
        requests: int,
        saved: int,
        refused: int,
        bytes_received: int,
    ) -> None:
        """Note that a run has ended, and what it cost the hosts."""
        ended = {"finished_at": now, "seconds": seconds, "requests": requests, "saved": saved}
        ended |= {"refused": refused, "bytes_received": bytes_received}
        with writing(self._engine) as db:
            db.execute(update(run).where(run.c.id == run_id).values(ended))

    # Postings and estimates

    def postings(
        self, *, only_open: bool = True, model_id: str | None = None
    ) -> Iterator[StoredPosting]:
        """Yield postings in order of id, each with the newest estimate of what it says now.

        `model_id` asks for that model's estimates alone. The store may be written meanwhile.
        """
        asked = queries.postings(only_open=only_open, model_id=model_id)
        return self._pages(asked)

    def without_estimate(
        self, model_id: str, *, only_open: bool = False
    ) -> Iterator[StoredPosting]:
        """Yield postings that this model has not estimated as they stand now.

        An ad whose title, pay or text has changed since comes again. Estimates may be saved
        meanwhile.
        """
        asked = queries.postings(only_open=only_open, model_id=None, without=model_id)
        return self._pages(asked)

    def levelled(self) -> list[LevelledAd]:
        """Return what the market's figures need of every ad with a level, closed ones too.

        Ads of one opening, and copies under another employer's name, share its number.
        """
        with reading(self._engine) as db:
            return list(levelled(db))

    def find(self, ref: str) -> StoredPosting | None:
        """Return the posting with this id, "source:source_id" key or URL, or None."""
        with reading(self._engine) as db:
            return queries.find(db, ref)

    def payload(self, posting_id: int) -> Payload | None:
        """Return what the source sent of one posting, or None if it is not kept."""
        with reading(self._engine) as db:
            return queries.payload_for(db, posting_id)

    def save_estimates(
        self,
        estimates: Iterable[tuple[StoredPosting | int, LevelEstimate]],
        *,
        now: datetime | None = None,
    ) -> int:
        """Keep estimates beside those of other models; return how many.

        Pass the StoredPosting that was estimated: should the ad change meanwhile, its estimate
        stays with the text it was made from. With an id it goes to the text stored now.
        """
        made_at = now or datetime.now(UTC)
        pairs = list(estimates)  # made before the store is locked, not while it is
        with writing(self._engine) as db:
            rows = []
            for ref, found in pairs:
                posting_id, content = (ref, None) if isinstance(ref, int) else (ref.id, ref.content)
                if content is None:
                    content = db.scalar(select(posting.c.content).where(posting.c.id == posting_id))
                if content is None:
                    raise StoreError(f"{posting_id}: no such posting in the store")
                row = estimate_row(found, made_at=made_at)
                rows.append({"posting_id": posting_id, "content": content, **row})
            if rows:
                db.execute(_THE_SAME, [{f"the_{name}": row[name] for name in _KEY} for row in rows])
                db.execute(insert(estimate), rows)
        return len(rows)

    # What happened, and finding things

    def history(self, posting_id: int) -> list[Change]:
        """Return what happened to one posting, oldest first; [] if there is no such posting."""
        with reading(self._engine) as db:
            return changes(db, posting_id=posting_id)

    def changes(self, since: datetime) -> list[Change]:
        """Return what happened to all postings since then, oldest first.

        What an ad's text was and became is left to `history`.
        """
        with reading(self._engine) as db:
            return changes(db, since=since)

    def search(
        self,
        words: str = "",
        *,
        level: Between | None = None,
        gap: Between | None = None,
        country: str | None = None,
        since: date | None = None,
        remote: bool = False,
        closed: bool = False,
        limit: int = 50,
    ) -> list[StoredPosting]:
        """Return postings that fit all that is asked, best match first, else newest first.

        `words` must all occur in title, employer or text; "a phrase" stands together, -word
        must not occur. `level` (real) and `gap` (real minus title) are (lowest, highest), None
        for open. `country` is ISO 3166-1 alpha-2. `since` is the date posted, or first seen
        where none is stated. `remote` leaves out what cannot be done from home altogether.
        `closed` takes in ads that are no longer published.
        """
        with reading(self._engine) as db:
            return search(
                db,
                words,
                level=level,
                gap=gap,
                country=country,
                since=since,
                remote=remote,
                closed=closed,
                limit=limit,
            )

    # Ads that belong together

    def links(self, *, undone: bool = False) -> list[StoredLink]:
        """Return which ads belong together and why; `undone` takes in what was taken apart."""
        with reading(self._engine) as db:
            return list(openings.links(db, undone=undone))

    def replace_links(self, found: Iterable[Link], now: datetime) -> int:
        """Keep these links and no others, but what a person undid; return how many are new."""
        with writing(self._engine) as db:
            return openings.replace_links(db, found, now)

    def undo_link(self, link_id: int, now: datetime) -> bool:
        """Take two ads apart for good; False if there is no such link."""
        with writing(self._engine) as db:
            return openings.undo_link(db, link_id, now)

    def same_opening(self, posting_id: int) -> list[int]:
        """Return the ids of all ads of one posting's opening, its own included."""
        with reading(self._engine) as db:
            return openings.same_opening(db, posting_id)

    # What the reader said, and was told

    def save_mark(
        self, posting_id: int, kind: MarkKind, now: datetime, *, why: str | None = None
    ) -> None:
        """Keep what the reader says of a posting, beside what was said before.

        No ingest changes it, and a marked ad is never pruned.
        """
        with writing(self._engine) as db:
            marks.save_mark(db, posting_id, kind, why, now)

    def marks(self, *, history: bool = False, posting_id: int | None = None) -> list[StoredMark]:
        """Return the mark that counts of each marked ad; `history` returns all ever made."""
        with reading(self._engine) as db:
            return list(marks.marks(db, history=history, posting_id=posting_id))

    def said_of(self) -> dict[str, MarkKind]:
        """Return key → the mark that counts, for marked ads and for other copies of theirs."""
        with reading(self._engine) as db:
            return marks.said_of(db)

    def last_digest(self) -> datetime | None:
        """Return up to when the last digest reached; None: there was none."""
        with reading(self._engine) as db:
            return marks.last_digest(db)

    def save_digest(self, made_at: datetime, n_ads: int) -> None:
        """Note that a digest told what happened up to `made_at`."""
        with writing(self._engine) as db:
            marks.save_digest(db, made_at, n_ads)

    # What ads' texts say for a comparison

    def readings(self, posting_ids: Collection[int], *, reader: str) -> dict[int, tuple[str, Any]]:
        """Return posting id → (content, data) of what `reader` has read of these postings."""
        with reading(self._engine) as db:
            return readings.readings(db, posting_ids, reader=reader)

    def save_readings(self, found: Iterable[tuple[int, str, Any]], *, reader: str) -> None:
        """Keep (posting id, content, data), as JSON, in place of what was kept of those ads."""
        with writing(self._engine) as db:
            readings.save_readings(db, found, reader=reader)

    # Looking after the store

    def boards(self) -> list[StoredBoard]:
        """Return how every board fares that was ever asked."""
        with reading(self._engine) as db:
            return list(keeping.boards(db))

    def prune(self, before: datetime, *, dry_run: bool = False) -> Pruned:
        """Remove postings closed, and runs begun, before then; `dry_run` only counts them.

        The ad's payload, history and estimates go with it. Open and marked postings always stay.
        """
        removed = keeping.prune(self._engine, before, dry_run=dry_run)
        if removed.postings and not dry_run:
            keeping.give_back_space(self._engine)
        return removed

    def back_up(self, target: Path) -> int:
        """Copy a SQLite store to a new file while it is in use; return the copy's bytes.

        Raises StoreError if the file exists, and for PostgreSQL, which has pg_dump.
        """
        return keeping.back_up(self._engine, target)

    def problems(self) -> list[str]:
        """Return what is wrong inside the store, in words; [] if it is sound."""
        return keeping.problems(self._engine)

    @property
    def n_bytes(self) -> int | None:
        """What the store takes on disk; None for one in memory."""
        return keeping.size(self._engine)

    # What was left out, and what was done

    def skipped(self, board_key: str | None = None) -> Iterator[BoardSkipped]:
        """Yield the ads of each board's last whole answer that could not be read."""
        with reading(self._engine) as db:
            yield from list(queries.skipped_ads(db, board_key))

    def runs(self, *, limit: int = 20) -> Iterator[Run]:
        """Yield the last runs, newest first."""
        with reading(self._engine) as db:
            yield from list(queries.runs(db, limit=limit))

    def _pages(self, asked: queries.Question) -> Iterator[StoredPosting]:
        last_id = 0
        while True:
            with reading(self._engine) as db:
                page = queries.page_after(db, asked, last_id)
            if not page:
                return
            yield from page
            last_id = page[-1].id
