"""Remotive: remote work, through its public API.

Field notes:
- one answer, no paging. The keys beside `jobs` are a legal notice and counts.
- `publication_date` has no zone; ads appear in the API a day after the site has them.
- `job_type` is full_time, contract, part_time, freelance, internship, or empty.
- `salary` is free text, mostly empty; a "$" in it belongs to the country where one may live.
- `candidate_required_location` says where one may live while working from home.
Terms: name Remotive and link to the ad there; hand nothing on to Jooble, Google Jobs, LinkedIn
Jobs or Neuvoo; ask at most four times a day (more than two a minute is blocked).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting, Remote, WorkPlace
from pmjobs.sources.ads import Ad, completed, places
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, link, option
from pmjobs.sources.search import LIMIT_HELP, QUERY_HELP, limit_of, options, read_pages

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "remotive"
OPTIONS: dict[str, str] = {
    "query": QUERY_HELP,
    "category": 'a category of Remotive, "project-management"; everything without one',
    "limit": LIMIT_HELP,
}
BASE_URL = "https://remotive.com"
ATTRIBUTION = "from Remotive, https://remotive.com"


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return one document a query; one in all if the board has none."""
    url = f"{base_url(board, BASE_URL)}/api/remote-jobs"
    params: dict[str, str | int] = {}
    if category := option(board, "category"):
        params["category"] = category
    if option(board, "limit"):
        params["limit"] = limit_of(board)
    searches = options(board, "query")
    if not searches:
        return [await client.get(url, params=params)]
    return [await client.get(url, params={**params, "search": words}) for words in searches]


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad. Raises FetchError if a document is no list of ads."""
    read = read_pages(board, documents, lambda document: _ads_in(board, document), _name)
    return read if option(board, "limit") else replace(read, whole=True)


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    kind, where = ad.text("job_type"), ad.text("candidate_required_location")
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=ad.title("title"),
        employer=ad.text("company_name"),
        description=text_of(ad.text("description") or "") or None,
        date_posted=ad.day("publication_date"),
        employment_type=parse_employment_type(kind),
        employment_type_text=kind,
        locations=places(where),
        remote=Remote(WorkPlace.REMOTE, where or "Remotive"),
        department=ad.text("category"),
        attribution=ATTRIBUTION,
    )
    return completed(posting, pay_text=ad.text("salary"))


def _ads_in(board: Board, document: Document) -> list[Any]:
    return ads_in(json_of(document, board.key), board.key, "jobs")


def _name(ad: Any) -> tuple[str | None, str | None]:
    url = link(ad, "url")
    return ad_id(ad, "id") or url, url
