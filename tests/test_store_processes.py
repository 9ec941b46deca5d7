"""Several processes and one store: nothing is doubled, nothing is lost."""

import subprocess
import sys
from datetime import UTC, datetime

from sqlalchemy import text

from pmjobs.store import Store

# Saves 8 boards of 40 ads in each of 3 hours; every board shares 10 ads with the next.
CHILD = """
import sys
from datetime import UTC, datetime, timedelta
from pmjobs.posting import Board, Payload, Posting
from pmjobs.store import Answer, Store

def ad(number, hour, now):
    posting = Posting(source="s", source_id=f"ad/{number}", title=f"PM, hour {hour}")
    return Payload("s", posting.source_id, None, now, repr(posting)), posting

with Store.open(sys.argv[1]) as store:
    print("open", flush=True)
    sys.stdin.readline()
    totals = [0, 0, 0]
    for hour in range(3):
        now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour)
        run = store.start_run(now)
        for board in range(8):
            counts = store.save_answer(run, Answer(
                board=Board("s", f"b{board}"), read_at=now, digest=str(hour), reader="1",
                ads=[ad(30 * board + number, hour, now) for number in range(40)]))
            totals[0] += counts.new
            totals[1] += counts.changed
            totals[2] += counts.unchanged
        store.finish_run(run, now, seconds=0, requests=8, saved=0, refused=0, bytes_received=0)
print(*totals)
"""


def test_two_runs_at_once_neither_double_nor_lose_anything(store_url):
    Store.open(store_url).close()
    children = [
        subprocess.Popen(
            [sys.executable, "-c", CHILD, store_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for child in children:
        assert child.stdout.readline() == "open\n"
    for child in children:
        child.stdin.write("go\n")
        child.stdin.flush()
    told = [[int(n) for n in child.communicate(timeout=60)[0].split()] for child in children]
    assert [child.returncode for child in children] == [0, 0]

    n_postings = 30 * 8 + 10
    assert sum(new for new, _, _ in told) == n_postings, "an ad is new once"
    with Store.open(store_url) as store, store._engine.connect() as db:
        stored = list(store.postings())
        asked = (
            "SELECT p.source_id, count(*) FROM posting_version v"
            " JOIN posting p ON p.id = v.posting_id GROUP BY p.source_id"
        )
        each = {int(ad.removeprefix("ad/")): n for ad, n in db.execute(text(asked))}
        sightings = db.scalar(text("SELECT count(*) FROM sighting WHERE gone_at IS NULL"))
        payloads = db.scalar(text("SELECT count(*) FROM payload"))
        runs = [run for run in store.runs() if run.finished_at]
    assert len(stored) == payloads == n_postings
    assert {s.posting.title for s in stored} == {"PM, hour 2"}
    assert {s.last_seen for s in stored} == {datetime(2026, 1, 1, 2, tzinfo=UTC)}
    assert sightings == 8 * 40
    assert sum(changed for _, changed, _ in told) == sum(each.values())
    # Ads on one board alone: two new titles are two versions, whoever wrote them first.
    assert [n for number, n in each.items() if number % 30 >= 10] == [2] * 20 * 8
    assert len(runs) == 6


def test_two_processes_may_make_the_store_at_once(store_url):
    program = "import sys; from pmjobs.store import Store; Store.open(sys.argv[1]).close()"
    children = [subprocess.Popen([sys.executable, "-c", program, store_url]) for _ in range(3)]
    assert [child.wait(timeout=60) for child in children] == [0, 0, 0]
    with Store.open(store_url) as store:
        assert list(store.runs()) == []
