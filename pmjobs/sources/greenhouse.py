"""Greenhouse job boards: one public JSON document holds an employer's whole board.

Field notes:
- `content` is HTML whose entities are escaped once more, in the documentation twice.
- `updated_at` moves when anyone edits the ad; `first_published` is the date posted.
- one title in ten has blanks around it; `location.name` may hold several places, "A | B; C".
- there is no paging. Every answer has an ETag, so an unchanged board costs a 304.
- pay: `pay_input_ranges` (in cents) where the employer turned it on; some employers keep a
  published range in a custom field of `metadata`, beside internal ones that are left alone.
- `metadata` is null on a third of the boards; `requisition_id` is missing on a tenth of the ads.
Regional boards: base_url = "https://boards-api.eu.greenhouse.io".
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmjobs.errors import FetchError
from pmjobs.parsing.markup import text_of, unescape_markup
from pmjobs.parsing.salary import salary_from_fields
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting, Salary
from pmjobs.sources.ads import Ad, completed, places
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, link, only, read_board, token

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "greenhouse"
OPTIONS: dict[str, str] = {}
BASE_URL = "https://boards-api.greenhouse.io"

# Names of custom fields that hold the range shown to applicants. Others ("Budgeted Salary",
# "Referral Reward", "Recruiting Range") are internal or something else.
_PUBLISHED = re.compile(
    r"^(?:job post(?:ing)? range|pay transparency range|pay range|job compensation range"
    r"|salary(?: range)?)\b(?!.*(?:internal|budget|legacy))",
    re.IGNORECASE,
)


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return the board's one document. Raises FetchError if there is no such board."""
    url = f"{base_url(board, BASE_URL)}/v1/boards/{token(board)}/jobs"
    try:
        return [await client.get(url, params={"content": "true"})]
    except FetchError as error:
        if error.status == 404:
            raise FetchError(
                f"greenhouse: no board called {board.board!r}; take the name from a job link",
                status=404,
            ) from error
        raise


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad. Raises FetchError if the document is no board."""
    document = only(documents, board.key)
    ads = ads_in(json_of(document, board.key), board.key, "jobs")

    def each() -> Iterator[tuple[str | None, str | None, object]]:
        for ad in ads:
            number = ad_id(ad, "id")
            source_id = f"{board.board}/{number}" if number else None
            yield source_id, link(ad, "absolute_url"), ad

    return read_board(board, each(), document)


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    content, place_text = ad.text("content"), ad.text("location", "name")
    departments = [name for item in ad.each("departments") if (name := item.text("name"))]
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=ad.title("title"),
        employer=ad.text("company_name") or payload.source_id.split("/")[0],
        description=text_of(unescape_markup(content)) or None if content else None,
        base_salary=_pay_range(ad) or _custom_range(ad),
        date_posted=ad.day("first_published"),
        valid_through=ad.day("application_deadline"),
        locations=places(place_text),
        requisition_id=ad.text("requisition_id"),
        department=", ".join(departments) or None,
        language=ad.text("language"),
    )
    return completed(posting, place_text=place_text)


def _pay_range(ad: Ad) -> Salary | None:
    """The one published range, or None: several are for several places, and whose is this?"""
    ranges = list(ad.each("pay_input_ranges"))
    if len(ranges) != 1:
        return None
    low, high = ranges[0].amount("min_cents"), ranges[0].amount("max_cents")
    return salary_from_fields(
        low and low / 100, high and high / 100, ranges[0].text("currency_type")
    )


def _custom_range(ad: Ad) -> Salary | None:
    found = set()
    for item in ad.each("metadata"):
        name = item.text("name") or ""
        if item.text("value_type") == "currency_range" and _PUBLISHED.search(name):
            unit = item.text("value", "unit")
            low, high = item.amount("value", "min_value"), item.amount("value", "max_value")
            ends = "–".join(f"{end:,f}" for end in (low, high) if end)
            # the field states no period
            found.add(salary_from_fields(low, high, unit, text=f"{name}: {unit} {ends}"))
    found.discard(None)
    return found.pop() if len(found) == 1 else None
