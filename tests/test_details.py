"""Texts that stand in a document of their own: asked for where it pays, kept where it is stored."""

import base64
import json

import pytest

from pmjobs import sources
from pmjobs.net import Client, Limits
from pmjobs.posting import Board, BoardRead
from pmjobs.settings import Network
from tests.loopback import Answer, serving

FAST = Network(requests_per_second=2000, allow_loopback=True)
LIMITS = Limits(silence_s=0.5, deadline_s=2, backoff_s=0.01, retries=1)

REED = {
    "jobId": 7,
    "jobTitle": "Project Manager",
    "jobDescription": "Call 020 7946 0958 …",
    "date": "03/11/2026",
    "applications": 1,
}
REED_TEXT = {"jobId": 7, "jobDescription": "<p>Run the tram works.</p>", "salaryType": "per day"}
SEARCH, JOB = "/api/1.0/search", "/api/1.0/jobs/7"


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PMJOBS_REED_KEY", "k")


async def read(board: Board, known: dict[str, str] | None = None) -> BoardRead:
    async with Client(FAST, limits=LIMITS) as client:
        documents = await sources.fetch(board, client, known or {})
    return sources.split(board, documents)


def reed(host_url: str) -> Board:
    return Board("reed", "mine", host_url, (("query", "pm"),))


def listing(*ads: dict) -> Answer:
    return Answer(json={"results": list(ads)})


async def test_the_whole_text_stands_beside_the_listed_fields():
    cook = {**REED, "jobId": 8, "jobTitle": "Cook"}
    with serving({SEARCH: listing(REED, cook), JOB: Answer(json=REED_TEXT)}) as host:
        found = [sources.parse(one) for one in (await read(reed(host.url))).payloads]

        assert host.asked_for("/api/1.0/jobs/8") == []
    assert [one.description for one in found] == ["Run the tram works.", "Call [phone] …"]
    assert ["excerpt" in one.attribution for one in found] == [False, True]


async def test_a_stored_text_is_not_asked_for_again_and_the_ad_stays_the_same():
    with serving({SEARCH: listing(REED), JOB: Answer(json=REED_TEXT)}) as host:
        (first,) = (await read(reed(host.url))).payloads
    later = {**REED, "applications": 99}
    with serving({SEARCH: listing(later), JOB: Answer(json=REED_TEXT)}) as host:
        (second,) = (await read(reed(host.url), {first.source_id: first.body})).payloads

        assert host.asked_for(JOB) == []
    assert second.body == first.body


@pytest.mark.parametrize("stored", ["", "[", "[]", '"text"', '{"detail": 1}', "[" * 100_000])
async def test_a_stored_body_that_cannot_be_read_is_asked_for_anew(stored):
    with serving({SEARCH: listing(REED), JOB: Answer(json=REED_TEXT)}) as host:
        (found,) = (await read(reed(host.url), {"7": stored})).payloads

    assert sources.parse(found).description == "Run the tram works."


@pytest.mark.parametrize("answer", [Answer(status=404), Answer("<html>"), Answer(json=[1])])
async def test_an_ad_whose_text_is_gone_or_odd_keeps_what_is_listed(answer):
    with serving({SEARCH: listing(REED), JOB: answer}) as host:
        (found,) = (await read(reed(host.url))).payloads

    assert sources.parse(found).description == "Call [phone] …"


async def test_a_title_that_is_no_text_is_no_project_work():
    odd = {**REED, "jobTitle": ["Project Manager"]}
    with serving({SEARCH: listing(odd), JOB: Answer(json=REED_TEXT)}) as host:
        await read(reed(host.url))

        assert host.asked_for(JOB) == []


async def test_the_german_service_is_asked_by_number_in_base64():
    number = "10001-77-S"
    service = "/jobboerse/jobsuche-service/pc/v4"
    code = base64.b64encode(number.encode()).decode()
    routes = {
        f"{service}/jobs": Answer(json={"stellenangebote": [{"refnr": number, "titel": "PMO"}]}),
        f"{service}/jobdetails/{code}": Answer(
            json={"stellenangebotsBeschreibung": "Sie leiten\n\n* Termine"}
        ),
    }
    with serving(routes) as host:
        options = (("query", "pmo"),)
        (found,) = (await read(Board("arbeitsagentur", "mine", host.url, options))).payloads

    assert found.url == f"https://www.arbeitsagentur.de/jobsuche/jobdetail/{number}"
    assert sources.parse(found).description == "Sie leiten\n• Termine"


async def test_a_rippling_ad_for_several_places_is_one():
    rows = [
        {"uuid": "d1", "name": "Program Manager", "workLocation": {"label": "Berlin "}},
        {"uuid": "d1", "name": "Program Manager", "workLocation": {"label": "Oslo"}},
        {"uuid": "d2", "name": "Cook", "workLocation": None},
        {"name": "Nobody"},
    ]
    text = {"uuid": "d1", "description": {"role": "<p>Run the yard.</p>"}}
    routes = {"/acme/jobs": Answer(json=rows), "/acme/jobs/d1": Answer(json=text)}
    with serving(routes) as host:
        found = await read(Board("rippling", "acme", host.url))

    manager, cook = [sources.parse(one) for one in found.payloads]
    assert [place.locality for place in manager.locations] == ["Berlin", "Oslo"]
    assert (manager.description, cook.description) == ("Run the yard.", None)
    assert [one.problem for one in found.skipped] == ["missing"]
    assert json.loads(found.payloads[0].body)["detail"] == text
