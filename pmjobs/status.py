"""Verb: how ingest has fared lately: freshness, failures in a row, what is due.

`problems` is for monitoring: empty means that nobody need look.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pmjobs.errors import BusyError, StoreError
from pmjobs.posting import Board
from pmjobs.store import Run, Store, StoredBoard, StoredHost

FAILURES = 3  # in a row before a board is a problem; one bad evening is none


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardStatus:
    """How one board of the user's list fares."""

    key: str
    stored: StoredBoard | None  # None: never asked
    age: timedelta | None  # since its last answer with ads; None: there was none yet
    next_due: datetime  # in the past: overdue

    @property
    def failures(self) -> int:
        """Failures in a row, up to the last time."""
        return self.stored.failures if self.stored else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How all of it fares."""

    boards: tuple[BoardStatus, ...]  # of the user's list, in its order
    left: tuple[StoredBoard, ...]  # stored, but no longer on the list: they grow old
    waiting: tuple[StoredHost, ...]  # hosts that asked to be left alone, and are for now
    last_run: Run | None
    running: bool  # another process is at it now
    n_open: int  # ads, all boards together
    problems: tuple[str, ...]  # what somebody should look at, with what to do


def status(store: Store, boards: Sequence[Board], *, now: datetime, every: timedelta) -> Status:
    """Return how the listed boards fare; `every` is how often they should be read."""
    stored = {board.key: board for board in store.boards()}
    listed = tuple(_board(stored.get(board.key), board, now, every) for board in boards)
    keys = {board.key for board in boards}
    last_run = next(store.runs(limit=1), None)
    running = _running(store)
    return Status(
        boards=listed,
        left=tuple(board for key, board in stored.items() if key not in keys),
        waiting=tuple(host for host in store.hosts() if host.waits(now)),
        last_run=last_run,
        running=running,
        n_open=sum(board.n_open for board in stored.values()),
        problems=(
            *_run_problems(last_run, running=running),
            *(problem for board in listed for problem in _problems(board, now, every)),
        ),
    )


def _board(
    stored: StoredBoard | None, board: Board, now: datetime, every: timedelta
) -> BoardStatus:
    read_at = stored.last_read_at if stored else None
    asked_at = stored.last_run_at if stored else None
    return BoardStatus(
        key=board.key,
        stored=stored,
        age=now - read_at if read_at else None,
        next_due=asked_at + every if asked_at else now,
    )


def _running(store: Store) -> bool:
    try:
        with store.locked(wait_s=0.0):
            return False
    except BusyError:
        return True
    except StoreError:
        return False  # where no lock can be made, nobody holds it


def _run_problems(last_run: Run | None, *, running: bool) -> list[str]:
    if last_run is None:
        return ["nothing was ever read; run `pmjobs ingest`"]
    if last_run.finished_at is None and not running:
        began = f"{last_run.started_at:%Y-%m-%d %H:%M} UTC"
        return [f"the run of {began} was cut off; the next takes it up: `pmjobs ingest`"]
    return []


def _problems(board: BoardStatus, now: datetime, every: timedelta) -> list[str]:
    if board.stored is None:
        return [f"{board.key}: never read; run `pmjobs ingest`"]
    why = (board.stored.failure or "").removeprefix(f"{board.key}: ")
    if board.failures >= FAILURES:
        return [f"{board.key}: failed {board.failures} times in a row: {why}"]
    if now - board.next_due > every:
        days = (now - board.next_due + every) / timedelta(days=1)
        hint = why or "see `pmjobs schedule show`"
        return [f"{board.key}: not asked for {days:.1f} days; {hint}"]
    if board.failures and board.age is None:
        return [f"{board.key}: never answered yet: {why}"]
    return []
