"""Real processes of `ingest`: killed at any moment, or two at once."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from pmjobs.errors import BusyError, StoreError
from pmjobs.store import Store

# One run over 40 boards of a stand-in source. Day 0: every board has ads 0 to 29. Day 1: each
# third ad is retitled, ads 25 to 29 are missing, 30 to 34 are new. Prints a line when it begins.
CHILD = """
import asyncio, json, sys
from datetime import UTC, datetime, timedelta
from types import ModuleType
from pmjobs import sources
from pmjobs.ingest import ingest
from pmjobs.net import Counts
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting
from pmjobs.store import Store

url, day, wait_s = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)

class Source(ModuleType):
    NAME, OPTIONS = "standin", {}
    async def fetch(self, board, client):
        await asyncio.sleep(wait_s)
        last = 30 if day == 0 else 35
        ads = [[n, f"PM {n}, day {day if n % 3 == 0 else 0}"]
               for n in range(last) if day == 0 or not 25 <= n < 30]
        return [Document("https://example.org", json.dumps([board.board, ads]).encode(), now)]
    def split(self, board, documents):
        name, ads = json.loads(documents[0].body)
        return BoardRead(board, tuple(
            Payload("standin", f"{name}/{n}", None, now, json.dumps([n, title]))
            for n, title in ads))
    def parse(self, payload):
        n, title = json.loads(payload.body)
        return Posting(source="standin", source_id=payload.source_id, title=title,
                       description="Keep the plan. " * 60)

class Client:
    counts = Counts()

sys.modules["pmjobs.sources.standin"] = Source("pmjobs.sources.standin")
sources.SOURCES["standin"] = "a stand-in"
boards = [Board("standin", f"b{number}") for number in range(40)]
with Store.open(url) as store:
    print("begins", flush=True)
    report = asyncio.run(ingest(boards, Client(), store, now=now))
    assert not report.failed, report.failed[0].failure
"""


def start(url: str, day: int, *, wait_s: float = 0.0) -> subprocess.Popen:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, url, str(day), str(wait_s)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout.readline() == "begins\n"
    return child


def finish(url: str, day: int) -> None:
    with start(url, day) as child:
        assert child.wait(timeout=60) == 0


def contents(url: str) -> dict[str, list[tuple]]:
    """All that the store says of ads, without ids and runs, which count what was tried."""
    asked = {
        "ads": "SELECT source_id, title, content, first_seen, closed_at FROM posting",
        "payloads": "SELECT source_id, sha256 FROM payload JOIN posting ON id = posting_id",
        "sightings": "SELECT key, source_id, last_seen, misses, gone_at FROM sighting"
        " JOIN posting ON posting.id = posting_id JOIN board ON board.id = board_id",
        "versions": "SELECT source_id, replaced_at, changed, v.title FROM posting_version v"
        " JOIN posting p ON p.id = v.posting_id",
        "closures": "SELECT source_id, reason FROM closure c JOIN posting p ON p.id = c.posting_id",
        "boards": "SELECT key, digest, last_read_at, failures, failure FROM board",
    }
    with Store.open(url) as store, store._engine.connect() as db:
        return {
            # All times here are midnights; the two systems write the rest of them differently.
            name: sorted(
                tuple(str(value).partition(" 00:00:00")[0] for value in row)
                for row in db.execute(text(sql))
            )
            for name, sql in asked.items()
        }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> dict[int, dict[str, list[tuple]]]:
    """What a store holds after each day if nobody disturbs the runs."""
    url = str(tmp_path_factory.mktemp("undisturbed") / "a.db")
    after = {}
    for day in (0, 1, 2):
        finish(url, day)
        after[day] = contents(url)
    return after


def test_the_undisturbed_runs_did_what_the_killed_ones_should(undisturbed):
    first, second, third = (undisturbed[day] for day in range(3))
    assert len(first["ads"]) == 40 * 30
    assert len(second["ads"]) == 40 * 35
    # Ads 0, 3 .. 24 of each board on the second day; they get day 2 in their title on the third.
    assert len(second["versions"]) == 40 * 9
    assert len(third["closures"]) == 40 * 5


def test_runs_killed_at_any_moment_are_taken_up_without_loss_or_doubles(store_url, undisturbed):
    moments = random.Random(20260302)
    kills = 0
    for day in (0, 1, 2):
        for _ in range(6):
            child = start(store_url, day, wait_s=0.05)  # a run takes a quarter of a second more
            time.sleep(moments.uniform(0.0, 0.5))
            with child:
                kills += child.poll() is None
                child.kill()
        finish(store_url, day)
        assert contents(store_url) == undisturbed[day]
    assert kills >= 6, "the runs were too short to be killed"


def test_a_second_run_leaves_at_once_and_the_lock_ends_with_its_process(store_url):
    with start(store_url, 0, wait_s=60) as child:
        with Store.open(store_url) as store:
            for _ in range(100):  # the child says that it begins just before it takes the lock
                if is_busy(store):
                    break
                time.sleep(0.05)
            with pytest.raises(BusyError, match="another run is at work on this store"):
                store.locked().__enter__()
            assert list(store.postings()) == []  # reading is free
        child.kill()
        child.wait()
    with Store.open(store_url) as store:
        for _ in range(100):  # PostgreSQL notices a moment later that its client is gone
            if not is_busy(store):
                break
            time.sleep(0.05)
        with store.locked():
            pass


def is_busy(store: Store) -> bool:
    try:
        with store.locked(wait_s=0.0):
            return False
    except BusyError:
        return True


def test_the_lock_file_of_a_folder_that_may_not_be_written_is_told(tmp_path):
    with Store.open(tmp_path / "a.db") as store:
        Path(tmp_path / "a.db.lock").mkdir()
        with pytest.raises(StoreError, match="cannot be made"), store.locked():
            pass
