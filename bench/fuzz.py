"""Every payload parser against damaged answers: nothing but FetchError and ParseError may come out.

`python -m bench.fuzz --seconds 5` gives each source so much time (all if none is named) and
prints the inputs tried. The seeds are the invented answers of tests/payloads; an input is a seed
with some of its values, or some of its bytes, made wrong. The same seed number gives the same
inputs; an input that breaks a parser is written to the folder named by --keep.
"""

import argparse
import copy
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from pmjobs.errors import FetchError, ParseError
from pmjobs.posting import Board, Document, Payload
from pmjobs.sources import SOURCES, find_source
from pmjobs.sources.answers import body_of
from pmjobs.sources.details import DETAIL

FOLDER = Path(__file__).parent.parent / "tests" / "payloads"
AT = datetime(2026, 8, 1, tzinfo=UTC)
SLOW_S = 2.0  # of CPU for one input; what takes longer is reported like a crash

# What a source answers with, around one ad. Sources that are not here answer with HTML or XML.
WRAPS: dict[str, Callable[[Any], Any]] = {
    "adzuna": lambda ad: {"results": [ad]},
    "arbeitnow": lambda ad: {"data": [ad], "links": {"next": None}},
    "arbeitsagentur": lambda ad: {
        "ergebnisliste" if "referenznummer" in ad else "stellenangebote": [ad]
    },
    "ashby": lambda ad: {"jobs": [ad]},
    "ashby_graphql": lambda ad: {
        "data": {"jobBoard": {"teams": [{"id": "t", "name": "PMO"}], "jobPostings": [ad]}}
    },
    "bamboohr": lambda ad: {"meta": {"totalCount": 1}, "result": [ad]},
    "greenhouse": lambda ad: {"jobs": [ad], "meta": {"total": 1}},
    "hackernews": lambda ad: {"hits": [ad]},
    "himalayas": lambda ad: {"jobs": [ad]},
    "jobicy": lambda ad: {"jobs": [ad]},
    "jobtech": lambda ad: {"hits": [ad]},
    "jooble": lambda ad: {"jobs": [ad]},
    "lever": lambda ad: [ad],
    "oracle": lambda ad: {"items": [{"TotalJobsCount": 1, "requisitionList": [ad]}]},
    "pinpoint": lambda ad: {"data": [ad]},
    "recruitee": lambda ad: {"offers": [ad]},
    "reed": lambda ad: {"results": [ad]},
    "reliefweb": lambda ad: {"data": [ad]},
    "remoteok": lambda ad: [{"legal": "Link back"}, ad],
    "remotive": lambda ad: {"jobs": [ad]},
    "rippling": lambda ad: [ad],
    "smartrecruiters": lambda ad: {"totalFound": 1, "content": [ad]},
    "teamtailor": lambda ad: {"title": "Acme", "items": [ad]},
    "themuse": lambda ad: {"page": 1, "page_count": 1, "results": [ad]},
    "usajobs": lambda ad: {"SearchResult": {"SearchResultItems": [ad]}},
    "workable": lambda ad: {"name": "Acme", "jobs": [ad]},
    "workday": lambda ad: {"total": 1, "jobPostings": [ad]},
}
BOARDS = {
    "workday": "acme.wd5/External",
    "oracle": "abcd.fa.us2/CX_1",
    "jsonld_page": "https://acme.example/jobs/1",
    "careers_site": "https://acme.example/jobs",
    "feed": "https://acme.example/feed",
}
AD_PAGE = """<html><body><a href="/jobs/project-manager-7">Project Manager</a>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "JobPosting",
"title": "Project Manager", "description": "<p>You run three works.</p>", "datePosted":
"2026-07-01", "validThrough": "2026-09-01T00:00", "employmentType": ["FULL_TIME"], "identifier":
{"value": 7}, "hiringOrganization": {"name": "Acme"}, "jobLocation": {"address": {"addressLocality":
"Leeds", "addressCountry": "GB"}}, "baseSalary": {"currency": "GBP", "value": {"minValue": 50000,
"maxValue": 60000, "unitText": "YEAR"}}}</script></body></html>"""
POSITION = """<?xml version="1.0" encoding="UTF-8"?><workzag-jobs><position><id>1</id>
<name>Projektleiter</name><office>Bremen</office><jobDescriptions><jobDescription><name>Profil</name>
<value><![CDATA[<p>Ruhe</p>]]></value></jobDescription></jobDescriptions><yearsOfExperience>2-5
</yearsOfExperience><createdAt>2026-07-01T08:00:00+02:00</createdAt></position></workzag-jobs>"""
RSS = """<rss version="2.0" xmlns:tt="https://teamtailor.com/locations"><channel><title>Acme</title>
<item><title>Project Manager</title><description>&lt;p&gt;Plan&lt;/p&gt;</description><guid>1</guid>
<link>https://acme.teamtailor.com/jobs/1</link><pubDate>Mon, 02 Nov 2026 08:00:00 +0000</pubDate>
<tt:locations><tt:location><tt:city>Oslo</tt:city><tt:country>Norway</tt:country></tt:location>
</tt:locations></item></channel></rss>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>
<loc>https://acme.example/jobs/project-manager-7</loc><lastmod>2026-07-01</lastmod></url></urlset>"""
PAGES = {
    "jsonld_page": [AD_PAGE],
    "careers_site": [AD_PAGE, SITEMAP],
    "personio": [POSITION],
    "teamtailor": [RSS],
}

DEEP = "@deep@"  # becomes so many lists in one another that no stack holds them
DEPTHS = (100, 900, 940, 980, 2_000)
# Values that no field expects. The surrogate is half a character, legal in JSON's escapes.
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 7, 1e308, -1e-308, float("inf"), float("nan"), 10**30, 10**400, "",
    " ", "0", "-1", "1e999", "NaN", "\0", "\ud800", "é\u202e\ufeff", "null", "9999-99-99",
    "0001-01-01", "2026-02-30", "5e9-12", "x" * 5_000, "<p>" * 500, "&lt;" * 500, "€" * 300,
    "(" * 300, " " * 3_000, "$1,000,000,000,000,000-", "٣ years", "http://[::1", "https://x/\n",
    DEEP, [], {}, [None], [[]], [{}], {"": None}, {"name": []}, {"value": {}}, [1, "a", None, {}],
)  # fmt: skip


@dataclass
class Tried:
    """What came of the inputs of one source."""

    inputs: int = 0
    ads: int = 0  # read
    left_out: int = 0  # skipped, or ParseError
    refused: int = 0  # FetchError
    slowest_s: float = 0.0
    broken: Counter[str] = field(default_factory=Counter)  # what should never come out


def seeds_of(source: str) -> list[bytes]:
    """Return the invented answers of a source, undamaged."""
    folder = FOLDER / source
    found = [path.read_bytes() for path in sorted(folder.glob("answers/*")) if path.is_file()]
    found += [page.encode() for page in PAGES.get(source, [])]
    if wrap := WRAPS.get(source):
        found += [json.dumps(wrap(ad)).encode() for ad in ads_of(source) if isinstance(ad, dict)]
    return found


def ads_of(source: str) -> list[Any]:
    """Return the invented payloads of a source, undamaged; pages as the JSON in them."""
    paths = sorted((FOLDER / source).glob("*.json"))
    return [
        json.loads(path.read_text(encoding="utf-8"))
        for path in paths
        if not path.name.endswith(".expected.json")
    ]


def damaged(seed: bytes, chance: random.Random) -> bytes:
    """Return a seed with values made wrong, if it is JSON, or bytes, or both."""
    body = seed
    if chance.random() < 0.8:
        try:
            body = dumped(wrong_values(json.loads(seed), chance), chance)
        except ValueError:
            body = wrong_tags(seed, chance)
    if chance.random() < 0.3:
        body = wrong_bytes(body, chance)
    return body


def wrong_values(value: Any, chance: random.Random) -> Any:
    """Return JSON with one to five of its values replaced, removed, doubled or buried."""
    root = {"": copy.deepcopy(value)}
    for _ in range(chance.randint(1, 5)):
        holder, key = chance.choice(list(places_in(root)))
        match chance.randrange(6):
            case 0 | 1 | 2:
                holder[key] = copy.deepcopy(chance.choice(ODD))
            case 3 if holder is not root:
                del holder[key]
            case 4:
                holder[key] = [holder[key], copy.deepcopy(holder[key])]
            case _:
                holder[key] = buried(holder[key], chance.choice((1, 3, 60)), chance)
    return root.get("")


def dumped(value: Any, chance: random.Random) -> bytes:
    """Return JSON as bytes, with what is too deep for Python to build put in."""
    depth = chance.choice(DEPTHS)
    deep = b"[" * depth + b"]" * depth
    return json.dumps(value).encode().replace(json.dumps(DEEP).encode(), deep)


def buried(value: Any, depth: int, chance: random.Random) -> Any:
    """Return the value under so many lists or objects."""
    as_list = chance.random() < 0.5
    for _ in range(depth):
        value = [value] if as_list else {"name": value}
    return value


def places_in(value: Any, depth: int = 0) -> Iterator[tuple[Any, Any]]:
    """Yield every (holder, key) of a JSON value, to a depth of 30."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(items):
        yield value, key
        if depth < 30 and isinstance(inner, dict | list):
            yield from places_in(inner, depth + 1)


def wrong_tags(seed: bytes, chance: random.Random) -> bytes:
    """Return HTML or XML with a piece between two tags replaced, doubled or removed."""
    pieces = seed.split(b"<")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(pieces))
        match chance.randrange(4):
            case 0:
                odd = chance.choice(ODD)
                text = odd if isinstance(odd, str) else json.dumps(odd)
                tag, _, _ = pieces[at].partition(b">")
                pieces[at] = tag + b">" + text.encode(errors="replace")
            case 1:
                pieces[at] = pieces[at] * chance.choice((2, 30))
            case 2:
                pieces.insert(at, pieces[chance.randrange(len(pieces))])
            case _:
                pieces[at] = b""
    return b"<".join(pieces)


def wrong_bytes(body: bytes, chance: random.Random) -> bytes:
    """Return bytes cut short, changed, doubled or in another encoding."""
    at = chance.randrange(len(body) + 1)
    match chance.randrange(7):
        case 0:
            return body[:at]
        case 1:
            return body[:at] + bytes(chance.randrange(256) for _ in range(4)) + body[at + 1 :]
        case 2:
            return body[:at] + b"\xff\xfe\x00\xc0\x80" + body[at:]
        case 3:
            return body + body
        case 4:
            encoding = chance.choice(("utf-16", "utf-32", "cp037", "utf-7"))
            return body.decode("utf-8", "replace").encode(encoding, "replace")
        case 5:
            return b"[" * chance.choice((10, 100_000)) + body
        case _:
            return body[:at] + b'<!ENTITY a "aaaa">' + body[at:]


def read(source: str, body: bytes, chance: random.Random, tried: Tried) -> None:
    """Read one damaged answer, and its first ad again with a damaged text of its own.

    Raises whatever a parser raises but the two errors that are foreseen.
    """
    module = find_source(source)
    board = Board(source, BOARDS.get(source, "acme"))
    url = BOARDS.get(source, "https://api.example/v1/api/jobs/gb/search/1")
    documents = [Document(url, body, AT)]
    try:
        found = module.split(board, documents)
        if hasattr(module, "details") and found.payloads:
            text = chance.choice([ad.get("detail") for ad in ads_of(source)] or [None])
            detail = dumped(wrong_values(text, chance), chance)
            second = Document(found.payloads[0].source_id, detail, AT, DETAIL)
            found = module.split(board, [*documents, second])
    except FetchError:
        tried.refused += 1
        return
    tried.left_out += len(found.skipped)
    for payload in found.payloads:
        parse(source, payload, tried)


def parse(source: str, payload: Payload, tried: Tried) -> None:
    """Parse one payload, and check that what it states can be written as UTF-8."""
    try:
        posting = find_source(source).parse(payload)
    except ParseError:
        tried.left_out += 1
        return
    words = (posting.source_id, posting.url, posting.title, posting.employer, posting.description)
    "".join(text for text in words if text).encode()  # as a database would
    assert posting.title.strip(), "a blank title"
    tried.ads += 1


def fuzz(source: str, *, seconds: float, seed: int, keep: Path | None = None) -> Tried:
    """Try damaged answers and payloads of one source for so many seconds of CPU."""
    tried = Tried()
    chance = random.Random(f"{seed}{source}")
    answers, ads = seeds_of(source), ads_of(source)
    end = time.process_time() + seconds
    while (started := time.process_time()) < end:
        state = chance.getstate()
        body = b""
        try:
            if ads and chance.random() < 0.4:
                body = damaged(json.dumps(chance.choice(ads)).encode(), chance)
                text = stored(body)
                parse(source, Payload(source, "acme/1", None, AT, text), tried)
            else:
                body = damaged(chance.choice(answers), chance)
                read(source, body, chance, tried)
        except Exception as error:
            tried.broken[f"{type(error).__name__}: {str(error)[:120]}"] += 1
            _keep(keep, source, body, repr(state[1][:1]))
        took = time.process_time() - started
        tried.inputs += 1
        tried.slowest_s = max(tried.slowest_s, took)
        if took > SLOW_S:
            tried.broken[f"slow: {took:.1f} s"] += 1
            _keep(keep, source, body, "slow")
    return tried


def stored(body: bytes) -> str:
    """Return a damaged payload as split would have stored it."""
    text = body.decode(errors="replace")
    try:
        return body_of(json.loads(text))
    except (ValueError, RecursionError):
        return body_of(text)


def _keep(folder: Path | None, source: str, body: bytes, why: str) -> None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{source}-{sha256(body + why.encode()).hexdigest()[:12]}"
        (folder / name).write_bytes(body)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sources", nargs="*", default=list(SOURCES))
    parser.add_argument("--seconds", type=float, default=5.0, help="of CPU for each source")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="folder for inputs that break a parser")
    asked = parser.parse_args()
    total = Tried()
    print(f"{'source':16} {'inputs':>8} {'ads':>8} {'left out':>8} {'refused':>8} {'slowest':>8}")
    for source in asked.sources:
        tried = fuzz(source, seconds=asked.seconds, seed=asked.seed, keep=asked.keep)
        total.inputs += tried.inputs
        total.broken += tried.broken
        print(
            f"{source:16} {tried.inputs:8} {tried.ads:8} {tried.left_out:8} {tried.refused:8} "
            f"{tried.slowest_s:7.2f}s"
        )
        for problem, count in tried.broken.most_common():
            print(f"    {count} x {problem}")
    print(f"{total.inputs} inputs, {sum(total.broken.values())} broke a parser")
    return 1 if total.broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
