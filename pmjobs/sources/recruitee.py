"""Recruitee careers sites: one public JSON document per employer.

Field notes:
- the text is in two fields, `description` and `requirements`.
- `salary` is often there with nothing in it; its figures are texts.
- times are "2026-08-05 09:41:37 UTC".
- `remote`, `hybrid` and `on_site` are flags of their own, and several may be set: what may be
  done from home in part is hybrid.
- `translations` holds the ad in other languages; the employer's first is what is read.
- from 2027-02-10 the employer's own token is asked for, else 401: put it in an environment
  variable and name that with the option `token_variable`.
A site under the employer's own domain: base_url = "https://jobs.example.org".
"""

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pmjobs.errors import FetchError, SettingsError
from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.parsing.salary import salary_from_fields
from pmjobs.posting import Board, BoardRead, Document, Location, Payload, Posting
from pmjobs.sources.ads import Ad, completed, place
from pmjobs.sources.answers import (
    ad_id,
    ads_in,
    base_url,
    json_of,
    link,
    only,
    option,
    read_board,
    token,
)

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "recruitee"
OPTIONS = {"token_variable": "environment variable with the employer's careers-site token"}


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return the site's one document. Raises FetchError if there is no such site."""
    url = f"{base_url(board, f'https://{token(board)}.recruitee.com')}/api/offers/"
    headers = {}
    if variable := option(board, "token_variable"):
        if not (key := os.environ.get(variable)):
            raise SettingsError(f"{board.key}: token_variable: set {variable} to the site's token")
        headers = {"X-Careers-Sites-Token": key}
    try:
        return [await client.get(url, headers=headers)]
    except FetchError as error:
        if error.status == 404:
            raise FetchError(
                f"recruitee: no board called {board.board!r}; take the name from a job link, "
                "NAME.recruitee.com",
                status=404,
            ) from error
        if error.status == 401:
            raise FetchError(
                f"{board.key}: the site asks for the employer's token; set token_variable",
                status=401,
            ) from error
        raise


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad. Raises FetchError if the document is no board."""
    document = only(documents, board.key)
    ads = ads_in(json_of(document, board.key), board.key, "offers")

    def each() -> Iterator[tuple[str | None, str | None, Any]]:
        for ad in ads:
            name = ad_id(ad, "id")
            yield (f"{board.board}/{name}" if name else None), link(ad, "careers_url"), ad

    return read_board(board, each(), document)


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    markup = [ad.text("description"), ad.text("requirements")]
    kind = ad.text("employment_type_code")
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=ad.title("title"),
        employer=ad.text("company_name") or payload.source_id.split("/")[0],
        description=text_of("\n".join(f"<div>{part}</div>" for part in markup if part)) or None,
        date_posted=ad.day("published_at") or ad.day("created_at"),
        valid_through=ad.day("close_at"),
        base_salary=salary_from_fields(
            ad.text("salary", "min"),
            ad.text("salary", "max"),
            ad.text("salary", "currency"),
            ad.text("salary", "period"),
        ),
        employment_type=parse_employment_type(kind),
        employment_type_text=kind,
        locations=tuple(dict.fromkeys(_locations(ad))),
        department=ad.text("department"),
    )
    return completed(posting, place_text=ad.text("location"), workplace=_work_place(ad))


def _locations(ad: Ad) -> Iterator[Location]:
    for item in list(ad.each("locations")) or [ad]:
        found = place(
            None,
            locality=item.text("city"),
            region=item.text("state") or item.text("state_name"),
            country=item.text("country_code") or item.text("country"),
        )
        if found:
            yield found


def _work_place(ad: Ad) -> str | None:
    remote, onsite = ad.flag("remote"), ad.flag("on_site")
    if ad.flag("hybrid") or (remote and onsite):
        return "hybrid"
    if remote:
        return "remote"
    return "on_site" if onsite else None
