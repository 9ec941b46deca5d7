"""Workable: an account's public JSON document, the one its documentation names.

Field notes:
- an ad stands once for each of its places, under the same `shortcode`; the rows are joined.
- `department` is a text, on some accounts a list; `employment_type` is often absent.
- `published_on` and `created_at` are days. There is no pay.
- without `details=true` there is no text; an account may hide it all the same.
- the hosts answer 429 quickly; one request a board is all that is needed.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pmjobs.errors import FetchError
from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.posting import Board, BoardRead, Document, Location, Payload, Posting
from pmjobs.sources.ads import Ad, completed, place
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, link, only, read_board, token

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "workable"
OPTIONS: dict[str, str] = {}
BASE_URL = "https://www.workable.com"


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return the account's one document. Raises FetchError if there is no such account."""
    url = f"{base_url(board, BASE_URL)}/api/accounts/{token(board)}"
    try:
        return [await client.get(url, params={"details": "true"})]
    except FetchError as error:
        if error.status == 404:
            raise FetchError(
                f"workable: no board called {board.board!r}; take the name from a job link, "
                "apply.workable.com/NAME",
                status=404,
            ) from error
        raise


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad, all of its places in it."""
    document = only(documents, board.key)
    answer = json_of(document, board.key)
    rows = ads_in(answer, board.key, "jobs")
    employer = answer.get("name")

    def each() -> Iterator[tuple[str | None, str | None, Any]]:
        for ad in _joined(rows):
            name = ad_id(ad, "shortcode")
            # The employer's name stands outside the ads.
            whole = {**ad, "account": employer} if isinstance(ad, dict) and employer else ad
            source_id = f"{board.board}/{name}" if name else None
            yield source_id, link(ad, "url", "shortlink"), whole

    return read_board(board, each(), document)


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    markup, kind = ad.text("description"), ad.text("employment_type")
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=ad.title("title"),
        employer=ad.text("account") or payload.source_id.split("/")[0],
        description=text_of(markup) or None if markup else None,
        date_posted=ad.day("published_on") or ad.day("created_at"),
        employment_type=parse_employment_type(kind),
        employment_type_text=kind,
        locations=tuple(dict.fromkeys(_locations(ad))),
        requisition_id=ad.text("code"),
        department=", ".join(ad.texts("department")) or None,
    )
    return completed(posting, telecommute=ad.flag("telecommuting"))


def _joined(rows: Sequence[Any]) -> Iterator[Any]:
    """Yield each ad once; the rows of one shortcode differ in their places only."""
    by_code: dict[str, dict[str, Any]] = {}
    for row in rows:
        code = ad_id(row, "shortcode")
        if code is None:
            yield row
        elif code in by_code:
            ours, theirs = by_code[code].get("locations"), row.get("locations")
            if isinstance(ours, list) and isinstance(theirs, list):
                by_code[code]["locations"] = ours + [one for one in theirs if one not in ours]
        else:
            by_code[code] = dict(row)
    yield from by_code.values()


def _locations(ad: Ad) -> Iterator[Location]:
    items = [item for item in ad.each("locations") if not item.flag("hidden")]
    for item in items or [ad]:
        found = place(
            None,
            locality=item.text("city"),
            region=item.text("region") or item.text("state"),
            country=item.text("countryCode") or item.text("country"),
        )
        if found:
            yield found
