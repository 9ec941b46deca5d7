"""Verb: the address of a careers page → the board behind it, and what that rests on.

Most careers pages show ads that lie in another system. Which one, and under what name, stands
in the page: in its links, frames, scripts and data. Where it does not, the few addresses are
tried at which systems under an employer's own domain answer; then feeds, ads that the page
holds itself, and pages of ads behind its links or its sitemap. Everything goes through the
polite client, at most `MOST_REQUESTS` requests.
"""

import html as html_entities
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from pmjobs import sources
from pmjobs.errors import FetchError, PmjobsError, RefusedError
from pmjobs.net import Client
from pmjobs.posting import Board, Document
from pmjobs.settings import check_url
from pmjobs.sources import careers_site
from pmjobs.sources.addresses import find_system
from pmjobs.sources.answers import absolute, html_of
from pmjobs.sources.jsonld_page import postings_in

MOST_REQUESTS = 20  # without robots.txt and redirects
MOST_PAGES = 3  # the page given, and pages of the same employer that it calls its jobs
MOST_AD_PAGES = 2  # looked at for the data in them
MAX_CHARS = 3_000_000  # of a page that is searched for addresses


@dataclass(frozen=True, slots=True)
class Candidate:
    """A board that may be meant, and the words or the address that say so."""

    board: Board
    why: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """What stands behind a page."""

    url: str
    candidates: tuple[Candidate, ...]  # the likeliest first; empty: nothing was found
    tried: tuple[str, ...]  # what was looked at, and what came of it

    @property
    def board(self) -> Board | None:
        """The board that is meant, where there is but one."""
        return self.candidates[0].board if len(self.candidates) == 1 else None


async def discover(url: str, client: Client) -> Discovery:
    """Find out which system is behind a careers page.

    Raises FetchError if the page itself cannot be had, RefusedError if we may not ask for it.
    """
    check_url(url, url)
    if found := find_system(url):
        return Discovery(url, (Candidate(found, f"the address itself: {url}"),), ())
    search = _Search(client)
    first = await search.ask(url)
    if isinstance(first, PmjobsError):
        raise first
    candidates = await search.behind(first)
    return Discovery(url, tuple(candidates), tuple(search.tried))


def advice(found: Discovery) -> str:
    """Return what to tell a person whose page leads nowhere."""
    looked = "; ".join(found.tried)
    return (
        f"{found.url}: no job system found behind this page (looked at: {looked}). Open one of "
        "its ads in the browser and give the ad's address, or save the ads: pmjobs import FILE"
    )


@dataclass
class _Search:
    """One search: what it has asked so far."""

    client: Client
    tried: list[str] = field(default_factory=list)
    n_asked: int = 0

    async def ask(self, url: str) -> Document | PmjobsError:
        """Return what lies at `url`, or why it cannot be had."""
        if self.n_asked >= MOST_REQUESTS:
            return FetchError(f"{url}: enough was asked")
        self.n_asked += 1
        try:
            document = await self.client.get(url)
        except (FetchError, RefusedError) as error:
            status = f"HTTP {error.status}" if error.status else str(error)
            self.tried.append(f"{url}: {status}")
            return error
        return document

    async def behind(self, first: Document) -> list[Candidate]:
        """Look, from the surest to the vaguest, until something is found."""
        if feed := _as_feed(first):
            return [feed]
        pages = [first]
        if found := self.systems(first):
            return found
        for url in _job_pages(first)[: MOST_PAGES - 1]:
            if isinstance(page := await self.ask(url), Document):
                pages.append(page)
                if found := self.systems(page):
                    return found
        if found := await self.by_ad_numbers(pages) or await self.own_domain(pages):
            return found
        if found := [feed for page in pages for feed in _feeds_in(page)][:5]:
            return found
        return await self.own_pages(pages)

    def systems(self, page: Document) -> list[Candidate]:
        """Return the known systems that a page names, and note what was looked at."""
        if not (found := systems_in(page)):
            self.tried.append(_looked_at(page))
        return found

    async def by_ad_numbers(self, pages: Sequence[Document]) -> list[Candidate]:
        """Try the employer's name at a system whose ads' numbers stand in the page's links.

        The board counts only if it holds one of these very ads.
        """
        for page in pages:
            for source, pattern in _AD_NUMBERS.items():
                numbers = set(pattern.findall(html_of(page)[:MAX_CHARS]))
                board = Board(source, _employer(_origin(page.url)))
                if not numbers:
                    continue
                try:
                    self.n_asked += 1
                    read = sources.split(board, await sources.fetch(board, self.client))
                except PmjobsError as error:
                    self.tried.append(str(error))
                    continue
                names = {payload.source_id.rpartition("/")[2] for payload in read.payloads}
                if shared := sorted(numbers & names):
                    why = f"{page.url} links to ad {shared[0]}, which {board.key} holds"
                    return [Candidate(board, why)]
                self.tried.append(f"{board.key}: holds none of the ads linked here")
        return []

    async def own_domain(self, pages: Sequence[Document]) -> list[Candidate]:
        """Try the addresses at which systems answer under an employer's domain."""
        for origin in dict.fromkeys(_origin(page.url) for page in reversed(pages)):
            marks = "\n".join(html_of(page) for page in pages if _origin(page.url) == origin)
            for system in sorted(_OWN_DOMAIN, key=lambda one: one.mark not in marks.lower()):
                document = await self.ask(f"{origin}{system.path}")
                if isinstance(document, RefusedError):
                    break  # the host wants to be left alone, or that path does
                if isinstance(document, Document) and (found := system.recognise(document, origin)):
                    return [found]
        return []

    async def own_pages(self, pages: Sequence[Document]) -> list[Candidate]:
        """Look for ads as data: on the page, on pages it links to, on those of the sitemap."""
        for page in pages:
            if found := await self.behind_links(Board("careers_site", page.url), [page]):
                return found
        for page in pages:
            if n := len(postings_in(page)):
                ads = "1 ad" if n == 1 else f"{n} ads"
                why = f"{page.url} holds {ads} as schema.org JobPosting data"
                return [Candidate(Board("jsonld_page", page.url), why)]
        for origin in dict.fromkeys(_origin(page.url) for page in reversed(pages)):
            board = Board("careers_site", f"{origin}/sitemap.xml")
            document = await self.ask(board.board)
            if not isinstance(document, Document):
                continue
            try:
                documents = await careers_site.whole_list(board, document, self.client, most=2)
                if found := await self.behind_links(board, documents):
                    return found
            except FetchError as error:
                self.tried.append(str(error))
        return []

    async def behind_links(self, board: Board, documents: Sequence[Document]) -> list[Candidate]:
        """Look at one or two of the ads that a page or sitemap leads to."""
        links = careers_site.ad_links(board, documents)
        links.sort(key=lambda ad: not careers_site.worth_reading(ad))
        for ad in links[:MOST_AD_PAGES]:
            document = await self.ask(ad["url"])
            if not isinstance(document, Document):
                continue
            if found := systems_in(document):
                return found
            if postings_in(document):
                why = (
                    f"{board.board} leads to pages of ads with schema.org JobPosting data, "
                    f"for instance {ad['url']}"
                )
                return [Candidate(board, why)]
            self.tried.append(f"{ad['url']}: no JobPosting data in it")
        return []


def systems_in(page: Document) -> list[Candidate]:
    """Return the boards of known systems that a page's address, links or scripts name.

    The board named most often comes first.
    """
    if found := find_system(page.url):
        return [Candidate(found, f"the page is at {page.url}")]
    seen: dict[str, tuple[Board, list[str]]] = {}
    for url in _addresses(page):
        if board := find_system(url):
            seen.setdefault(f"{board.key} {board.base_url}".lower(), (board, []))[1].append(url)
    ordered = sorted(seen.values(), key=lambda one: -len(one[1]))
    return [Candidate(board, _told(page, urls)) for board, urls in ordered]


def other_system(page: Document) -> str | None:
    """Return the name of a job system in the page that pmjobs has no source for."""
    addresses = " ".join(_addresses(page)).lower()
    return next((name for host, name in _NOT_READ.items() if host in addresses), None)


@dataclass(frozen=True, slots=True)
class _OwnDomain:
    """A system that answers under an employer's own domain: where, and how it is known."""

    source: str
    path: str
    mark: str  # stands in most pages of the system, in small letters
    sign: bytes  # stands in every answer of it
    options: tuple[tuple[str, str], ...] = ()

    def recognise(self, document: Document, origin: str) -> Candidate | None:
        """Return the board if the answer is this system's."""
        if self.sign not in document.body:
            return None
        board = Board(self.source, _employer(origin), origin, self.options)
        try:
            read = sources.split(board, [document])
        except PmjobsError:
            return None
        why = f"{document.url} answers as {self.source.capitalize()} does, with"
        return Candidate(board, f"{why} {len(read.payloads)} ads")


_OWN_DOMAIN = (
    _OwnDomain("teamtailor", "/jobs.rss", "teamtailor", b"teamtailor.com/locations"),
    _OwnDomain("recruitee", "/api/offers/", "recruitee", b'"offers"'),
    _OwnDomain("personio", "/xml", "personio", b"<workzag-jobs"),
    _OwnDomain("pinpoint", "/postings.json", "pinpoint", b'"data"'),
    _OwnDomain("teamtailor", "/jobs.json", "teamtailor", b'"_jobposting"', (("feed", "json"),)),
)

# Where links under an employer's own domain carry the number an ad has at its system.
_AD_NUMBERS = {
    "greenhouse": re.compile(r"[?&;]gh_jid=(\d{4,20})"),
    "ashby": re.compile(r"[?&;]ashby_jid=([0-9a-f-]{36})"),
}

# Part of an address → whose it is; for telling a person why nothing was found.
_NOT_READ = {
    "icims.com": "iCIMS",
    "jobvite.com": "Jobvite",
    "taleo.net": "Oracle Taleo",
    "successfactors.": "SAP SuccessFactors",
    "breezy.hr": "Breezy",
    "applytojob.com": "JazzHR",
    "eightfold.ai": "Eightfold",
    "phenompeople.com": "Phenom",
    "avature.net": "Avature",
    "ultipro.com": "UKG",
    "paylocity.com": "Paylocity",
    "dayforcehcm.com": "Dayforce",
    "adp.com": "ADP",
    "comeet.co": "Comeet",
    "softgarden.": "softgarden",
    "join.com/": "JOIN",
    "csod.com": "Cornerstone",
    "zohorecruit.": "Zoho Recruit",
}

_ADDRESS = re.compile(r"(?:https?:)?//[\w.-]+\.[a-z]{2,}[^\s\"'<>\\)]{0,300}", re.IGNORECASE)
_JOBS_WORDS = re.compile(
    r"\b(?:careers?|jobs?|vacanc(?:y|ies)|open(?:ings| positions| roles)|join (?:us|our team)"
    r"|work (?:with|for) us|we(?:'|’)re hiring|karriere|stellen\w*|jobb|lediga jobb|vacatures?"
    r"|werken bij|emplois?|recrutement|carri[eè]res?|empleos?|trabaja|lavora|praca)\b",
    re.IGNORECASE,
)
_FIRST_LABELS = {"www", "careers", "career", "jobs", "job", "karriere", "work", "apply", "join"}


def _addresses(page: Document) -> Iterator[str]:
    """Yield the web addresses anywhere in a page: links, frames, scripts, data in scripts."""
    text = html_of(page)[:MAX_CHARS].replace("\\/", "/").replace("\\u002F", "/")
    for found in _ADDRESS.finditer(text):
        yield html_entities.unescape(found[0])


def _told(page: Document, urls: Sequence[str]) -> str:
    times = "" if len(urls) == 1 else f", and {len(urls) - 1} more times"
    return f"{page.url} names {urls[0][:120]}{times}"


def _looked_at(page: Document) -> str:
    named = other_system(page)
    behind = f", but {named}, which pmjobs cannot read" if named else ""
    return f"{page.url}: names no system that pmjobs reads{behind}"


def _as_feed(page: Document) -> Candidate | None:
    """Return the board if what was given is no page but a feed or a sitemap."""
    head = page.body[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if b"<rss" in head or b"<feed" in head or b"<rdf:rdf" in head:
        return Candidate(Board("feed", page.url), f"{page.url} is a feed")
    if b"<urlset" in head or b"<sitemapindex" in head:
        return Candidate(Board("careers_site", page.url), f"{page.url} is a sitemap")
    return None


def _feeds_in(page: Document) -> Iterator[Candidate]:
    """Yield the feeds that a page offers, if their address or title speaks of jobs."""
    for link in _tags(page, "link"):
        kind, target = str(link.get("type", "")), absolute(page.url, str(link.get("href", "")))
        told = f"{link.get('title', '')} {re.sub(r'[-_/.]', ' ', urlsplit(target or '').path)}"
        if re.search(r"rss|atom", kind) and target and _JOBS_WORDS.search(told):
            yield Candidate(Board("feed", target), f"{page.url} offers the feed {target}")


def _job_pages(page: Document) -> list[str]:
    """Return the links that a page calls its jobs, of the same employer."""
    own = _site(page.url)
    found: dict[str, None] = {}
    for link in _tags(page, "a"):
        target = absolute(page.url, str(link.get("href", "")))
        words = " ".join(link.get_text(" ").split())[:80]
        if target and target != page.url and _site(target) == own and len(target) < 200:
            last = urlsplit(target).path.rstrip("/").rpartition("/")[2]
            named = re.sub(r"[-_]|\.\w+$", " ", last).strip()
            first = (urlsplit(target).hostname or "").partition(".")[0]
            if _JOBS_WORDS.search(words) or any(map(_JOBS_WORDS.fullmatch, (named, first))):
                found[target] = None
    return sorted(found, key=len)


def _tags(page: Document, name: str) -> Iterator[Any]:
    from bs4 import BeautifulSoup
    from bs4.filter import SoupStrainer

    strainer = SoupStrainer(name)
    yield from BeautifulSoup(html_of(page)[:MAX_CHARS], "lxml", parse_only=strainer).find_all(name)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _site(url: str) -> str:
    """The employer's part of a host: careers.acme.example and www.acme.example are one."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if re.fullmatch(r"[\d.]+|.*:.*", host):
        return parts.netloc
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in _FIRST_LABELS:
        labels.pop(0)
    return ".".join(labels)


def _employer(origin: str) -> str:
    """A name for the board: the first telling label of the host."""
    site = _site(origin)
    return site.split(":")[0] if re.match(r"[\d.]+", site) else site.split(".")[0]
