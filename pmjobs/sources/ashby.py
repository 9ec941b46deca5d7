"""Ashby job boards through the public posting API: one JSON document per employer.

Field notes:
- `isListed: false` ads are reached by link only; they are left out.
- `publishedAt` is the last publication: an ad published again looks new.
- a hybrid job may carry `isRemote: true`; `workplaceType` comes first.
- pay is inside each job when asked for. A `compensation` whose parts are all null is common.
  Components other than "Salary" (equity, commission, bonus) are no base pay.
- `employmentType` is one of FullTime, PartTime, Intern, Contract, Temporary.
- there is no employer's name: the board's name stands in for it.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pmjobs.errors import FetchError
from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.parsing.salary import salary_from_fields
from pmjobs.posting import Board, BoardRead, Document, Location, Payload, Posting, Salary
from pmjobs.sources.ads import Ad, completed, place
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, link, only, read_board, token

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "ashby"
OPTIONS: dict[str, str] = {}
BASE_URL = "https://api.ashbyhq.com"


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return the board's one document. Raises FetchError if there is no such board."""
    url = f"{base_url(board, BASE_URL)}/posting-api/job-board/{token(board)}"
    try:
        return [await client.get(url, params={"includeCompensation": "true"})]
    except FetchError as error:
        if error.status == 404:
            raise FetchError(
                f"ashby: no board called {board.board!r}; take the name from a job link, "
                "capitals count",
                status=404,
            ) from error
        raise


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload a listed ad. Raises FetchError if the document is no board."""
    document = only(documents, board.key)
    ads = ads_in(json_of(document, board.key), board.key, "jobs")

    def each() -> Iterator[tuple[str | None, str | None, Any]]:
        for ad in ads:
            if isinstance(ad, dict) and ad.get("isListed") is False:
                continue
            name = ad_id(ad, "id")
            yield (f"{board.board}/{name}" if name else None), link(ad, "jobUrl"), ad

    return read_board(board, each(), document)


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    markup, kind = ad.text("descriptionHtml"), ad.text("employmentType")
    description = text_of(markup) if markup else ad.text("descriptionPlain")
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=ad.title("title"),
        employer=payload.source_id.split("/")[0],
        description=description or None,
        date_posted=ad.day("publishedAt"),
        base_salary=_salary(ad),
        employment_type=parse_employment_type(kind),
        employment_type_text=kind,
        locations=tuple(dict.fromkeys(_locations(ad))),
        department=ad.text("department") or ad.text("team"),
    )
    return completed(
        posting,
        pay_text=ad.text("compensation", "compensationTierSummary"),
        place_text=ad.text("location"),
        workplace=ad.text("workplaceType"),
        telecommute=ad.flag("isRemote"),
    )


def _locations(ad: Ad) -> Iterator[Location]:
    for item in (ad, *ad.each("secondaryLocations")):
        found = place(
            item.text("location"),
            locality=item.text("address", "postalAddress", "addressLocality"),
            region=item.text("address", "postalAddress", "addressRegion"),
            country=item.text("address", "postalAddress", "addressCountry"),
        )
        if found:
            yield found


def _salary(ad: Ad) -> Salary | None:
    """The one salary among the components, or None: several are for several places."""
    tiers = list(ad.each("compensation", "compensationTiers"))
    parts = [part for tier in tiers for part in tier.each("components")]
    parts += ad.each("compensation", "summaryComponents")
    summary = ad.text("compensation", "scrapeableCompensationSalarySummary") or ad.text(
        "compensation", "compensationTierSummary"
    )
    found = {
        salary_from_fields(
            part.text("minValue"),
            part.text("maxValue"),
            part.text("currencyCode"),
            part.text("interval"),
            text=summary,
        )
        for part in parts
        if part.text("compensationType") == "Salary"
    }
    found.discard(None)
    return found.pop() if len(found) == 1 else None
