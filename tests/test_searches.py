"""Sources with a search: queries, limits, keys and pages. Over HTTP, on loopback."""

import asyncio
import base64
import json

import pytest

from pmjobs import sources
from pmjobs.errors import FetchError, ParseError, RefusedError, SettingsError
from pmjobs.net import Client, Limits
from pmjobs.posting import Board
from pmjobs.settings import Network
from pmjobs.sources.search import limit_of, pages, without_key
from tests.loopback import Answer, Asked, serving
from tests.replay import FOLDER, document, split

FAST = Network(requests_per_second=2000, allow_loopback=True)
LIMITS = Limits(silence_s=0.5, deadline_s=2, backoff_s=0.01, retries=1)

KEYS = {
    "usajobs": ("PMJOBS_USAJOBS_KEY", "PMJOBS_USAJOBS_EMAIL"),
    "reliefweb": ("PMJOBS_RELIEFWEB_APPNAME",),
    "adzuna": ("PMJOBS_ADZUNA_ID", "PMJOBS_ADZUNA_KEY"),
    "reed": ("PMJOBS_REED_KEY",),
    "jooble": ("PMJOBS_JOOBLE_KEY",),
}
SECRET = "s3cret-key"

# source → (options of a board, path, an answer's page of n ads from the i-th)
SEARCHES = {
    "adzuna": (
        {"query": "pmo", "country": "gb"},
        "/v1/api/jobs/gb/search/{page}",
        lambda first, n: {"results": [{"id": i, "title": "PM"} for i in range(first, first + n)]},
    ),
    "arbeitnow": (
        {},
        "/api/job-board-api",
        lambda first, n: {
            "data": [{"slug": f"pm-{i}", "title": "PM"} for i in range(first, first + n)],
            "links": {"next": "https://www.arbeitnow.com/api/job-board-api?page=2"},
        },
    ),
    "arbeitsagentur": (
        {"query": "Kunde"},
        "/jobboerse/jobsuche-service/pc/v4/jobs",
        lambda first, n: {
            "ergebnisliste": [
                {"referenznummer": f"r-{i}", "stellenangebotsTitel": "Koch"}
                for i in range(first, first + n)
            ]
        },
    ),
    "himalayas": (
        {"query": "pmo"},
        "/jobs/api/search",
        lambda first, n: {
            "jobs": [{"guid": f"g{i}", "title": "PM"} for i in range(first, first + n)]
        },
    ),
    "jobtech": (
        {"query": "projektledare"},
        "/search",
        lambda first, n: {
            "hits": [{"id": str(i), "headline": "PM"} for i in range(first, first + n)]
        },
    ),
    "jooble": (
        {"query": "pmo"},
        f"/api/{SECRET}",
        lambda first, n: {"jobs": [{"id": i, "title": "PM"} for i in range(first, first + n)]},
    ),
    "reed": (
        {"query": "cook"},
        "/api/1.0/search",
        lambda first, n: {
            "results": [{"jobId": i, "jobTitle": "Cook"} for i in range(first, first + n)]
        },
    ),
    "reliefweb": (
        {"query": "wells"},
        "/v2/jobs",
        lambda first, n: {
            "data": [{"id": str(i), "fields": {"title": "PM"}} for i in range(first, first + n)]
        },
    ),
    "themuse": (
        {"category": "Project Management"},
        "/api/public/jobs",
        lambda first, n: {
            "page": first // 20 + 1,
            "page_count": 99,
            "results": [{"id": i, "name": "PM"} for i in range(first, first + n)],
        },
    ),
    "usajobs": (
        {"query": "program manager"},
        "/api/Search",
        lambda first, n: {
            "SearchResult": {
                "SearchResultItems": [
                    {
                        "MatchedObjectId": str(i),
                        "MatchedObjectDescriptor": {"PositionTitle": "PM"},
                    }
                    for i in range(first, first + n)
                ]
            }
        },
    ),
}
SIZES = {
    "adzuna": 50,
    "himalayas": 20,
    "jooble": 50,
    "themuse": 20,
    "usajobs": 250,
    "reliefweb": 200,
}


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for names in KEYS.values():
        for name in names:
            monkeypatch.setenv(name, SECRET)


def board(source: str, host_url: str | None = None, **options: str) -> Board:
    return Board(source, "mine", host_url, tuple({**SEARCHES[source][0], **options}.items()))


def paths(source: str) -> list[str]:
    return [SEARCHES[source][1].format(page=page) for page in range(1, 12)]


async def fetched(wanted: Board) -> list:
    async with Client(FAST, limits=LIMITS) as client:
        return await sources.fetch(wanted, client)


def host_of(source: str, answer_to) -> dict:
    return dict.fromkeys(paths(source), answer_to)


@pytest.mark.parametrize("source", SEARCHES)
async def test_a_search_reads_pages_up_to_its_limit(source):
    size = SIZES.get(source, 100)
    page = SEARCHES[source][2]
    limit = min(2 * size, 500)
    n_asked = 0

    def answer(asked: Asked) -> Answer:
        nonlocal n_asked
        n_asked += 1
        return Answer(json=page((n_asked - 1) * size, size))

    with serving(host_of(source, answer)) as host:
        wanted = board(source, host.url, limit=str(limit))
        documents = await fetched(wanted)
    read = sources.split(wanted, documents)

    assert n_asked == 2
    assert len(read.payloads) == limit
    assert read.skipped == ()
    assert not read.whole  # there may be more than the limit
    assert sources.parse(read.payloads[0]).title in ("PM", "Koch", "Cook")


@pytest.mark.parametrize("source", SEARCHES)
async def test_a_page_that_is_not_full_is_the_last(source):
    page = SEARCHES[source][2](0, 3)
    page.update({"links": {"next": None}} if source == "arbeitnow" else {})
    page.update({"page_count": 1} if source == "themuse" else {})

    with serving(host_of(source, Answer(json=page))) as host:
        wanted = board(source, host.url)
        read = sources.split(wanted, await fetched(wanted))
        n_asked = sum(len(host.asked_for(path)) for path in paths(source)[:1])

    assert n_asked == 1
    assert len(read.payloads) == 3
    assert read.whole


@pytest.mark.parametrize("source", SEARCHES)
async def test_a_host_that_knows_no_paging_is_not_asked_for_ever(source):
    size = SIZES.get(source, 100)
    answer = Answer(json=SEARCHES[source][2](0, size))

    with serving(host_of(source, answer)) as host:
        wanted = board(source, host.url, limit="2000")
        read = sources.split(wanted, await fetched(wanted))
        asked = [request for request in host.asked if request.path != "/robots.txt"]

    assert len(asked) == 2
    assert len(read.payloads) == size


@pytest.mark.parametrize("source", SEARCHES)
async def test_nothing_found_is_no_error(source):
    empty = SEARCHES[source][2](0, 0)
    with serving(host_of(source, Answer(json=empty))) as host:
        wanted = board(source, host.url)
        read = sources.split(wanted, await fetched(wanted))

    assert (read.payloads, read.skipped) == ((), ())


@pytest.mark.parametrize("source", SEARCHES)
async def test_an_answer_without_a_list_is_an_error(source):
    with (
        serving(host_of(source, Answer(json={"message": "down"}))) as host,
        pytest.raises(FetchError, match=f"^{source}:mine: no list of ads at"),
    ):
        await fetched(board(source, host.url))


@pytest.mark.parametrize(
    ("source", "variable"), [(source, name) for source, names in KEYS.items() for name in names]
)
async def test_a_missing_key_is_an_error_that_says_where_to_get_one(source, variable, monkeypatch):
    monkeypatch.delenv(variable)

    with (
        serving({}) as host,
        pytest.raises(
            FetchError, match=f"^{source}: needs a key; get one at https://.* {variable} "
        ),
    ):
        await fetched(board(source, host.url))

    assert host.asked == []


@pytest.mark.parametrize("source", SEARCHES)
async def test_a_key_is_in_no_document_and_no_payload(source, caplog, monkeypatch):
    monkeypatch.setenv("PMJOBS_THEMUSE_KEY", SECRET)
    caplog.set_level("DEBUG", logger="pmjobs")
    page = SEARCHES[source][2](0, 2)

    with serving(host_of(source, Answer(json=page))) as host:
        wanted = board(source, host.url)
        documents = await fetched(wanted)
        sent = repr(host.asked)
    read = sources.split(wanted, documents)

    if source in KEYS or source == "themuse":
        encoded = base64.b64encode(f"{SECRET}:".encode()).decode()
        assert SECRET in sent or encoded in sent
    assert SECRET not in repr(documents) + repr(read) + caplog.text + repr(wanted)


@pytest.mark.parametrize("source", [*sorted(KEYS), "themuse"])
async def test_a_key_is_not_in_the_cache_of_answers(source, tmp_path, monkeypatch):
    monkeypatch.setenv("PMJOBS_THEMUSE_KEY", SECRET)
    answer = Answer(json=SEARCHES[source][2](0, 1), headers={"Cache-Control": "max-age=60"})

    with serving(host_of(source, answer)) as host:
        async with Client(FAST, limits=LIMITS, cache=tmp_path / "cache.db") as client:
            await sources.fetch(board(source, host.url), client)

    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"robots.txt" in kept  # what carries no key is kept
    assert SECRET.encode() not in kept
    assert base64.b64encode(f"{SECRET}:".encode()) not in kept


@pytest.mark.parametrize("months", ["0", "13", "two", "-1"])
async def test_hacker_news_is_read_for_a_year_at_most(months):
    wanted = Board("hackernews", "mine", "http://127.0.0.1:9", (("months", months),))

    with pytest.raises(SettingsError, match="months: .*; write a number from 1 to 12"):
        await fetched(wanted)


@pytest.mark.parametrize("source", sorted(KEYS))
@pytest.mark.parametrize("status", [401, 500])
async def test_a_key_is_in_no_message(source, status):
    with (
        serving(host_of(source, Answer(status=status))) as host,
        pytest.raises(FetchError) as error,
    ):
        await fetched(board(source, host.url))

    assert SECRET not in str(error.value) + repr(error.value.__cause__)
    assert error.value.status == status


async def test_a_refusal_stays_one_when_the_key_is_taken_out():
    robots = Answer("User-agent: *\nDisallow: /")
    with serving({"/robots.txt": robots}) as host, pytest.raises(RefusedError):
        await fetched(board("jooble", host.url))


NEED_A_QUERY = ("adzuna", "arbeitsagentur", "jobtech", "jooble", "reed", "usajobs")


@pytest.mark.parametrize("source", NEED_A_QUERY)
async def test_a_search_without_words_says_so(source):
    wanted = Board(source, "mine", "http://127.0.0.1:9", (("country", "gb"),))

    with pytest.raises(SettingsError, match=f"^{source}:mine: query: missing; write what to"):
        await fetched(wanted)


@pytest.mark.parametrize("limit", ["0", "-5", "many", "5001", "1e3", "²", "9" * 400])
def test_a_limit_is_a_whole_number_in_bounds(limit):
    with pytest.raises(SettingsError, match="limit: .*write a whole number from 1 to 5000"):
        limit_of(Board("jobtech", "mine", options=(("limit", limit),)))


async def test_adzuna_knows_its_countries():
    with pytest.raises(SettingsError, match="adzuna:mine: country: 'xx'; write one of gb, us"):
        await fetched(board("adzuna", "http://127.0.0.1:9", country="xx"))


async def test_each_query_and_country_is_a_search_and_an_ad_is_taken_once():
    def answer(asked: Asked) -> Answer:
        country = asked.path.split("/")[4]
        ads = [{"id": f"{country}-{asked.query['what'][0]}"}, {"id": "both"}]
        return Answer(json={"results": [{**ad, "title": "PM"} for ad in ads]})

    routes = {f"/v1/api/jobs/{country}/search/1": answer for country in ("gb", "de")}
    with serving(routes) as host:
        options = (("query", "pmo"), ("query", "p3o"), ("country", "gb"), ("country", "DE"))
        wanted = Board("adzuna", "mine", host.url, options)
        read = sources.split(wanted, await fetched(wanted))

    assert [one.source_id for one in read.payloads] == [
        "gb-pmo", "both", "de-pmo", "gb-p3o", "de-p3o",
    ]  # fmt: skip
    assert read.skipped == ()


async def test_what_a_search_asks_for():
    with serving(host_of("usajobs", Answer(json=SEARCHES["usajobs"][2](0, 0)))) as host:
        await fetched(board("usajobs", host.url, series="0340", location="Denver, Colorado"))
        (asked,) = host.asked_for("/api/Search")

    assert asked.query["Keyword"] == ["program manager"]
    assert asked.query["JobCategoryCode"] == ["0340"]
    assert asked.query["LocationName"] == ["Denver, Colorado"]
    assert asked.headers["authorization-key"] == asked.headers["user-agent"] == SECRET


async def test_reliefweb_asks_by_post_for_countries_and_categories():
    with serving(host_of("reliefweb", Answer(json={"data": []}))) as host:
        options = (("country", "Kenya"), ("country", "Uganda"), ("category", "Donor Relations"))
        await fetched(Board("reliefweb", "mine", host.url, options))
        (asked,) = host.asked_for("/v2/jobs")

    question = json.loads(asked.body)
    assert asked.query["appname"] == [SECRET]
    assert [one["value"] for one in question["filter"]["conditions"]] == [
        ["Kenya", "Uganda"],
        ["Donor Relations"],
    ]
    assert "query" not in question


async def test_an_undocumented_search_is_asked_only_where_robots_txt_can_be_read():
    nothing = Answer(json={"maxErgebnisse": 0})
    with serving(host_of("arbeitsagentur", nothing) | {"/robots.txt": Answer(status=500)}) as host:
        with pytest.raises(RefusedError):
            await fetched(board("arbeitsagentur", host.url))

        assert [one for one in host.asked if one.path != "/robots.txt"] == []


# Answers with something odd about the whole.


def odd(source: str, name: str) -> bytes:
    return (FOLDER / source / "answers" / name).read_bytes()


def test_remote_ok_without_notice_and_sentence_against_robots():
    read = split("remoteok", odd("remoteok", "legal_notice_first.json"))
    first, second = [sources.parse(one) for one in read.payloads]

    assert first.description == "Plan it."
    assert "KETTLE" not in read.payloads[0].body
    assert "RMTI3LjAuMC4x" not in read.payloads[0].body
    assert second.description == "We ask you to mention the word of the year in your letter."
    assert [one.problem for one in read.skipped] == ["not an ad"]
    assert not read.whole


def test_removed_ads_of_jobtech_are_left_out():
    read = split("jobtech", odd("jobtech", "removed_ads.json"))

    assert [one.source_id for one in read.payloads] == ["1"]


def test_the_country_of_adzuna_stands_in_the_address():
    asked = Board("adzuna", "mine")
    url = "https://api.adzuna.com/v1/api/jobs/gb/search/1"
    body = odd("adzuna", "country_in_the_address.json")

    read = sources.split(asked, [document(body, url)])

    assert sources.parse(read.payloads[0]).base_salary.currency == "GBP"


def test_ads_of_a_thread_and_what_is_none():
    read = split("hackernews", odd("hackernews", "thread.json"))

    assert [one.source_id for one in read.payloads] == ["9001", "9004"]
    assert read.payloads[0].url == "https://news.ycombinator.com/item?id=9001"
    assert "tessel.example" not in read.payloads[0].body
    assert [(one.source_id, one.problem) for one in read.skipped] == [
        ("acme/9003", "no ad's first line"),
        ("acme/9005", "no ad's first line"),
    ]
    posting = sources.parse(read.payloads[0])
    assert (posting.employer, posting.title) == ("Tessel Labs", "Program Manager")
    with pytest.raises(ParseError, match="^9004: comment_text: names no role in its first line$"):
        sources.parse(read.payloads[1])


def test_arbeitsagentur_without_a_list_found_nothing():
    assert split("arbeitsagentur", odd("arbeitsagentur", "nothing_found.json")).payloads == ()


def threads_of(*titles: str) -> dict:
    return {"hits": [{"objectID": str(900 + i), "title": title} for i, title in enumerate(titles)]}


async def test_the_latest_threads_are_read_and_those_of_seekers_are_not():
    def answer(asked: Asked) -> Answer:
        if "story" in asked.query["tags"][0].split(","):
            return Answer(
                json=threads_of(
                    "Ask HN: Who wants to be hired? (November 2026)",
                    "Ask HN: Who is hiring? (November 2026)",
                    "Ask HN: Freelancer? Seeking freelancer? (October 2026)",
                    "Ask HN: Who is hiring? (October 2026)",
                    "Ask HN: Who is hiring? (September 2026)",
                )
            )
        story = int(asked.query["tags"][0].rpartition("_")[2])
        text = "Acme | Project Manager | Leeds"
        hit = {"objectID": f"c{story}", "parent_id": story, "story_id": story, "comment_text": text}
        return Answer(json={"hits": [hit]})

    with serving({"/api/v1/search_by_date": answer}) as host:
        wanted = Board("hackernews", "mine", host.url, (("months", "2"),))
        read = sources.split(wanted, await fetched(wanted))

    assert [one.source_id for one in read.payloads] == ["c901", "c903"]


async def test_a_month_without_a_thread_is_an_error():
    with (
        serving({"/api/v1/search_by_date": Answer(json=threads_of("Ask HN: Why?"))}) as host,
        pytest.raises(FetchError, match='hackernews:mine: no thread "Who is hiring\\?" was found'),
    ):
        await fetched(Board("hackernews", "mine", host.url))


SINGLE = {
    "remotive": ("/api/remote-jobs", {"jobs": [{"id": 1, "title": "PM"}]}),
    "remoteok": ("/api", [{"legal": "Link back"}, {"id": "1", "position": "PM"}]),
    "jobicy": ("/api/v2/remote-jobs", {"jobs": [{"id": 1, "jobTitle": "PM"}]}),
}


@pytest.mark.parametrize("source", SINGLE)
async def test_sources_of_one_answer_need_no_query(source):
    path, body = SINGLE[source]
    with serving({path: Answer(json=body)}) as host:
        wanted = Board(source, "mine", host.url)
        read = sources.split(wanted, await fetched(wanted))

    assert [sources.parse(one).title for one in read.payloads] == ["PM"]
    assert read.whole is (source == "remotive")


async def asked_of(source: str, **options: str) -> dict[str, list[str]]:
    path, body = SINGLE[source]
    with serving({path: Answer(json=body)}) as host:
        await fetched(Board(source, "mine", host.url, tuple(options.items())))
        return host.asked_for(path)[0].query


async def test_options_become_what_the_host_calls_them():
    assert await asked_of("remotive", query="pmo", category="project-management", limit="9") == {
        "search": ["pmo"], "category": ["project-management"], "limit": ["9"],
    }  # fmt: skip
    assert await asked_of("jobicy", query="pmo", country="uk", limit="9") == {
        "tag": ["pmo"], "geo": ["uk"], "count": ["9"],
    }  # fmt: skip
    assert await asked_of("remoteok", tag="pm") == {"tag": ["pm"]}


def test_the_address_keeps_all_but_the_key():
    kept = without_key(document({}, "https://a.example/s?what=a+b&app_key=x&empty="), "app_key")

    assert kept.url == "https://a.example/s?what=a+b&empty="


def test_pages_end_at_the_first_empty_one():
    asked = []

    async def ask(number: int):
        asked.append(number)
        return document({"page": number})

    ads = [[1, 2], [3, 4], []]
    found = asyncio.run(
        pages(ask, lambda one: ads[json.loads(one.body)["page"]], size=2, limit=100)
    )

    assert asked == [0, 1, 2]
    assert len(found) == 2
