"""The client is a good guest and survives bad hosts. Every host here is on loopback."""

import asyncio
import json
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from pmjobs.errors import FetchError, RefusedError
from pmjobs.net import Client, Limits
from pmjobs.net.client import user_agent
from pmjobs.net.pace import retry_after_s
from pmjobs.settings import Network
from tests.loopback import Answer, Asked, serving

FAST = Network(requests_per_second=2000, allow_loopback=True)
SHORT = Limits(silence_s=1, deadline_s=2, backoff_s=0.01, retry_after_s=1, retries=2)
ADS = {"jobs": [{"id": 1}]}


def asking(**changes) -> Client:
    return Client(FAST, limits=SHORT, **changes)


async def test_a_document_comes_with_its_address_type_and_time():
    with serving({"/board": Answer(json=ADS)}) as host:
        async with asking() as client:
            document = await client.get(f"{host.url}/board", params={"content": "true"})

    assert json.loads(document.body) == ADS
    assert document.url == f"{host.url}/board?content=true"
    assert document.media_type == "application/json"
    assert document.fetched_at.tzinfo is UTC


async def test_hosts_are_told_who_asks():
    with serving({"/board": Answer(json=ADS)}) as host:
        async with Client(Network("ada@example.org", 2000, True)) as client:
            await client.get(f"{host.url}/board", headers={"X-Key": "k"})

    sent = host.asked_for("/board")[0].headers
    assert sent["user-agent"] == user_agent("ada@example.org")
    assert sent["user-agent"].endswith(" (+ada@example.org)")
    assert sent["x-key"] == "k"
    assert "cookie" not in sent


async def test_cookies_are_not_sent_back():
    crumbs = Answer(json=ADS, headers={"Set-Cookie": "me=you"}, etag=False)
    with serving({"/board": crumbs}) as host:
        async with asking() as client:
            await client.get(f"{host.url}/board")
            await client.get(f"{host.url}/board")

    assert ["cookie" in asked.headers for asked in host.asked_for("/board")] == [False, False]


# The cache.


@pytest.mark.parametrize(
    "control", ["max-age=0, private, must-revalidate", "max-age=3600", "private", "", "no-cache"]
)
async def test_an_unchanged_board_is_confirmed_with_a_304_and_comes_without_a_body(
    tmp_path, control
):
    headers = {"Cache-Control": control} if control else {}
    with serving({"/board": Answer(json=ADS, headers=headers)}) as host:
        for _ in range(2):  # two runs, as from a timer
            async with asking(cache=tmp_path / "cache.db") as client:
                document = await client.get(f"{host.url}/board")
                counts = client.counts

    first, second = host.asked_for("/board")
    assert "if-none-match" not in first.headers
    assert second.headers["if-none-match"].startswith('"')
    assert json.loads(document.body) == ADS
    assert (counts.saved, counts.bytes_received) == (1, 0)


@pytest.mark.parametrize("weak", ["", "W/"])
async def test_a_board_that_changed_is_read_anew_and_the_new_copy_kept(tmp_path, weak):
    texts = iter(["one", "two", "two", "three", "three"])

    def answer(asked: Asked) -> Answer:
        text = next(texts)
        known = asked.headers.get("if-none-match") == f'{weak}"{text}"'
        headers = {"ETag": f'{weak}"{text}"', "Cache-Control": "max-age=0, private"}
        return Answer("" if known else text, status=304 if known else 200, headers=headers,
                      etag=False)  # fmt: skip

    with serving({"/board": answer}) as host:
        async with asking(cache=tmp_path / "cache.db") as client:
            bodies = [(await client.get(f"{host.url}/board")).body for _ in range(5)]

    assert bodies == [b"one", b"two", b"two", b"three", b"three"]
    assert client.counts.saved == 2


async def test_if_modified_since_is_sent_when_there_is_no_etag(tmp_path):
    def answer(asked: Asked) -> Answer:
        known = "if-modified-since" in asked.headers
        day = {"Last-Modified": "Tue, 03 Nov 2026 10:00:00 GMT"}
        return Answer(status=304) if known else Answer(json=ADS, headers=day, etag=False)

    with serving({"/board": answer}) as host:
        async with asking() as client:
            await client.get(f"{host.url}/board")
            document = await client.get(f"{host.url}/board")

    assert json.loads(document.body) == ADS
    assert client.counts.saved == 1


async def test_a_packed_answer_is_kept_packed_and_read_again(tmp_path):
    with serving({"/board": Answer(json=ADS, packed=True)}) as host:
        async with asking(cache=tmp_path / "cache.db") as client:
            bodies = [(await client.get(f"{host.url}/board")).body for _ in range(2)]

    assert bodies == [json.dumps(ADS).encode()] * 2


async def test_a_damaged_cache_is_begun_anew(tmp_path, caplog):
    cache = tmp_path / "cache.db"
    cache.write_bytes(b"this is no database, but long enough to be looked at" * 50)
    with serving({"/board": Answer(json=ADS)}) as host:
        async with asking(cache=cache) as client:
            for _ in range(2):
                await client.get(f"{host.url}/board")

    assert client.counts.saved == 1
    assert "begun anew" in caplog.text


async def test_a_cache_that_cannot_be_opened_costs_only_the_saving(tmp_path, caplog):
    (tmp_path / "cache.db").mkdir()
    with serving({"/board": Answer(json=ADS)}) as host:
        async with asking(cache=tmp_path / "cache.db") as client:
            await client.get(f"{host.url}/board")

    assert "earlier answers are not kept" in caplog.text


async def test_a_broken_answer_is_not_kept():
    turns = [Answer(json=ADS, cut=5), Answer(json=ADS)]
    with serving({"/board": turns}) as host:
        async with asking() as client:
            with pytest.raises(FetchError, match="broke off in the middle"):
                await client.get(f"{host.url}/board")
            document = await client.get(f"{host.url}/board")

    assert json.loads(document.body) == ADS
    assert "if-none-match" not in host.asked_for("/board")[1].headers


# The pace.


async def test_one_host_is_asked_at_the_rate_of_the_settings():
    with serving({f"/{n}": Answer(json=n) for n in range(5)}) as host:
        async with Client(Network(None, 10, True)) as client:
            await asyncio.gather(*(client.get(f"{host.url}/{n}") for n in range(5)))

    times = sorted(asked.at for asked in host.asked)  # robots.txt is one of them
    assert len(times) == 6
    assert times[-1] - times[0] > 0.35  # 10 a second; a busy machine may note the first one late


async def test_a_slow_host_does_not_hold_up_another():
    other_has_answered = threading.Event()

    def slow(_: Asked) -> Answer:
        return Answer(json=other_has_answered.wait(20))

    with serving({"/board": slow}) as one, serving({"/board": Answer(json=ADS)}) as other:
        async with Client(FAST) as client:
            waiting = asyncio.create_task(client.get(f"{one.url}/board"))
            await client.get(f"{other.url}/board")
            other_has_answered.set()
            document = await waiting

    assert json.loads(document.body) is True  # it waited for the other one, not the other way


async def test_the_crawl_delay_of_robots_txt_is_kept():
    robots = Answer("User-agent: *\nCrawl-delay: 0.2\n")
    with serving({"/robots.txt": robots, "/a": Answer(json=1), "/b": Answer(json=2)}) as host:
        async with asking() as client:
            await client.get(f"{host.url}/a")
            await client.get(f"{host.url}/b")

    times = [asked.at for asked in host.asked]
    assert times[1] - times[0] > 0.18
    assert times[2] - times[1] > 0.18


async def test_a_host_has_a_budget_for_a_run():
    limits = Limits(requests_a_host=3)
    with serving({"/board": Answer(json=ADS)}) as host:
        async with Client(FAST, limits=limits) as client:
            await client.get(f"{host.url}/board")
            await client.get(f"{host.url}/board")
            with pytest.raises(RefusedError, match="3 requests is enough for one run"):
                await client.get(f"{host.url}/board")

    assert len(host.asked) == 3
    assert client.counts.refused == 1


# Retries, and hosts that ask to be left alone.


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
async def test_trouble_that_passes_is_waited_out(status):
    turns = [Answer(status=status), Answer(status=status), Answer(json=ADS)]
    with serving({"/board": turns}) as host:
        async with asking() as client:
            document = await client.get(f"{host.url}/board")

    assert json.loads(document.body) == ADS
    assert client.counts.requests == 4  # robots.txt and three tries


async def test_retry_after_is_waited_for():
    turns = [Answer(status=429, headers={"Retry-After": "1"}), Answer(json=ADS)]
    with serving({"/board": turns}) as host:
        async with asking() as client:
            await client.get(f"{host.url}/board")

    first, second = host.asked_for("/board")
    assert second.at - first.at > 0.95


async def test_everybody_waits_for_a_host_that_asked_for_it():
    turns = [Answer(status=429, headers={"Retry-After": "1"}), Answer(json=ADS)]
    with serving({"/board": turns, "/other": Answer(json=ADS)}) as host:
        async with asking() as client:
            first = asyncio.create_task(client.get(f"{host.url}/board"))
            await asyncio.sleep(0.3)
            await client.get(f"{host.url}/other")
            await first

    assert host.asked_for("/other")[0].at - host.asked_for("/board")[0].at > 0.95


async def test_a_host_that_asks_for_a_long_wait_is_not_asked_again_in_this_run():
    busy = Answer(status=503, headers={"Retry-After": "3600"})
    with serving({"/board": busy, "/other": Answer(json=ADS)}) as host:
        async with asking() as client:
            with pytest.raises(FetchError, match="HTTP 503, and asks us to wait 3600 s") as raised:
                await client.get(f"{host.url}/board")
            with pytest.raises(RefusedError, match="left alone for this run"):
                await client.get(f"{host.url}/other")

    assert (raised.value.status, raised.value.retry_after_s) == (503, 3600)
    assert len(host.asked_for("/board")) == 1
    assert host.asked_for("/other") == []


async def test_a_host_that_still_says_429_after_retries_is_left_alone():
    with serving({"/board": Answer(status=429), "/other": Answer(json=ADS)}) as host:
        async with asking() as client:
            with pytest.raises(FetchError, match="HTTP 429; the host asks us to wait") as raised:
                await client.get(f"{host.url}/board")
            with pytest.raises(RefusedError, match="answered HTTP 429; left alone for this run"):
                await client.get(f"{host.url}/other")

    assert raised.value.status == 429
    assert len(host.asked_for("/board")) == 3
    assert client.counts.refused == 1


async def test_one_host_left_alone_does_not_touch_another():
    with serving({"/board": Answer(status=429)}) as one, serving({"/b": Answer(json=1)}) as other:
        async with asking() as client:
            with pytest.raises(FetchError):
                await client.get(f"{one.url}/board")
            document = await client.get(f"{other.url}/b")

    assert document.body == b"1"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120), (" 7 ", 7), ("soon", None), ("-5", None), (None, None), ("9" * 50, 999999999)],
)
def test_retry_after_is_read(header, seconds):
    assert retry_after_s(header) == seconds


def test_retry_after_may_be_a_date():
    then = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)

    assert 85 < retry_after_s(then) <= 90
    assert retry_after_s("Tue, 03 Nov 2020 10:00:00 GMT") == 0


# Answers that are none.


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (Answer(status=404), "HTTP 404; nothing is there; check the board's name"),
        (Answer(status=403), "HTTP 403; the host does not let us in"),
        (Answer(status=500), "HTTP 500; the host has trouble; try again later"),
        (Answer(status=204), "HTTP 204; not an answer we can use"),
        (Answer(json=ADS, delay_s=3), "not done after 2 s|silent for 1 s"),
        (Answer("x" * 4000, drip_s=0.1), "not done after 2 s; try again later"),
        (Answer("x" * 4000, cut=100), "broke off in the middle"),
        (Answer("x" * 400_000, packed=True, cut=300), "broke off in the middle"),
        (Answer("x", headers={"Content-Encoding": "br"}), "packed as 'br'"),
        (Answer("not gzip", headers={"Content-Encoding": "gzip"}), "the packed answer is damaged"),
        (Answer("x", headers={"Content-Length": "9999999999"}), "more than 32,000,000 bytes"),
        (Answer(status=302), "a redirect that leads nowhere"),
        (Answer(status=302, headers={"Location": "http://a:port/"}), "a redirect to no address"),
        (Answer(status=302, headers={"Location": "http://[/"}), "has no host's name in it"),
        (Answer(status=302, headers={"Location": "/board"}), "leads round in a circle"),
        (Answer(status=302, headers={"Location": "file:///etc/passwd"}), "only http and https"),
    ],
)
async def test_a_bad_answer_is_an_error_that_says_what_to_do(answer, message):
    with serving({"/board": answer}) as host:
        async with asking() as client:
            with pytest.raises(FetchError, match=message) as raised:
                await client.get(f"{host.url}/board")
            with pytest.raises(FetchError):  # and the client is still in order
                await client.get(f"{host.url}/nothing")

    assert str(raised.value).startswith(("127.0.0.1", "'file", "'http://%5b/'"))


async def test_a_gzip_whose_end_is_missing_is_an_error():
    import gzip

    half = gzip.compress(b"x" * 100_000)[:60]
    with serving({"/board": Answer(half, headers={"Content-Encoding": "gzip"})}) as host:
        async with asking() as client:
            with pytest.raises(FetchError, match="the answer stops in the middle"):
                await client.get(f"{host.url}/board")


async def test_gzip_in_several_members_and_bare_deflate_are_read():
    import gzip
    import zlib

    raw = zlib.compressobj(wbits=-15)
    routes = {
        "/members": Answer(
            gzip.compress(b"one ") + gzip.compress(b"two"), headers={"Content-Encoding": "gzip"}
        ),
        "/deflate": Answer(
            raw.compress(b"three") + raw.flush(), headers={"Content-Encoding": "deflate"}
        ),
    }
    with serving(routes) as host:
        async with asking() as client:
            assert (await client.get(f"{host.url}/members")).body == b"one two"
            assert (await client.get(f"{host.url}/deflate")).body == b"three"


async def test_a_gzip_bomb_is_stopped_before_it_fills_the_memory():
    bomb = Answer(b"\0" * 200_000_000, packed=True)
    limits = Limits(body_bytes=5_000_000)
    with serving({"/board": bomb}) as host:
        async with Client(FAST, limits=limits) as client:
            with pytest.raises(FetchError, match="an answer of more than 5,000,000 bytes"):
                await client.get(f"{host.url}/board")


async def test_an_answer_larger_than_allowed_on_the_wire_is_stopped():
    chunky = Answer("x" * 3_000_000)
    with serving({"/board": chunky}) as host:
        async with Client(FAST, limits=Limits(wire_bytes=1_000_000)) as client:
            with pytest.raises(FetchError, match="more than 1,000,000 bytes; narrow the board"):
                await client.get(f"{host.url}/board")

    assert client.counts.bytes_received < 1000  # its length was enough to know


async def test_redirects_are_followed_so_far_and_no_further():
    hops = {f"/{n}": Answer(status=302, headers={"Location": f"/{n + 1}"}) for n in range(9)} | {
        "/9": Answer(json=ADS)
    }
    with serving(hops) as host:
        async with asking() as client:
            assert json.loads((await client.get(f"{host.url}/4")).body) == ADS
            with pytest.raises(FetchError, match="more than 5 redirects"):
                await client.get(f"{host.url}/0")


async def test_a_key_for_one_host_is_not_told_to_another():
    with serving({"/there": Answer(json=ADS)}) as other:
        away = Answer(status=307, headers={"Location": f"{other.url}/there"})
        with serving({"/board": away}) as host:
            async with asking() as client:
                await client.get(f"{host.url}/board", headers={"X-Key": "secret"})

    assert host.asked_for("/board")[0].headers["x-key"] == "secret"
    assert "x-key" not in other.asked_for("/there")[0].headers


async def test_messages_leave_the_query_out_for_it_may_hold_a_key():
    with serving({}) as host:
        async with asking() as client:
            with pytest.raises(FetchError) as raised:
                await client.get(f"{host.url}/search", params={"app_key": "secret"})

    assert "secret" not in str(raised.value)


async def test_a_post_asks_with_json_and_follows_no_redirect():
    def answer(asked: Asked) -> Answer:
        return Answer(json={"asked": json.loads(asked.body), "method": asked.method})

    away = Answer(status=302, headers={"Location": "/ask"})
    with serving({"/ask": answer, "/away": away}) as host:
        async with asking() as client:
            document = await client.post_json(f"{host.url}/ask", {"limit": 20})
            with pytest.raises(FetchError, match="leads elsewhere"):
                await client.post_json(f"{host.url}/away", {})

    assert json.loads(document.body) == {"asked": {"limit": 20}, "method": "POST"}


async def test_a_host_that_is_not_there_is_an_error_that_says_so():
    with serving({}) as host:
        gone = host.url
    async with asking() as client:
        with pytest.raises(FetchError, match="cannot be reached"):
            await client.get(f"{gone}/board")


# robots.txt.

NOBODY = Answer("User-agent: *\nDisallow: /private\nAllow: /private/jobs\n")


@pytest.mark.parametrize("documented", [True, False])
async def test_what_robots_txt_forbids_is_not_asked(documented):
    routes = {"/robots.txt": NOBODY, "/private/jobs": Answer(json=ADS)}
    with serving(routes) as host:
        async with asking() as client:
            await client.get(f"{host.url}/private/jobs", documented=documented)
            with pytest.raises(RefusedError, match="its robots.txt forbids this address"):
                await client.get(f"{host.url}/private/list", documented=documented)

    assert [asked.path for asked in host.asked] == ["/robots.txt", "/private/jobs"]
    assert client.counts.hosts[host.url.removeprefix("http://")].refused == 1


async def test_rules_for_us_by_name_win_over_rules_for_all():
    robots = Answer("User-agent: *\nDisallow: /\n\nUser-agent: pmjobs\nDisallow: /no\n")
    with serving({"/robots.txt": robots, "/yes": Answer(json=ADS)}) as host:
        async with asking() as client:
            await client.get(f"{host.url}/yes", documented=False)
            with pytest.raises(RefusedError):
                await client.get(f"{host.url}/no")


@pytest.mark.parametrize("status", [401, 403, 404, 410])
async def test_no_robots_txt_forbids_nothing(status):
    with serving({"/robots.txt": Answer(status=status), "/b": Answer(json=ADS)}) as host:
        async with asking() as client:
            assert (await client.get(f"{host.url}/b", documented=False)).body


@pytest.mark.parametrize("robots", [Answer(status=500), Answer("User-agent: *", cut=3)])
async def test_an_unreadable_robots_txt_stops_undocumented_interfaces_only(robots):
    with serving({"/robots.txt": robots, "/b": Answer(json=ADS)}) as host:
        async with asking() as client:
            with pytest.raises(RefusedError, match="robots.txt cannot be read and this API is not"):
                await client.get(f"{host.url}/b", documented=False)
            assert (await client.get(f"{host.url}/b", documented=True)).body


async def test_robots_txt_is_asked_for_once_a_day_and_host(tmp_path):
    routes = {"/robots.txt": NOBODY, "/a": Answer(json=1), "/b": Answer(json=2)}
    with serving(routes) as host:
        for _ in range(2):
            async with asking(cache=tmp_path / "cache.db") as client:
                await asyncio.gather(*(client.get(host.url + path) for path in ("/a", "/b")))

    assert len(host.asked_for("/robots.txt")) == 1


async def test_an_absent_robots_txt_is_remembered_too(tmp_path):
    with serving({"/a": Answer(json=1)}) as host:
        for _ in range(2):
            async with asking(cache=tmp_path / "cache.db") as client:
                await client.get(f"{host.url}/a")

    assert len(host.asked_for("/robots.txt")) == 1


async def test_a_redirect_into_forbidden_paths_is_refused():
    away = Answer(status=302, headers={"Location": "/private/list"})
    with serving({"/robots.txt": NOBODY, "/b": away}) as host:
        async with asking() as client:
            with pytest.raises(RefusedError, match="robots.txt forbids"):
                await client.get(f"{host.url}/b")

    assert host.asked_for("/private/list") == []


async def test_counts_are_kept_for_all_and_for_each_host():
    with serving({"/a": Answer(json=[1, 2])}) as one, serving({"/a": Answer(json=[3])}) as other:
        async with asking() as client:
            await client.get(f"{one.url}/a")
            await client.get(f"{one.url}/a")
            await client.get(f"{other.url}/a")
            counts = client.counts

    name = one.url.removeprefix("http://")
    assert (counts.requests, counts.saved, counts.refused) == (5, 1, 0)
    assert (counts.hosts[name].requests, counts.hosts[name].saved) == (3, 1)
    assert counts.bytes_received == sum(host.bytes_received for host in counts.hosts.values())
