"""Jooble: a search over other job sites, through its public API.

Field notes:
- needs a key, free: PMJOBS_JOOBLE_KEY. It is part of the address, so it is taken out of it
  before anything is kept or said.
- read by POST, pages from 1. `snippet` is a few lines with the words searched for in bold, never
  the ad; `attribution` says so. Prefer the site the ad came from, named in `source`.
- `salary` is text and mostly empty; `updated` is when Jooble last saw the ad change, so it is
  no date posted. `id` may be negative.
No recorded answer was at hand when this was written: the fields are those that public readers of
the API use.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pmjobs.errors import FetchError
from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting
from pmjobs.sources.ads import Ad, completed, places
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, link, option
from pmjobs.sources.search import (
    EXCERPT,
    LIMIT_HELP,
    QUERY_HELP,
    UNKEPT,
    key_of,
    limit_of,
    queries,
    read_pages,
    search_pages,
)

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "jooble"
OPTIONS: dict[str, str] = {
    "query": QUERY_HELP,
    "location": 'a place, "Leeds"',
    "limit": LIMIT_HELP,
}
CHECKS = (queries,)
KEYS = ("PMJOBS_JOOBLE_KEY",)
BASE_URL = "https://jooble.org"
GET_A_KEY = "https://jooble.org/api/about"
ATTRIBUTION = f"from Jooble, https://jooble.org; {EXCERPT}"
PAGE = 50


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return as many pages of each query as hold the board's limit of ads."""
    key = key_of(NAME, "PMJOBS_JOOBLE_KEY", GET_A_KEY)
    url = f"{base_url(board, BASE_URL)}/api"
    size = min(PAGE, limit_of(board))

    async def ask(query: str, number: int) -> Document:
        question = {
            "keywords": query,
            "location": option(board, "location") or "",
            "page": str(number + 1),
            "ResultOnPage": str(size),
        }
        try:
            document = await client.post_json(f"{url}/{key}", question, headers=UNKEPT)
        except FetchError as error:
            raise type(error)(
                str(error).replace(key, "KEY"),
                status=error.status,
                retry_after_s=error.retry_after_s,
            ) from None
        return replace(document, url=url)

    return await search_pages(
        queries(board),
        ask,
        lambda document: _ads_in(board, document),
        size=size,
        limit=limit_of(board),
    )


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad. Raises FetchError if a document is no list of ads."""
    return read_pages(board, documents, lambda document: _ads_in(board, document), _name)


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    kind, where = ad.text("type"), ad.text("location")
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=" ".join(text_of(ad.title("title")).split()) or ad.title("title"),
        employer=ad.text("company"),
        description=text_of(ad.text("snippet") or "") or None,
        employment_type=parse_employment_type(kind),
        employment_type_text=kind,
        locations=places(where),
        attribution=ATTRIBUTION,
    )
    return completed(posting, pay_text=ad.text("salary"), place_text=where)


def _ads_in(board: Board, document: Document) -> list[Any]:
    return ads_in(json_of(document, board.key), board.key, "jobs")


def _name(ad: Any) -> tuple[str | None, str | None]:
    return ad_id(ad, "id"), link(ad, "link")
