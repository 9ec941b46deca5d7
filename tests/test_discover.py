"""What stands behind a careers page is found by looking, politely. All pages are invented."""

import json

import pytest

from pmjobs.discover import MOST_REQUESTS, advice, discover, systems_in
from pmjobs.errors import FetchError, RefusedError, SettingsError
from pmjobs.net import Client, Limits
from pmjobs.settings import Network
from tests.loopback import Answer, serving
from tests.replay import document

FAST = Network(requests_per_second=2000, allow_loopback=True)
LIMITS = Limits(silence_s=1, deadline_s=2, backoff_s=0.01, retries=0)


async def found(routes, path="/careers"):
    """What is found behind `path`, and the host that was asked."""
    with serving(routes) as host:
        async with Client(FAST, limits=LIMITS) as client:
            return await discover(f"{host.url}{path}", client), host


def page(body: str, head: str = "") -> Answer:
    return Answer(f"<html><head>{head}</head><body>{body}</body></html>")


def ad(title: str = "Project Manager") -> str:
    fields = {"@type": "JobPosting", "title": title, "description": "You build weirs."}
    return f'<script type="application/ld+json">{json.dumps(fields)}</script><h1>{title}</h1>'


@pytest.mark.parametrize(
    ("html", "key"),
    [
        ('<a href="https://boards.greenhouse.io/weir/jobs/7">Planner</a>', "greenhouse:weir"),
        (
            '<div id="grnhse_app"></div>'
            '<script src="https://boards.greenhouse.io/embed/job_board/js?for=weir"></script>',
            "greenhouse:weir",
        ),
        ('<iframe src="//jobs.ashbyhq.com/weir/embed"></iframe>', "ashby:weir"),
        (
            '<script>load({url: "https:\\/\\/api.lever.co\\/v0\\/postings\\/weir"})</script>',
            "lever:weir",
        ),
        (
            '<a href="https://weir.wd3.myworkdayjobs.com/en-US/Jobs">Jobs</a>',
            "workday:weir.wd3/Jobs",
        ),
        ('<a href="https://apply.workable.com/weir/?lng=en&amp;x=1">Jobs</a>', "workable:weir"),
        ('<form action="https://weir.recruitee.com/"></form>', "recruitee:weir"),
        ('<div data-url="https://weir.jobs.personio.de/xml"></div>', "personio:weir"),
        ('<script src="https://weir.bamboohr.com/js/embed.js"></script>', "bamboohr:weir"),
        ('<a href="https://careers.smartrecruiters.com/Weir">Jobs</a>', "smartrecruiters:Weir"),
    ],
)
async def test_the_system_is_read_from_links_frames_and_scripts(html, key):
    discovery, host = await found({"/careers": page(html)})
    assert discovery.board.key == key
    assert f"{host.url}/careers names " in discovery.candidates[0].why
    assert len(host.asked) == 2, "robots.txt and the page are enough"


async def test_an_address_of_a_known_system_is_not_even_asked():
    async with Client(FAST, limits=LIMITS) as client:
        discovery = await discover("https://jobs.lever.co/weir/77", client)
        assert client.counts.requests == 0
    assert discovery.board.key == "lever:weir"
    assert discovery.candidates[0].why.startswith("the address itself")


async def test_several_boards_are_listed_the_one_named_most_often_first():
    html = (
        '<a href="https://jobs.lever.co/partner">Our partner</a>'
        '<a href="https://boards.greenhouse.io/weir/jobs/1">A</a>'
        '<a href="https://boards.greenhouse.io/Weir/jobs/2">B</a>'
    )
    discovery, _ = await found({"/careers": page(html)})
    assert discovery.board is None
    assert [one.board.key for one in discovery.candidates] == ["greenhouse:weir", "lever:partner"]
    assert "and 1 more times" in discovery.candidates[0].why


async def test_the_front_page_leads_to_the_page_of_jobs():
    routes = {
        "/": page('<a href="/news">News</a><a href="/about/careers">Careers</a>'),
        "/about/careers": page('<a href="https://weir.teamtailor.com/jobs">See all</a>'),
    }
    discovery, host = await found(routes, "/")
    assert discovery.board.key == "teamtailor:weir"
    assert host.asked_for("/news") == []


async def test_a_page_that_has_moved_to_a_system_is_known_by_its_new_address():
    moved = document("<p>Jobs</p>", "https://weir.recruitee.com/")
    [candidate] = systems_in(moved)
    assert candidate.board.key == "recruitee:weir"


OFFERS = {"offers": [{"id": 7, "title": "Project Manager", "careers_url": "https://w.example/o/7"}]}
TEAMTAILOR = """<rss xmlns:tt="https://teamtailor.com/locations"><channel><title>Weir</title>
<item><title>Planner</title><guid>ab-1</guid><link>https://w.example/jobs/1</link></item>
</channel></rss>"""
PERSONIO = "<workzag-jobs><position><id>7</id><name>PMO Lead</name></position></workzag-jobs>"


@pytest.mark.parametrize(
    ("path", "answer", "source"),
    [
        ("/jobs.rss", Answer(TEAMTAILOR, headers={"Content-Type": "text/xml"}), "teamtailor"),
        ("/api/offers/", Answer(json=OFFERS), "recruitee"),
        ("/xml", Answer(PERSONIO, headers={"Content-Type": "text/xml"}), "personio"),
        ("/postings.json", Answer(json={"data": [{"id": "7", "title": "PM"}]}), "pinpoint"),
    ],
)
async def test_systems_under_an_employers_own_domain_are_known_by_their_answers(
    path, answer, source
):
    discovery, host = await found({"/careers": page("<p>Join us</p>"), path: answer})
    board = discovery.board
    assert (board.source, board.base_url) == (source, host.url)
    assert "answers as" in discovery.candidates[0].why
    assert "with 1 ads" in discovery.candidates[0].why


async def test_a_mark_in_the_page_says_which_address_to_try_first():
    html = '<img src="https://cdn.recruiteecdn.example/logo.png">'
    _, host = await found({"/careers": page(html), "/api/offers/": Answer(json=OFFERS)})
    assert [asked.path for asked in host.asked] == ["/robots.txt", "/careers", "/api/offers/"]


async def test_a_host_that_answers_everything_with_a_page_is_no_system():
    every = page("<div id=app></div>")
    paths = ("/careers", "/jobs.rss", "/jobs.json", "/api/offers/", "/xml", "/postings.json")
    discovery, host = await found(dict.fromkeys((*paths, "/sitemap.xml"), every))
    assert discovery.candidates == ()
    assert len(host.asked) <= MOST_REQUESTS + 1


@pytest.mark.parametrize(("number", "is_it"), [(40217, True), (99999, False)])
async def test_ads_numbered_by_a_system_lead_to_the_employers_board_if_it_holds_them(
    number, is_it, monkeypatch
):
    jobs = {"jobs": [{"id": 40217, "title": "Project Manager"}]}
    routes = {
        "/careers": page(f'<a href="/careers/job?gh_jid={number}">Project Manager</a>'),
        "/v1/boards/127.0.0.1/jobs": Answer(json=jobs),
    }
    with serving(routes) as host:
        monkeypatch.setattr("pmjobs.sources.greenhouse.BASE_URL", host.url)
        async with Client(FAST, limits=LIMITS) as client:
            discovery = await discover(f"{host.url}/careers", client)
    if is_it:
        assert discovery.board.key == "greenhouse:127.0.0.1"
        assert "links to ad 40217" in discovery.candidates[0].why
    else:
        assert discovery.candidates == ()
        assert "holds none of the ads linked here" in advice(discovery)


async def test_feeds_of_jobs_that_the_page_offers_are_found_and_those_of_news_are_not():
    head = (
        '<link rel=alternate type="application/rss+xml" title="News" href="/news.rss">'
        '<link rel=alternate type="application/rss+xml" title="Open positions" href="/f/9">'
    )
    discovery, host = await found({"/careers": page("<p>We build weirs.</p>", head)})
    assert discovery.board.key == f"feed:{host.url}/f/9"


@pytest.mark.parametrize(
    ("body", "source"),
    [
        ("<?xml version='1.0'?><rss version='2.0'><channel></channel></rss>", "feed"),
        ("<?xml version='1.0'?><urlset></urlset>", "careers_site"),
    ],
)
async def test_a_feed_or_sitemap_given_as_it_is_becomes_its_own_board(body, source):
    discovery, host = await found({"/careers": Answer(body)})
    assert discovery.board.key == f"{source}:{host.url}/careers"


async def test_links_to_pages_with_the_ads_as_data_make_a_careers_site():
    routes = {
        "/careers": page(
            '<a href="/jobs/welder">Welder</a><a href="/jobs/pm-1">Project Manager</a>'
        ),
        "/jobs/pm-1": page(ad()),
    }
    discovery, host = await found(routes)
    assert discovery.board.key == f"careers_site:{host.url}/careers"
    assert f"{host.url}/jobs/pm-1" in discovery.candidates[0].why
    assert host.asked_for("/jobs/welder") == [], "the likeliest project ad is looked at first"


async def test_an_ads_own_page_may_name_the_system():
    routes = {
        "/careers": page('<a href="/jobs/pm-1">Project Manager</a>'),
        "/jobs/pm-1": page('<a href="https://jobs.lever.co/weir/0-1/apply">Apply</a>'),
    }
    discovery, _ = await found(routes)
    assert discovery.board.key == "lever:weir"


async def test_ads_on_the_page_itself_make_a_page():
    discovery, host = await found({"/careers": page(ad("PMO Lead"))})
    assert discovery.board.key == f"jsonld_page:{host.url}/careers"


async def test_the_sitemap_is_looked_at_last():
    def sitemap(asked):
        url = f"http://{asked.headers['host']}/jobs/pm-1"
        return Answer(f"<?xml version='1.0'?><urlset><url><loc>{url}</loc></url></urlset>")

    routes = {
        "/careers": page("<div id=app></div>"),
        "/sitemap.xml": sitemap,
        "/jobs/pm-1": page(ad()),
    }
    discovery, host = await found(routes)
    assert discovery.board.key == f"careers_site:{host.url}/sitemap.xml"


async def test_nothing_found_says_what_was_tried_and_what_to_do():
    html = '<a href="https://careers-weir.icims.com/jobs/intro">Jobs</a>'
    discovery, host = await found({"/careers": page(html)})
    assert discovery.candidates == ()
    said = advice(discovery)
    assert "names no system that pmjobs reads, but iCIMS" in said
    assert f"{host.url}/jobs.rss: HTTP 404" in said
    assert "pmjobs import FILE" in said


async def test_robots_are_obeyed_for_the_page_and_for_what_is_tried():
    rules = Answer("User-agent: *\nDisallow: /careers")
    with pytest.raises(RefusedError, match=r"robots\.txt"):
        await found({"/robots.txt": rules, "/careers": page("")})

    rules = Answer("User-agent: *\nDisallow: /\nAllow: /careers")
    discovery, host = await found({"/robots.txt": rules, "/careers": page("")})
    assert discovery.candidates == ()
    assert [asked.path for asked in host.asked] == ["/robots.txt", "/careers"]


async def test_a_page_that_is_not_there_is_an_error():
    with pytest.raises(FetchError, match="HTTP 404"):
        await found({})
    with pytest.raises(SettingsError, match="is no address"):
        await found({}, ":x:y")


async def test_hostile_pages_cost_no_more_than_others():
    deep = "<div>" * 50_000 + "//" * 200_000 + '<a href="http://[">x</a><link href="http://[">'
    discovery, _ = await found({"/careers": page(deep)})
    assert discovery.candidates == ()
