"""What holds for every source: payloads read as expected, bad answers are clear errors.

A pair under payloads/<source>/ is one ad, named after what is odd about it, and what it states.
All ads here are invented.
"""

import contextlib
import json
import sys

import pytest

from pmjobs import sources
from pmjobs.errors import FetchError, ParseError, SettingsError
from pmjobs.net import Client, Limits
from pmjobs.posting import Board
from pmjobs.settings import Network
from tests.loopback import Answer, Asked, serving
from tests.replay import differences, pairs, payload, split

FAST = Network(requests_per_second=2000, allow_loopback=True)
LIMITS = Limits(silence_s=0.5, deadline_s=1, backoff_s=0.01, retries=1)

# source → (path the board "acme" is at, an empty board, an ad, a board of such ads)
BOARDS = {
    "greenhouse": ("/v1/boards/acme/jobs", {"jobs": []}, {"id": 1, "title": "PM"}, "jobs"),
    "lever": ("/v0/postings/acme", [], {"id": "1", "text": "PM"}, None),
    "ashby": ("/posting-api/job-board/acme", {"jobs": []}, {"id": "1", "title": "PM"}, "jobs"),
}


def board_of(source: str, ads: list) -> object:
    name = BOARDS[source][3]
    return {name: ads} if name else ads


@pytest.mark.parametrize(
    ("source", "path"), pairs(), ids=lambda value: getattr(value, "stem", value)
)
def test_payload_reads_as_expected(source, path):
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    posting = sources.parse(payload(source, path.read_text(encoding="utf-8")))

    assert differences(posting, expected) == {}


@pytest.mark.parametrize("name", sources.SOURCES)
def test_every_source_has_the_same_shape(name):
    source = sources.find_source(name)

    assert name == source.NAME
    assert all(callable(getattr(source, verb)) for verb in ("fetch", "split", "parse"))
    assert all(help_line for help_line in source.OPTIONS.values())
    assert "Field notes" in source.__doc__


def test_the_registry_imports_nothing_before_it_is_needed():
    import subprocess

    code = "import sys, pmjobs.sources; print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()

    assert not {"httpx", "pmjobs.sources.lever", "pmjobs.parsing"} & set(loaded)


def test_an_unknown_source_names_those_that_are():
    with pytest.raises(SettingsError, match="'linkedin' is no source; known are greenhouse, lever"):
        sources.find_source("linkedin")


def test_an_unknown_option_of_a_board_is_an_error():
    sources.check_board(Board("greenhouse", "acme"))
    with pytest.raises(SettingsError, match="greenhouse:acme: qurey: unknown; known are source, b"):
        sources.check_board(Board("greenhouse", "acme", options=(("qurey", "pmo"),)))


# Boards over HTTP, on loopback.


async def read(source: str, host_url: str, board: str = "acme") -> list:
    asked = Board(source, board, base_url=host_url)
    async with Client(FAST, limits=LIMITS) as client:
        documents = await sources.fetch(asked, client)
    return sources.split(asked, documents).payloads


@pytest.mark.parametrize("source", BOARDS)
async def test_a_board_is_fetched_split_and_parsed(source):
    path, _, ad, _ = BOARDS[source]
    with serving({path: Answer(json=board_of(source, [ad]))}) as host:
        payloads = await read(source, host.url)

    assert [payload.source_id for payload in payloads] == ["acme/1"]
    assert sources.parse(payloads[0]).title == "PM"
    assert sources.parse(payloads[0]).description is None


@pytest.mark.parametrize("source", BOARDS)
async def test_a_board_without_openings_is_no_error(source):
    path, empty, _, _ = BOARDS[source]
    with serving({path: Answer(json=empty)}) as host:
        assert await read(source, host.url) == ()


@pytest.mark.parametrize("source", BOARDS)
async def test_an_unknown_board_is_an_error_not_an_empty_board(source):
    with (
        serving({}) as host,
        pytest.raises(FetchError, match=f"{source}: no board called 'acme'; take the name"),
    ):
        await read(source, host.url)


@pytest.mark.parametrize("source", BOARDS)
@pytest.mark.parametrize("name", ["../../admin", "https://evil.example/", "a/b", "a?b", "..", "#"])
async def test_a_board_name_cannot_lead_elsewhere(source, name):
    with (
        serving({}) as host,
        pytest.raises(SettingsError, match="no board name; take the name from a job link"),
    ):
        await read(source, host.url, name)

    assert host.asked == []


@pytest.mark.parametrize("source", BOARDS)
@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (Answer("<!doctype html><title>Down</title>"), "a web page instead of JSON"),
        (Answer('{"jobs": [{"id": 1}'), "not JSON, or cut short"),
        (Answer(b'{"jobs": [{"id": "\xff"}]}'), "not UTF-8 text"),
        (Answer("[" * 100_000), "JSON nested too deep"),
        (Answer(json={"message": "down for maintenance"}), "no list of ads at"),
        (Answer(json="ads"), "no list of ads at"),
        (Answer(""), "not JSON, or cut short"),
        (Answer(status=500), "HTTP 500; the host has trouble"),
        (Answer('{"jobs": []}', cut=4), "broke off in the middle"),
    ],
)
async def test_an_answer_that_is_no_board_is_an_error(source, answer, message):
    path = BOARDS[source][0]
    with serving({path: answer}) as host, pytest.raises(FetchError, match=message) as raised:
        await read(source, host.url)

    assert str(raised.value).startswith((f"{source}:", "127.0.0.1:"))


# One bad ad costs one ad.


@pytest.mark.parametrize("source", BOARDS)
def test_ads_that_cannot_be_told_apart_are_reported_and_the_others_kept(source):
    ad = BOARDS[source][2]
    answer = [ad, {**ad, "note": "again"}, {"note": "no id"}, "no ad", None, {**ad, "id": "2"}]
    read = split(source, board_of(source, answer))

    assert [payload.source_id for payload in read.payloads] == ["acme/1", "acme/2"]
    assert [(ad.source_id, ad.field, ad.problem) for ad in read.skipped] == [
        ("acme/1", "id", "twice in one answer; the first is kept"),
        ("acme/#3", "id", "missing"),
        ("acme/#4", "id", "not an ad"),
        ("acme/#5", "id", "not an ad"),
    ]


@pytest.mark.parametrize("source", BOARDS)
@pytest.mark.parametrize("title", [None, "", "  "])
def test_an_ad_without_a_title_is_skipped_with_the_reason(source, title):
    ad = BOARDS[source][2]
    untitled = {key: title if value == "PM" else value for key, value in ad.items()}

    with pytest.raises(ParseError, match=r"acme/1: (title|text): missing"):
        sources.parse(payload(source, untitled))


@pytest.mark.parametrize("source", ["greenhouse", "lever", "ashby", "ashby_graphql"])
@pytest.mark.parametrize("value", [3, "x", [], ["x"], {}, {"name": {}}, True, [[]], 1e999])
def test_a_field_of_the_wrong_kind_is_named_or_does_no_harm(source, value):
    """Whatever stands in a field, the ad is read or skipped with the field's name."""
    fields = [
        "title", "text", "content", "location", "departments", "metadata", "first_published",
        "categories", "lists", "createdAt", "salaryRange", "workplaceType", "address", "isRemote",
        "compensation", "secondaryLocations", "publishedAt", "employmentType", "descriptionHtml",
        "pay_input_ranges", "company_name", "teamName", "locationName", "country", "description",
    ]  # fmt: skip
    whole = {"id": "1", "title": "PM", "text": "PM"}
    for field in fields:
        named = field
        with contextlib.suppress(ParseError):
            try:
                assert sources.parse(payload(source, {**whole, field: value})).title
            except ParseError as error:
                named = error.field.split(".")[0]
                raise
        assert named == field


@pytest.mark.parametrize("source", BOARDS)
def test_an_unchanged_ad_has_the_same_body_whatever_the_order_of_its_fields(source):
    ad = BOARDS[source][2]
    backwards = dict(reversed(ad.items()))
    bodies = [split(source, board_of(source, [one])).payloads[0].body for one in (ad, backwards)]

    assert bodies[0] == bodies[1]


@pytest.mark.parametrize("source", BOARDS)
def test_nothing_is_dropped_but_recruiters_addresses_and_numbers(source):
    ad = {**BOARDS[source][2], "note": "Ask jo@harrow.example or +44 20 7946 0958", "x": [1, None]}
    body = split(source, board_of(source, [ad])).payloads[0].body

    assert json.loads(body) == {**ad, "note": "Ask [e-mail] or [phone]"}


@pytest.mark.parametrize("source", BOARDS)
def test_half_a_character_and_numbers_that_are_none_do_no_harm(source):
    ad = json.dumps(board_of(source, [BOARDS[source][2]]))
    broken = ad.replace('"PM"', '"PM \\ud83d, \\u0000", "pay": NaN, "more": Infinity')
    body = split(source, broken).payloads[0].body

    assert body.encode("utf-8")
    assert json.loads(body)["pay"] is None
    assert sources.parse(payload(source, body)).title == "PM ?,"


# Lever's pages.


async def test_lever_asks_for_page_after_page_until_one_is_not_full():
    ads = [{"id": str(number), "text": "PM"} for number in range(250)]

    def page(asked: Asked) -> Answer:
        start, size = int(asked.query["skip"][0]), int(asked.query["limit"][0])
        return Answer(json=ads[start : start + size])

    with serving({"/v0/postings/acme": page}) as host:
        payloads = await read("lever", host.url)

    assert len(payloads) == 250
    assert len(host.asked_for("/v0/postings/acme")) == 3


async def test_a_lever_host_that_knows_no_paging_is_asked_twice_at_most():
    everything = Answer(json=[{"id": str(number), "text": "PM"} for number in range(100)])
    with serving({"/v0/postings/acme": everything}) as host:
        payloads = await read("lever", host.url)

    assert len(payloads) == 100
    assert len(host.asked_for("/v0/postings/acme")) == 2


async def test_lever_may_say_ok_false_for_an_unknown_board():
    nobody = Answer(json={"ok": False, "error": "Document not found"})
    with (
        serving({"/v0/postings/acme": nobody}) as host,
        pytest.raises(FetchError, match="lever: no board called 'acme'"),
    ):
        await read("lever", host.url)


# Ashby.


def test_ashby_ads_that_are_not_listed_are_left_out():
    ads = [{"id": "1", "title": "PM"}, {"id": "2", "title": "PM", "isListed": False}]

    assert [p.source_id for p in split("ashby", {"jobs": ads}).payloads] == ["acme/1"]


GRAPHQL = "/api/non-user-graphql"


async def test_ashby_graphql_is_asked_by_post_and_only_where_robots_txt_allows():
    def answer(asked: Asked) -> Answer:
        question = json.loads(asked.body)
        assert question["variables"] == {"organizationHostedJobsPageName": "acme"}
        teams = [{"id": "t", "name": "Delivery", "parentTeamId": None}]
        ads = [{"id": "1", "title": "PM", "teamId": "t"}, {"id": "2", "title": "PM", "teamId": []}]
        return Answer(json={"data": {"jobBoard": {"teams": teams, "jobPostings": ads}}})

    with serving({GRAPHQL: answer}) as host:
        payloads = await read("ashby_graphql", host.url)
    assert [sources.parse(one).department for one in payloads] == ["Delivery", None]
    assert payloads[0].url == "https://jobs.ashbyhq.com/acme/1"

    forbidding = Answer("User-agent: *\nDisallow: /api\n")
    with (
        serving({GRAPHQL: answer, "/robots.txt": forbidding}) as host,
        pytest.raises(FetchError, match="robots.txt forbids"),
    ):
        await read("ashby_graphql", host.url)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ({"data": {"jobBoard": None}}, "no board called 'acme'"),
        ({"data": None, "errors": [{"message": "?"}]}, "the interface may have changed"),
        ({"data": {"jobBoard": {"jobPostings": None}}}, "no list of ads at 'jobPostings'"),
    ],
)
async def test_ashby_graphql_answers_that_are_no_board_are_errors(answer, message):
    with (
        serving({GRAPHQL: Answer(json=answer)}) as host,
        pytest.raises(FetchError, match=message),
    ):
        await read("ashby_graphql", host.url)


# A page with schema.org data.

AD = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Project Manager, Tunnels",
    "description": "<p>You dig one tunnel.</p>",
    "datePosted": "2026-04-01",
    "hiringOrganization": {"@type": "Organization", "name": "Mole & Sons"},
}


def page(*ads: dict, head: str = "") -> str:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(ad)}</script>' for ad in ads)
    return f"<html><head>{head}{scripts}</head><body>Jobs</body></html>"


async def read_page(answer: Answer, path: str = "/jobs/7"):
    with serving({path: answer}) as host:
        board = Board("jsonld_page", f"{host.url}{path}")
        async with Client(FAST, limits=LIMITS) as client:
            documents = await sources.fetch(board, client)
        return sources.split(board, documents)


async def test_a_page_with_one_ad_is_read():
    read = await read_page(Answer(page(AD)))
    posting = sources.parse(read.payloads[0])

    assert (posting.title, posting.employer) == ("Project Manager, Tunnels", "Mole & Sons")
    assert posting.source_id.startswith("127.0.0.1:")
    assert posting.source_id.endswith("/jobs/7")
    assert posting.description == "You dig one tunnel."


async def test_a_page_with_several_ads_knows_each_by_its_own_name():
    ads = [
        {**AD, "identifier": {"@type": "PropertyValue", "name": "Mole", "value": 4021}},
        {**AD, "url": "/jobs/9?from=list"},
        {**AD, "title": "PMO Lead", "url": "http://["},
    ]
    read = await read_page(Answer(page(*ads)))

    ids = [payload.source_id.partition("/")[2] for payload in read.payloads]
    assert ids == ["4021", "jobs/9?from=list", "jobs/7#PMO Lead"]
    assert read.payloads[1].url.endswith("/jobs/9?from=list")


async def test_a_page_without_the_data_gives_no_ads_and_says_what_to_do():
    read = await read_page(Answer("<html><body>No ads today</body></html>"))

    assert read.payloads == ()
    assert read.skipped[0].problem.startswith("no schema.org JobPosting in the page; the ad may")


async def test_a_page_that_is_gone_is_an_error():
    with pytest.raises(FetchError, match="the page is gone") as raised:
        await read_page(Answer(status=410))

    assert raised.value.status == 410


async def test_a_page_address_that_is_none_is_a_mistake_in_the_settings():
    async with Client(FAST) as client:
        with pytest.raises(SettingsError, match="is no address"):
            await sources.fetch(Board("jsonld_page", "careers"), client)


@pytest.mark.parametrize(
    ("encoding", "kind", "head"),
    [
        ("utf-8", "text/html", ""),
        ("utf-8", "text/html; charset=iso-8859-1", ""),  # the header is wrong
        ("cp1252", "text/html", ""),
        ("iso-8859-2", "text/html; charset=ISO-8859-2", ""),
        ("iso-8859-2", "text/html", '<meta charset="iso-8859-2">'),
    ],
)
async def test_pages_are_read_in_their_own_character_set(encoding, kind, head):
    town = {**AD, "title": "Projektleiter Köln"}
    text = page(town, head=head).replace("\\u00f6", "ö")
    answer = Answer(text.encode(encoding), headers={"Content-Type": kind})
    read = await read_page(answer)

    assert sources.parse(read.payloads[0]).title == "Projektleiter Köln"
