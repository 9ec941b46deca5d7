"""ReliefWeb: jobs with the United Nations, aid agencies and NGOs, through OCHA's public API.

Field notes:
- since November 2025 every caller needs an approved name: PMJOBS_RELIEFWEB_APPNAME, or the
  option `appname`. It is no secret, and it is free.
- read by POST; up to 1,000 ads a request, `offset` goes on; 1,000 requests a day.
- all that is a list (country, city, source, type, experience) is a list of {id, name}.
- `body` is Markdown, `body-html` HTML. `experience` is years ("5-9 years") as the employer says.
- `career_categories` has "Program/Project Management"; it can be asked for.
No recorded answer was at hand when this was written: the fields follow the documentation.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any

from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.posting import (
    Board,
    BoardRead,
    Document,
    EmploymentType,
    ExperienceYears,
    Location,
    Payload,
    Posting,
)
from pmjobs.sources.ads import Ad, completed, place
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, link, option
from pmjobs.sources.search import (
    LIMIT_HELP,
    QUERY_HELP,
    key_of,
    limit_of,
    options,
    read_pages,
    search_pages,
    without_key,
)

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "reliefweb"
OPTIONS: dict[str, str] = {
    "query": QUERY_HELP,
    "country": 'a country by its English name, "Kenya"; several are one search',
    "category": 'a career category, "Program/Project Management"; several are one search',
    "appname": "the name ReliefWeb approved for you (or set PMJOBS_RELIEFWEB_APPNAME)",
    "limit": LIMIT_HELP,
}
BASE_URL = "https://api.reliefweb.int"
GET_A_NAME = "https://apidoc.reliefweb.int/parameters#appname"
ATTRIBUTION = "from ReliefWeb, https://reliefweb.int"
PAGE = 200

KINDS = {
    "consultancy": EmploymentType.CONTRACTOR,
    "internship": EmploymentType.INTERN,
    "volunteer opportunity": EmploymentType.VOLUNTEER,
}
_YEARS = re.compile(r"(\d{1,2})\s*(?:-|–|to)\s*(\d{1,2})|(\d{1,2})\s*\+")


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return as many pages of each query as hold the board's limit of ads."""
    url = f"{base_url(board, BASE_URL)}/v2/jobs"
    name = option(board, "appname") or key_of(NAME, "PMJOBS_RELIEFWEB_APPNAME", GET_A_NAME)
    size = min(PAGE, limit_of(board))
    conditions: list[dict[str, Any]] = [
        {"field": field, "value": values, "operator": "OR"}
        for option_name, field in (("country", "country"), ("category", "career_categories"))
        if (values := options(board, option_name))
    ]

    async def ask(query: str, number: int) -> Document:
        question: dict[str, Any] = {
            "profile": "full",
            "sort": ["date.created:desc"],
            "limit": size,
            "offset": number * size,
        }
        if query:
            question["query"] = {"value": query}
        if conditions:
            question["filter"] = {"operator": "AND", "conditions": conditions}
        document = await client.post_json(url, question, params={"appname": name})
        return without_key(document, "appname")

    return await search_pages(
        options(board, "query") or [""],
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
    ad = Ad.of(payload).inside("fields")
    kind = ", ".join(_names(ad, "type")) or None
    experience = ", ".join(_names(ad, "experience")) or None
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=ad.title("title"),
        employer=", ".join(_names(ad, "source")) or None,
        description=text_of(_whole_text(ad)) or None,
        date_posted=ad.day("date", "created"),
        valid_through=ad.day("date", "closing"),
        experience_years=_years(experience),
        employment_type=parse_employment_type(kind)
        or tuple(found for name in _names(ad, "type") if (found := KINDS.get(name.lower()))),
        employment_type_text=kind,
        locations=_locations(ad),
        department=", ".join(_names(ad, "career_categories")) or None,
        attribution=ATTRIBUTION,
    )
    return replace(completed(posting), employment_type_text=kind)


def _ads_in(board: Board, document: Document) -> list[Any]:
    return ads_in(json_of(document, board.key), board.key, "data")


def _name(ad: Any) -> tuple[str | None, str | None]:
    fields = ad.get("fields") if isinstance(ad, dict) else None
    return ad_id(ad, "id"), link(fields, "url_alias", "url")


def _names(ad: Ad, name: str) -> list[str]:
    return [text for item in ad.each(name) if (text := item.text("name"))]


def _whole_text(ad: Ad) -> str:
    body = ad.text("body-html") or _paragraphs(ad.text("body"))
    how = ad.text("how_to_apply-html") or _paragraphs(ad.text("how_to_apply"))
    return f"<div>{body}</div>" + (f"<h3>How to apply</h3><div>{how}</div>" if how else "")


def _paragraphs(text: str | None) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in (text or "").splitlines() if line.strip())


def _years(text: str | None) -> ExperienceYears | None:
    """The one range named; several are for several posts."""
    found = _YEARS.findall(text or "")
    if len(found) != 1 or text is None:
        return None
    low, high, open_end = found[0]
    return ExperienceYears(float(low or open_end), float(high) if high else None, text)


def _locations(ad: Ad) -> tuple[Location, ...]:
    countries, cities = _names(ad, "country"), _names(ad, "city")
    if len(countries) == 1 and cities:
        found = [place(None, locality=city, country=countries[0]) for city in cities]
    else:
        found = [place(name, country=name) for name in countries]
    return tuple(dict.fromkeys(one for one in found if one))
