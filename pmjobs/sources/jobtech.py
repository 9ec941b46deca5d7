"""JobTech: the openings at Sweden's public employment service, through their open search API.

Field notes:
- pages by `offset` (at most 2,000) and `limit` (at most 100); no key. It is for searching: who
  wants every ad of Sweden is asked to use their stream instead.
- the text is `description.text`; ads from employers' own systems may have it in parts instead,
  `company_information`, `needs`, `requirements`, `conditions`.
- times are Swedish and have no zone; `publication_date` may be at 23:59:59.
- `salary_description` says how one is paid ("Fast månadslön") and hardly ever how much.
- `country` is "Sverige" or "SE"; `scope_of_work` is per cent of full time.
- a removed ad may still come, with `removed: true`; it is left out.
- `experience_required` is true on most ads and says little. Texts are Swedish, some English.
The data is free for any use.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.location import country_code
from pmjobs.parsing.markup import text_of
from pmjobs.posting import Board, BoardRead, Document, EmploymentType, Payload, Posting
from pmjobs.sources.ads import Ad, completed, place
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, link, option
from pmjobs.sources.search import (
    LIMIT_HELP,
    QUERY_HELP,
    limit_of,
    queries,
    read_pages,
    search_pages,
)

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "jobtech"
OPTIONS: dict[str, str] = {
    "query": QUERY_HELP,
    "municipality": "a municipality's code in JobTech's taxonomy",
    "limit": LIMIT_HELP,
}
CHECKS = (queries,)
BASE_URL = "https://jobsearch.api.jobtechdev.se"
PAGE = 100
MOST = 2_000  # the API's largest offset

SECTIONS = ("company_information", "needs", "requirements", "conditions")


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return as many pages of each query as hold the board's limit of ads."""
    url = f"{base_url(board, BASE_URL)}/search"
    limit = min(limit_of(board), MOST)
    size = min(PAGE, limit)
    fixed: dict[str, str | int] = {"limit": size, "sort": "pubdate-desc"}
    if municipality := option(board, "municipality"):
        fixed["municipality"] = municipality

    async def ask(query: str, number: int) -> Document:
        return await client.get(url, params={**fixed, "q": query, "offset": number * size})

    return await search_pages(
        queries(board), ask, lambda document: _hits(board, document), size=size, limit=limit
    )


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad. Raises FetchError if a document is no list of ads."""

    def ads_of(document: Document) -> list[Any]:
        return [
            ad
            for ad in _hits(board, document)
            if not (isinstance(ad, dict) and ad.get("removed") is True)
        ]

    return read_pages(board, documents, ads_of, _name)


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    kinds = [
        text for name in ("working_hours_type", "duration") if (text := ad.text(name, "label"))
    ]
    country = ad.text("workplace_address", "country")
    town = place(
        None,
        locality=ad.text("workplace_address", "municipality")
        or ad.text("workplace_address", "city"),
        region=ad.text("workplace_address", "region"),
        country=country_code(country) or country,
    )
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=ad.title("headline"),
        employer=ad.text("employer", "name") or ad.text("employer", "workplace"),
        description=_whole_text(ad),
        date_posted=ad.day("publication_date"),
        valid_through=ad.day("application_deadline"),
        employment_type=_kinds(ad, kinds),
        employment_type_text=", ".join(kinds) or None,
        locations=(town,) if town else (),
        department=ad.text("occupation", "label"),
    )
    return completed(posting, pay_text=ad.text("salary_description"))


def _hits(board: Board, document: Document) -> list[Any]:
    return ads_in(json_of(document, board.key), board.key, "hits")


def _name(ad: Any) -> tuple[str | None, str | None]:
    return ad_id(ad, "id"), link(ad, "webpage_url")


def _kinds(ad: Ad, words: Sequence[str]) -> tuple[EmploymentType, ...]:
    """Hours as the words say; a duration in days or months is a post for a time."""
    found = parse_employment_type(words)
    if re.search(r"\b(?:dagar|månader)\b", ad.text("duration", "label") or ""):
        found = (*found, EmploymentType.TEMPORARY)
    return tuple(dict.fromkeys(found))


def _whole_text(ad: Ad) -> str | None:
    if text := ad.text("description", "text") or ad.text("description", "text_formatted"):
        return text_of(text) or None
    parts = [part for name in SECTIONS if (part := ad.text("description", name))]
    return text_of("\n".join(parts)) or None
