"""BambooHR careers pages: a JSON list of titles, and a JSON document for each ad's text.

Field notes:
- the interface is not documented for the public, so robots.txt must be readable and allow it.
- the list has neither text nor date; both come with the ad's own document, which is asked for
  only where the title can be project work.
- `locationType` is "0" on site, "1" remote, "2" hybrid; `isRemote` is mostly null.
- the place is in `atsLocation` or in `location`, whichever is filled.
- `compensation` is pay in words. `minimumExperience` is a grade ("Senior Manager/Supervisor").
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pmjobs.errors import FetchError
from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.posting import Board, BoardRead, Document, Location, Payload, Posting
from pmjobs.sources.ads import Ad, completed, place
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, only, read_board, token
from pmjobs.sources.details import fetch_details, lists_in, with_detail

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "bamboohr"
OPTIONS: dict[str, str] = {}

WORK_PLACES = {"0": "on_site", "1": "remote", "2": "hybrid"}


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return the list of ads. Raises FetchError if there is no such site."""
    try:
        return [await client.get(f"{_host(board)}/careers/list", documented=False)]
    except FetchError as error:
        if error.status == 404:
            raise FetchError(
                f"bamboohr: no board called {board.board!r}; take the name from a job link, "
                "NAME.bamboohr.com",
                status=404,
            ) from error
        raise


async def details(
    board: Board, documents: Sequence[Document], client: "Client", known: Mapping[str, str]
) -> list[Document]:
    """Return the documents of ads that are worth a request."""
    listed = (
        (source_id, ad.get("jobOpeningName"), ad)
        for source_id, ad in _listed(board, documents)
        if source_id and isinstance(ad, dict)
    )

    async def ask(ad: Mapping[str, Any]) -> Document:
        url = f"{_host(board)}/careers/{ad_id(ad, 'id')}/detail"
        return await client.get(url, documented=False)

    return await fetch_details(listed, documents, known, ask)


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad, with its own document where there is one."""
    joined = with_detail(documents, board.key)

    def each() -> Iterator[tuple[str | None, str | None, Any]]:
        for source_id, ad in _listed(board, documents):
            whole = joined(source_id, ad) if isinstance(ad, dict) else ad
            url = f"{_host(board)}/careers/{ad_id(ad, 'id')}" if source_id else None
            yield source_id, url, whole

    return read_board(board, each(), lists_in(documents)[0])


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    told = ("detail", "result", "jobOpening")
    markup, kind = ad.text(*told, "description"), ad.text("employmentStatusLabel")
    town = _location(ad)
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=ad.title("jobOpeningName"),
        employer=payload.source_id.split("/")[0],
        description=text_of(markup) or None if markup else None,
        date_posted=ad.day(*told, "datePosted"),
        employment_type=parse_employment_type(kind),
        employment_type_text=kind,
        locations=(town,) if town else (),
        department=ad.text("departmentLabel"),
    )
    return completed(
        posting,
        pay_text=ad.text(*told, "compensation"),
        workplace=WORK_PLACES.get(ad.text("locationType") or ""),
        telecommute=ad.flag("isRemote"),
    )


def _host(board: Board) -> str:
    return base_url(board, f"https://{token(board)}.bamboohr.com")


def _listed(
    board: Board, documents: Sequence[Document]
) -> Iterator[tuple[str | None, dict[str, Any]]]:
    document = only(lists_in(documents), board.key)
    for ad in ads_in(json_of(document, board.key), board.key, "result"):
        name = ad_id(ad, "id")
        yield (f"{board.board}/{name}" if name and name.isalnum() else None), ad


def _location(ad: Ad) -> Location | None:
    for name in ("atsLocation", "location"):
        found = place(
            None,
            locality=ad.text(name, "city"),
            region=ad.text(name, "state") or ad.text(name, "province"),
            country=ad.text(name, "country") or ad.text(name, "addressCountry"),
        )
        if found:
            return found
    return None
