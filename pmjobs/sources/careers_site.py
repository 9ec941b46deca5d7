"""An employer's own careers site: a page or sitemap with links to ads that hold JobPosting data.

The board's name is the address of the page that lists the ads, or of a sitemap. Field notes:
- ads are pages of the same host whose path speaks of jobs, or holds the option `match`.
- a link is followed if its words, or those of its address, can be project work, or if they say
  nothing ("/jobs/4021"); at most 200 new pages a run, the rest in the next.
- a page is asked for once; again only if the sitemap says that it changed.
- ads that the page itself holds are read with it, without following links.
- pages that build themselves in the browser hold nothing: look for the system behind them.
"""

import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from pmjobs.errors import FetchError, ParseError
from pmjobs.parsing.jobposting import posting_from
from pmjobs.parsing.title import names_project_work
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting, Skipped
from pmjobs.settings import check_url
from pmjobs.sources.ads import Ad
from pmjobs.sources.answers import absolute, html_of, option, read_board, xml_of
from pmjobs.sources.details import fetch_details, lists_in, with_detail
from pmjobs.sources.jsonld_page import NO_ADS, each_ad, postings_in

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "careers_site"
OPTIONS = {"match": 'part of the address of every ad, for instance "/vacancies/" (default: guess)'}
MAX_SITEMAPS = 20
MAX_LINKS = 50_000
MAX_UNPACKED = 50_000_000  # bytes of a packed sitemap; the standard's own limit

_JOBS = re.compile(
    r"/(?:jobs?|careers?|vacanc(?:y|ies)|positions?|openings?|opportunit(?:y|ies)|stellen\w*|offres?"
    r"|emplois?|karriere|vacatures?|jobb|lediga-jobb|empleos?|ofertas?|lavora\w*)(?:[/-]|\.\w+$)",
    re.IGNORECASE,
)
_JOBS_SITEMAP = re.compile(r"job|career|vacan|stelle|karriere|vacature|emploi", re.IGNORECASE)
_SAYS_NOTHING = re.compile(r"[\W\d_]*(?:job|jobs|id|detail|view|position|vacancy)?[\W\d_]*$", re.I)


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return the page or the sitemaps. Raises FetchError if there is none."""
    check_url(board.board, board.key)
    return await whole_list(board, await client.get(board.board), client)


async def whole_list(
    board: Board, document: Document, client: "Client", *, most: int = MAX_SITEMAPS
) -> list[Document]:
    """Return the page or sitemap and, if it is a list of sitemaps, `most` of those."""
    documents = [_unpacked(document, board)]
    if _is_xml(documents[0]):
        root = xml_of(documents[0], board.key)
        inner = _locations(root, "sitemap") if root.tag.endswith("sitemapindex") else []
        # Those whose name speaks of jobs come first, since not all may be read.
        inner.sort(key=lambda one: _JOBS_SITEMAP.search(one[0]) is None)
        for url, _ in inner[:most]:
            if _same_host(url, board.board):
                documents.append(_unpacked(await client.get(url), board))
    return documents


async def details(
    board: Board, documents: Sequence[Document], client: "Client", known: Mapping[str, str]
) -> list[Document]:
    """Return what the ads' own pages say, of those that are worth a request."""
    listed = ((_name(ad["url"]), title_of(ad), ad) for ad in ad_links(board, documents))

    async def ask(ad: Mapping[str, Any]) -> Document:
        document = await client.get(ad["url"], headers={"accept": "text/html, */*;q=0.5"})
        # Of a page only the data is kept; the rest changes with every visit.
        return replace(document, body=json.dumps({"ads": postings_in(document)}).encode())

    return await fetch_details(listed, documents, known, ask)


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad; pages without the data are reported."""
    lists = lists_in(documents)
    own = [ad for one in lists if not _is_xml(one) for ad in each_ad(postings_in(one), one.url)]
    joined = with_detail(documents, board.key)
    empty: list[Skipped] = []

    def each() -> Iterator[tuple[str | None, str | None, Any]]:
        for source_id, url, ad in own:
            yield source_id, url, {"detail": {"ads": [ad]}, "url": url}
        for ad in ad_links(board, documents):
            whole = joined(_name(ad["url"]), ad)
            if "detail" not in whole:
                continue  # its words are about other work, or its turn comes in another run
            if not whole["detail"].get("ads"):
                empty.append(Skipped(_name(ad["url"]), "JobPosting", NO_ADS))
                continue
            yield _name(ad["url"]), ad["url"], whole

    read = read_board(board, each(), lists[0])
    if not read.payloads and not empty:
        empty.append(Skipped(board.board, "JobPosting", f"no links to ads in the page; {_HELP}"))
    return replace(read, skipped=(*read.skipped, *empty))


_HELP = "set match to a part of the ads' addresses, or look for the system behind the page"


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = next(Ad.of(payload).each("detail", "ads"), None)
    if ad is None:
        raise ParseError(payload.source_id, "detail", "missing")
    return posting_from(
        dict(ad.fields), source=payload.source, source_id=payload.source_id, url=payload.url
    )


def ad_links(board: Board, documents: Sequence[Document]) -> list[dict[str, str]]:
    """Return the links to ads, each once: url, and what the link or the sitemap says of it."""
    match = option(board, "match")
    found: dict[str, dict[str, str]] = {}
    for document in lists_in(documents):
        for url, about in _links_in(board, document):
            path = urlsplit(url).path
            fits = match in url if match else _JOBS.search(path) is not None
            if fits and _same_host(url, document.url) and url != document.url:
                found.setdefault(url, {"url": url, **about})
        if len(found) >= MAX_LINKS:
            break
    return list(found.values())[:MAX_LINKS]


def worth_reading(ad: Mapping[str, str]) -> bool:
    """Whether a link of `ad_links` can lead to project work, or does not say what it leads to."""
    return names_project_work(title_of(ad)) is not None


def _links_in(board: Board, document: Document) -> Iterator[tuple[str, dict[str, str]]]:
    if _is_xml(document):
        for url, changed in _locations(xml_of(document, board.key), "url"):
            yield url, {"lastmod": changed} if changed else {}
        return
    from bs4 import BeautifulSoup  # here: stored ads are parsed without it
    from bs4.filter import SoupStrainer

    page = BeautifulSoup(html_of(document), "lxml", parse_only=SoupStrainer("a"))
    for link in page.find_all("a", href=True):
        words = " ".join(link.get_text(" ").split())[:200]
        if target := absolute(document.url, str(link["href"])):
            yield target, {"words": words} if words else {}


def title_of(ad: Mapping[str, str]) -> str:
    """Return the words by which an ad is judged before its page is read."""
    path = unquote(urlsplit(ad["url"]).path).rstrip("/")
    last = re.sub(r"\.\w{2,5}$", "", path.rpartition("/")[2])
    words = f"{ad.get('words', '')} {re.sub(r'[-_+]+', ' ', last)}"
    said = names_project_work(words)
    # An address of figures alone may be anything: it is looked at.
    return said or ("project manager" if _SAYS_NOTHING.match(last) else words)


def _name(url: str) -> str:
    return url.split("://", 1)[1][:500]


def _same_host(url: str, other: str) -> bool:
    return urlsplit(url).netloc.lower() == urlsplit(other).netloc.lower()


def _is_xml(document: Document) -> bool:
    head = document.body[:500].lstrip(b"\xef\xbb\xbf \r\n\t")
    return head.startswith(b"<?xml") and b"<html" not in head or head.startswith(b"<urlset")


def _locations(root: Any, kind: str) -> list[tuple[str, str]]:
    """Return (address, day of change) of a sitemap's entries."""
    found = []
    for entry in root:
        if isinstance(entry.tag, str) and entry.tag.rpartition("}")[2] == kind:
            parts = {str(part.tag).rpartition("}")[2]: (part.text or "").strip() for part in entry}
            if address := absolute("", parts.get("loc", "")):
                found.append((address, parts.get("lastmod", "")))
    return found


def _unpacked(document: Document, board: Board) -> Document:
    """Return a sitemap that was kept as .xml.gz unpacked."""
    if not document.body.startswith(b"\x1f\x8b"):
        return document
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        body = unpacker.decompress(document.body, MAX_UNPACKED)
    except zlib.error:
        raise FetchError(f"{board.key}: the packed sitemap is damaged; try again later") from None
    if not unpacker.eof:
        raise FetchError(f"{board.key}: a sitemap of more than {MAX_UNPACKED:,} bytes; choose one")
    return replace(document, body=body)
