"""Pages and sitemaps that lead to ads, and ads in microdata. All of them are invented."""

import gzip
import json

import pytest

from pmjobs import sources
from pmjobs.errors import FetchError
from pmjobs.net import Client, Limits
from pmjobs.parsing.microdata import job_postings
from pmjobs.posting import Board
from pmjobs.settings import Network
from tests.loopback import Answer, serving

FAST = Network(requests_per_second=2000, allow_loopback=True)
LIMITS = Limits(silence_s=0.5, deadline_s=1, backoff_s=0.01, retries=1)


def ad(title: str, text: str = "You dig.") -> str:
    fields = {"@type": "JobPosting", "title": title, "description": f"<p>{text}</p>"}
    return f'<script type="application/ld+json">{json.dumps(fields)}</script><p>{title}</p>'


async def read(url: str, known=sources.NOTHING, **options: str):
    board = Board("careers_site", url, options=tuple(options.items()))
    async with Client(FAST, limits=LIMITS) as client:
        documents = await sources.fetch(board, client, known)
    return sources.split(board, documents)


def titles(found) -> list[str]:
    return [sources.parse(payload).title for payload in found.payloads]


LIST = """<html><body><a href="/">Home</a><a href="/jobs/pm-tunnels">Project Manager, Tunnels</a>
<a href="jobs/4021#apply">Read more</a><a href="/jobs/welder">Welder</a>
<a href="https://other.example/jobs/project-manager">Project Manager elsewhere</a>
<a href="mailto:jo@mole.example">Write</a><a href="/jobs/pm-tunnels">Project Manager again</a>
<a href="http://[">broken</a></body></html>"""


async def test_links_that_can_be_project_work_are_followed():
    routes = {
        "/careers": Answer(LIST),
        "/jobs/pm-tunnels": Answer(ad("Project Manager, Tunnels")),
        "/jobs/4021": Answer(ad("Programme Lead")),
        "/jobs/welder": Answer(ad("Welder")),
    }
    with serving(routes) as host:
        found = await read(f"{host.url}/careers")

    assert titles(found) == ["Project Manager, Tunnels", "Programme Lead"]
    assert found.payloads[0].url == f"{host.url}/jobs/pm-tunnels"
    assert host.asked_for("/jobs/welder") == []
    assert found.skipped == ()


async def test_pages_of_ads_that_are_stored_are_not_asked_again():
    routes = {"/careers": Answer(LIST), "/jobs/pm-tunnels": Answer(ad("Project Manager"))}
    with serving(routes) as host:
        first = await read(f"{host.url}/careers")
        known = {payload.source_id: payload.body for payload in first.payloads}
        second = await read(f"{host.url}/careers", known)

    assert [one.body for one in second.payloads] == [one.body for one in first.payloads]
    assert len(host.asked_for("/jobs/pm-tunnels")) == 1


def sitemap(host: str, *entries: tuple[str, str], kind: str = "url") -> str:
    inner = "".join(
        f"<{kind}><loc>{host}{path}</loc><lastmod>{day}</lastmod></{kind}>" for path, day in entries
    )
    root = "sitemapindex" if kind == "sitemap" else "urlset"
    name = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><{root} xmlns="{name}">{inner}</{root}>'


@pytest.mark.parametrize("packed", [False, True])
async def test_sitemaps_lead_to_ads_and_say_what_changed(packed):
    days = iter(["2026-01-01", "2026-01-01", "2026-02-02"])
    base = []

    def inner(asked):
        text = sitemap(base[0], ("/jobs/senior-project-manager", next(days)), ("/about", "2026"))
        return Answer(gzip.compress(text.encode()) if packed else text)

    routes = {
        "/sitemap.xml": lambda _: Answer(
            sitemap(base[0], ("/jobs.xml.gz", "2026-01-01"), kind="sitemap")
        ),
        "/jobs.xml.gz": inner,
        "/jobs/senior-project-manager": [Answer(ad("PM", "One.")), Answer(ad("PM", "Two."))],
    }
    with serving(routes) as host:
        base.append(host.url)
        known, texts = {}, []
        for _ in range(3):
            found = await read(f"{host.url}/sitemap.xml", known)
            known = {payload.source_id: payload.body for payload in found.payloads}
            texts.append(sources.parse(found.payloads[0]).description)

    assert texts == ["One.", "One.", "Two."]
    assert len(host.asked_for("/jobs/senior-project-manager")) == 2
    assert host.asked_for("/about") == []


async def test_the_users_match_chooses_the_links():
    routes = {
        "/careers": Answer('<a href="/x/7">Project Manager</a><a href="/jobs/8">PMO Lead</a>'),
        "/x/7": Answer(ad("PM")),
    }
    with serving(routes) as host:
        found = await read(f"{host.url}/careers", match="/x/")

    assert titles(found) == ["PM"]
    assert host.asked_for("/jobs/8") == []


async def test_pages_without_the_data_are_reported_and_the_others_read():
    routes = {
        "/careers": Answer('<a href="/jobs/1">1</a><a href="/jobs/2">2</a><a href="/jobs/3">3</a>'),
        "/jobs/1": Answer("<p>Project Manager wanted</p>"),
        "/jobs/2": Answer(ad("PMO Lead")),
        "/jobs/3": Answer(status=404),
    }
    with serving(routes) as host:
        found = await read(f"{host.url}/careers")

    assert titles(found) == ["PMO Lead"]
    assert [one.field for one in found.skipped] == ["JobPosting"]
    assert found.skipped[0].source_id.endswith("/jobs/1")


async def test_a_page_that_leads_to_no_ads_says_what_to_do():
    with serving({"/careers": Answer("<p>We hire</p>")}) as host:
        found = await read(f"{host.url}/careers")

    assert found.payloads == ()
    assert "no links to ads in the page; set match" in found.skipped[0].problem


async def test_ads_that_the_list_itself_holds_are_read_with_it():
    with serving({"/careers": Answer(ad("Project Manager"))}) as host:
        found = await read(f"{host.url}/careers")

    assert titles(found) == ["Project Manager"]
    assert [asked.path for asked in host.asked] == ["/robots.txt", "/careers"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"\x1f\x8bnot gzip", "the packed sitemap is damaged"),
        (gzip.compress(b"\0" * 60_000_000), "a sitemap of more than 50,000,000 bytes"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><urlset>&x;</urlset>', "entities"),
        (b'<?xml version="1.0"?><urlset><url>', "not XML, or cut short"),
    ],
)
async def test_sitemaps_that_are_none_are_errors(body, message):
    with (
        serving({"/sitemap.xml": Answer(body)}) as host,
        pytest.raises(FetchError, match=message),
    ):
        await read(f"{host.url}/sitemap.xml")


MICRODATA = """<html><body><div itemscope itemtype="http://schema.org/JobPosting">
<h1 itemprop="title">Project <b>Manager</b>, Locks</h1>
<meta itemprop="datePosted" content="2026-05-01">
<time itemprop="validThrough" datetime="2026-06-01">soon</time>
<div itemprop="hiringOrganization" itemscope itemtype="http://schema.org/Organization">
<span itemprop="name">Mole &amp; Sons</span></div>
<div itemprop="description"><p>You keep the gates.</p><ul><li>Plan</li></ul></div>
<span itemprop="jobLocation" itemscope itemtype="http://schema.org/Place">
<span itemprop="address" itemscope><i itemprop="addressLocality">Delft</i>
<i itemprop="addressCountry">NL</i></span></span></div></body></html>"""


async def test_ads_in_microdata_are_read_where_there_is_no_json_ld():
    with serving({"/jobs/7": Answer(MICRODATA)}) as host:
        board = Board("jsonld_page", f"{host.url}/jobs/7")
        async with Client(FAST) as client:
            found = sources.split(board, await sources.fetch(board, client))
    posting = sources.parse(found.payloads[0])

    assert (posting.title, posting.employer) == ("Project Manager, Locks", "Mole & Sons")
    assert posting.description == "You keep the gates.\n• Plan"
    assert (str(posting.date_posted), str(posting.valid_through)) == ("2026-05-01", "2026-06-01")
    assert [(place.locality, place.country) for place in posting.locations] == [("Delft", "NL")]


@pytest.mark.parametrize(
    "html",
    ["", "<p itemprop=title>PM</p>", '<p itemscope itemtype="http://schema.org/Event">JobPosting',
     '<p itemscope itemtype="https://evil.example/JobPosting"><b itemprop="title">PM</b></p>'],
)  # fmt: skip
def test_other_items_are_no_ads(html):
    assert job_postings(html) == []


def test_values_given_twice_become_a_list_and_deep_items_end():
    deep = '<div itemprop="x" itemscope>' * 50
    html = (
        '<div itemscope itemtype="https://schema.org/JobPosting"><b itemprop="title">PM</b>'
        f'<i itemprop="skills">a</i><i itemprop="skills">b</i>{deep}</div>'
    )
    (found,) = job_postings(html)

    assert found["skills"] == ["a", "b"]
    assert json.dumps(found).count("{") < 20
