"""Lever postings: a public JSON list per employer, in pages.

Field notes:
- the answer is a bare list, no total; a page shorter than asked for is the last.
- an unknown site answers 404, or 200 with {"ok": false}.
- the text is in four places: `description`, then `lists` (where the requirements are), then
  `salaryDescription` and `additional`. `description` includes `opening`.
- `workplaceType` is "onsite" on the wire, "on-site" in the documentation; "unspecified" is none.
- `createdAt` is in milliseconds. `categories.commitment` is the employer's own words.
- there is no employer's name: the site's name stands in for it.
- the host asks for a pause of one second between requests; big boards take seconds to answer.
European boards: base_url = "https://api.eu.lever.co".
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from pmjobs.errors import FetchError
from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.parsing.salary import salary_from_fields
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting, Salary
from pmjobs.sources.ads import Ad, completed, places, with_country
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, link, read_board, token

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "lever"
OPTIONS: dict[str, str] = {}
BASE_URL = "https://api.lever.co"
PAGE = 100  # ads asked for at a time
MAX_PAGES = 100


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return the pages of a site's list. Raises FetchError if there is no such site."""
    url = f"{base_url(board, BASE_URL)}/v0/postings/{token(board)}"
    documents: list[Document] = []
    for page in range(MAX_PAGES):
        params: dict[str, str | int] = {"mode": "json", "skip": page * PAGE, "limit": PAGE}
        try:
            document = await client.get(url, params=params)
        except FetchError as error:
            raise _unknown(board) if error.status == 404 else error from error
        ads = _list_in(board, document)
        # A host that knows no paging sends everything, again and again.
        if documents and document.body == documents[-1].body:
            break
        documents.append(document)
        if len(ads) != PAGE:
            break
    return documents


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad. Raises FetchError if a document is no list of ads."""

    def each() -> Iterator[tuple[str | None, str | None, object]]:
        for document in documents:
            for ad in _list_in(board, document):
                name = ad_id(ad, "id")
                source_id = f"{board.board}/{name}" if name else None
                yield source_id, link(ad, "hostedUrl"), ad

    return read_board(board, each(), documents[0])


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    commitment = ad.text("categories", "commitment")
    towns: list[str | None] = [*ad.texts("categories", "allLocations")]
    towns = towns or [ad.text("categories", "location")]
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=ad.title("text"),
        employer=payload.source_id.split("/")[0],
        description=text_of(_whole_text(ad)) or None,
        date_posted=ad.day("createdAt"),
        base_salary=_salary(ad),
        employment_type=parse_employment_type(commitment),
        employment_type_text=commitment,
        locations=with_country(places(*towns), ad.text("country")),
        department=ad.text("categories", "department") or ad.text("categories", "team"),
    )
    return completed(
        posting,
        pay_text=ad.text("salaryDescriptionPlain"),
        place_text=ad.text("categories", "location"),
        workplace=ad.text("workplaceType"),
    )


def _list_in(board: Board, document: Document) -> list[object]:
    answer = json_of(document, board.key)
    if isinstance(answer, dict) and answer.get("ok") is False:
        raise _unknown(board)
    return ads_in(answer, board.key)


def _unknown(board: Board) -> FetchError:
    return FetchError(
        f"lever: no board called {board.board!r}; take the name from a job link "
        "(European boards need base_url)",
        status=404,
    )


def _whole_text(ad: Ad) -> str:
    parts = [_html(ad, "description") or _html(ad, "opening") + _html(ad, "descriptionBody")]
    for item in ad.each("lists"):
        parts.append(f"<h3>{escape(item.text('text') or '')}</h3>")
        parts.append(f"<ul>{item.text('content') or ''}</ul>")
    parts += [_html(ad, "salaryDescription"), _html(ad, "additional")]
    return "\n".join(parts)


def _html(ad: Ad, name: str) -> str:
    if markup := ad.text(name):
        return f"<div>{markup}</div>"
    lines = (ad.text(f"{name}Plain") or "").splitlines()
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _salary(ad: Ad) -> Salary | None:
    return salary_from_fields(
        ad.text("salaryRange", "min"),
        ad.text("salaryRange", "max"),
        ad.text("salaryRange", "currency"),
        ad.text("salaryRange", "interval"),
    )
