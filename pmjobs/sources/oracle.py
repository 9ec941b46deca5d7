"""Oracle Recruiting Cloud careers sites: a paged JSON list, and a document for each ad.

The board's name is "POD/SITE": abcd.fa.us2/CX_1 for
https://abcd.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1. Field notes:
- the interface is not documented for the public, so robots.txt must be readable and allow it.
- limit and offset stand inside `finder`; as ordinary parameters they are ignored.
- a page holds up to 200 ads, a search no more than 10,000.
- the text is in up to four fields of the ad's document; `ShortDescriptionStr` of the list is a
  teaser, often empty.
- `WorkplaceType` is in words, `WorkplaceTypeCode` is "ORA_HYBRID". There is no field for pay.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pmjobs.errors import FetchError, SettingsError
from pmjobs.parsing.markup import text_of
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting
from pmjobs.sources.ads import Ad, completed, places, with_country
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, read_board
from pmjobs.sources.details import fetch_details, lists_in, with_detail

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "oracle"
OPTIONS: dict[str, str] = {}
PAGE = 200  # ads asked for at a time
MOST = 10_000  # ads a search

_BOARD = re.compile(r"(?P<pod>[\w-]{1,60}(?:\.[\w-]{1,30}){1,4})/(?P<site>\w{1,90})")
_LIST = "hcmRestApi/resources/latest/recruitingCEJobRequisitions"
_DETAIL = "hcmRestApi/resources/latest/recruitingCEJobRequisitionDetails"
TEXTS = (
    "ExternalDescriptionStr",
    "ExternalResponsibilitiesStr",
    "ExternalQualificationsStr",
    "CorporateDescriptionStr",
)


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return the list's pages. Raises FetchError if there is no such site."""
    site = _parts(board)["site"]
    documents: list[Document] = []
    for start in range(0, MOST, PAGE):
        finder = f"siteNumber={site},limit={PAGE},offset={start},sortBy=POSTING_DATES_DESC"
        params = {
            "onlyData": "true",
            "expand": "requisitionList.workLocation,requisitionList.secondaryLocations",
            "finder": f"findReqs;{finder}",
        }
        try:
            document = await client.get(f"{_host(board)}/{_LIST}", params=params, documented=False)
        except FetchError as error:
            if error.status == 404:
                raise FetchError(
                    f"oracle: no site called {board.board!r}; take it from a job link, "
                    "https://POD.oraclecloud.com/.../sites/SITE",
                    status=404,
                ) from error
            raise
        ads, total = _page(board, document)
        if documents and (not ads or document.body == documents[-1].body):
            break
        documents.append(document)
        if len(ads) < PAGE or start + PAGE >= total > 0:
            break
    return documents


async def details(
    board: Board, documents: Sequence[Document], client: "Client", known: Mapping[str, str]
) -> list[Document]:
    """Return the documents of ads that are worth a request."""
    listed = (
        (source_id, ad.get("Title"), ad)
        for source_id, ad in _listed(board, documents)
        if source_id and isinstance(ad, dict)
    )

    async def ask(ad: Mapping[str, Any]) -> Document:
        finder = f'ById;Id="{ad_id(ad, "Id")}",siteNumber={_parts(board)["site"]}'
        params = {"onlyData": "true", "expand": "all", "finder": finder}
        return await client.get(f"{_host(board)}/{_DETAIL}", params=params, documented=False)

    return await fetch_details(listed, documents, known, ask)


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad, with its own document where there is one."""
    joined = with_detail(documents, board.key)
    lists = lists_in(documents)
    pages = f"{_host(board)}/hcmUI/CandidateExperience/en/sites/{_parts(board)['site']}/job"
    n_ads = sum(len(_page(board, document)[0]) for document in lists)

    def each() -> Iterator[tuple[str | None, str | None, Any]]:
        taken: set[str] = set()
        for source_id, ad in _listed(board, documents):
            if source_id is None:
                yield None, None, ad
            elif source_id not in taken:  # ads move from page to page
                taken.add(source_id)
                yield source_id, f"{pages}/{ad_id(ad, 'Id')}", joined(source_id, ad)

    return replace(read_board(board, each(), lists[0]), whole=n_ads < MOST)


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    told = next(ad.each("detail", "items"), None) or next(ad.each("detail"), ad)
    markup = "\n".join(f"<div>{part}</div>" for name in TEXTS if (part := told.text(name)))
    towns = [ad.text("PrimaryLocation")]
    towns += [item.text("Name") for item in ad.each("secondaryLocations")]
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=ad.title("Title"),
        employer=payload.source_id.split("/")[0],
        description=text_of(markup) or None,
        date_posted=told.day("ExternalPostedStartDate") or ad.day("PostedDate"),
        valid_through=told.day("ExternalPostedEndDate"),
        locations=with_country(
            places(*towns), told.text("PrimaryLocationCountry") or ad.text("PrimaryLocationCountry")
        ),
        requisition_id=ad.text("Id"),
        department=told.text("Organization"),
    )
    return completed(
        posting,
        place_text=ad.text("PrimaryLocation"),
        workplace=told.text("WorkplaceTypeCode")
        or told.text("WorkplaceType")
        or ad.text("WorkplaceType"),
    )


def _parts(board: Board) -> dict[str, str]:
    if not (found := _BOARD.fullmatch(board.board)):
        raise SettingsError(
            f"{board.key}: write POD/SITE, abcd.fa.us2/CX_1 for "
            "https://abcd.fa.us2.oraclecloud.com/.../sites/CX_1"
        )
    return found.groupdict()


def _host(board: Board) -> str:
    return base_url(board, f"https://{_parts(board)['pod']}.oraclecloud.com")


def _page(board: Board, document: Document) -> tuple[list[Any], int]:
    """Return the ads of one page and how many there are in all, 0 if it does not say."""
    items = ads_in(json_of(document, board.key), board.key, "items")
    found = items[0] if items and isinstance(items[0], dict) else {}
    total = found.get("TotalJobsCount")
    ads = ads_in(found, board.key, "requisitionList") if found else []
    return ads, total if isinstance(total, int) else 0


def _listed(board: Board, documents: Sequence[Document]) -> Iterator[tuple[str | None, Any]]:
    pod = _parts(board)["pod"].split(".")[0]
    for document in lists_in(documents):
        for ad in _page(board, document)[0]:
            name = ad_id(ad, "Id")
            sound = name is not None and re.fullmatch(r"[\w-]{1,80}", name)
            yield (f"{pod}/{_parts(board)['site']}/{name}" if sound else None), ad
