"""Rippling job boards: a public list per employer, and each ad's text in a document of its own.

Field notes:
- the list is a bare array in one answer, without text or date: uuid, name, url, department,
  workLocation. An ad for several places stands there once for each, with the same uuid.
- the ad's own answer has `description` in two halves, `company` and `role`, `workLocations`,
  `createdOn`, `companyName`; it is asked for where the title can be project work and is new.
- in `employmentType` label and id are the wrong way round: the words stand in `id`.
- labels carry blanks at the end. 100 requests in ten minutes.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pmjobs.errors import FetchError
from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting
from pmjobs.sources.ads import Ad, completed, places
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, link, read_board, token
from pmjobs.sources.details import fetch_details, lists_in, with_detail

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "rippling"
OPTIONS: dict[str, str] = {}
BASE_URL = "https://api.rippling.com/platform/api/ats/v1/board"


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return the board's list. Raises FetchError if there is no such board."""
    try:
        return [await client.get(f"{base_url(board, BASE_URL)}/{token(board)}/jobs")]
    except FetchError as error:
        if error.status == 404:
            raise FetchError(
                f"rippling: no board called {board.board!r}; take the name from a job link, "
                "ats.rippling.com/NAME/jobs",
                status=404,
            ) from error
        raise


async def details(
    board: Board, documents: Sequence[Document], client: "Client", known: Mapping[str, str]
) -> list[Document]:
    """Return the documents with the text of new and changed project ads."""
    url = f"{base_url(board, BASE_URL)}/{token(board)}/jobs"

    async def ask(ad: Mapping[str, Any]) -> Document:
        return await client.get(f"{url}/{ad_id(ad, 'uuid')}")

    listed = (
        (source_id, name if isinstance(name := ad.get("name"), str) else None, ad)
        for source_id, _, ad in _listed(board, documents)
        if source_id is not None
    )
    return await fetch_details(listed, documents, known, ask)


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad. Raises FetchError if the document is no board."""
    joined = with_detail(documents, board.key)

    def each() -> Iterator[tuple[str | None, str | None, Any]]:
        for source_id, url, ad in _listed(board, documents):
            yield source_id, url, joined(source_id, ad) if isinstance(ad, dict) else ad

    return read_board(board, each(), documents[0])


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    whole = ad.inside("detail")
    kind = whole.text("employmentType", "id")
    where = whole.texts("workLocations") or ad.texts("places")
    text = "".join(
        f"<div>{half}</div>"
        for name in ("company", "role")
        if (half := whole.text("description", name))
    )
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=ad.title("name"),
        employer=whole.text("companyName") or payload.source_id.split("/")[0],
        description=text_of(text) or None,
        date_posted=whole.day("createdOn"),
        employment_type=parse_employment_type(kind),
        employment_type_text=kind,
        locations=places(*where),
        department=ad.text("department", "label"),
    )
    return completed(posting, place_text="; ".join(where) or None)


def _listed(
    board: Board, documents: Sequence[Document]
) -> list[tuple[str | None, str | None, Any]]:
    """Each ad once, with the places of all its rows under "places"."""
    merged: dict[str, tuple[str | None, str | None, Any]] = {}
    others: list[tuple[str | None, str | None, Any]] = []
    for document in lists_in(documents):
        for ad in ads_in(json_of(document, board.key), board.key):
            if (name := ad_id(ad, "uuid")) is None:
                others.append((None, None, ad))
                continue
            place = ad.get("workLocation")
            label = place.get("label") if isinstance(place, dict) else None
            found = merged.setdefault(
                name, (f"{board.board}/{name}", link(ad, "url"), {**ad, "places": []})
            )
            if isinstance(label, str) and label.strip() not in found[2]["places"]:
                found[2]["places"].append(label.strip())
    return [*merged.values(), *others]
