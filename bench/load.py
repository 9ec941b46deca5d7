"""How long real runs of ingest over HTTP take, and what they cost, with a thousand boards.

    python bench/load.py [FRACTION]     0.1 takes a tenth of each load

Recorded boards of ../shared/payloads are served on loopback by pmjobs.board_server, in a process of
its own so that its work and memory are not counted, and read by the real client, its cache of
answers included; only the pace a host is asked at is lifted. Two loads: 997 Greenhouse boards
without descriptions, and a few boards with full text under other names until there are 20,000
postings. Each is run twice, the second time over unchanged answers, every run in a process of its
own whose peak memory is told.
"""

import asyncio
import logging
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from store import NOW, PAYLOADS, peak_mb, with_text, without_text

from pmjobs.board_server import PATHS, serving
from pmjobs.ingest import ingest
from pmjobs.net import Client, Limits
from pmjobs.posting import Board
from pmjobs.settings import Network
from pmjobs.store import Store

FAST = Network(requests_per_second=1_000_000, allow_loopback=True)
LIMITS = Limits(requests_a_host=1_000_000)
SPAWN = multiprocessing.get_context("spawn")


def serve(files: Mapping[str, Path], pipe: Connection) -> None:
    """Serve until the pipe is closed; the process that does nothing else."""
    bodies: dict[Path, bytes] = {}
    routes = {path: bodies.setdefault(file, file.read_bytes()) for path, file in files.items()}
    with serving(routes) as url:
        pipe.send(url)
        pipe.recv()


@contextmanager
def served(boards: Mapping[Board, Path]) -> Iterator[list[Board]]:
    """Serve these boards from another process; yields them as they are reached."""
    files = {PATHS[b.source].format(board=b.board): file for b, file in boards.items()}
    ours, theirs = SPAWN.Pipe()
    server = SPAWN.Process(target=serve, args=(files, theirs))
    server.start()
    url = ours.recv()
    try:
        yield [Board(board.source, board.board, url) for board in boards]
    finally:
        ours.send(None)
        server.join()


def one_run(boards: list[Board], folder: Path, number: int, pipe: Connection) -> None:
    """Run ingest once and send what it took; in a process of its own."""
    logging.disable()
    before = peak_mb()

    async def run(store: Store) -> dict[str, object]:
        cpu, wall = time.process_time(), time.perf_counter()
        async with Client(FAST, cache=folder / "http.db", limits=LIMITS) as client:
            report = await ingest(boards, client, store, now=NOW + timedelta(days=number))
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        totals = report.totals
        return {
            "cpu": cpu,
            "wall": wall,
            "n": totals.new + totals.changed + totals.unchanged,
            "new": totals.new,
            "skipped": totals.skipped,
            "failed": [board.failure for board in report.failed],
            "requests": report.requests,
            "saved": report.saved,
            "bytes": report.bytes_received,
        }

    with Store.open(folder / "bench.db") as store:
        told = asyncio.run(run(store))
    pipe.send({**told, "before": before, "peak": peak_mb()})


def measure(what: str, boards: Mapping[Board, Path], folder: Path) -> None:
    """Run ingest twice over these boards and print both runs."""
    folder.mkdir()
    sent = sum(file.stat().st_size for file in boards.values())
    print(f"\n{what}: {len(boards):,} boards, {sent:,} bytes")
    with served(boards) as reached:
        for number, name in enumerate(("first", "second")):
            ours, theirs = SPAWN.Pipe()
            child = SPAWN.Process(target=one_run, args=(reached, folder, number, theirs))
            child.start()
            told = ours.recv()
            child.join()
            n = max(1, told["n"])
            print(
                f"  {name} run: {n:,} postings, {told['new']:,} new, {told['skipped']} skipped,"
                f" {len(told['failed'])} boards failed\n"
                f"    {told['wall']:.1f} s wall, {told['cpu']:.1f} s CPU: {n / told['cpu']:,.0f}"
                f" postings a second and core, {told['cpu'] / n * 1000:.3f} ms of CPU each\n"
                f"    {told['requests']:,} requests, {told['saved']:,} answered by a 304 or not"
                f" needed, {told['bytes']:,} bytes of bodies received\n"
                f"    peak memory {told['peak']:.0f} MB ({told['before']:.0f} MB before),"
                f" store {size_mb(folder / 'bench.db')}, cache {size_mb(folder / 'http.db')}",
                flush=True,
            )
            for failure in told["failed"][:3]:
                print(f"    {failure}")


def size_mb(file: Path) -> str:
    """The size of a file, in words."""
    return f"{file.stat().st_size / 1e6:.0f} MB"


def main() -> int:
    """Run both loads."""
    if not PAYLOADS.exists():
        print("recorded answers are not here: ../shared/payloads; nothing to do")
        return 0
    fraction = float(sys.argv[1]) if sys.argv[1:] else 1.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        every = dict(without_text(folder / "boards"))
        for share in (fraction / 4, fraction):
            some = dict(list(every.items())[: int(len(every) * share)])
            measure("boards without text", some, folder / f"titles{share}")
        texts = dict(with_text(int(20_000 * fraction)))
        measure("boards with text", texts, folder / "texts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
