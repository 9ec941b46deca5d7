"""Himalayas: remote jobs, through its public API.

Field notes:
- 20 ads a page whatever is asked for; without a query the newest of some 100,000.
- `pubDate` and `expiryDate` are in seconds (in older answers ISO dates).
- `locationRestrictions` are the countries where one may live, as names or as objects with a
  name; empty is everywhere.
- `minSalary`, `maxSalary`, `currency`, `salaryPeriod` ("annual"); absent or null if not known.
- `seniority` is the employer's claim about the post, and stays unread.
- `applicationLink` leads to the ad at Himalayas; `guid` is its identity.
- a search's words, country and page go as `q`, `country` and `page`, as public readers send
  them; if the host should know other names, it answers with the newest ads and is asked once.
Terms: name Himalayas and link to the ad there; nothing may be handed on to Google Jobs, LinkedIn
Jobs or Jooble. No recorded answer was at hand: the fields are those that public readers use.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.parsing.salary import salary_from_fields
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting, Remote, WorkPlace
from pmjobs.sources.ads import Ad, completed, places
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, link, option
from pmjobs.sources.search import (
    EXCERPT,
    LIMIT_HELP,
    QUERY_HELP,
    limit_of,
    options,
    read_pages,
    search_pages,
)

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "himalayas"
OPTIONS: dict[str, str] = {
    "query": QUERY_HELP,
    "country": 'where one may live, "Norway"',
    "limit": LIMIT_HELP,
}
BASE_URL = "https://himalayas.app"
ATTRIBUTION = "from Himalayas, https://himalayas.app"
PAGE = 20


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return as many pages of each query as hold the board's limit of ads."""
    url = f"{base_url(board, BASE_URL)}/jobs/api"
    country = option(board, "country")

    async def ask(query: str, number: int) -> Document:
        if not query and not country:
            return await client.get(url, params={"limit": PAGE, "offset": number * PAGE})
        params: dict[str, str | int] = {"page": number + 1}
        params |= {"q": query} if query else {}
        params |= {"country": country} if country else {}
        return await client.get(f"{url}/search", params=params)

    return await search_pages(
        options(board, "query") or [""],
        ask,
        lambda document: _ads_in(board, document),
        size=PAGE,
        limit=limit_of(board),
    )


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad. Raises FetchError if a document is no list of ads."""
    read = read_pages(board, documents, lambda document: _ads_in(board, document), _name)
    return replace(read, whole=read.whole and bool(options(board, "query")))


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    kind, text = ad.text("employmentType"), ad.text("description")
    names = [name for item in ad.each("locationRestrictions") if (name := item.text("name"))]
    where = "; ".join(names or ad.texts("locationRestrictions"))
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=ad.title("title"),
        employer=ad.text("companyName"),
        description=text_of(text or ad.text("excerpt") or "") or None,
        date_posted=ad.day("pubDate"),
        valid_through=ad.day("expiryDate"),
        base_salary=salary_from_fields(
            ad.text("minSalary"),
            ad.text("maxSalary"),
            ad.text("currency"),
            ad.text("salaryPeriod"),
        ),
        employment_type=parse_employment_type(kind),
        employment_type_text=kind,
        locations=places(where),
        remote=Remote(WorkPlace.REMOTE, where or "Himalayas"),
        attribution=ATTRIBUTION if text or not ad.text("excerpt") else f"{ATTRIBUTION}; {EXCERPT}",
    )
    return completed(posting)


def _ads_in(board: Board, document: Document) -> list[Any]:
    return ads_in(json_of(document, board.key), board.key, "jobs")


def _name(ad: Any) -> tuple[str | None, str | None]:
    url = link(ad, "applicationLink", "guid")
    return ad_id(ad, "guid") or url, url
