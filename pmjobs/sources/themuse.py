"""The Muse: ads of employers in the United States mostly, through its public API.

Field notes:
- pages of 20, counted from 1; `page_count` says how many. Beyond the last there are none.
- `levels` ("Senior Level") is the employer's claim about the post, and stays unread.
- a location "Flexible / Remote" means work from home.
- there is no pay of its own, and `type` is "external" for ads that lead to the employer.
Terms: 500 requests an hour without a key, 3,600 with one (PMJOBS_THEMUSE_KEY, free at
https://www.themuse.com/developers/api/v2); 403 means too many.
"""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pmjobs.parsing.markup import text_of
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting
from pmjobs.sources.ads import Ad, completed, places
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, link
from pmjobs.sources.search import (
    LIMIT_HELP,
    UNKEPT,
    limit_of,
    options,
    read_pages,
    search_pages,
    without_key,
)

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "themuse"
OPTIONS: dict[str, str] = {
    "category": 'a category of The Muse, "Project Management"; a list makes one search of each',
    "location": 'a place as The Muse writes it, "Flexible / Remote"',
    "limit": LIMIT_HELP,
}
BASE_URL = "https://www.themuse.com"
ATTRIBUTION = "from The Muse, https://www.themuse.com"
PAGE = 20


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return as many pages of each category as hold the board's limit of ads."""
    url = f"{base_url(board, BASE_URL)}/api/public/jobs"
    key = os.environ.get("PMJOBS_THEMUSE_KEY", "").strip()
    places_wanted = options(board, "location")

    async def ask(category: str, number: int) -> Document:
        params: dict[str, str | int] = {"page": number + 1}
        if category:
            params["category"] = category
        if places_wanted:
            params["location"] = places_wanted[0]
        if key:
            params["api_key"] = key
        document = await client.get(url, params=params, headers=UNKEPT if key else None)
        return without_key(document, "api_key")

    return await search_pages(
        options(board, "category") or [""],
        ask,
        lambda document: _ads_in(board, document),
        size=PAGE,
        limit=limit_of(board),
        is_last=lambda document: _is_last(board, document),
    )


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad. Raises FetchError if a document is no list of ads."""
    return read_pages(board, documents, lambda document: _ads_in(board, document), _name)


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    where = [name for item in ad.each("locations") if (name := item.text("name"))]
    categories = [name for item in ad.each("categories") if (name := item.text("name"))]
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=ad.title("name"),
        employer=ad.text("company", "name"),
        description=text_of(ad.text("contents") or "") or None,
        date_posted=ad.day("publication_date"),
        locations=places(*where),
        department=", ".join(categories) or None,
        attribution=ATTRIBUTION,
    )
    return completed(posting, place_text="; ".join(where) or None)


def _ads_in(board: Board, document: Document) -> list[Any]:
    return ads_in(json_of(document, board.key), board.key, "results")


def _is_last(board: Board, document: Document) -> bool:
    answer = json_of(document, board.key)
    page, count = answer.get("page"), answer.get("page_count")
    return isinstance(page, int) and isinstance(count, int) and page >= count


def _name(ad: Any) -> tuple[str | None, str | None]:
    url = link(ad.get("refs") if isinstance(ad, dict) else None, "landing_page")
    return ad_id(ad, "id") or url, url
