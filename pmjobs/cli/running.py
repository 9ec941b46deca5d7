"""One run of ingest with a progress bar a board."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.progress import Progress, TaskID

from pmjobs import places
from pmjobs.cli.progress import made
from pmjobs.ingest import RunReport, ingest
from pmjobs.net import Client
from pmjobs.posting import Board
from pmjobs.settings import Network
from pmjobs.store import Store


def run_ingest(
    boards: Sequence[Board],
    network: Network,
    db: str,
    *,
    again: bool = False,
    believe_empty: bool = False,
    cache: Path | None = None,
) -> RunReport:
    """Read the boards into the store at `db`; answers of hosts are remembered in `cache`.

    `again` and `believe_empty` are those of `pmjobs.ingest.ingest`.

    Raises BusyError if another run is at work on this store.
    """
    cache = cache or places.http_cache()
    cache.parent.mkdir(parents=True, exist_ok=True)
    with Store.open(db) as store, made() as progress:
        bars = Bars(progress, len(boards))

        async def run() -> RunReport:
            async with Client(network, cache=cache) as client:
                return await ingest(
                    boards,
                    client,
                    store,
                    now=datetime.now(UTC),
                    on_progress=bars.advance,
                    again=again,
                    believe_empty=believe_empty,
                )

        return asyncio.run(run())


class Bars:
    """A bar for the run and one for each board that is being read."""

    def __init__(self, progress: Progress, n_boards: int) -> None:
        self._progress = progress
        self._all = progress.add_task("boards", total=n_boards)
        self._bars: dict[str, TaskID] = {}

    def advance(self, board: str, done: int, total: int | None) -> None:
        """Move a board's bar; a board is done when `done` reaches `total`."""
        if board not in self._bars:
            self._bars[board] = self._progress.add_task(board, total=total)
        self._progress.update(self._bars[board], completed=done, total=total)
        if total is not None and done >= total:
            self._progress.remove_task(self._bars.pop(board))
            self._progress.advance(self._all)
