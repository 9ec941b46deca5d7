"""SmartRecruiters: a paged JSON list per employer, and a document for each ad's text.

Off unless the user turns it on. The API is documented, but its robots.txt shuts out every
program but one, and its terms keep it for employers' own careers sites. Whoever has the
employer's leave adds allowed = true to the board; robots.txt is then not asked. Field notes:
- a page holds at most 100 ads; `totalFound` says how many there are.
- the text is in four sections of the ad's document, each with a title.
- `location.country` is in small letters; `department` may be {}; titles may end in a blank.
- `experienceLevel` is the employer's claim of seniority, the same for very different jobs.
- an unknown company answers 200 with no ads.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any

from pmjobs.errors import RefusedError
from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting
from pmjobs.sources.ads import Ad, completed, place
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, option, read_board, token
from pmjobs.sources.details import fetch_details, lists_in, with_detail

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "smartrecruiters"
OPTIONS = {"allowed": "true if the employer lets you read its board this way (default: false)"}
BASE_URL = "https://api.smartrecruiters.com"
PAGE = 100  # ads asked for at a time
MAX_PAGES = 100
SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")


def why_off(board: Board) -> str | None:
    """Return why this board is not asked, None once the user has said that it may be."""
    if option(board, "allowed") == "true":
        return None
    return (
        f"{board.key}: off, since SmartRecruiters' robots.txt and terms keep programs out; "
        "if the employer lets you, add allowed = true to this board"
    )


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return the list's pages. Raises RefusedError unless the board says that it is allowed."""
    if problem := why_off(board):
        raise RefusedError(problem)
    documents: list[Document] = []
    for page in range(MAX_PAGES):
        params: dict[str, str | int] = {"limit": PAGE, "offset": page * PAGE}
        document = await client.get(_postings(board), params=params, permitted=True)
        ads, total = _page(board, document)
        if documents and (not ads or document.body == documents[-1].body):
            break
        documents.append(document)
        if not ads or (page + 1) * PAGE >= total:
            break
    return documents


async def details(
    board: Board, documents: Sequence[Document], client: "Client", known: Mapping[str, str]
) -> list[Document]:
    """Return the documents of ads that are worth a request."""
    listed = (
        (source_id, ad.get("name"), ad)
        for source_id, ad in _listed(board, documents)
        if source_id and isinstance(ad, dict)
    )

    async def ask(ad: Mapping[str, Any]) -> Document:
        return await client.get(f"{_postings(board)}/{ad_id(ad, 'id')}", permitted=True)

    return await fetch_details(listed, documents, known, ask)


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad, with its own document where there is one."""
    joined = with_detail(documents, board.key)
    lists = lists_in(documents)

    def each() -> Iterator[tuple[str | None, str | None, Any]]:
        taken: set[str] = set()
        for source_id, ad in _listed(board, documents):
            if source_id is None:
                yield None, None, ad
            elif source_id not in taken:  # ads move from page to page
                taken.add(source_id)
                url = f"https://jobs.smartrecruiters.com/{token(board)}/{ad_id(ad, 'id')}"
                yield source_id, url, joined(source_id, ad)

    whole = len(lists) < MAX_PAGES
    return replace(read_board(board, each(), lists[0]), whole=whole)


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    kind = ad.text("typeOfEmployment", "label")
    town = place(
        None,
        locality=ad.text("location", "city"),
        region=ad.text("location", "region"),
        country=ad.text("location", "country"),
    )
    parts = []
    for name in SECTIONS:
        if markup := ad.text("detail", "jobAd", "sections", name, "text"):
            heading = ad.text("detail", "jobAd", "sections", name, "title") or ""
            parts += [f"<h3>{escape(heading)}</h3>", f"<div>{markup}</div>"]
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=ad.text("detail", "postingUrl") or payload.url,
        title=ad.title("name"),
        employer=ad.text("company", "name") or payload.source_id.split("/")[0],
        description=text_of("\n".join(parts)) or None,
        date_posted=ad.day("releasedDate"),
        employment_type=parse_employment_type(
            [word for word in (ad.text("typeOfEmployment", "id"), kind) if word]
        ),
        employment_type_text=kind,
        locations=(town,) if town else (),
        requisition_id=ad.text("refNumber"),
        department=ad.text("department", "label"),
        language=(ad.text("detail", "language", "code") or "")[:2] or None,
    )
    return completed(
        posting,
        place_text=ad.text("location", "fullLocation"),
        workplace="hybrid" if ad.flag("location", "hybrid") else None,
        telecommute=ad.flag("location", "remote"),
    )


def _postings(board: Board) -> str:
    return f"{base_url(board, BASE_URL)}/v1/companies/{token(board)}/postings"


def _page(board: Board, document: Document) -> tuple[list[Any], int]:
    answer = json_of(document, board.key)
    ads = ads_in(answer, board.key, "content")
    total = answer.get("totalFound")
    return ads, total if isinstance(total, int) else 0


def _listed(board: Board, documents: Sequence[Document]) -> Iterator[tuple[str | None, Any]]:
    for document in lists_in(documents):
        for ad in _page(board, document)[0]:
            name = ad_id(ad, "id")
            yield (f"{board.board}/{name}" if name and name.isalnum() else None), ad
