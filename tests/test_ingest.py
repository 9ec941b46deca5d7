"""A run of ingest: what a board's answer does to the store, and what trouble costs."""

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import ModuleType

import pytest
from sqlalchemy import text

from pmjobs import sources
from pmjobs.errors import FetchError, ParseError, StoreError
from pmjobs.ingest import ingest
from pmjobs.net import Counts as NetCounts
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting, Skipped
from pmjobs.store import Counts, Store

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
ACME, BOLT, CRUX = (Board("standin", name) for name in ("acme", "bolt", "crux"))


class StandIn(ModuleType):
    """A source whose boards answer what the test says: ads, bytes, or an error."""

    NAME = "standin"
    OPTIONS: dict[str, str] = {}

    def __init__(self) -> None:
        super().__init__("pmjobs.sources.standin")
        self.answers: dict[str, object] = {}
        self.parsed: list[str] = []

    async def fetch(self, board, client):
        client.requests += 1
        answer = self.answers[board.board]
        if isinstance(answer, Exception):
            raise answer
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        return [Document(f"https://example.org/{board.board}", body, MONDAY)]

    def split(self, board, documents):
        try:
            ads = json.loads(documents[0].body)
        except ValueError:
            raise FetchError(f"{board.key}: not JSON; try again later") from None
        named = [ad for ad in ads if "id" in ad]
        payloads = [
            Payload(
                "standin", f"{board.board}/{ad['id']}", None, MONDAY, json.dumps(ad, sort_keys=True)
            )
            for ad in named
        ]
        unnamed = [Skipped(f"{board.board}/?", "id", "missing")] * (len(ads) - len(named))
        return BoardRead(board, tuple(payloads), tuple(unnamed))

    def parse(self, payload):
        self.parsed.append(payload.source_id)
        ad = json.loads(payload.body)
        if not ad["title"]:
            raise ParseError(payload.source_id, "title", "missing")
        return Posting(
            source="standin",
            source_id=payload.source_id,
            title=ad["title"].strip(),  # a number has no strip: the bug that costs one ad
            description=ad.get("text"),
        )


class StandInClient:
    """Counts what it is asked."""

    requests = 0

    @property
    def counts(self) -> NetCounts:
        return NetCounts(requests=self.requests, bytes_received=self.requests * 100)


@pytest.fixture
def source(monkeypatch) -> StandIn:
    source = StandIn()
    monkeypatch.setitem(sys.modules, "pmjobs.sources.standin", source)
    monkeypatch.setitem(sources.SOURCES, "standin", "a stand-in")
    return source


@pytest.fixture
def store(store_url):
    with Store.open(store_url) as store:
        yield store


def ads(*titles, **more) -> list[dict]:
    return [{"id": number, "title": title, **more} for number, title in enumerate(titles, 1)]


async def run(store, *boards, day=0, **more):
    return await ingest(boards or [ACME], StandInClient(), store, now=MONDAY + day * DAY, **more)


def contents(store: Store) -> dict[str, list[tuple]]:
    """All rows of all tables."""
    from pmjobs.store.schema import metadata

    with store._engine.connect() as db:
        return {
            name: [tuple(row) for row in db.execute(text(f"SELECT * FROM {name} ORDER BY 1, 2"))]
            for name in metadata.tables
        }


async def test_a_run_stores_every_board_and_says_so(store, source):
    source.answers = {"acme": ads("PM", "PMO lead"), "bolt": ads("Planner")}

    report = await run(store, ACME, BOLT)

    assert [b.board for b in report.boards] == [ACME, BOLT]
    assert report.totals == Counts(new=3)
    assert (report.requests, report.bytes_received) == (2, 200)
    assert sorted(s.posting.title for s in store.postings()) == ["PM", "PMO lead", "Planner"]
    [stored_run] = store.runs()
    assert stored_run.id == report.run_id
    assert stored_run.counts == report.totals
    assert stored_run.finished_at > MONDAY


async def test_an_unchanged_board_is_not_read_and_only_last_seen_moves(store, source):
    source.answers = {"acme": [*ads("PM", "PMO lead"), {"id": 9, "title": ""}]}
    await run(store)
    before = contents(store)
    source.parsed.clear()

    report = await run(store, day=1)

    assert source.parsed == []
    assert report.totals == Counts(unchanged=2, skipped=1)
    assert report.boards[0].skipped == (Skipped("acme/9", "title", "missing"),)
    after = contents(store)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"sighting", "board", "run", "run_board"}
    assert {row[0:2] + row[3:] for row in after["sighting"]} == {
        row[0:2] + row[3:] for row in before["sighting"]
    }
    assert [s.last_seen for s in store.postings()] == [MONDAY + DAY] * 2


async def test_of_a_changed_board_only_the_changed_ads_are_read(store, source):
    source.answers = {"acme": ads("PM", "PMO lead", "Planner")}
    await run(store)
    source.parsed.clear()
    source.answers = {"acme": ads("PM", "Head of PMO", "Planner", "Scheduler")}

    report = await run(store, day=1)

    assert source.parsed == ["acme/2", "acme/4"]
    assert report.totals == Counts(new=1, changed=1, unchanged=2)


async def test_again_reads_everything_though_nothing_changed(store, source):
    source.answers = {"acme": ads("PM", "PMO lead")}
    await run(store)
    assert (await run(store, day=1, again=True)).totals == Counts(unchanged=2)
    assert source.parsed == ["acme/1", "acme/2"] * 2


async def test_a_new_release_reads_everything_once(store, source, monkeypatch):
    source.answers = {"acme": ads("PM")}
    await run(store)
    monkeypatch.setattr("pmjobs.ingest.version", lambda _: "99")
    for day in (1, 2):
        await run(store, day=day)
    assert source.parsed == ["acme/1"] * 2


async def test_one_bad_ad_costs_one_ad(store, source):
    source.answers = {"acme": [*ads("PM", "", 7), {"title": "without id"}]}

    report = await run(store)

    [board] = report.boards
    assert not board.failed
    assert [s.posting.title for s in store.postings()] == ["PM"]
    assert [(s.source_id, s.field) for s in board.skipped] == [
        ("acme/?", "id"),
        ("acme/2", "title"),
        ("acme/3", "ad"),
    ]
    assert board.skipped[2].problem.startswith("unreadable: AttributeError")
    assert [s.source_id for s in store.skipped()] == ["acme/?", "acme/2", "acme/3"]


async def test_one_bad_board_costs_one_board(store, source):
    source.answers = {
        "acme": FetchError("example.org: HTTP 403; see whether this board needs a key", status=403),
        "bolt": ads("Planner"),
        "crux": RuntimeError("a bug in a source"),
    }
    for day in range(3):
        report = await run(store, ACME, BOLT, CRUX, day=day)

    acme, bolt, crux = report.boards
    assert acme.failure == "example.org: HTTP 403; see whether this board needs a key"
    assert not bolt.failed
    assert "RuntimeError: a bug in a source" in crux.failure
    assert report.failed == (acme, crux)


@pytest.mark.parametrize(
    "trouble",
    [
        FetchError("HTTP 403", status=403),
        FetchError("HTTP 404", status=404),
        FetchError("silent for 30 s"),
        b"<html>",
        b"[",
        RuntimeError("bug"),
    ],
    ids=str,
)
async def test_trouble_never_closes_an_ad(store, source, trouble):
    source.answers = {"acme": ads("PM")}
    await run(store)
    source.answers = {"acme": trouble}
    for day in (1, 2, 3):
        report = await run(store, day=day)
        assert report.boards[0].failed
    assert [s.closed_at for s in store.postings(only_open=False)] == [None]


async def test_no_ads_where_there_were_some_is_a_failure_until_told_otherwise(store, source):
    source.answers = {"acme": ads("PM", "Planner")}
    await run(store)
    source.answers = {"acme": []}
    for day in (1, 2, 3):
        report = await run(store, day=day)
        assert "no ads, where there were 2" in report.boards[0].failure
        assert "--believe-empty" in report.boards[0].failure
    for day in (4, 5):
        report = await run(store, day=day, believe_empty=True)
    assert report.totals == Counts(closed=2)
    assert (await run(store, day=6)).failed == ()


async def test_an_employer_without_openings_is_no_failure(store, source):
    source.answers = {"acme": []}
    for day in (0, 1):
        assert (await run(store, day=day)).failed == ()


async def test_a_page_that_is_gone_closes_its_ad(store, source):
    page = Board("standin", "https://example.org/jobs/1")
    source.answers = {page.board: ads("PM")}
    await run(store, page)
    with store._engine.begin() as db:
        db.execute(text("UPDATE posting SET url = 'https://example.org/jobs/1'"))
    source.answers = {page.board: FetchError("HTTP 410", status=410)}

    [board] = (await run(store, page, day=1)).boards

    assert (board.failure, board.closed) == ("HTTP 410", 1)


async def test_a_search_that_finds_nothing_is_no_failure_and_closes_nothing(store, source):
    split = source.split
    source.split = lambda *args: replace(split(*args), whole=False)
    source.answers = {"acme": ads("PM")}
    await run(store)
    source.answers = {"acme": []}
    for day in (1, 2, 3):
        assert (await run(store, day=day)).totals == Counts()
    assert len(list(store.postings())) == 1


async def test_a_source_with_details_is_given_what_is_stored(store, source):
    given: list[dict] = []

    async def details(board, documents, client, known):
        given.append(known)
        return []

    source.details = details
    source.answers = {"acme": ads("PM")}
    await run(store)
    await run(store, day=1)
    assert given == [{}, {"acme/1": '{"id": 1, "title": "PM"}'}]


async def test_an_ad_that_met_a_bug_is_tried_again_on_an_unchanged_board(store, source):
    source.answers = {"acme": ads("PM", 7)}
    await run(store)
    source.parsed.clear()
    await run(store, day=1)
    assert source.parsed == ["acme/2"]


async def test_an_id_that_stands_twice_is_kept_once(store, source):
    first, second = ads("PM", "Planner")
    second["id"] = 1
    source.answers = {"acme": [first, first, second]}

    report = await run(store)

    assert report.totals == Counts(new=1, skipped=1)
    assert report.boards[0].skipped[0].field == "source_id"
    assert [s.posting.title for s in store.postings()] == ["PM"]


async def test_an_id_that_no_database_keeps_costs_one_ad(store, source):
    source.answers = {"acme": [*ads("PM"), {"id": "\x00", "title": "Planner"}]}
    assert (await run(store)).totals == Counts(new=1, skipped=1)


async def test_an_unknown_source_is_told_like_any_other_failure(store, source):
    source.answers = {"acme": ads("PM")}
    report = await run(store, Board("monstre", "x"), ACME)
    assert "'monstre' is no source" in report.boards[0].failure
    assert report.totals.new == 1


async def test_progress_ends_with_all_ads_of_a_board(store, source):
    source.answers = {"acme": ads(*["PM"] * 120), "bolt": FetchError("HTTP 500")}
    calls: list[tuple] = []
    await run(store, ACME, BOLT, on_progress=lambda *call: calls.append(call))

    acme = [call[1:] for call in calls if call[0] == "standin:acme"]
    assert acme[0] == (0, None)
    assert acme[-1] == (120, 120)
    assert all(done < total for done, total in acme[1:-1])
    assert [call[1:] for call in calls if call[0] == "standin:bolt"] == [(0, None), (0, 0)]


async def test_a_store_that_cannot_be_written_ends_the_run_with_what_was_saved(
    store, source, monkeypatch
):
    source.answers = {"acme": ads("PM"), "bolt": ads("Planner")}
    save = Store.save_answer

    def full(self, run_id, answer):
        if answer.board == BOLT:
            raise StoreError("pmjobs.db: the disk is full; free some space and run again")
        return save(self, run_id, answer)

    monkeypatch.setattr(Store, "save_answer", full)
    with pytest.raises(StoreError, match="disk is full"):
        await run(store, ACME, BOLT)

    assert [s.posting.title for s in store.postings()] == ["PM"]
    [unfinished] = store.runs()
    assert unfinished.finished_at is None


async def test_boards_of_several_hosts_take_turns(store, source):
    asked: list[str] = []
    fetch = source.fetch

    async def noting(board, client):
        asked.append(board.key)
        return await fetch(board, client)

    source.fetch = noting
    mine = [Board("standin", f"a{n}", "https://a.example") for n in range(3)]
    other = [Board("standin", "b", "https://b.example")]
    source.answers = {board.board: [] for board in mine + other}
    await run(store, *mine, *other)
    assert asked == ["standin:a0", "standin:b", "standin:a1", "standin:a2"]


async def test_at_most_a_few_boards_are_held_at_once(store, source):
    held = peak = 0
    fetch, split = source.fetch, source.split

    async def counted(board, client):
        nonlocal held, peak
        held += 1
        peak = max(peak, held)
        return await fetch(board, client)

    def released(board, documents):
        nonlocal held
        held -= 1
        return split(board, documents)

    source.fetch, source.split = counted, released
    boards = [Board("standin", f"b{n}") for n in range(60)]
    source.answers = {board.board: ads(board.board) for board in boards}
    report = await run(store, *boards)
    assert report.totals.new == 60
    assert peak <= 8
