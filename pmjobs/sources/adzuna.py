"""Adzuna: a search over many job sites in some twenty countries, through its public API.

Field notes:
- needs an id and a key, free: PMJOBS_ADZUNA_ID, PMJOBS_ADZUNA_KEY. They travel in the address,
  so they are taken out of it before anything is kept.
- `description` is an excerpt of some 500 characters, never the ad. What is read from it is
  little, and `attribution` says so.
- `salary_is_predicted` "1" means Adzuna estimated the pay: such pay is left out. Stated pay is
  by year, in the country's currency; the country stands in the address alone.
- the title may hold <strong> around the words searched for.
- 25 requests a minute, 250 a day, 1,000 a week.
Terms: "Jobs by Adzuna" with a link must be shown; other than private use needs an agreement.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pmjobs.errors import SettingsError
from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.parsing.salary import salary_from_fields
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting
from pmjobs.sources.ads import Ad, completed, place
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, link, option
from pmjobs.sources.search import (
    EXCERPT,
    LIMIT_HELP,
    QUERY_HELP,
    UNKEPT,
    key_of,
    limit_of,
    options,
    queries,
    read_pages,
    search_pages,
    without_key,
)

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "adzuna"
OPTIONS: dict[str, str] = {
    "query": QUERY_HELP,
    "country": 'needed: two letters, "gb"; a list makes one search of each',
    "location": "a place within the country",
    "max_days_old": "only ads of so many days",
    "limit": LIMIT_HELP,
}
KEYS = ("PMJOBS_ADZUNA_ID", "PMJOBS_ADZUNA_KEY")
BASE_URL = "https://api.adzuna.com"
GET_A_KEY = "https://developer.adzuna.com/signup"
ATTRIBUTION = f"Jobs by Adzuna, https://www.adzuna.co.uk; {EXCERPT}"
PAGE = 50

# The countries that can be searched, and what is paid in there.
CURRENCIES = {
    "gb": "GBP", "us": "USD", "at": "EUR", "au": "AUD", "be": "EUR", "br": "BRL", "ca": "CAD",
    "ch": "CHF", "de": "EUR", "es": "EUR", "fr": "EUR", "in": "INR", "it": "EUR", "mx": "MXN",
    "nl": "EUR", "nz": "NZD", "pl": "PLN", "sg": "SGD", "za": "ZAR",
}  # fmt: skip


def countries_of(board: Board) -> list[str]:
    """Return the countries to search. Raises SettingsError if there is none, or an unknown one."""
    countries = [country.lower() for country in options(board, "country")]
    for country in countries or [""]:
        if country not in CURRENCIES:
            problem = repr(country) if country else "missing"
            raise SettingsError(
                f"{board.key}: country: {problem}; write one of {', '.join(CURRENCIES)}"
            )
    return countries


CHECKS = (queries, countries_of)


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return as many pages of each query and country as hold the board's limit of ads."""
    searches = [(query, country) for query in queries(board) for country in countries_of(board)]
    size = min(PAGE, limit_of(board))
    params: dict[str, str | int] = {
        "app_id": key_of(NAME, "PMJOBS_ADZUNA_ID", GET_A_KEY),
        "app_key": key_of(NAME, "PMJOBS_ADZUNA_KEY", GET_A_KEY),
        "results_per_page": size,
        "sort_by": "date",
    }
    for name, parameter in (("location", "where"), ("max_days_old", "max_days_old")):
        if value := option(board, name):
            params[parameter] = value

    async def ask(search: tuple[str, str], number: int) -> Document:
        query, country = search
        url = f"{base_url(board, BASE_URL)}/v1/api/jobs/{country}/search/{number + 1}"
        document = await client.get(url, params={**params, "what": query}, headers=UNKEPT)
        return without_key(document, "app_id", "app_key")

    return await search_pages(
        searches, ask, lambda document: _ads_in(board, document), size=size, limit=limit_of(board)
    )


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad. Raises FetchError if a document is no list of ads."""
    whole = option(board, "max_days_old") is None
    return read_pages(
        board, documents, lambda document: _ads_in(board, document), _name, whole=whole
    )


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    country, where = ad.text("search_country"), ad.text("location", "display_name")
    kind = ", ".join(word for name in ("contract_time", "contract_type") if (word := ad.text(name)))
    area = ad.texts("location", "area")  # from the country down to the town
    town = place(where, locality=area[-1] if len(area) > 2 else None, country=country)
    stated = not ad.flag("salary_is_predicted")
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=" ".join(text_of(ad.title("title")).split()) or ad.title("title"),
        employer=ad.text("company", "display_name"),
        description=text_of(ad.text("description") or "") or None,
        date_posted=ad.day("created"),
        base_salary=salary_from_fields(
            ad.text("salary_min"), ad.text("salary_max"), CURRENCIES.get(country or ""), "year"
        )
        if stated
        else None,
        employment_type=parse_employment_type(kind),
        employment_type_text=kind or None,
        locations=(town,) if town else (),
        department=ad.text("category", "label"),
        attribution=ATTRIBUTION,
    )
    return completed(posting, place_text=where)


def _ads_in(board: Board, document: Document) -> list[Any]:
    ads = ads_in(json_of(document, board.key), board.key, "results")
    country = _country_of(document.url)
    if country is None:
        return ads
    # Nothing in the ad says it, and without it the pay has no currency.
    return [{**ad, "search_country": country} if isinstance(ad, dict) else ad for ad in ads]


def _country_of(url: str) -> str | None:
    try:
        parts = urlsplit(url).path.split("/")
    except ValueError:
        return None
    country = parts[parts.index("jobs") + 1] if "jobs" in parts[:-1] else ""
    return country if country in CURRENCIES else None


def _name(ad: Any) -> tuple[str | None, str | None]:
    url = link(ad, "redirect_url")
    return ad_id(ad, "id") or url, url
