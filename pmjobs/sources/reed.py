"""Reed.co.uk: jobs in the United Kingdom, through the public API for jobseekers.

Field notes:
- needs a key, free: PMJOBS_REED_KEY; it is the user name of HTTP Basic, without a password.
- a search gives pages of 100 by `resultsToSkip`, with the beginning of each text only; the text
  is asked for ad by ad, for titles that can be project work, and only when they are new.
- dates are day first, "24/11/2026". Pay that the employer hides is null.
- the search does not say what period the pay is for; the ad's own answer has `salaryType`.
- `applications` counts up all day and is no change of the ad.
No recorded answer was at hand when this was written: the fields are those that public readers of
the API use.
"""

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.parsing.salary import salary_from_fields
from pmjobs.posting import Board, BoardRead, Document, Location, Payload, Posting
from pmjobs.sources.ads import Ad, completed, places
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, link, option
from pmjobs.sources.details import fetch_details, lists_in, read_pages_with_details
from pmjobs.sources.search import (
    EXCERPT,
    LIMIT_HELP,
    QUERY_HELP,
    UNKEPT,
    key_of,
    limit_of,
    queries,
    search_pages,
)

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "reed"
OPTIONS: dict[str, str] = {
    "query": QUERY_HELP,
    "location": 'a place, "Leeds"',
    "distance": "miles around the place",
    "limit": LIMIT_HELP,
}
CHECKS = (queries,)
KEYS = ("PMJOBS_REED_KEY",)
BASE_URL = "https://www.reed.co.uk"
GET_A_KEY = "https://www.reed.co.uk/developers/jobseeker"
ATTRIBUTION = "from Reed, https://www.reed.co.uk"
PAGE = 100
VOLATILE = ("applications",)


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return as many pages of each query as hold the board's limit of ads."""
    url, headers = f"{base_url(board, BASE_URL)}/api/1.0/search", _headers()
    size = min(PAGE, limit_of(board))
    fixed: dict[str, str | int] = {"resultsToTake": size}
    for name, parameter in (("location", "locationName"), ("distance", "distanceFromLocation")):
        if value := option(board, name):
            fixed[parameter] = value

    async def ask(query: str, number: int) -> Document:
        params = {**fixed, "keywords": query, "resultsToSkip": number * size}
        return await client.get(url, params=params, headers=headers)

    return await search_pages(
        queries(board),
        ask,
        lambda document: _ads_in(board, document),
        size=size,
        limit=limit_of(board),
    )


async def details(
    board: Board, documents: Sequence[Document], client: "Client", known: Mapping[str, str]
) -> list[Document]:
    """Return the documents with the text of new and changed project ads."""
    url, headers = f"{base_url(board, BASE_URL)}/api/1.0/jobs", _headers()

    async def ask(ad: Mapping[str, Any]) -> Document:
        return await client.get(f"{url}/{ad_id(ad, 'jobId')}", headers=headers)

    return await fetch_details(_listed(board, documents), documents, known, ask, volatile=VOLATILE)


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad. Raises FetchError if a document is no list of ads."""
    return read_pages_with_details(board, documents, partial(_ads_in, board), _name)


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    listed = Ad.of(payload)
    whole = listed.inside("detail")
    text, beginning = whole.text("jobDescription"), listed.text("jobDescription")
    hours = [
        words
        for name, words in (("fullTime", "full time"), ("partTime", "part time"))
        if whole.flag(name)
    ]
    kinds = [*hours, *([kind] if (kind := whole.text("contractType")) else [])]
    where = listed.text("locationName")
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=listed.title("jobTitle"),
        employer=listed.text("employerName"),
        description=text_of(text or beginning or "") or None,
        date_posted=listed.day("date", day_first=True),
        valid_through=listed.day("expirationDate", day_first=True),
        base_salary=salary_from_fields(
            listed.text("minimumSalary"),
            listed.text("maximumSalary"),
            listed.text("currency"),
            whole.text("salaryType"),
            text=whole.text("salary"),
        ),
        employment_type=parse_employment_type(kinds),
        employment_type_text=", ".join(kinds) or None,
        locations=_locations(listed),
        attribution=ATTRIBUTION if text or not beginning else f"{ATTRIBUTION}; {EXCERPT}",
    )
    return completed(posting, place_text=where)


def _locations(ad: Ad) -> tuple[Location, ...]:
    """Places without a country are in the United Kingdom where the pay is in pounds."""
    country = "GB" if ad.text("currency") == "GBP" else None
    return tuple(
        replace(place, country=place.country or country)
        for place in places(ad.text("locationName"))
    )


def _headers() -> dict[str, str]:
    key = key_of(NAME, "PMJOBS_REED_KEY", GET_A_KEY)
    return UNKEPT | {"authorization": "Basic " + base64.b64encode(f"{key}:".encode()).decode()}


def _ads_in(board: Board, document: Document) -> list[Any]:
    return ads_in(json_of(document, board.key), board.key, "results")


def _listed(
    board: Board, documents: Sequence[Document]
) -> Iterator[tuple[str, str | None, Mapping[str, Any]]]:
    for document in lists_in(documents):
        for ad in _ads_in(board, document):
            source_id, _ = _name(ad)
            if source_id is not None:
                title = ad.get("jobTitle")
                yield source_id, title if isinstance(title, str) else None, ad


def _name(ad: Any) -> tuple[str | None, str | None]:
    return ad_id(ad, "jobId"), link(ad, "jobUrl")
