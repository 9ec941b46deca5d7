"""The main job from end to end on invented boards, served and read on this machine only."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from pmjobs.board_server import boards_of, recorded, serving
from pmjobs.estimating import estimate_pending
from pmjobs.ingest import RunReport, ingest
from pmjobs.level.artefact import load_model
from pmjobs.net import Client
from pmjobs.places import shipped
from pmjobs.posting import Board
from pmjobs.settings import Network
from pmjobs.store import Store

RATE = 1000.0  # requests a second; the only host is this machine

# Two ads of the sample that the demo explains: a grand title over a coordinator's work, and a
# plain title over a programme. data/sample/README.md says more of them.
FLAGSHIPS = (
    "lever:pepperkiln/0c8a1d52-7b6e-4f0a-9c55-2f1be0a7c301",
    "greenhouse:harrowdalemutual/5210341",
)


def fill(db: Path, boards: Path | None = None, *, rounds: int = 1) -> list[RunReport]:
    """Serve the boards under `boards`, ingest them into `db` over HTTP and level every ad.

    `boards` is laid out as data/sample, which is the default. Returns one report a round; from
    the second round on nothing has changed on the boards.
    """
    folder = boards or shipped("data/sample")
    cache = db.with_suffix(".http")
    with serving(recorded(folder)) as base_url, Store.open(db) as store:
        asked = boards_of(folder, base_url)
        reports = [asyncio.run(_read(asked, store, cache)) for _ in range(rounds)]
        estimate_pending(store, load_model(shipped("models/level")))
    return reports


async def _read(boards: Sequence[Board], store: Store, cache: Path) -> RunReport:
    network = Network(contact="demo@example.org", requests_per_second=RATE, allow_loopback=True)
    async with Client(network, cache=cache) as client:
        return await ingest(boards, client, store, now=datetime.now(UTC))
