"""How a fault is suffered: two hosts on loopback, one bad, one good, and a run of ingest.

The table of faults is bench/faults.py. No packet goes anywhere but to loopback: names are resolved
by a stand-in, and a stand-in for the network notes where every connection was to go.
"""

import asyncio
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import httpcore
from sqlalchemy import event

from pmjobs.errors import StoreError
from pmjobs.ingest import BoardReport, RunReport, ingest
from pmjobs.net import Client, GuardedBackend, Limits
from pmjobs.posting import Board
from pmjobs.settings import Network
from pmjobs.store import Store
from tests.loopback import Answer, Route, serving

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
FAST = Network(requests_per_second=2000, allow_loopback=True)
PATIENT = Limits(retries=1, backoff_s=0.001, retry_after_s=0.5)
SHORT = replace(PATIENT, silence_s=0.3, deadline_s=0.7, retries=0)
HERE = [ip_network("127.0.0.1/32")]  # 127.0.0.2 stands for what is forbidden

GOOD_ADS = {
    f"Project Manager {n}": f"You run work {n}: its plan, its risks and its people."
    for n in (1, 2, 3)
}


def ads(*more: dict[str, Any], texts: Mapping[str, str] = GOOD_ADS) -> dict[str, Any]:
    """A board of these ads and `more`, as Greenhouse writes it."""
    own = [
        {"id": n, "title": title, "content": f"<p>{text}</p>"}
        for n, (title, text) in enumerate(texts.items(), 1)
    ]
    return {"jobs": [*own, *more]}


GOOD = Answer(json=ads())
PATH = "/v1/boards/{}/jobs"


@dataclass(frozen=True)
class Outcome:
    """What came of one fault."""

    told: str  # what became of the bad board; the server's address is written HOST
    others: str  # "all 3 read and stored", or what is wrong with the good board
    connected: frozenset[str]  # the addresses that connections were opened to
    seconds: float


UNHARMED = "all 3 read and stored"
Suffer = Callable[[Path], Awaitable[Outcome]]  # in an empty folder


class Wires(httpcore.AsyncNetworkBackend):
    """Opens connections to loopback and to nothing else; notes where they were to go."""

    def __init__(self) -> None:
        self.asked: set[str] = set()
        self._real = httpcore.AnyIOBackend()

    async def connect_tcp(
        self, host: str, port: int, *more: Any, **named: Any
    ) -> httpcore.AsyncNetworkStream:
        """Connect, unless that would leave this machine."""
        self.asked.add(host)
        if not host.startswith("127."):
            raise httpcore.ConnectError("a packet would have left this machine")
        return await self._real.connect_tcp(host, port, *more, **named)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


def guard(wires: Wires, names: Mapping[str, Sequence[str]]) -> GuardedBackend:
    """The real guard over a stand-in for the network and for its names."""

    async def resolve(host: str, _port: int) -> list[str]:
        return list(names.get(host, [host.strip("[]")]))

    return GuardedBackend(allow=HERE, resolve=resolve, connect=wires)


@contextmanager
def two_hosts(bad: Mapping[str, Route]) -> Iterator[tuple[str, str]]:
    """Serve the bad host and the good one; yields their addresses."""
    with serving(bad) as one, serving({PATH.format("good"): GOOD}) as other:
        yield one.url, other.url


async def run(
    boards: Sequence[Board],
    store: Store,
    *,
    limits: Limits = PATIENT,
    now: datetime = NOW,
    wires: Wires | None = None,
    names: Mapping[str, Sequence[str]] | None = None,
) -> RunReport:
    """One run of ingest over these boards."""
    way = guard(wires or Wires(), names or {})
    async with Client(FAST, limits=limits, guard=way) as client:
        return await ingest(boards, client, store, now=now)


def harm(store: Store) -> str:
    """What is wrong with the stored ads of the good board."""
    stored = {
        one.posting.title: one.posting.description
        for one in store.postings()
        if one.posting.source_id.startswith("good/")
    }
    return UNHARMED if stored == GOOD_ADS else f"{len(stored)} of 3 stored, or not whole"


def told(report: BoardReport, store: Store) -> str:
    """What became of the bad board, in a line."""
    if report.waiting:
        words = f"waits: {report.waiting}"
    elif report.failure:
        words = f"failed: {report.failure}"
    else:
        words = f"{report.new} new" + "".join(f"; {s.field}: {s.problem}" for s in report.skipped)
    for host in store.hosts():
        words += f"; left alone for {(host.retry_at - host.failed_at).total_seconds():.0f} s"
    return re.sub(r"127\.0\.0\.[12]:\d+", "HOST", words)


def answering(
    answer: Route,
    *,
    limits: Limits = PATIENT,
    source: str = "greenhouse",
    path: str = PATH.format("bad"),
    robots: Answer | None = None,
    other: Mapping[str, Route] | None = None,
    names: Mapping[str, Sequence[str]] | None = None,
    base_url: str | None = None,
    unseen: Sequence[str] = (),
    seen: Sequence[str] = (),
) -> Suffer:
    """A bad board that gives this answer. `unseen` and `seen` are words of its stored texts."""
    routes: dict[str, Route] = {path: answer, **(other or {})}
    if robots is not None:
        routes["/robots.txt"] = robots

    async def suffer(folder: Path) -> Outcome:
        wires = Wires()
        started = time.perf_counter()
        with two_hosts(routes) as (bad, good), Store.open(folder / "a.db") as store:
            at = base_url or bad
            board = Board(source, at + path, None) if source == "feed" else Board(source, "bad", at)
            boards = [board, Board("greenhouse", "good", good)]
            report = await run(boards, store, limits=limits, wires=wires, names=names)
            words = told(report.boards[0], store)
            texts = "\n".join(
                f"{one.posting.title}\n{one.posting.description}"
                for one in store.postings()
                if not one.posting.source_id.startswith("good/")
            )
            words += "".join(f"; {word!r} was read" for word in unseen if word in texts)
            words += "".join(f"; {word!r} is missing" for word in seen if word not in texts)
            whole = harm(store) if report.boards[1].new == 3 else told(report.boards[1], store)
        return Outcome(words, whole, frozenset(wires.asked), time.perf_counter() - started)

    return suffer


def inside(answer: Callable[[str], dict[str, Any]]) -> Suffer:
    """A bad board that leads to 127.0.0.2, which listens and must not be asked.

    `answer` gets its address and returns what `answering` takes.
    """

    async def suffer(folder: Path) -> Outcome:
        with serving({"/secret": Answer(json=ads())}, address="127.0.0.2") as secret:
            outcome = await answering(**answer(secret.url))(folder)
            if secret.asked:
                return replace(outcome, told=f"{outcome.told}; and the forbidden host was asked")
            return outcome

    return suffer


# Clocks and disks.


def by_clocks(*, first: timedelta, second: timedelta) -> Suffer:
    """Two runs, with our own clock wrong by so much; the board shows one more ad in the second."""

    async def suffer(folder: Path) -> Outcome:
        started = time.perf_counter()
        turns = [GOOD, Answer(json=ads({"id": 9, "title": "Planner", "content": "<p>Plan.</p>"}))]
        with (
            two_hosts({PATH.format("bad"): turns}) as (bad, good),
            Store.open(folder / "a.db") as store,
        ):
            boards = [Board("greenhouse", "bad", bad), Board("greenhouse", "good", good)]
            for ahead in (first, second):
                report = await run(boards, store, now=NOW + ahead)
            words = told(report.boards[0], store)
            third = await run(boards, store, now=NOW + timedelta(hours=2))
            n = sum(1 for one in store.postings() if one.posting.source_id.startswith("bad/"))
            words += f"; {n} open after the next run"
            whole = harm(store) if not third.failed else "failed"
        return Outcome(words, whole, frozenset(), time.perf_counter() - started)

    return suffer


async def disk_full(folder: Path) -> Outcome:
    """A store that may grow no further, then may again."""

    def page_limit(connection: Any, *_: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    with Store.open(folder / "a.db") as store:
        event.listen(store._engine, "checkout", page_limit)
        pages = 2**30
        big = {str(n): "Plan the work. " * 2000 for n in range(40)}

        async def once() -> str:
            nonlocal pages
            with store._engine.connect() as db:
                pages = db.exec_driver_sql("PRAGMA page_count").scalar_one()
            try:
                await run(boards, store)
            except StoreError as error:
                return str(error).replace(str(folder), "FOLDER")
            finally:
                pages = 2**30
            return "nothing said"

        with two_hosts({PATH.format("bad"): Answer(json=ads(texts=big))}) as (bad, good):
            boards = [Board("greenhouse", "good", good)]
            return await _interrupted(store, boards, Board("greenhouse", "bad", bad), once)


async def locked(folder: Path) -> Outcome:
    """A store that another program is writing to for longer than we wait."""
    with Store.open(folder / "a.db", busy_timeout_s=0.2) as store:

        async def once() -> str:
            other = sqlite3.connect(folder / "a.db", isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            try:
                await run(boards, store)
            except StoreError as error:
                return str(error).replace(str(folder), "FOLDER")
            finally:
                other.execute("ROLLBACK")
                other.close()
            return "nothing said"

        with two_hosts({PATH.format("bad"): GOOD}) as (bad, good):
            boards = [Board("greenhouse", "good", good)]
            return await _interrupted(store, boards, Board("greenhouse", "bad", bad), once)


async def _interrupted(
    store: Store, boards: list[Board], bad: Board, once: Callable[[], Awaitable[str]]
) -> Outcome:
    """Read the good board, then both while the store has trouble, then both again."""
    started = time.perf_counter()
    await run(boards, store)
    boards.append(bad)
    words = await once()
    whole = harm(store)
    report = await run(boards, store, now=NOW + timedelta(days=1))
    words += f"; the next run: {told(report.boards[1], store)}"
    if whole == UNHARMED:
        whole = harm(store)
    problems = store.problems()
    return Outcome(
        words + "".join(f"; {problem}" for problem in problems),
        whole,
        frozenset(),
        time.perf_counter() - started,
    )


async def locked_briefly(folder: Path) -> Outcome:
    """A store that another program is writing to for a moment."""
    started = time.perf_counter()
    with (
        Store.open(folder / "a.db", busy_timeout_s=20) as store,
        two_hosts({PATH.format("bad"): GOOD}) as (bad, good),
    ):
        other = sqlite3.connect(folder / "a.db", isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.3, other.rollback)
        release.start()
        boards = [Board("greenhouse", "bad", bad), Board("greenhouse", "good", good)]
        report = await run(boards, store)
        release.join()
        other.close()
        words, whole = told(report.boards[0], store), harm(store)
    return Outcome(words, whole, frozenset(), time.perf_counter() - started)


# A run whose every file may only hold so many bytes, as the kernel sees to it.
CHILD = """
import asyncio, logging, resource, sys
from datetime import UTC, datetime
from pathlib import Path
from pmjobs.errors import StoreError
from pmjobs.ingest import ingest
from pmjobs.net import Client
from pmjobs.posting import Board
from pmjobs.settings import Network
from pmjobs.store import Store

logging.disable()
store, cache, most, *urls = sys.argv[1:]
boards = [Board("greenhouse", name, url) for name, url in zip(("good", "bad"), urls)]
resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))

async def run(opened):
    network = Network(requests_per_second=2000, allow_loopback=True)
    async with Client(network, cache=Path(cache)) as client:
        return await ingest(boards, client, opened, now=datetime(2026, 3, 2, 9, tzinfo=UTC))

try:
    with Store.open(store) as opened:
        report = asyncio.run(run(opened))
        print(*(f"{b.board.board}: {b.failure or b.new}" for b in report.boards), sep=", ")
        print(len([one for one in opened.postings() if one.posting.description]))
except StoreError as error:
    print(str(error).replace(store, "STORE"))
"""


def files_of(most: int, *, store: str | None) -> Suffer:
    """A process whose files may not grow beyond `most` bytes; `store` None is one in memory."""

    async def suffer(folder: Path) -> Outcome:
        started = time.perf_counter()
        big = {str(n): "Plan the work. " * 2000 for n in range(40)}
        with two_hosts({PATH.format("bad"): Answer(json=ads(texts=big))}) as (bad, good):
            path = str(folder / store) if store else "sqlite://"
            boards = [Board("greenhouse", "good", good), Board("greenhouse", "bad", bad)]
            if store:
                with Store.open(path) as opened:
                    await run(boards[:1], opened)
            command = [sys.executable, "-c", CHILD, path, str(folder / "http.db"), str(most)]
            child = await asyncio.to_thread(
                subprocess.run,
                [*command, good, bad],
                capture_output=True,
                text=True,
                cwd=ROOT,
                check=True,
            )
            lines = child.stdout.splitlines()
            if store is None:
                whole = UNHARMED if lines[1:] == ["43"] else f"{lines[1:]} stored"
                return Outcome(lines[0], whole, frozenset(), time.perf_counter() - started)
            with Store.open(path) as opened:
                whole = harm(opened)
                report = await run(boards, opened, now=NOW + timedelta(days=1))
                words = f"{lines[0]}; the next run: {told(report.boards[1], opened)}"
                words += "".join(f"; {problem}" for problem in opened.problems())
                if whole == UNHARMED:
                    whole = harm(opened)
        return Outcome(words, whole, frozenset(), time.perf_counter() - started)

    return suffer
