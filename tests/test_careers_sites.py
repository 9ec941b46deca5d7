"""Careers sites of employers: pages of lists, documents of ads, and what is asked again.

All employers and ads are invented; all hosts are on loopback.
"""

import json
from dataclasses import replace

import pytest

from pmjobs import sources
from pmjobs.errors import FetchError, RefusedError, SettingsError
from pmjobs.net import Client, Limits
from pmjobs.posting import Board
from pmjobs.settings import Network
from tests.loopback import Answer, Asked, Host, serving
from tests.replay import split

FAST = Network(requests_per_second=2000, allow_loopback=True)
LIMITS = Limits(silence_s=0.5, deadline_s=1, backoff_s=0.01, retries=1)


async def read(board: Board, host: Host, known=sources.NOTHING):
    asked = replace(board, base_url=host.url)
    async with Client(FAST, limits=LIMITS) as client:
        documents = await sources.fetch(asked, client, known)
    return sources.split(asked, documents)


def bodies(read) -> dict[str, str]:
    return {payload.source_id: payload.body for payload in read.payloads}


# One document a board: name, board's path, an answer with one ad, its id.

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:tt="https://teamtailor.com/locations"><channel><title>Fell Cloud</title>
<item><title>Project Manager</title><guid>g1</guid><link>https://fell.example/jobs/1</link>
<description>&lt;p&gt;One hall.&lt;/p&gt;</description><remoteStatus>hybrid</remoteStatus>
<tt:locations><tt:location><tt:name>HQ</tt:name><tt:city>Turku</tt:city>
<tt:country>Finland</tt:country></tt:location><tt:location><tt:name>Oslo</tt:name></tt:location>
</tt:locations></item></channel></rss>"""
FEED = """<?xml version="1.0" encoding="UTF-8"?><workzag-jobs><position><id>7</id>
<name>Projektleiter</name><office>Bremen</office><jobDescriptions><jobDescription>
<name>Aufgaben</name><value><![CDATA[<p>Ein Umbau.</p>]]></value></jobDescription>
</jobDescriptions></position></workzag-jobs>"""
ACCOUNT = json.dumps({"name": "A", "jobs": [{"shortcode": "S1", "title": "PM"}]})
SIMPLE = [
    ("workable", "/api/accounts/acme", ACCOUNT, "acme/S1"),
    ("recruitee", "/api/offers/", json.dumps({"offers": [{"id": 5, "title": "PM"}]}), "acme/5"),
    ("personio", "/xml", FEED, "acme/7"),
    ("teamtailor", "/jobs.rss", RSS, "acme/g1"),
]


@pytest.mark.parametrize(("source", "path", "body", "source_id"), SIMPLE)
async def test_a_board_is_one_document(source, path, body, source_id):
    with serving({path: Answer(body)}) as host:
        found = await read(Board(source, "acme"), host)

    assert [payload.source_id for payload in found.payloads] == [source_id]
    assert sources.parse(found.payloads[0]).title in ("PM", "Projektleiter", "Project Manager")
    assert found.whole


@pytest.mark.parametrize("source", ["workable", "recruitee", "personio", "teamtailor", "bamboohr"])
async def test_an_unknown_board_is_an_error_not_an_empty_board(source):
    with (
        serving({}) as host,
        pytest.raises(FetchError, match=f"{source}: no (board|feed)") as raised,
    ):
        await read(Board(source, "acme"), host)

    assert raised.value.status == 404


def test_a_teamtailor_feed_keeps_every_place():
    posting = sources.parse(split("teamtailor", RSS).payloads[0])

    assert [(place.locality, place.country) for place in posting.locations] == [
        ("Turku", "FI"),
        ("Oslo", None),
    ]
    assert (posting.employer, posting.description) == ("Fell Cloud", "One hall.")


async def test_a_teamtailor_feed_is_read_page_by_page():
    item = "<item><title>PM</title><guid>{}</guid></item>"
    texts = [item.format(number) for number in range(150)]

    def page(asked: Asked) -> Answer:
        start = int(asked.query["offset"][0])
        return Answer(f"<rss><channel>{''.join(texts[start : start + 100])}</channel></rss>")

    with serving({"/jobs.rss": page}) as host:
        found = await read(Board("teamtailor", "acme"), host)

    assert len(found.payloads) == 150
    assert len(host.asked_for("/jobs.rss")) == 2


async def test_a_teamtailor_json_feed_can_be_chosen():
    answer = {"version": "1.1", "title": "Fell", "items": [{"id": "j1", "title": "PM"}]}
    with serving({"/jobs.json": Answer(json=answer)}) as host:
        found = await read(Board("teamtailor", "acme", options=(("feed", "json"),)), host)

    assert sources.parse(found.payloads[0]).employer == "Fell"
    with pytest.raises(SettingsError, match='feed: write "rss" or "json"'):
        await read(Board("teamtailor", "acme", options=(("feed", "xml"),)), host)


def test_workable_rows_of_one_ad_are_joined():
    def row(country, code):
        return {"shortcode": "S1", "title": "PM", "locations": [{"country": country,
                "countryCode": code}]}  # fmt: skip

    rows = [row("Spain", "ES"), row("Portugal", "PT"), row("Spain", "ES")]
    found = split("workable", {"name": "Tidewater", "jobs": rows})

    assert found.skipped == ()
    assert len(found.payloads) == 1
    places = sources.parse(found.payloads[0]).locations
    assert [place.country for place in places] == ["ES", "PT"]


async def test_recruitee_sends_the_token_of_the_environment(monkeypatch):
    monkeypatch.setenv("ACME_TOKEN", "t0ken")
    board = Board("recruitee", "acme", options=(("token_variable", "ACME_TOKEN"),))
    with serving({"/api/offers/": Answer(json={"offers": []})}) as host:
        await read(board, host)
        monkeypatch.delenv("ACME_TOKEN")
        with pytest.raises(SettingsError, match="set ACME_TOKEN to the site's token"):
            await read(board, host)

    assert host.asked_for("/api/offers/")[0].headers["x-careers-sites-token"] == "t0ken"


async def test_recruitee_without_a_token_where_one_is_asked_for_says_what_to_do():
    with (
        serving({"/api/offers/": Answer(status=401)}) as host,
        pytest.raises(FetchError, match="asks for the employer's token; set token_variable"),
    ):
        await read(Board("recruitee", "acme"), host)


def test_an_empty_personio_feed_is_a_board_without_openings():
    assert split("personio", "<workzag-jobs></workzag-jobs>").payloads == ()


@pytest.mark.parametrize("source", ["personio", "teamtailor"])
@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<workzag-jobs><position>", "not XML, or cut short"),
        ("{", "not (XML|JSON), or cut short"),
        ("<html><body>Down</body></html>", "no (feed of jobs|RSS feed)"),
        (
            '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><workzag-jobs>&y;</workzag-jobs>',
            "declares entities",
        ),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>', "declares entit"),
    ],
)
def test_xml_that_is_no_feed_is_an_error(source, body, message):
    with pytest.raises(FetchError, match=f"{source}:acme: .*{message}"):
        split(source, body)


@pytest.mark.parametrize("language", ["xx", "EN"])
async def test_personio_knows_its_languages(language):
    board = Board("personio", "acme", options=(("language", language),))
    with (
        serving({"/xml": Answer(FEED)}) as host,
        pytest.raises(SettingsError, match="language: write one of de, en"),
    ):
        await read(board, host)


# Lists first, and a document for each ad that is worth one.


def bamboo(*titles: str) -> dict:
    ads = [{"id": str(n), "jobOpeningName": title} for n, title in enumerate(titles, 1)]
    return {"meta": {"totalCount": len(ads)}, "result": ads}


def told(text: str) -> Answer:
    return Answer(json={"result": {"jobOpening": {"description": f"<p>{text}</p>"}}})


BAMBOO = Board("bamboohr", "acme")


async def test_details_are_asked_for_project_titles_only():
    routes = {
        "/careers/list": Answer(json=bamboo("Project Manager", "Welder")),
        "/careers/1/detail": told("One plant."),
        "/careers/2/detail": told("Steel."),
    }
    with serving(routes) as host:
        found = await read(BAMBOO, host)

    texts = [sources.parse(payload).description for payload in found.payloads]
    assert texts == ["One plant.", None]
    assert host.asked_for("/careers/2/detail") == []


async def test_details_of_ads_that_are_stored_and_unchanged_are_not_asked_again():
    routes = {
        "/careers/list": Answer(json=bamboo("Project Manager", "PMO Lead")),
        "/careers/1/detail": told("One plant."),
        "/careers/2/detail": told("Two plants."),
    }
    with serving(routes) as host:
        first = await read(BAMBOO, host)
        second = await read(BAMBOO, host, bodies(first))

    assert bodies(second) == bodies(first)
    assert len(host.asked_for("/careers/1/detail")) == 1


async def test_details_are_asked_again_when_the_listed_ad_changed():
    turns = [Answer(json=bamboo("Project Manager")), Answer(json=bamboo("Senior Project Manager"))]
    routes = {"/careers/list": turns, "/careers/1/detail": [told("One."), told("Two.")]}
    with serving(routes) as host:
        first = await read(BAMBOO, host)
        second = await read(BAMBOO, host, bodies(first))

    posting = sources.parse(second.payloads[0])
    assert (posting.title, posting.description) == ("Senior Project Manager", "Two.")


async def test_an_ad_that_changed_while_its_host_is_silent_keeps_its_text_with_the_new_fields():
    turns = [Answer(json=bamboo("Project Manager")), Answer(json=bamboo("Senior Project Manager"))]
    routes = {"/careers/list": turns, "/careers/1/detail": [told("One."), Answer(status=500)]}
    with serving(routes) as host:
        first = await read(BAMBOO, host)
        second = await read(BAMBOO, host, bodies(first))

    posting = sources.parse(second.payloads[0])
    assert (posting.title, posting.description) == ("Senior Project Manager", "One.")


async def test_an_ad_that_is_no_longer_project_work_is_listed_as_it_is_now():
    turns = [Answer(json=bamboo("Project Manager")), Answer(json=bamboo("Welder"))]
    routes = {"/careers/list": turns, "/careers/1/detail": told("One.")}
    with serving(routes) as host:
        first = await read(BAMBOO, host)
        second = await read(BAMBOO, host, bodies(first))

    assert sources.parse(second.payloads[0]).title == "Welder"
    assert len(host.asked_for("/careers/1/detail")) == 1


async def test_a_detail_that_is_gone_or_broken_costs_its_ad_the_text_only():
    routes = {
        "/careers/list": Answer(json=bamboo(*["Project Manager"] * 3)),
        "/careers/1/detail": Answer(status=404),
        "/careers/2/detail": Answer("<html>moved</html>"),
        "/careers/3/detail": told("Three."),
    }
    with serving(routes) as host:
        found = await read(BAMBOO, host)

    texts = [sources.parse(payload).description for payload in found.payloads]
    assert texts == [None, None, "Three."]


async def test_a_host_that_has_enough_is_not_asked_for_more_details():
    routes = {
        "/careers/list": Answer(json=bamboo(*["Project Manager"] * 5)),
        "/careers/1/detail": Answer(status=429),
        "/careers/2/detail": told("Two."),
    }
    with serving(routes) as host:
        found = await read(BAMBOO, host)

    assert len(found.payloads) == 5
    assert host.asked_for("/careers/2/detail") == []


@pytest.mark.parametrize("board", [BAMBOO, Board("workday", "acme.wd5/Ext"),
                                   Board("oracle", "abcd.fa.us2/CX_1")])  # fmt: skip
async def test_undocumented_interfaces_need_a_readable_robots_txt(board):
    with (
        serving({"/robots.txt": Answer(status=500)}) as host,
        pytest.raises(RefusedError, match="robots.txt cannot be read"),
    ):
        await read(board, host)

    assert {asked.path for asked in host.asked} == {"/robots.txt"}


@pytest.mark.parametrize("name", ["../x", "1/2", "a b"])
def test_an_ad_whose_id_would_lead_elsewhere_is_left_out(name):
    found = split("bamboohr", {"result": [{"id": name, "jobOpeningName": "PM"}]})

    assert found.payloads == ()
    assert found.skipped[0].field == "id"


# Workday.

WORKDAY = Board("workday", "acme.wd5/Ext")
JOBS = "/wday/cxs/acme/Ext/jobs"


def workday(n_ads: int, title: str = "Welder", ask: list | None = None):
    ads = [
        {
            "title": title,
            "externalPath": f"/job/Ulm/{title}_R{n:04}",
            "locationsText": "Ulm, Germany",
            "postedOn": "Posted Yesterday",
            "bulletFields": [f"R{n:04}"],
        }
        for n in range(n_ads)
    ]

    def page(asked: Asked) -> Answer:
        question = json.loads(asked.body)
        if ask is not None:
            ask.append(question["searchText"])
        start = question["offset"] if question["offset"] < n_ads else 0  # the first page again
        found = ads[start : start + question["limit"]]
        return Answer(json={"total": 0 if start else n_ads, "jobPostings": found})

    return page


@pytest.mark.parametrize(("n_ads", "n_pages"), [(0, 1), (1, 1), (20, 1), (41, 3)])
async def test_workday_lists_are_read_page_by_page(n_ads, n_pages):
    with serving({JOBS: workday(n_ads)}) as host:
        found = await read(WORKDAY, host)

    assert len(found.payloads) == n_ads
    assert len(host.asked_for(JOBS)) == n_pages
    assert (found.whole, found.skipped) == (True, ())


async def test_workday_that_sends_the_first_page_again_is_not_read_for_ever():
    def same(asked: Asked) -> Answer:
        ads = [{"title": "Welder", "externalPath": f"/job/x_R{n:04}"} for n in range(20)]
        return Answer(json={"total": 900, "jobPostings": ads})

    with serving({JOBS: same}) as host:
        found = await read(WORKDAY, host)

    assert len(found.payloads) == 20
    assert len(host.asked_for(JOBS)) == 2


async def test_workday_ads_keep_the_day_they_were_posted_and_their_text():
    path = "/wday/cxs/acme/Ext/job/Ulm/Project Manager_R0000"
    info = {"jobPostingInfo": {"jobDescription": "<p>One line.</p>", "jobReqId": "R0000"}}
    listing = workday(1, "Project-Manager")
    with serving({JOBS: listing, path.replace(" ", "-"): Answer(json=info)}) as host:
        first = await read(WORKDAY, host)
        second = await read(WORKDAY, host, bodies(first))

    posting = sources.parse(first.payloads[0])
    assert posting.source_id == "acme/Ext/R0000"
    assert posting.date_posted == (first.payloads[0].fetched_at.date().fromordinal(
        first.payloads[0].fetched_at.date().toordinal() - 1))  # fmt: skip
    assert posting.url.endswith("/Ext/job/Ulm/Project-Manager_R0000")
    assert (posting.title, posting.description) == ("Project-Manager", "One line.")
    assert bodies(second) == bodies(first)
    assert len(host.asked_for("/wday/cxs/acme/Ext/job/Ulm/Project-Manager_R0000")) == 1


async def test_workday_searches_are_the_users_and_never_the_whole_site():
    asked: list[str] = []
    board = replace(WORKDAY, options=(("query", "project manager"), ("query", "pmo")))
    with serving({JOBS: workday(3, ask=asked)}) as host:
        found = await read(board, host)

    assert asked == ["project manager", "pmo"]
    assert len(found.payloads) == 3
    assert not found.whole


@pytest.mark.parametrize("name", ["acme", "acme/Ext", "acme.wd5", "acme.wd5/../x", "a.wd5/b/c"])
async def test_workday_board_names_are_explained(name):
    with serving({}) as host, pytest.raises(SettingsError, match="write TENANT.HOST/SITE"):
        await read(Board("workday", name), host)


# Oracle.

ORACLE = Board("oracle", "abcd.fa.us2/CX_1")
LIST = "/hcmRestApi/resources/latest/recruitingCEJobRequisitions"


async def test_oracle_lists_are_read_page_by_page_and_details_by_id():
    def page(asked: Asked) -> Answer:
        finder = dict(
            part.split("=") for part in asked.query["finder"][0].partition(";")[2].split(",")
        )
        start = int(finder["offset"])
        ads = [
            {"Id": str(n), "Title": "Project Manager" if n == 3 else "Welder"} for n in range(250)
        ]
        found = ads[start : start + int(finder["limit"])]
        assert finder["siteNumber"] == "CX_1"
        return Answer(json={"items": [{"TotalJobsCount": 250, "requisitionList": found}]})

    def detail(asked: Asked) -> Answer:
        assert asked.query["finder"] == ['ById;Id="3",siteNumber=CX_1']
        return Answer(json={"items": [{"ExternalDescriptionStr": "<p>One dam.</p>"}]})

    details = "/hcmRestApi/resources/latest/recruitingCEJobRequisitionDetails"
    with serving({LIST: page, details: detail}) as host:
        found = await read(ORACLE, host)

    assert len(found.payloads) == 250
    assert sources.parse(found.payloads[3]).description == "One dam."
    assert found.payloads[3].source_id == "abcd/CX_1/3"
    assert found.payloads[3].url == (f"{host.url}/hcmUI/CandidateExperience/en/sites/CX_1/job/3")
    assert len(host.asked_for(details)) == 1


async def test_oracle_board_names_are_explained():
    with serving({}) as host, pytest.raises(SettingsError, match="write POD/SITE"):
        await read(Board("oracle", "CX_1"), host)


# SmartRecruiters.


async def test_smartrecruiters_is_off_until_the_user_has_leave():
    postings = "/v1/companies/acme/postings"
    ads = {"totalFound": 1, "content": [{"id": "74", "name": "Project Manager"}]}
    info = {"jobAd": {"sections": {"jobDescription": {"title": "Do", "text": "<p>One.</p>"}}}}
    routes = {
        "/robots.txt": Answer("User-agent: *\nDisallow: /\n"),
        postings: Answer(json=ads),
        f"{postings}/74": Answer(json=info),
    }
    with serving(routes) as host:
        with pytest.raises(RefusedError, match="if the employer lets you, add allowed = true"):
            await read(Board("smartrecruiters", "acme"), host)
        assert host.asked == []
        board = Board("smartrecruiters", "acme", options=(("allowed", "true"),))
        found = await read(board, host)

    assert sources.parse(found.payloads[0]).description == "Do\nOne."
    assert host.asked_for("/robots.txt") == []
