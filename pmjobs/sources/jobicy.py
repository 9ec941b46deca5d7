"""Jobicy: remote jobs of the last days, through its public API.

Field notes:
- one answer of at most 100 ads (`count`), the newest: an ad that is absent may still be open.
- `jobType` and `jobIndustry` are lists; titles and industries hold entities ("&amp;").
- pay is `salaryMin`, `salaryMax`, `salaryCurrency`, `salaryPeriod`, in older answers
  `annualSalaryMin` and so on; 0 or absent if not known.
- `jobGeo` is where one may live, "Anywhere" or countries; `jobLevel` is the employer's claim.
- `jobDescription` may be missing, then only `jobExcerpt` is there.
Terms: name Jobicy and link to the ad there.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.parsing.salary import salary_from_fields
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting, Remote, Salary, WorkPlace
from pmjobs.sources.ads import Ad, completed, places
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, link, option
from pmjobs.sources.search import EXCERPT, LIMIT_HELP, QUERY_HELP, limit_of, options, read_pages

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "jobicy"
OPTIONS: dict[str, str] = {
    "query": QUERY_HELP,
    "country": 'where one may live, in Jobicy\'s words: "uk", "usa", "europe"',
    "industry": 'an industry in Jobicy\'s words, "management"',
    "limit": LIMIT_HELP,
}
BASE_URL = "https://jobicy.com"
ATTRIBUTION = "from Jobicy, https://jobicy.com"
PAGE = 100


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return one document a query; one in all if the board has none."""
    url = f"{base_url(board, BASE_URL)}/api/v2/remote-jobs"
    params: dict[str, str | int] = {"count": min(PAGE, limit_of(board))}
    for name, parameter in (("country", "geo"), ("industry", "industry")):
        if value := option(board, name):
            params[parameter] = value
    return [
        await client.get(url, params={**params, **({"tag": words} if words else {})})
        for words in options(board, "query") or [""]
    ]


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad. Raises FetchError if a document is no list of ads."""
    read = read_pages(board, documents, lambda document: _ads_in(board, document), _name)
    return replace(read, whole=False)


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    kinds, where, text = ad.one_or_more("jobType"), ad.text("jobGeo"), ad.text("jobDescription")
    industries = [text_of(name) for name in ad.one_or_more("jobIndustry")]
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=" ".join(text_of(ad.title("jobTitle")).split()) or ad.title("jobTitle"),
        employer=text_of(ad.text("companyName") or "") or None,
        description=text_of(text or ad.text("jobExcerpt") or "") or None,
        date_posted=ad.day("pubDate"),
        base_salary=_salary(ad),
        employment_type=parse_employment_type(kinds),
        employment_type_text=", ".join(kinds) or None,
        locations=places(where),
        remote=Remote(WorkPlace.REMOTE, where or "Jobicy"),
        department=", ".join(industries) or None,
        attribution=ATTRIBUTION
        if text or not ad.text("jobExcerpt")
        else f"{ATTRIBUTION}; {EXCERPT}",
    )
    return completed(posting)


def _ads_in(board: Board, document: Document) -> list[Any]:
    return ads_in(json_of(document, board.key), board.key, "jobs")


def _name(ad: Any) -> tuple[str | None, str | None]:
    return ad_id(ad, "id"), link(ad, "url")


def _salary(ad: Ad) -> Salary | None:
    currency = ad.text("salaryCurrency")
    return salary_from_fields(
        ad.text("salaryMin"), ad.text("salaryMax"), currency, ad.text("salaryPeriod")
    ) or salary_from_fields(
        ad.text("annualSalaryMin"), ad.text("annualSalaryMax"), currency, "year"
    )
