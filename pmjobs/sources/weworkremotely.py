"""We Work Remotely: the public RSS feed of each category.

Field notes:
- the title is "Employer: Role"; some have no employer.
- the description begins with a paragraph "Headquarters: …", where the employer sits and not
  where the work is; `region` says from where one may work.
- `category` is unreliable (product roles under programming) and left alone.
- a feed holds the newest 25 or so: an ad that is absent may still be open.
Terms: applications go through We Work Remotely, and nobody may build a job site of it.
`board` is a category's name in its address, "remote-management-and-finance-jobs", or "all".
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pmjobs.errors import FetchError
from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting, Remote, WorkPlace
from pmjobs.sources.ads import Ad, completed, places
from pmjobs.sources.answers import ad_id, base_url, link, only, read_board, token
from pmjobs.sources.feeds import entries_of

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "weworkremotely"
OPTIONS: dict[str, str] = {}
BASE_URL = "https://weworkremotely.com"
ATTRIBUTION = "from We Work Remotely, https://weworkremotely.com; apply there"


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return a category's feed. Raises FetchError if there is no such category."""
    path = "remote-jobs.rss" if board.board == "all" else f"categories/{token(board)}.rss"
    try:
        return [await client.get(f"{base_url(board, BASE_URL)}/{path}")]
    except FetchError as error:
        if error.status == 404:
            raise FetchError(
                f"weworkremotely: no category called {board.board!r}; take the name from the "
                'category\'s address, or "all"',
                status=404,
            ) from error
        raise


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad. Raises FetchError if the document is no feed."""
    document = only(documents, board.key)
    entries = entries_of(document, board.key)

    def each() -> Iterator[tuple[str | None, str | None, Any]]:
        for entry in entries:
            url = link(entry, "link", "id")
            yield (url.rsplit("/", 1)[-1] or None if url else ad_id(entry, "id")), url, entry

    return replace(read_board(board, each(), document), whole=False)


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    title, kind, region = ad.title("title"), ad.text("type"), ad.text("region")
    employer, colon, role = title.partition(": ")
    anywhere = (region or "").lower().startswith("anywhere")
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=role if colon and role.strip() else title,
        employer=employer if colon and role.strip() else None,
        description=text_of(ad.text("summary") or ad.text("content") or "") or None,
        date_posted=ad.day("published"),
        valid_through=ad.day("expires_at"),
        employment_type=parse_employment_type(kind),
        employment_type_text=kind,
        locations=places(ad.text("country") or ("" if anywhere else region)),
        remote=Remote(WorkPlace.REMOTE, region or "We Work Remotely"),
        attribution=ATTRIBUTION,
    )
    return completed(posting)
