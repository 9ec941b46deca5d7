"""Pinpoint careers sites: one public JSON document per employer, text and pay included.

Field notes:
- the text is in four sections, each with a heading of the employer's own beside it.
- `compensation_*` may hold pay that the ad does not show; `compensation_visible` says so.
- `compensation_frequency` is "year" or "per year"; `workplace_type` remote, hybrid or onsite.
- there is neither a date posted nor the employer's name: the site's name stands in for it.
- `location.name` is the employer's own label; `city` and `province` are filled on some sites.
A site under the employer's own domain: base_url = "https://careers.example.org".
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from pmjobs.errors import FetchError
from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.parsing.salary import salary_from_fields
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting, Salary
from pmjobs.sources.ads import Ad, completed, place
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, link, only, read_board, token

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "pinpoint"
OPTIONS: dict[str, str] = {}

SECTIONS = ("description", "key_responsibilities", "skills_knowledge_expertise", "benefits")


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return the site's one document. Raises FetchError if there is no such site."""
    host = base_url(board, f"https://{token(board)}.pinpointhq.com")
    try:
        return [await client.get(f"{host}/postings.json")]
    except FetchError as error:
        if error.status == 404:
            raise FetchError(
                f"pinpoint: no site called {board.board!r}; take the name from a job link, "
                "NAME.pinpointhq.com",
                status=404,
            ) from error
        raise


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad. Raises FetchError if the document is no board."""
    document = only(documents, board.key)
    ads = ads_in(json_of(document, board.key), board.key, "data")

    def each() -> Iterator[tuple[str | None, str | None, Any]]:
        for ad in ads:
            name = ad_id(ad, "id")
            yield (f"{board.board}/{name}" if name else None), link(ad, "url"), ad

    return read_board(board, each(), document)


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    kind = ad.text("employment_type_text") or ad.text("employment_type")
    town = place(
        ad.text("location", "name"),
        locality=ad.text("location", "city"),
        region=ad.text("location", "province"),
    )
    visible = ad.flag("compensation_visible") is not False
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=ad.title("title"),
        employer=payload.source_id.split("/")[0],
        description=text_of(_whole_text(ad)) or None,
        valid_through=ad.day("deadline_at"),
        base_salary=_salary(ad) if visible else None,
        employment_type=parse_employment_type(kind),
        employment_type_text=kind,
        locations=(town,) if town else (),
        requisition_id=ad.text("job", "requisition_id"),
        department=ad.text("job", "department", "name"),
    )
    return completed(
        posting,
        pay_text=ad.text("compensation") if visible else None,
        place_text=ad.text("location", "name"),
        workplace=ad.text("workplace_type") or ad.text("workplace_type_text"),
    )


def _whole_text(ad: Ad) -> str:
    parts = []
    for name in SECTIONS:
        if markup := ad.text(name):
            parts += [f"<h3>{escape(ad.text(f'{name}_header') or '')}</h3>", f"<div>{markup}</div>"]
    return "\n".join(parts)


def _salary(ad: Ad) -> Salary | None:
    return salary_from_fields(
        ad.text("compensation_minimum"),
        ad.text("compensation_maximum"),
        ad.text("compensation_currency"),
        ad.text("compensation_frequency"),
        text=ad.text("compensation"),
    )
