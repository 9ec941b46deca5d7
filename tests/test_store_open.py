"""Opening a store: made, brought up to date, or refused with what to do."""

import os
import random
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from pmjobs.errors import StoreError
from pmjobs.store import Store
from pmjobs.store.engine import make_engine
from pmjobs.store.migrate import SCRIPTS, bring_up_to_date
from pmjobs.store.schema import HEAD, in_metadata, metadata


def test_the_migrations_make_the_tables_that_the_code_speaks_of(store_url):
    with Store.open(store_url) as store, store._engine.connect() as db:
        found = MigrationContext.configure(db, opts={"include_name": in_metadata})
        assert compare_metadata(found, metadata) == []


OLDER = [script.revision for script in ScriptDirectory(str(SCRIPTS)).walk_revisions()][1:]

# One ad as each released schema knows it. Columns that came later have to do without.
OLD_DATA = (
    "INSERT INTO board (id, key, source, board, options, failures)"
    " VALUES (1, 's:b', 's', 'b', '[]', 0)",
    "INSERT INTO run (id, started_at) VALUES (1, '2026-01-01 00:00:00.000000')",
    "INSERT INTO posting (id, source, source_id, content, first_seen, title, employer, description)"
    " VALUES (1, 's', 'b/1', 'c', '2026-01-01 00:00:00.000000', 'Planner', 'Acme', 'A plan.')",
    "INSERT INTO sighting (board_id, posting_id, last_seen, misses)"
    " VALUES (1, 1, '2026-01-02 00:00:00.000000', 0)",
)


@pytest.mark.parametrize("version", OLDER)
def test_an_older_store_is_brought_up_to_date_with_all_it_holds(store_url, version):
    engine = make_engine(store_url, busy_timeout_s=1)
    bring_up_to_date(engine, target=version)
    with engine.begin() as db:
        for statement in OLD_DATA:
            db.execute(text(statement))
    engine.dispose()

    with Store.open(store_url) as store:
        [stored] = store.postings()
        assert (stored.posting.title, stored.last_seen.day) == ("Planner", 2)
        assert [found.id for found in store.search("plan acme")] == [1]
        assert [change.kind for change in store.history(1)] == ["new"]


def test_head_is_the_newest_migration():
    assert ScriptDirectory(str(SCRIPTS)).get_current_head() == HEAD


def test_opening_again_changes_nothing(store_url):
    for _ in range(3):
        with Store.open(store_url) as store:
            assert list(store.postings()) == []


def test_an_up_to_date_store_opens_without_alembic(tmp_path):
    Store.open(tmp_path / "a.db").close()
    program = (
        "import sys; from pmjobs.store import Store; Store.open(sys.argv[1]).close();"
        "assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "a.db")], check=True)


def test_a_store_in_memory_lives_as_long_as_it_is_open():
    with Store.open("sqlite://") as store:
        store.start_run(_now())
        assert len(list(store.runs())) == 1
    with Store.open("sqlite://") as store:
        assert list(store.runs()) == []


def test_sqlite_is_set_up_to_survive_a_crash(tmp_path):
    with Store.open(tmp_path / "a.db") as store, store._engine.connect() as db:
        pragmas = {
            name: db.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1}


def test_the_folder_is_made(tmp_path):
    path = tmp_path / "new" / "folder" / "a.db"
    Store.open(path).close()
    assert path.exists()


def test_a_failed_migration_leaves_nothing(tmp_path, monkeypatch):
    def fail(*_args, **_more):
        raise RuntimeError("power cut")

    monkeypatch.setattr("alembic.runtime.migration.HeadMaintainer.update_to_step", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        Store.open(tmp_path / "a.db")
    monkeypatch.undo()
    engine = make_engine(tmp_path / "a.db", busy_timeout_s=1)
    with engine.connect() as db:
        assert inspect(db).get_table_names() == []
    engine.dispose()
    Store.open(tmp_path / "a.db").close()


REFUSED = {
    "a folder": "is a folder; name a file in it",
    "under a file": "cannot be made",
    "text": "not a pmjobs store",
    "another program's": "holds other tables",
    "newer": "written by a newer pmjobs",
    "mysql": "mysql: not supported",
    "no URL": "not a database URL",
}


@pytest.mark.parametrize(("what", "message"), REFUSED.items())
def test_what_is_no_store_is_refused_and_left_alone(tmp_path, what, message):
    path: str | Path = tmp_path / "a.db"
    if what == "a folder":
        path.mkdir()
    elif what == "under a file":
        path.write_text("")
        path = path / "b.db"
    elif what == "text":
        path.write_text("plan, do, check, act\n" * 100)
    elif what == "another program's":
        sqlite3.connect(path).execute("CREATE TABLE tasks (id)").connection.close()
    elif what == "newer":
        Store.open(path).close()
        with sqlite3.connect(path) as db:
            db.execute("UPDATE alembic_version SET version_num = '9999'")
        db.close()
    elif what == "mysql":
        path = "mysql://localhost/pm"
    else:
        path = "://"
    before = path.read_bytes() if what == "text" else None

    with pytest.raises(StoreError, match=message):
        Store.open(path)

    assert before is None or path.read_bytes() == before


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    Store.open(tmp_path / "a.db").close()
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may read anything
    with pytest.raises(StoreError, match="Permission denied; change its permissions"):
        Store.open(tmp_path / "a.db")


def test_a_locked_store_says_so_after_the_wait(tmp_path):
    path = tmp_path / "a.db"
    with Store.open(path, busy_timeout_s=0.1) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"a\.db: another program is writing to it; wait"):
            store.start_run(_now())
        assert list(store.runs()) == []  # reading goes on meanwhile
        other.execute("ROLLBACK")
        other.close()
        assert store.start_run(_now()) == 1


def test_a_full_disk_is_told_and_nothing_is_half_written(tmp_path):
    with Store.open(tmp_path / "a.db") as store:
        with store._engine.connect() as db:
            pages = db.scalar(text("PRAGMA page_count"))
            db.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match="the disk is full; free some space"):
            fill(store)
    with Store.open(tmp_path / "a.db") as store, store._engine.connect() as db:
        assert db.scalar(text("PRAGMA integrity_check")) == "ok"


def fill(store: Store) -> None:
    for _ in range(10_000):
        store.start_run(_now())


CHILD = """
import sys
from datetime import UTC, datetime, timedelta
from pmjobs.posting import Board, Payload, Posting
from pmjobs.store import Answer, Store

def posting(number, day):
    return Posting(source="s", source_id=f"acme/{number}", title=f"PM {day}", description="x" * 900)

with Store.open(sys.argv[1]) as store:
    print("open", flush=True)
    day = 1 + max((int(s.posting.title.split()[1]) for s in store.postings()), default=0)
    while True:
        now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)
        # every second day some ads are missing, so there is closing and reopening too
        ads = [posting(number, day) for number in range(150 if day % 4 > 1 else 100)]
        store.save_answer(store.start_run(now), Answer(
            board=Board("s", "acme"), read_at=now, digest=str(day), reader="1",
            ads=[(Payload("s", ad.source_id, None, now, repr(ad)), ad) for ad in ads]))
        print("saved", flush=True)
        day += 1
"""


def test_a_process_killed_at_any_moment_leaves_whole_boards(tmp_path):
    path = tmp_path / "a.db"
    moments = random.Random(20260302)
    newest = 0
    for _ in range(12):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(path)], stdout=subprocess.PIPE, text=True
        )
        with child:
            assert child.stdout.readline() == "open\n"
            for _ in range(moments.randrange(4)):
                assert child.stdout.readline() == "saved\n"
            time.sleep(moments.uniform(0.0, 0.05))
            child.kill()
        with Store.open(path) as store:
            days = {s.posting.title for s in store.postings() if int(s.posting.key[7:]) < 100}
            assert len(days) <= 1, "a board was half written"
            day = max((int(title.split()[1]) for title in days), default=0)
            assert day >= newest, "a whole board was lost"
            newest = day
            with store._engine.connect() as db:
                check_whole(db, day)
    assert newest >= 12, "the rounds were too short to save anything"


def check_whole(db, day: int) -> None:
    assert db.scalar(text("PRAGMA integrity_check")) == "ok"
    assert db.execute(text("PRAGMA foreign_key_check")).all() == []
    one = {
        "SELECT count(*) - count(DISTINCT source_id) FROM posting": 0,
        "SELECT count(*) FROM posting p WHERE NOT EXISTS"
        " (SELECT 1 FROM payload WHERE posting_id = p.id)": 0,
        "SELECT count(*) FROM posting p WHERE (closed_at IS NULL) <> EXISTS"
        " (SELECT 1 FROM sighting WHERE posting_id = p.id AND gone_at IS NULL)": 0,
        "SELECT count(*) FROM posting p WHERE (closed_at IS NOT NULL) <> EXISTS"
        " (SELECT 1 FROM closure WHERE posting_id = p.id AND reopened_at IS NULL)": 0,
        "SELECT coalesce(max(CAST(digest AS INTEGER)), 0) FROM board": day,
        # every ad below 100 was there on each day, so each day but the first made a version
        "SELECT count(*) FROM posting_version v JOIN posting p ON p.id = v.posting_id"
        " WHERE p.source_id = 'acme/7'": max(day - 1, 0),
    }
    for question, expected in one.items():
        assert db.scalar(text(question)) == expected, question


def test_an_error_in_the_middle_of_a_board_undoes_all_of_it(tmp_path, monkeypatch):
    namespace: dict = {}
    exec(CHILD.split("with Store.open")[0], namespace)
    now = namespace["datetime"](2026, 1, 1, tzinfo=namespace["UTC"])
    ads = [namespace["posting"](number, 1) for number in range(10)]
    answer = namespace["Answer"](
        board=namespace["Board"]("s", "acme"),
        read_at=now,
        digest="1",
        reader="1",
        ads=[(namespace["Payload"]("s", ad.source_id, None, now, repr(ad)), ad) for ad in ads],
    )

    def fail(*_args):
        raise RuntimeError("power cut")

    monkeypatch.setattr("pmjobs.store.save.see", fail)
    with Store.open(tmp_path / "a.db") as store:
        run_id = store.start_run(now)
        with pytest.raises(RuntimeError, match="power cut"):
            store.save_answer(run_id, answer)
        assert list(store.postings()) == []
        assert store.board_state(answer.board).digest is None
        monkeypatch.undo()
        assert store.save_answer(run_id, answer).new == 10


def _now() -> datetime:
    return datetime(2026, 3, 2, tzinfo=UTC)
