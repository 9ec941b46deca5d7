"""Boards are checked one apart from another. The boards are invented."""

import pytest

from pmjobs.check import check
from pmjobs.net import Client, Limits
from pmjobs.posting import Board
from pmjobs.settings import Network
from tests.loopback import Answer, serving

FAST = Network(requests_per_second=2000, allow_loopback=True)
LIMITS = Limits(silence_s=0.5, deadline_s=1, backoff_s=0.01, retries=0)
BOARD = "/v1/boards/{}/jobs"
JOBS = {"jobs": [{"id": 1, "title": "Project Manager"}, {"id": 2, "title": "Welder"}, {"id": 3}]}


async def checked(host, *boards):
    async with Client(FAST, limits=LIMITS) as client:
        return await check([Board(s, b, host.url, o) for s, b, o in boards], client)


async def test_each_board_says_whether_it_answers_and_what_it_shows():
    routes = {
        BOARD.format("weir"): Answer(json=JOBS),
        BOARD.format("empty"): Answer(json={"jobs": []}),
        BOARD.format("page"): Answer("<html>Sorry</html>"),
    }
    with serving(routes) as host:
        found = await checked(
            host,
            ("greenhouse", "weir", ()),
            ("greenhouse", "empty", ()),
            ("greenhouse", "page", ()),
            ("greenhouse", "gone", ()),
            ("smartrecruiters", "Weir", ()),
            ("greenhouse", "typo", (("wrds", "pm"),)),
            ("nosuch", "weir", ()),
        )
    assert [(one.answers, one.allowed, one.n_ads, one.n_project_ads) for one in found] == [
        (True, True, 3, 1),
        (True, True, 0, 0),
        (False, None, None, None),
        (False, None, None, None),
        (False, False, None, None),
        (False, None, None, None),
        (False, None, None, None),
    ]
    assert [one.problem is None for one in found] == [True, True, *[False] * 5]
    assert "no board called 'gone'" in found[3].problem
    assert "off, since SmartRecruiters' robots.txt" in found[4].problem
    assert "wrds: unknown" in found[5].problem


async def test_robots_and_a_host_that_wants_a_rest_are_told_apart():
    rules = {"/robots.txt": Answer("User-agent: *\nDisallow: /"), BOARD.format("weir"): Answer()}
    with serving(rules) as host:
        [found] = await checked(host, ("greenhouse", "weir", ()))
    assert (found.allowed, "robots.txt forbids" in found.problem) == (False, True)

    busy = {
        BOARD.format("weir"): Answer(status=429, headers={"Retry-After": "900"}),
        BOARD.format("bolt"): Answer(json=JOBS),
    }
    with serving(busy) as host:
        first = await checked(host, ("greenhouse", "weir", ()))
    assert (first[0].answers, first[0].allowed) == (False, None)


async def test_no_ads_own_page_is_asked_for():
    html = '<a href="/jobs/pm-1">Project Manager</a><a href="/jobs/welder">Welder</a>'
    with serving({"/careers": Answer(html)}) as host:
        [found] = await checked(host, ("careers_site", f"{host.url}/careers", ()))
    assert (found.n_ads, found.n_project_ads) == (2, 1)
    assert [asked.path for asked in host.asked] == ["/robots.txt", "/careers"]


async def test_a_bug_costs_one_board(monkeypatch):
    def broken(board, documents):
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr("pmjobs.sources.lever.split", broken)
    routes = {
        "/v0/postings/weir": Answer(json=[]),
        BOARD.format("weir"): Answer(json=JOBS),
    }
    done = []
    with serving(routes) as host:
        boards = [Board("lever", "weir", host.url), Board("greenhouse", "weir", host.url)]
        async with Client(FAST, limits=LIMITS) as client:
            lever, greenhouse = await check(boards, client, on_progress=done.append)
    assert lever.problem.startswith("unforeseen ZeroDivisionError: by nought")
    assert greenhouse.answers
    assert sorted(board.key for board in done) == ["greenhouse:weir", "lever:weir"]


@pytest.mark.parametrize("source", ["workday", "bamboohr", "rippling"])
async def test_titles_are_counted_though_the_texts_lie_elsewhere(source):
    routes = {
        "/wday/cxs/weir/Ext/jobs": Answer(
            json={"total": 1, "jobPostings": [{"title": "PMO Lead", "externalPath": "/job/x_R1"}]}
        ),
        "/careers/list": Answer(json={"result": [{"id": "7", "jobOpeningName": "PMO Lead"}]}),
        "/weir/jobs": Answer(
            json=[{"uuid": "a-1", "name": "PMO Lead", "url": "https://x.example"}]
        ),
        "/robots.txt": Answer("User-agent: *\nAllow: /"),
    }
    name = "weir.wd1/Ext" if source == "workday" else "weir"
    with serving(routes) as host:
        [found] = await checked(host, (source, name, ()))
    assert (found.n_ads, found.n_project_ads, found.problem) == (1, 1, None)
