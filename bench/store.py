"""How fast recorded boards are split, read and saved, without the network.

Two loads of ../shared/payloads: 997 Greenhouse boards without descriptions, and a few boards with
full text under other names until there are 20,000 postings. Each is run twice, the second time
over unchanged answers. Rates are CPU time of this process, one core; memory is its peak.

    python bench/store.py [FRACTION]     0.1 takes a tenth of each load
"""

import asyncio
import json
import logging
import resource
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from pmjobs.ingest import ingest
from pmjobs.net import Counts
from pmjobs.posting import Board, Document
from pmjobs.store import Store

PAYLOADS = Path(__file__).parent.parent.parent / "shared" / "payloads"
BOARDS = "01_greenhouse/boards_list_all.tar.gz"
TEXTS = (
    "01_greenhouse/Aramente+eu-tech-jobs__tests__extractors__fixtures__greenhouse_wayve.json",
    "01_greenhouse/canonical.com_vcr/TestRoutes.test_invalid_careers_department.0.12ebc582.body.json",
    "01_greenhouse/jiayuliang1314+tech-jobs-hub__data_full__twilio.json",
    "02_lever/Aramente+eu-tech-jobs__tests__extractors__fixtures__lever_mistral.json",
)
NOW = datetime(2026, 3, 2, tzinfo=UTC)


class Recorded:
    """A client that answers from files: `<name>` is the board's name in the address."""

    counts = Counts()

    def __init__(self, files: dict[str, Path]) -> None:
        self.files = files

    async def get(self, url: str, **_: object) -> Document:
        """Return the recorded answer."""
        name = urlsplit(url).path.removesuffix("/jobs").rsplit("/", 1)[-1]
        return Document(url, self.files[name].read_bytes(), NOW, "application/json")


def without_text(folder: Path) -> Iterator[tuple[Board, Path]]:
    """Yield the boards of the archive, unpacked into `folder`."""
    with tarfile.open(PAYLOADS / BOARDS) as archive:
        archive.extractall(folder, filter="data")
    for file in sorted(folder.rglob("[!_]*.json")):  # _stats.json is no board
        yield Board("greenhouse", file.stem), file


def with_text(n_postings: int) -> Iterator[tuple[Board, Path]]:
    """Yield boards with full text until they hold `n_postings`; the same few, renamed."""
    sizes = {}
    for name in TEXTS:
        file = PAYLOADS / name
        ads = json.loads(file.read_bytes())
        sizes[file] = len(ads["jobs"] if isinstance(ads, dict) else ads)
    total = number = 0
    while total < n_postings:
        for file, size in sizes.items():
            source = "lever" if "lever" in file.name else "greenhouse"
            yield Board(source, f"again{number}"), file
            total += size
            number += 1


def measure(what: str, boards: dict[Board, Path], folder: Path) -> None:
    """Ingest `boards` twice into a fresh store and print both runs."""
    client = Recorded({board.board: file for board, file in boards.items()})
    db = folder / "bench.db"
    print(
        f"\n{what}: {len(boards)} boards, {sum(f.stat().st_size for f in boards.values()):,} bytes"
    )
    for run in range(2):
        with Store.open(db) as store:
            cpu, wall = time.process_time(), time.perf_counter()
            report = asyncio.run(
                ingest(tuple(boards), client, store, now=NOW + timedelta(days=run))  # type: ignore[arg-type]
            )
            cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        totals = report.totals
        n = max(1, totals.new + totals.changed + totals.unchanged)
        print(
            f"  {('first', 'second')[run]} run: {n:,} postings, {totals.new:,} new,"
            f" {totals.skipped} skipped, {len(report.failed)} boards failed;"
            f" {n / cpu:,.0f} a second and core ({cpu / n * 1000:.3f} ms each), {wall:.1f} s;"
            f" peak memory {peak_mb():.0f} MB, store {db.stat().st_size / 1e6:.0f} MB"
        )
        for board in report.failed[:3]:
            print(f"    {board.failure}")
    db.unlink()


def peak_mb() -> float:
    """Return the largest resident size of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def main() -> int:
    """Run both loads."""
    if not PAYLOADS.exists():
        print("recorded answers are not here: ../shared/payloads; nothing to do")
        return 0
    logging.disable(logging.WARNING)
    fraction = float(sys.argv[1]) if sys.argv[1:] else 1.0
    print(f"before any board: peak memory {peak_mb():.0f} MB")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        every = dict(without_text(folder / "boards"))
        some = dict(list(every.items())[: int(len(every) * fraction)])
        measure("boards without text", some, folder)
        measure("boards with text", dict(with_text(int(20_000 * fraction))), folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
