"""Bundesagentur für Arbeit: the openings at Germany's public employment service.

Field notes:
- the search its own pages use, which the agency does not describe for the public: robots.txt
  must be readable and allow it. The key is the one those pages send, the same for everybody.
- two shapes are in use: `stellenangebote` with refnr, titel, arbeitgeber, arbeitsort, and since
  2026 `ergebnisliste` with referenznummer, stellenangebotsTitel, firma, stellenlokationen. Both
  are read.
- no text in the list. It is asked for ad by ad (the address is the reference number in base64),
  for titles that can be project work, and only when they are new.
- the text is Markdown, sometimes with hard line ends; ads of partner sites have none at all.
- `verguetungsangabe` says what the pay is for (JAHRESGEHALT, MONATSGEHALT, STUNDENLOHN); it may
  be one figure, `festgehalt`.
- "eintrittsdatum" is the first day of work, and no date of the ad.
No recorded answer of the first shape was at hand when this was written.
"""

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.location import country_code
from pmjobs.parsing.markup import text_of
from pmjobs.parsing.salary import salary_from_fields
from pmjobs.posting import (
    Board,
    BoardRead,
    Document,
    Location,
    Payload,
    Posting,
    Remote,
    Salary,
    WorkPlace,
)
from pmjobs.sources.ads import Ad, completed, place
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, link, option
from pmjobs.sources.details import fetch_details, lists_in, read_pages_with_details
from pmjobs.sources.search import (
    LIMIT_HELP,
    QUERY_HELP,
    limit_of,
    queries,
    search_pages,
)

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "arbeitsagentur"
OPTIONS: dict[str, str] = {
    "query": QUERY_HELP,
    "location": 'a place, "Hamburg"',
    "distance": "kilometres around the place",
    "limit": LIMIT_HELP,
}
CHECKS = (queries,)
BASE_URL = "https://rest.arbeitsagentur.de"
SERVICE = "jobboerse/jobsuche-service/pc/v4"
HEADERS = {"x-api-key": "jobboerse-jobsuche"}  # no secret: every visitor's browser sends it
AD_PAGE = "https://www.arbeitsagentur.de/jobsuche/jobdetail"
ATTRIBUTION = "from Bundesagentur für Arbeit, https://www.arbeitsagentur.de/jobsuche"
PAGE = 100
VOLATILE = ("aenderungsdatum", "modifikationsTimestamp", "veroeffentlichungszeitraum")

PERIODS = {"JAHRESGEHALT": "year", "MONATSGEHALT": "month", "STUNDENLOHN": "hour"}
LANDS = {"OESTERREICH": "AT", "SCHWEIZ": "CH"}  # others are read by their German name


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return as many pages of each query as hold the board's limit of ads."""
    url = f"{base_url(board, BASE_URL)}/{SERVICE}/jobs"
    size = min(PAGE, limit_of(board))
    fixed: dict[str, str | int] = {"angebotsart": 1, "size": size}
    for name, parameter in (("location", "wo"), ("distance", "umkreis")):
        if value := option(board, name):
            fixed[parameter] = value

    async def ask(query: str, number: int) -> Document:
        params = {**fixed, "was": query, "page": number + 1}
        return await client.get(url, params=params, headers=HEADERS, documented=False)

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
    url = f"{base_url(board, BASE_URL)}/{SERVICE}/jobdetails"

    async def ask(ad: Mapping[str, Any]) -> Document:
        code = base64.b64encode((_name(ad)[0] or "").encode()).decode()
        place = f"{url}/{quote(code, safe='=+')}"
        return await client.get(place, headers=HEADERS, documented=False)

    return await fetch_details(_listed(board, documents), documents, known, ask, volatile=VOLATILE)


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad. Raises FetchError if a document is no list of ads."""
    return read_pages_with_details(board, documents, partial(_ads_in, board), _name)


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    whole = ad.inside("detail")
    full_time = whole.flag("arbeitszeitVollzeit") or ad.flag("arbeitszeitVollzeit")
    title = "stellenangebotsTitel" if ad.text("stellenangebotsTitel") else "titel"
    home = ad.flag("homeofficemoeglich") or whole.flag("homeofficemoeglich")
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=ad.title(title),
        employer=ad.text("firma") or ad.text("arbeitgeber"),
        description=text_of(whole.text("stellenangebotsBeschreibung") or "") or None,
        date_posted=ad.day("datumErsteVeroeffentlichung")
        or ad.day("aktuelleVeroeffentlichungsdatum"),
        base_salary=_salary(ad) or _salary(whole),
        employment_type=parse_employment_type("Vollzeit" if full_time else None),
        employment_type_text="arbeitszeitVollzeit" if full_time else None,
        locations=tuple(dict.fromkeys(_locations(ad))),
        requisition_id=ad.text("chiffrenummer"),
        department=ad.text("hauptberuf") or ad.text("beruf"),
        attribution=ATTRIBUTION,
    )
    read = completed(posting)
    if home and read.remote is None:
        # "Home office possible" is some of the time; the text says how much, if anything does.
        return replace(read, remote=Remote(WorkPlace.HYBRID, "homeofficemoeglich: true"))
    return read


def _ads_in(board: Board, document: Document) -> list[Any]:
    answer = json_of(document, board.key)
    if isinstance(answer, dict):
        for name in ("ergebnisliste", "stellenangebote"):
            if name in answer:
                return ads_in(answer, board.key, name)
        if answer.get("maxErgebnisse") == 0:  # nothing found: both lists are missing
            return []
    return ads_in(answer, board.key, "ergebnisliste")


def _listed(
    board: Board, documents: Sequence[Document]
) -> Iterator[tuple[str, str | None, Mapping[str, Any]]]:
    for document in lists_in(documents):
        for ad in _ads_in(board, document):
            source_id, _ = _name(ad)
            if source_id is not None:
                title = ad.get("stellenangebotsTitel") or ad.get("titel")
                yield source_id, title if isinstance(title, str) else None, ad


def _name(ad: Any) -> tuple[str | None, str | None]:
    if (number := ad_id(ad, "referenznummer", "refnr")) is None:
        return None, None
    return number, link(ad, "externeURL", "externeUrl") or f"{AD_PAGE}/{quote(number, safe='')}"


def _salary(ad: Ad) -> Salary | None:
    code = ad.text("verguetungsangabe")
    low = ad.text("gehaltsspanneVon") or ad.text("festgehalt")
    return salary_from_fields(low, ad.text("gehaltsspanneBis"), "EUR", PERIODS.get(code or ""))


def _locations(ad: Ad) -> Iterator[Location]:
    towns = [item.inside("adresse") for item in ad.each("stellenlokationen")]
    for town in towns or [ad.inside("arbeitsort")]:
        land = town.text("land") or ""
        region = town.text("region")
        found = place(
            None,
            locality=town.text("ort"),
            region=region.replace("_", " ").title() if region else None,
            country=LANDS.get(land) or country_code(land),
        )
        if found:
            yield found
