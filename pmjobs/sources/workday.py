"""Workday careers sites: a paged JSON list asked for by POST, and a document for each ad.

The board's name is "TENANT.HOST/SITE": acme.wd5/External for
https://acme.wd5.myworkdayjobs.com/External. Field notes:
- the interface is not documented for the public, so robots.txt must be readable and allow it.
- a page holds at most 20 ads, a search at most 2,000; past the end the first page comes again.
  The option `query` narrows a large site down.
- `total` is right on the first page only, later it is 0.
- the list's dates count from today ("Posted 3 Days Ago"); they are kept as the day they mean,
  or an unchanged ad would look changed every day. "30+ Days Ago" means no day.
- `locationsText` is "3 Locations" where there are several; the ad's document names them.
- `bulletFields` holds the requisition's id, on some sites among other things. The same
  requisition may stand on several sites of a tenant.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pmjobs.errors import FetchError, SettingsError
from pmjobs.parsing.dates import parse_date
from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting
from pmjobs.sources.ads import Ad, completed, places, with_country
from pmjobs.sources.answers import ads_in, base_url, json_of, read_board
from pmjobs.sources.details import fetch_details, lists_in, with_detail

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "workday"
OPTIONS = {"query": "words to search for; a list makes one search of each (default: every ad)"}
PAGE = 20  # more is refused
MOST = 2_000  # ads a search

_BOARD = re.compile(r"(?P<tenant>[\w-]{1,60})\.(?P<host>wd\d{1,4}(?:-impl)?)/(?P<site>[\w-]{1,90})")
_PATH = re.compile(r"/[^\s?#]{1,500}")
_ID = re.compile(r"[A-Za-z]{0,6}[-_ ]?\d{3,}[\w-]*")


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return the list's pages. Raises FetchError if there is no such site."""
    url = f"{_site(board)}/jobs"
    documents: list[Document] = []
    for query in [value for name, value in board.options if name == "query"] or [""]:
        total, seen = 0, set[str]()
        for start in range(0, MOST, PAGE):
            asked = {"appliedFacets": {}, "limit": PAGE, "offset": start, "searchText": query}
            try:
                document = await client.post_json(url, asked, documented=False)
            except FetchError as error:
                if error.status in (404, 422):
                    raise FetchError(
                        f"workday: no site called {board.board!r}; take it from a job link, "
                        "https://TENANT.HOST.myworkdayjobs.com/SITE",
                        status=error.status,
                    ) from error
                raise
            ads, counted = _page(board, document)
            paths = {str(ad.get("externalPath")) for ad in ads if isinstance(ad, dict)}
            total = total or counted
            if start and paths <= seen:
                break
            seen |= paths
            documents.append(document)
            if not ads or start + PAGE >= total:
                break
    return documents


async def details(
    board: Board, documents: Sequence[Document], client: "Client", known: Mapping[str, str]
) -> list[Document]:
    """Return the documents of ads that are worth a request."""
    listed = (
        (source_id, ad.get("title"), ad)
        for source_id, ad in _listed(board, documents)
        if source_id and isinstance(ad, dict)
    )

    async def ask(ad: Mapping[str, Any]) -> Document:
        return await client.get(f"{_site(board)}{ad['externalPath']}", documented=False)

    # The day moves out of the list's reach after a month; the ad is the same.
    return await fetch_details(listed, documents, known, ask, volatile=("posted",))


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad, with its own document where there is one."""
    joined = with_detail(documents, board.key)
    lists = lists_in(documents)
    site = f"{base_url(board, _host(board))}/{_parts(board)['site']}"
    taken: set[str] = set()

    def each() -> Iterator[tuple[str | None, str | None, Any]]:
        for source_id, ad in _listed(board, documents):
            if source_id in taken:  # searches overlap, and ads move from page to page
                continue
            if source_id is None:
                yield None, None, ad
                continue
            taken.add(source_id)
            yield source_id, f"{site}{ad['externalPath']}", joined(source_id, ad)

    total = max((_page(board, document)[1] for document in lists), default=0)
    searched = any(name == "query" for name, _ in board.options)
    return replace(read_board(board, each(), lists[0]), whole=total < MOST and not searched)


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    told = ("detail", "jobPostingInfo")
    markup, kind = ad.text(*told, "jobDescription"), ad.text(*told, "timeType")
    towns: list[str | None] = [ad.text(*told, "location")]
    towns += ad.texts(*told, "additionalLocations")
    listed = ad.text("locationsText") or ""
    if not any(towns) and not re.fullmatch(r"\d+ Locations?", listed):
        towns = [listed]
    country = ad.text(*told, "jobRequisitionLocation", "country", "alpha2Code") or ad.text(
        *told, "country", "descriptor"
    )
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=ad.text(*told, "externalUrl") or payload.url,
        title=ad.title("title"),
        employer=ad.text("detail", "hiringOrganization", "name") or payload.source_id.split("/")[0],
        description=text_of(markup) or None if markup else None,
        date_posted=ad.day(*told, "startDate") or ad.day("posted"),
        valid_through=ad.day(*told, "endDate"),
        employment_type=parse_employment_type(kind),
        employment_type_text=kind,
        locations=with_country(places(*towns), country),
        requisition_id=ad.text(*told, "jobReqId") or payload.source_id.rpartition("/")[2],
    )
    return completed(
        posting,
        place_text="; ".join(town for town in towns if town) or None,
        workplace=ad.text(*told, "remoteType"),
    )


def _parts(board: Board) -> dict[str, str]:
    if not (found := _BOARD.fullmatch(board.board)):
        raise SettingsError(
            f"{board.key}: write TENANT.HOST/SITE, acme.wd5/External for "
            "https://acme.wd5.myworkdayjobs.com/External"
        )
    return found.groupdict()


def _host(board: Board) -> str:
    parts = _parts(board)
    return f"https://{parts['tenant']}.{parts['host']}.myworkdayjobs.com"


def _site(board: Board) -> str:
    parts = _parts(board)
    return f"{base_url(board, _host(board))}/wday/cxs/{parts['tenant']}/{parts['site']}"


def _page(board: Board, document: Document) -> tuple[list[Any], int]:
    answer = json_of(document, board.key)
    ads = ads_in(answer, board.key, "jobPostings")
    total = answer.get("total")
    return ads, total if isinstance(total, int) else 0


def _listed(board: Board, documents: Sequence[Document]) -> Iterator[tuple[str | None, Any]]:
    for document in lists_in(documents):
        for ad in _page(board, document)[0]:
            path = ad.get("externalPath") if isinstance(ad, dict) else None
            if not isinstance(path, str) or not _PATH.fullmatch(path) or ".." in path:
                yield None, ad
                continue
            day = parse_date(ad.get("postedOn"), relative_to=document.fetched_at.date())
            whole = {name: value for name, value in ad.items() if name != "postedOn"}
            if day:
                whole["posted"] = day.isoformat()
            parts = _parts(board)
            yield f"{parts['tenant']}/{parts['site']}/{_requisition(ad, path)}", whole


def _requisition(ad: Mapping[str, Any], path: str) -> str:
    bullets = ad.get("bulletFields")
    for bullet in bullets if isinstance(bullets, list) else []:
        if isinstance(bullet, str) and _ID.fullmatch(bullet.strip()):
            return bullet.strip()
    tail = path.rpartition("/")[2]
    _, underscore, number = tail.rpartition("_")
    return number if underscore and _ID.fullmatch(number) else tail[:200]
