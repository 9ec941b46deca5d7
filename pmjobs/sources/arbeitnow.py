"""Arbeitnow: ads from employers' own systems, mostly in Germany, newest first.

Field notes:
- pages of up to 250 by `page`; there is no total: `links.next` is null on the last.
- `job_types` mixes the kind ("Full time") with the career level ("Experienced").
- `remote` is false on ads whose `location` is "Remote"; `created_at` is in seconds.
- many ads are in German, some links lead to arbeitnow.fr.
Terms: no abuse, and a link back is asked for. The list is renewed once an hour.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting
from pmjobs.sources.ads import Ad, completed, places
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, link
from pmjobs.sources.search import LIMIT_HELP, limit_of, pages, read_pages

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "arbeitnow"
OPTIONS: dict[str, str] = {"limit": LIMIT_HELP}
BASE_URL = "https://www.arbeitnow.com"
ATTRIBUTION = "from Arbeitnow, https://www.arbeitnow.com"
PAGE = 100  # ads a page, at least


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return as many pages, newest first, as hold the board's limit of ads."""
    url = f"{base_url(board, BASE_URL)}/api/job-board-api"
    return await pages(
        lambda number: client.get(url, params={"page": number + 1}),
        lambda document: _ads_in(board, document),
        size=PAGE,
        limit=limit_of(board),
        is_last=lambda document: _is_last(board, document),
    )


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad. Raises FetchError if a document is no list of ads."""
    ended = bool(documents) and _is_last(board, documents[-1])
    return read_pages(
        board, documents, lambda document: _ads_in(board, document), _name, whole=ended
    )


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    kinds, where = ad.texts("job_types"), ad.text("location")
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=ad.title("title"),
        employer=ad.text("company_name"),
        description=text_of(ad.text("description") or "") or None,
        date_posted=ad.day("created_at"),
        employment_type=parse_employment_type(kinds),
        employment_type_text=", ".join(kinds) or None,
        locations=places(where),
        attribution=ATTRIBUTION,
    )
    return completed(posting, place_text=where, telecommute=ad.flag("remote"))


def _ads_in(board: Board, document: Document) -> list[Any]:
    return ads_in(json_of(document, board.key), board.key, "data")


def _is_last(board: Board, document: Document) -> bool:
    answer = json_of(document, board.key)
    links = answer.get("links") if isinstance(answer, dict) else None
    return not (isinstance(links, dict) and links.get("next"))


def _name(ad: Any) -> tuple[str | None, str | None]:
    return ad_id(ad, "slug"), link(ad, "url")
