"""A host that asks to be left alone is left alone, for the run and afterwards as long as it says.

Every host here is on loopback, and the time of a run is what the test says.
"""

import json
from datetime import UTC, datetime, timedelta

import pytest

from pmjobs.cli import main
from pmjobs.ingest import RunReport, ingest
from pmjobs.net import Client, Limits
from pmjobs.posting import Board
from pmjobs.settings import Network
from pmjobs.status import status
from pmjobs.store import Counts, Store
from pmjobs.store.engine import make_engine
from pmjobs.store.migrate import bring_up_to_date
from tests.loopback import Answer, Host, serving

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FAST = Network(requests_per_second=2000, allow_loopback=True)
SHORT = Limits(retries=1, backoff_s=0.001, retry_after_s=0.5)
ADS = Answer(json={"jobs": [{"id": 1, "title": "Project Manager"}]})
BUSY = Answer(status=429)


def busy_for(seconds: int) -> Answer:
    return Answer(status=503, headers={"Retry-After": str(seconds)})


def at(host: Host, *names: str) -> list[Board]:
    return [Board("greenhouse", name, host.url) for name in names]


def paths(*names: str) -> list[str]:
    return [f"/v1/boards/{name}/jobs" for name in names]


def name_of(host: Host) -> str:
    return host.url.removeprefix("http://")


@pytest.fixture
def store(store_url):
    with Store.open(store_url) as store:
        yield store


async def run(store: Store, boards: list[Board], *, after: timedelta = timedelta(0)) -> RunReport:
    async with Client(FAST, limits=SHORT) as client:
        return await ingest(boards, client, store, now=MONDAY + after)


def pause(store: Store) -> timedelta:
    """How long the only host that waits is left alone, to the second."""
    [host] = store.hosts()
    assert host.retry_at - host.failed_at <= DAY
    return timedelta(seconds=round((host.retry_at - host.failed_at).total_seconds()))


async def test_its_boards_are_not_asked_until_then_and_that_is_no_failure_of_theirs(store):
    with serving(dict.fromkeys(paths("a", "b"), busy_for(3600))) as host:
        boards = at(host, "a")
        await run(store, boards)
        host.asked.clear()
        report = await run(store, boards, after=30 * MINUTE)

        assert host.asked == []
        assert pause(store) == 60 * MINUTE

    reason = (
        f"{name_of(host)}: answered HTTP 503, asked us to wait 3600 s; "
        "left alone until 2026-03-02 10:00 UTC"
    )
    assert report.boards[0].waiting == reason
    assert (report.failed, report.waiting) == ((), report.boards)
    assert (report.requests, report.refused) == (0, 1)
    [board] = store.boards()
    assert (board.failures, board.failure) == (1, reason)
    assert board.last_run_at == MONDAY  # it was not asked since
    newest, first = store.runs()
    assert (newest.boards, newest.failed, first.failed) == (0, 0, 1)


async def test_afterwards_it_is_asked_again_and_forgotten_once_it_answers(store):
    routes = {paths("a")[0]: [busy_for(3600), ADS]}
    with serving(routes) as host:
        boards = at(host, "a")
        await run(store, boards)
        report = await run(store, boards, after=61 * MINUTE)

    assert report.totals == Counts(new=1)
    assert store.hosts() == []
    [board] = store.boards()
    assert (board.failures, board.failure) == (0, None)


async def test_a_host_that_does_not_say_how_long_is_left_alone_twice_as_long_each_time(store):
    pauses = []
    with serving({paths("a")[0]: BUSY}) as host:
        after = timedelta(0)
        for _ in range(9):
            await run(store, at(host, "a"), after=after)
            pauses.append(pause(store))
            after += pauses[-1] + MINUTE

    assert pauses[:4] == [15 * MINUTE, 30 * MINUTE, 60 * MINUTE, 120 * MINUTE]
    assert pauses[-2:] == [DAY, DAY]
    assert store.hosts()[0].failures == 9


async def test_no_host_is_left_alone_for_longer_than_a_day(store):
    with serving({paths("a")[0]: busy_for(999_999_999)}) as host:
        await run(store, at(host, "a"))

    assert pause(store) == DAY


async def test_a_host_that_says_now_and_still_refuses_is_not_believed(store):
    with serving({paths("a")[0]: busy_for(0)}) as host:
        await run(store, at(host, "a"))

    assert pause(store) == 15 * MINUTE


async def test_in_the_run_itself_one_board_failed_and_the_rest_of_the_host_waits(store):
    names = [f"b{n:02}" for n in range(30)]
    with serving(dict.fromkeys(paths(*names), BUSY)) as host:
        report = await run(store, at(host, *names))

    assert 1 <= len(report.failed) <= 8  # as many as are asked at once
    assert len(report.failed) + len(report.waiting) == 30
    assert "left alone for this run" in report.waiting[0].waiting
    assert store.hosts()[0].failures == 1


async def test_other_hosts_are_asked_as_ever(store):
    with serving({paths("a")[0]: busy_for(3600)}) as busy, serving({paths("b")[0]: ADS}) as other:
        boards = at(busy, "a") + at(other, "b")
        await run(store, boards)
        report = await run(store, boards, after=DAY / 48)

    assert [board.unchanged for board in report.boards] == [0, 1]
    assert [host.name for host in store.hosts()] == [name_of(busy)]


async def test_an_ad_on_a_host_that_waits_stays_open(store):
    routes = {paths("a")[0]: [ADS, *[busy_for(86_400)] * 9]}
    with serving(routes) as host:
        for day in range(5):
            await run(store, at(host, "a"), after=day * DAY / 2)

    assert [stored.closed_at for stored in store.postings()] == [None]


async def test_a_robots_txt_that_answers_429_counts_too(store):
    with serving({"/robots.txt": busy_for(3600), paths("a")[0]: ADS}) as host:
        report = await run(store, at(host, "a"))

        assert host.asked_for(paths("a")[0]) == []
    assert report.waiting
    assert pause(store) == 60 * MINUTE


async def test_a_clock_that_was_wrong_does_not_shut_a_host_out(store):
    with serving({paths("a")[0]: [busy_for(3600), ADS]}) as host:
        await run(store, at(host, "a"), after=1000 * DAY)
        report = await run(store, at(host, "a"))

    assert report.totals.new == 1
    assert store.hosts() == []


async def test_status_tells_which_hosts_wait_and_why_a_board_is_old(store):
    with serving({paths("a")[0]: busy_for(86_400)}) as host:
        boards = at(host, "a")
        await run(store, boards)
        await run(store, boards, after=DAY / 2)
    [waiting] = status(store, boards, now=MONDAY + DAY / 2, every=DAY).waiting
    assert (waiting.name, waiting.failures) == (name_of(host), 1)

    later = status(store, boards, now=MONDAY + 4 * DAY, every=DAY)
    assert later.waiting == ()
    [problem] = later.problems
    assert problem.startswith("greenhouse:a: not asked for 4.0 days; 127.0.0.1:")
    assert "answered HTTP 503" in problem


def test_the_command_line_shows_it_and_a_run_that_only_waits_ends_well(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("PMJOBS_HOME", str(tmp_path))
    with serving({paths("a")[0]: busy_for(3600)}) as host:
        path = tmp_path / "sources.toml"
        path.write_text(
            "[network]\nrequests_per_second = 1000\nallow_loopback = true\n"
            f'[[board]]\nsource = "greenhouse"\nboard = "a"\nbase_url = "{host.url}"\n',
            encoding="utf-8",
        )
        ingests = ["ingest", "--sources", str(path)]
        assert main([*ingests, "--json"]) == 2
        capsys.readouterr()
        assert main([*ingests, "--json"]) == 0
        report = json.loads(capsys.readouterr().out)
        assert main(ingests) == 0
        assert "1 not asked: 127.0.0.1:" in capsys.readouterr().out.replace("\n", " ")
        main(["status", "--sources", str(path)])

    assert (report["failed"], report["waiting"]) == (0, 1)
    assert "left alone until" in report["boards"][0]["waiting"]
    told = f"{name_of(host)}: answered HTTP 503, asked us to wait 3600 s; left alone until"
    assert told in capsys.readouterr().out


async def test_a_store_from_before_there_were_clocks_gets_them_with_all_it_holds(store_url):
    engine = make_engine(store_url, busy_timeout_s=1)
    bring_up_to_date(engine, target="0003")
    with engine.begin() as db:
        db.exec_driver_sql(
            "INSERT INTO board (key, source, board, options, failures, failure)"
            " VALUES ('greenhouse:a', 'greenhouse', 'a', '[]', 2, 'HTTP 403')"
        )
    engine.dispose()

    with Store.open(store_url) as store, serving({paths("a")[0]: busy_for(60)}) as host:
        assert store.hosts() == []
        assert [board.failures for board in store.boards()] == [2]
        await run(store, at(host, "a"))
        assert [board.failures for board in store.boards()] == [3]
        assert pause(store) == MINUTE
