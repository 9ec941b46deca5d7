"""Looking after a store: status, pruning, backups, the doctor, exports."""

import csv
import json
import sqlite3
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text

from pmjobs.doctor import examine
from pmjobs.errors import StoreError
from pmjobs.export import COLUMN_NOTES, export
from pmjobs.posting import Board, Payload, Posting, Salary
from pmjobs.status import status
from pmjobs.store import Answer, Store

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
ACME, BOLT = Board("greenhouse", "acme"), Board("lever", "bolt")


@pytest.fixture
def store(store_url):
    with Store.open(store_url) as store:
        yield store


@pytest.fixture
def file_store(tmp_path):
    with Store.open(tmp_path / "a.db") as store:
        yield store


def posting(number: int, **stated) -> Posting:
    stated = {"title": f"PM {number}"} | stated
    return Posting(source="greenhouse", source_id=f"acme/{number}", **stated)


def save(store: Store, *ads: Posting, day: int = 0, finished: bool = True) -> None:
    at = MONDAY + day * DAY
    run_id = store.start_run(at)
    payloads = [(Payload(ad.source, ad.source_id, None, at, repr(ad)), ad) for ad in ads]
    answer = Answer(board=ACME, read_at=at, digest=repr(ads), reader="1", ads=payloads)
    store.save_answer(run_id, answer)
    if finished:
        finish(store, run_id, at)


def finish(store: Store, run_id: int, at: datetime) -> None:
    store.finish_run(run_id, at, seconds=1, requests=1, saved=0, refused=0, bytes_received=9)


def fail(store: Store, board: Board, *, day: int, times: int = 1) -> None:
    for _ in range(times):
        run_id = store.start_run(MONDAY + day * DAY)
        store.save_failure(run_id, board, MONDAY + day * DAY, "HTTP 403; see why")
        finish(store, run_id, MONDAY + day * DAY)


# status


def test_a_store_in_good_order_has_no_problems(store):
    save(store, posting(1), posting(2))
    found = status(store, [ACME], now=MONDAY + DAY / 2, every=DAY)
    [board] = found.boards
    assert found.problems == ()
    assert (board.age, board.next_due, board.failures) == (DAY / 2, MONDAY + DAY, 0)
    assert (found.n_open, found.running) == (2, False)


def test_three_failures_in_a_row_are_a_problem_and_one_is_none(store):
    save(store, posting(1))
    fail(store, ACME, day=1)
    assert status(store, [ACME], now=MONDAY + DAY, every=DAY).problems == ()
    fail(store, ACME, day=1, times=2)
    found = status(store, [ACME], now=MONDAY + DAY, every=DAY)
    assert found.problems == ("greenhouse:acme: failed 3 times in a row: HTTP 403; see why",)
    assert found.boards[0].age == DAY


def test_a_board_that_has_only_failed_is_a_problem_from_the_first_time(store):
    fail(store, ACME, day=0)
    found = status(store, [ACME], now=MONDAY, every=DAY)
    assert found.problems == ("greenhouse:acme: never answered yet: HTTP 403; see why",)


def test_a_board_that_was_never_asked_or_not_for_long_is_a_problem(store):
    save(store, posting(1))
    old, new = status(store, [ACME, BOLT], now=MONDAY + 4 * DAY, every=DAY).problems
    assert old == "greenhouse:acme: not asked for 4.0 days; see `pmjobs schedule show`"
    assert new == "lever:bolt: never read; run `pmjobs ingest`"


def test_a_run_that_was_cut_off_is_told_unless_it_is_still_at_work(store, store_url):
    save(store, posting(1), finished=False)
    [problem] = status(store, [ACME], now=MONDAY, every=DAY).problems
    assert problem.startswith("the run of 2026-03-02 09:00 UTC was cut off")
    with Store.open(store_url) as other, other.locked():
        found = status(store, [ACME], now=MONDAY, every=DAY)
    assert (found.running, found.problems) == (True, ())


def test_an_empty_store_says_what_to_do(store):
    found = status(store, [], now=MONDAY, every=DAY)
    assert found.problems == ("nothing was ever read; run `pmjobs ingest`",)


def test_a_board_taken_off_the_list_is_named_apart(store):
    save(store, posting(1))
    [left] = status(store, [], now=MONDAY, every=DAY).left
    assert (left.key, left.n_open) == ("greenhouse:acme", 1)


# prune


def test_pruning_removes_long_closed_ads_with_all_that_hangs_on_them(store):
    save(store, posting(1), posting(2))
    save(store, posting(1), posting(2, title="Lead"), day=1)
    for day in (2, 3, 40, 41):
        save(store, posting(1), day=day)
    before = MONDAY + 30 * DAY

    assert store.prune(before, dry_run=True).postings == 1
    assert len(list(store.postings(only_open=False))) == 2

    removed = store.prune(before)

    assert (removed.postings, removed.runs) == (1, 4)
    assert [s.id for s in store.postings(only_open=False)] == [1]
    assert store.search("lead", closed=True) == []
    assert [run.started_at for run in store.runs()] == [MONDAY + 41 * DAY, MONDAY + 40 * DAY]
    with store._engine.connect() as db:
        for table in ("payload", "sighting", "closure", "posting_version"):
            left = db.scalars(text(f"SELECT posting_id FROM {table}")).all()
            assert set(left) <= {1}, table
    assert store.problems() == []
    assert store.prune(before).postings == 0


def test_an_open_ad_is_never_pruned_however_old(store):
    save(store, posting(1))
    assert store.prune(MONDAY + 4000 * DAY).postings == 0
    assert len(list(store.postings())) == 1


def test_pruning_gives_space_back(file_store):
    save(file_store, *(posting(n, description=f"{n} " * 4000) for n in range(200)), posting(999))
    for day in (1, 2):
        save(file_store, posting(999), day=day)
    before = file_store.n_bytes
    file_store.prune(MONDAY + 9 * DAY)
    with file_store._engine.connect() as db:
        db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    assert file_store.n_bytes < before / 4


# backup


def test_a_backup_is_a_whole_store_taken_while_it_is_written(file_store, tmp_path):
    save(file_store, posting(1))
    with file_store._engine.execution_options(pmjobs_writes=True).begin() as db:
        db.execute(text("UPDATE posting SET title = 'half'"))
        n_bytes = file_store.back_up(tmp_path / "copy.db")
    assert n_bytes == (tmp_path / "copy.db").stat().st_size
    assert sorted(p.name for p in tmp_path.glob("*copy*")) == ["copy.db"]
    with Store.open(tmp_path / "copy.db") as copy:
        assert [s.posting.title for s in copy.postings()] == ["PM 1"]
        assert [found.id for found in copy.search("PM")] == [1]


def test_a_backup_overwrites_nothing_and_says_where_it_cannot_go(file_store, tmp_path):
    (tmp_path / "copy.db").write_text("precious")
    with pytest.raises(StoreError, match=r"copy\.db: exists already"):
        file_store.back_up(tmp_path / "copy.db")
    with pytest.raises(StoreError, match="cannot be written"):
        file_store.back_up(tmp_path / "nowhere" / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "precious"


def test_postgresql_is_left_to_pg_dump(store, store_url, tmp_path):
    if "://" not in store_url:
        pytest.skip("about PostgreSQL")
    with pytest.raises(StoreError, match="pg_dump"):
        store.back_up(tmp_path / "copy.db")


# doctor


def checks(tmp_path, db=None):
    model = tmp_path / "model"
    found = examine(str(db or tmp_path / "a.db"), tmp_path / "sources.toml", model)
    return {check.name: check for check in found}


@pytest.fixture(autouse=True)
def model(monkeypatch):
    monkeypatch.setattr("pmjobs.doctor._model", lambda folder: "level-1: whole")


def test_a_fresh_installation_is_well(tmp_path):
    found = checks(tmp_path)
    assert [check.name for check in found.values() if not check.ok] == []
    assert "`pmjobs ingest` makes it" in found["store"].words
    assert not (tmp_path / "a.db").exists()


def test_a_sound_store_is_measured(file_store, tmp_path):
    save(file_store, posting(1))
    words = checks(tmp_path)["store"].words
    assert "sound, 1 open ads" in words


def test_a_damaged_store_is_told(tmp_path):
    with Store.open(tmp_path / "a.db") as store:
        save(store, *map(posting, range(500)))
    data = bytearray((tmp_path / "a.db").read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 4096] = b"\xff" * 4096
    (tmp_path / "a.db").write_bytes(data)
    assert not checks(tmp_path)["store"].ok


def test_an_ad_that_hangs_in_the_air_is_told(file_store, tmp_path):
    save(file_store, posting(1))
    with sqlite3.connect(tmp_path / "a.db") as db:
        db.execute("UPDATE sighting SET gone_at = last_seen")
    db.close()
    assert "1 open ads stand on no board" in checks(tmp_path)["store"].words


def test_a_list_of_boards_without_a_contact_is_told(tmp_path):
    boards = '[[board]]\nsource = "greenhouse"\nboard = "acme"\n'
    (tmp_path / "sources.toml").write_text(boards)
    assert "contact: missing" in checks(tmp_path)["sources"].words
    (tmp_path / "sources.toml").write_text(f'{boards}[network]\ncontact = "you@example.org"\n')
    assert checks(tmp_path)["sources"].ok


# export


@pytest.fixture
def exported(store):
    pay = Salary("EUR", Decimal("48000.50"), None, None, "EUR 48,000.50")
    save(
        store,
        posting(1, title='=HYPERLINK("https://example.org")', base_salary=pay),
        posting(2, title="Größe", description="- Plan\n- Do", date_posted=date(2026, 2, 1)),
        posting(3, description="x\x0by" + "z" * 40_000),
    )
    return store


def test_every_column_has_a_note():
    from pmjobs.frames import POSTING_COLUMNS

    assert list(COLUMN_NOTES) == list(POSTING_COLUMNS)


def test_parquet_keeps_types_and_texts(exported, tmp_path):
    import pyarrow.parquet as pq

    assert export(exported, tmp_path / "ads.parquet") == 3
    table = pq.read_table(tmp_path / "ads.parquet")
    rows = table.to_pylist()
    assert table.column_names == list(COLUMN_NOTES)
    assert rows[0]["title"].startswith("=HYPERLINK")
    assert (rows[0]["pay_minimum"], rows[0]["level"], rows[0]["closed_at"]) == (48000.5, None, None)
    assert rows[1]["first_seen"] == MONDAY
    assert table.schema.field("level").metadata[b"description"].startswith(b"estimate:")


def test_csv_cannot_be_made_to_calculate(exported, tmp_path):
    assert export(exported, tmp_path / "ads.csv") == 3
    with (tmp_path / "ads.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["title"] == '\'=HYPERLINK("https://example.org")'
    assert (rows[1]["title"], rows[1]["description"]) == ("Größe", "'- Plan\n- Do")
    assert (rows[0]["pay_maximum"], rows[1]["first_seen"]) == ("", "2026-03-02T09:00:00Z")


def test_json_lines_keep_texts_as_they_are(exported, tmp_path):
    assert export(exported, tmp_path / "ads.jsonl") == 3
    rows = [json.loads(line) for line in (tmp_path / "ads.jsonl").read_text().splitlines()]
    assert rows[1]["description"] == "- Plan\n- Do"
    assert rows[0]["title"].startswith("=HYPERLINK")
    assert rows[0]["level"] is None


def test_excel_shows_texts_and_says_what_the_columns_mean(exported, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    assert export(exported, tmp_path / "ads.xlsx") == 3
    book = openpyxl.load_workbook(tmp_path / "ads.xlsx")
    rows = list(book["ads"].iter_rows())
    columns = [cell.value for cell in rows[0]]
    title = rows[1][columns.index("title")]
    assert (title.data_type, title.value[:6]) == ("s", "=HYPER")
    assert len(rows[3][columns.index("description")].value) == 32_767
    assert rows[1][columns.index("first_seen")].value == MONDAY.replace(tzinfo=None)
    assert next(book["columns"].values)[0] == "id"


@pytest.mark.parametrize("ending", ["parquet", "csv", "jsonl", "xlsx"])
def test_an_empty_store_gives_an_empty_file_with_columns(file_store, tmp_path, ending):
    assert export(file_store, tmp_path / f"ads.{ending}") == 0
    assert (tmp_path / f"ads.{ending}").exists()


def test_closed_ads_are_exported_on_request(file_store, tmp_path):
    save(file_store, posting(1), posting(2))
    for day in (1, 2):
        save(file_store, posting(1), day=day)
    assert export(file_store, tmp_path / "ads.csv") == 1
    assert export(file_store, tmp_path / "ads.csv", closed=True) == 2


@pytest.mark.parametrize(
    ("name", "message"),
    [("ads.doc", "ends in .parquet, .csv, .jsonl, .xlsx"), ("no/ads.csv", "cannot be written")],
)
def test_what_cannot_be_exported_is_told(file_store, tmp_path, name, message):
    with pytest.raises(StoreError, match=message):
        export(file_store, tmp_path / name)
    assert list(tmp_path.glob("*ads*")) == []
