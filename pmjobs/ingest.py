"""Verb: boards → store. Reads every board, keeps what is new or changed, reports the rest.

One bad ad costs one ad, one bad board costs one board. A board whose answer is the same as last
time is not read again. The network is asked for several boards at once; reading and saving
happen one board after another beside it, so memory does not grow with the number of boards.
"""

import asyncio
import hashlib
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from itertools import chain, zip_longest

from pmjobs import sources
from pmjobs.errors import FetchError, ParseError, PmjobsError, StoreError, WaitingError
from pmjobs.net import Client
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting, Skipped
from pmjobs.store import Answer, Counts, Store
from pmjobs.store.rows import plain, sha256_of

logger = logging.getLogger(__name__)

BOARDS_AT_ONCE = 8  # being asked or waiting to be saved; how fast a host is asked is the client's
ADS_A_TICK = 50  # between two calls of on_progress
LONGEST_PROBLEM = 200  # characters of an unforeseen error that are kept
GONE = (404, 410)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardReport:
    """What became of one board in one run."""

    board: Board
    new: int = 0
    changed: int = 0  # title, pay or text
    unchanged: int = 0
    closed: int = 0
    reopened: int = 0
    skipped: tuple[Skipped, ...] = ()  # ads of the answer that could not be read
    failure: str | None = None  # why the board could not be read, and what to do
    waiting: str | None = None  # why it was not asked: its host wants to be left alone for now

    @property
    def n_read(self) -> int:
        """How many ads the board's answer held, those that could not be read included."""
        return self.new + self.changed + self.unchanged + len(self.skipped)

    @property
    def failed(self) -> bool:
        """Whether the board could not be read; its stored ads stay as they were."""
        return self.failure is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What one run did, board by board in the order they were given."""

    run_id: int
    boards: tuple[BoardReport, ...]
    requests: int  # sent, retries and robots.txt included
    saved: int  # answers that were used again: not asked for, or confirmed by a 304
    refused: int  # not sent, because we may not or should not
    bytes_received: int  # bodies as sent
    seconds: float

    @property
    def totals(self) -> Counts:
        """The counts of all boards together."""
        return Counts(
            new=sum(board.new for board in self.boards),
            changed=sum(board.changed for board in self.boards),
            unchanged=sum(board.unchanged for board in self.boards),
            closed=sum(board.closed for board in self.boards),
            reopened=sum(board.reopened for board in self.boards),
            skipped=sum(len(board.skipped) for board in self.boards),
        )

    @property
    def failed(self) -> tuple[BoardReport, ...]:
        """The boards that could not be read."""
        return tuple(board for board in self.boards if board.failed)

    @property
    def waiting(self) -> tuple[BoardReport, ...]:
        """The boards whose hosts want to be left alone for now; the next runs see to them."""
        return tuple(board for board in self.boards if board.waiting)


# (board's key, ads read, of how many); None: not known yet. A board is done when the two are equal.
Progress = Callable[[str, int, int | None], None]


async def ingest(
    boards: Sequence[Board],
    client: Client,
    store: Store,
    *,
    now: datetime,
    on_progress: Progress | None = None,
    again: bool = False,
    believe_empty: bool = False,
) -> RunReport:
    """Read `boards` into `store` and return what became of each.

    `now` (aware) is the time that everything in this run is said to have been seen.
    `on_progress` may be called from another thread, one call at a time for each board. `again`
    reads every ad anew though nothing has changed, after a parser was mended.
    `believe_empty` takes an answer without ads for what it says; otherwise, where there were
    ads, it counts as a failure.

    Raises StoreError if the store cannot be written; boards saved until then stay saved.
    Raises BusyError if another run is at work on the store.
    """
    with store.locked():
        run = _Run(
            client,
            store,
            now,
            on_progress or _silent,
            again=again,
            believe_empty=believe_empty,
        )
        return await run.of(boards)


class _Run:
    """One run: what all its boards share."""

    def __init__(
        self,
        client: Client,
        store: Store,
        now: datetime,
        on_progress: Progress,
        *,
        again: bool,
        believe_empty: bool,
    ) -> None:
        self.client = client
        self.store = store
        self.now = now
        self.on_progress = on_progress
        self.again = again
        self.believe_empty = believe_empty
        # Another release may read the same answer better, so it reads everything once.
        self.reader = version("pmjobs")
        self.run_id = store.start_run(now)
        self.writing = asyncio.Lock()
        self.started = time.perf_counter()
        self.noted: set[str] = set()  # hosts that asked in this run to be left alone

    async def of(self, boards: Sequence[Board]) -> RunReport:
        before = self.client.counts
        self.mind_hosts()
        reports: dict[str, BoardReport] = {}
        waiting = _in_turn(boards)

        async def work() -> None:
            for board in waiting:
                self.on_progress(board.key, 0, None)
                reports[board.key] = report = await self.read(board)
                _log(report)
                self.on_progress(board.key, report.n_read, report.n_read)

        workers = [asyncio.create_task(work()) for _ in range(BOARDS_AT_ONCE)]
        try:
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
        self.note_hosts(ended=True)
        after, seconds = self.client.counts, time.perf_counter() - self.started
        report = RunReport(
            run_id=self.run_id,
            boards=tuple(reports[board.key] for board in boards),
            requests=after.requests - before.requests,
            saved=after.saved - before.saved,
            refused=after.refused - before.refused,
            bytes_received=after.bytes_received - before.bytes_received,
            seconds=seconds,
        )
        self.store.finish_run(
            self.run_id,
            self.now + timedelta(seconds=seconds),
            seconds=seconds,
            requests=report.requests,
            saved=report.saved,
            refused=report.refused,
            bytes_received=report.bytes_received,
        )
        return report

    async def read(self, board: Board) -> BoardReport:
        try:
            async with self.writing:
                known = await asyncio.to_thread(self.known, board)
            documents = await sources.fetch(board, self.client, known)
        except StoreError:
            raise  # no other board could be saved either
        except WaitingError as waiting:
            async with self.writing:
                return await asyncio.to_thread(self.wait, board, str(waiting))
        except Exception as error:
            gone = isinstance(error, FetchError) and error.status in GONE
            async with self.writing:
                return await asyncio.to_thread(self.fail, board, _problem(error), page_gone=gone)
        async with self.writing:
            return await asyncio.to_thread(self.keep, board, documents)

    def known(self, board: Board) -> dict[str, str]:
        """Return the stored bodies of a board whose ads have their text in a document each."""
        if not hasattr(sources.find_source(board.source), "details"):
            return {}
        return self.store.bodies(board)

    def keep(self, board: Board, documents: Sequence[Document]) -> BoardReport:
        """Read what a board answered and save it; runs in a thread beside the network."""
        try:
            return self.save(board, documents)
        except StoreError:
            raise
        except Exception as error:
            return self.fail(board, _problem(error))

    def save(self, board: Board, documents: Sequence[Document]) -> BoardReport:
        digest = _digest(self.reader, documents)
        state = self.store.board_state(board)
        if digest == state.digest and not self.again:
            counts = self.store.save_same(self.run_id, board, self.now)
            return _report(board, counts, tuple(self.still_skipped(board)))
        read = sources.split(board, documents)
        empty = not read.payloads and not read.skipped
        # A search may well find nothing; its ads stay open all the same.
        if empty and read.whole and state.n_listed and not self.believe_empty:
            return self.fail(
                board,
                f"{board.key}: no ads, where there were {state.n_listed}; nothing was closed. "
                "If it is true, run `pmjobs ingest --believe-empty`",
            )
        answer = self.answer(read, digest)
        counts = self.store.save_answer(self.run_id, answer)
        return _report(board, counts, tuple(answer.skipped))

    def answer(self, read: BoardRead, digest: str) -> Answer:
        """Parse the ads that are new or changed; those that cannot be read are skipped."""
        board, skipped = read.board, list(read.skipped)
        distinct = _distinct(read.payloads, skipped)
        known = (
            {}
            if self.again
            else self.store.known_bodies(board.source, distinct, reader=self.reader)
        )
        ads: list[tuple[Payload, Posting]] = []
        unchanged: list[str] = []
        for number, payload in enumerate(distinct.values()):
            if number % ADS_A_TICK == 0:
                self.on_progress(board.key, number, len(distinct) + len(skipped) + 1)
            stored = known.get(payload.source_id)
            if stored is not None and stored == sha256_of(payload.body):
                unchanged.append(payload.source_id)
                continue
            try:
                ads.append((payload, sources.parse(payload)))
            except ParseError as error:
                skipped.append(Skipped(payload.source_id, error.field, error.problem))
            except Exception as error:  # a bug of ours; it costs one ad as well
                skipped.append(Skipped(payload.source_id, "ad", f"unreadable: {_words(error)}"))
                digest = ""  # it is tried again though the board may stay the same
                logger.debug("%s: %s", board.key, payload.source_id, exc_info=True)
        return Answer(
            board=board,
            read_at=self.now,
            digest=digest,
            reader=self.reader,
            ads=ads,
            unchanged=unchanged,
            skipped=skipped,
            whole=read.whole,
        )

    def fail(self, board: Board, problem: str, *, page_gone: bool = False) -> BoardReport:
        self.note_hosts()
        counts = self.store.save_failure(self.run_id, board, self.now, problem, page_gone=page_gone)
        return _report(board, counts, failure=problem)

    def wait(self, board: Board, reason: str) -> BoardReport:
        self.store.save_waiting(board, reason)
        return BoardReport(board=board, waiting=reason)

    def mind_hosts(self) -> None:
        """Have the client leave alone the hosts that asked for it in earlier runs."""
        waiting = {
            host.name: f"{host.reason}; left alone until {host.retry_at:%Y-%m-%d %H:%M} UTC"
            for host in self.store.hosts()
            if host.waits(self.now)
        }
        if waiting:
            self.client.leave_alone(waiting)

    def note_hosts(self, *, ended: bool = False) -> None:
        """Remember the hosts that asked in this run to be left alone.

        At its end those are forgotten that had asked for it before and answered now.
        """
        hosts = self.client.counts.hosts
        at = self.now + timedelta(seconds=time.perf_counter() - self.started)
        for name, counts in hosts.items():
            if counts.wait and name not in self.noted:
                self.noted.add(name)
                asked = counts.wait.seconds  # 0 from a host that still refuses says nothing
                wait = timedelta(seconds=asked) if asked else None
                self.store.leave_alone(name, at, str(counts.wait), wait=wait)
        if ended:
            known = (host.name for host in self.store.hosts())
            well = [name for name in known if name in hosts and hosts[name].requests]
            self.store.forget_hosts(name for name in well if not hosts[name].wait)

    def still_skipped(self, board: Board) -> Iterator[Skipped]:
        for ad in self.store.skipped(board.key):
            yield Skipped(ad.source_id, ad.field, ad.problem)


def _silent(_board: str, _done: int, _total: int | None) -> None:
    pass


def _in_turn(boards: Iterable[Board]) -> Iterator[Board]:
    """Yield boards of different hosts in turn, so that no slow host holds up the others."""
    by_host: dict[tuple[str, str | None], list[Board]] = {}
    for board in boards:
        by_host.setdefault((board.source, board.base_url), []).append(board)
    rounds = zip_longest(*by_host.values())
    return (board for board in chain.from_iterable(rounds) if board is not None)


def _distinct(payloads: Iterable[Payload], skipped: list[Skipped]) -> dict[str, Payload]:
    """Return source id → payload; other ads under an id already taken join `skipped`."""
    distinct: dict[str, Payload] = {}
    for payload in payloads:
        if plain(payload.source_id) != payload.source_id:
            skipped.append(Skipped(plain(payload.source_id), "source_id", "not plain text"))
            continue
        first = distinct.setdefault(payload.source_id, payload)
        if first.body != payload.body:
            problem = "stands twice in the answer with different ads; the first was kept"
            skipped.append(Skipped(payload.source_id, "source_id", problem))
    return distinct


def _digest(reader: str, documents: Iterable[Document]) -> str:
    """Return one hash of the documents and of who reads them."""
    digest = hashlib.sha256(reader.encode())
    for document in documents:
        digest.update(hashlib.sha256(document.body).digest())
    return digest.hexdigest()


def _problem(error: Exception) -> str:
    if isinstance(error, PmjobsError):
        return str(error)
    logger.debug("unforeseen", exc_info=error)
    return f"unforeseen {_words(error)}; the other boards are not affected, tell the developers"


def _words(error: Exception) -> str:
    words = f"{type(error).__name__}: {error}"
    return words if len(words) <= LONGEST_PROBLEM else f"{words[:LONGEST_PROBLEM]}..."


def _report(
    board: Board, counts: Counts, skipped: tuple[Skipped, ...] = (), failure: str | None = None
) -> BoardReport:
    return BoardReport(
        board=board,
        new=counts.new,
        changed=counts.changed,
        unchanged=counts.unchanged,
        closed=counts.closed,
        reopened=counts.reopened,
        skipped=skipped,
        failure=failure,
    )


def _log(report: BoardReport) -> None:
    if report.failure:
        logger.warning("%s failed: %s", report.board.key, report.failure)
    elif report.waiting:
        logger.info("%s waits: %s", report.board.key, report.waiting)
    else:
        logger.info(
            "%s new=%d changed=%d unchanged=%d closed=%d reopened=%d skipped=%d",
            report.board.key,
            report.new,
            report.changed,
            report.unchanged,
            report.closed,
            report.reopened,
            len(report.skipped),
        )
