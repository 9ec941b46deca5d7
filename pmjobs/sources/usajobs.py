"""USAJOBS: the openings of the United States' federal agencies, through their search API.

Field notes:
- needs a key and the e-mail address it was given for: PMJOBS_USAJOBS_KEY, PMJOBS_USAJOBS_EMAIL.
- pages of up to 500 by `Page`, from 1; `SearchResultCountAll` is the total.
- the text is in parts: `JobSummary`, `MajorDuties` (a list, in older answers one text),
  `QualificationSummary`, `Requirements`, `Education`.
- pay: texts in `PositionRemuneration`; `RateIntervalCode` is PA, PH, PD, PM, BW, in 2016 "Per
  Year"; WC is "without compensation". Several ranges are for several grades: none is taken.
- `DepartmentName` can be blank, and a place "Location Negotiable" is none.
- agencies name contact persons with address and number; they are redacted before storing.
The retired XML feed of 2012 (HR-XML) is another shape and is not read. The text is in the public
domain.
"""

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.parsing.salary import salary_from_fields
from pmjobs.posting import Board, BoardRead, Document, Location, Payload, Posting, Salary
from pmjobs.sources.ads import Ad, completed, place
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, link, option
from pmjobs.sources.search import (
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

NAME = "usajobs"
OPTIONS: dict[str, str] = {
    "query": QUERY_HELP,
    "location": 'a place, "Denver, Colorado"',
    "series": 'an occupational series, "0340" for program management',
    "limit": LIMIT_HELP,
}
CHECKS = (queries,)
KEYS = ("PMJOBS_USAJOBS_KEY", "PMJOBS_USAJOBS_EMAIL")
BASE_URL = "https://data.usajobs.gov"
GET_A_KEY = "https://developer.usajobs.gov/apirequest/"
PAGE = 250

PERIODS = {"PA": "year", "PH": "hour", "PD": "day", "PW": "week", "PM": "month"}
# Parts of UserArea.Details and of the descriptor, in reading order, and what to call them.
SECTIONS = (
    (("UserArea", "Details", "JobSummary"), "Summary"),
    (("UserArea", "Details", "MajorDuties"), "Duties"),
    (("UserArea", "Details", "Requirements"), "Requirements"),
    (("QualificationSummary",), "Qualifications"),
    (("UserArea", "Details", "Education"), "Education"),
)


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return as many pages of each query as hold the board's limit of ads."""
    url = f"{base_url(board, BASE_URL)}/api/Search"
    headers = UNKEPT | {
        "authorization-key": key_of(NAME, "PMJOBS_USAJOBS_KEY", GET_A_KEY),
        "user-agent": key_of(NAME, "PMJOBS_USAJOBS_EMAIL", GET_A_KEY),
    }
    size = min(PAGE, limit_of(board))
    fixed: dict[str, str | int] = {"ResultsPerPage": size, "Fields": "Full"}
    for name, parameter in (("location", "LocationName"), ("series", "JobCategoryCode")):
        if value := option(board, name):
            fixed[parameter] = value

    async def ask(query: str, number: int) -> Document:
        params = {**fixed, "Keyword": query, "Page": number + 1}
        return await client.get(url, params=params, headers=headers)

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
    ad = Ad.of(payload).inside("MatchedObjectDescriptor")
    kinds = [
        name
        for part in ("PositionSchedule", "PositionOfferingType")
        for item in ad.each(part)
        if (name := item.text("Name"))
    ]
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=ad.title("PositionTitle"),
        employer=ad.text("OrganizationName") or ad.text("DepartmentName"),
        description=text_of(_whole_text(ad)) or None,
        date_posted=ad.day("PublicationStartDate"),
        valid_through=ad.day("ApplicationCloseDate") or ad.day("PositionEndDate"),
        base_salary=_salary(ad),
        employment_type=parse_employment_type(kinds),
        employment_type_text=", ".join(kinds) or None,
        locations=tuple(dict.fromkeys(_locations(ad))),
        requisition_id=ad.text("PositionID"),
        department=ad.text("DepartmentName"),
    )
    return completed(
        posting,
        place_text=ad.text("PositionLocationDisplay"),
        telecommute=ad.flag("UserArea", "Details", "RemoteIndicator"),
    )


def _ads_in(board: Board, document: Document) -> list[Any]:
    answer = json_of(document, board.key)
    return ads_in(answer, board.key, "SearchResult", "SearchResultItems")


def _name(ad: Any) -> tuple[str | None, str | None]:
    descriptor = ad.get("MatchedObjectDescriptor") if isinstance(ad, dict) else None
    url = link(descriptor, "PositionURI")
    return ad_id(ad, "MatchedObjectId") or ad_id(descriptor, "PositionID") or url, url


def _whole_text(ad: Ad) -> str:
    parts = []
    for path, heading in SECTIONS:
        if written := ad.one_or_more(*path):
            parts.append(f"<h3>{escape(heading)}</h3>")
            parts += [f"<div>{text}</div>" for text in written]
    return "\n".join(parts)


def _salary(ad: Ad) -> Salary | None:
    ranges = list(ad.each("PositionRemuneration"))
    if len(ranges) != 1:
        return None
    code = ranges[0].text("RateIntervalCode")
    low, high = ranges[0].text("MinimumRange"), ranges[0].text("MaximumRange")
    words = f"USD {low}–{high} {ranges[0].text('Description') or code or ''}".strip()
    return salary_from_fields(low, high, "USD", PERIODS.get(code or "", code), text=words)


def _locations(ad: Ad) -> list[Location]:
    found = (
        place(item.text("LocationName"), country=item.text("CountryCode"))
        for item in ad.each("PositionLocation")
        if "negotiable" not in (item.text("LocationName") or "").lower()
    )
    listed = [one for one in found if one]
    display = place(ad.text("PositionLocationDisplay"))
    return listed or ([display] if display else [])
