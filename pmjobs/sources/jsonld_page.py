"""Any web page that holds schema.org JobPosting data: one ad, or a list of them.

The board's name is the page's address. Field notes:
- what is read is what the page tells search engines, as JSON-LD or, if there is none, as
  microdata; the page's own text is not looked at.
- one page may hold several ads; each is known by its identifier, else by its address, else by
  its title and place.
- a page without the data is no error: employers take an ad down and leave the page. It gives no
  ads and says so.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pmjobs.errors import FetchError
from pmjobs.parsing import jsonld, microdata
from pmjobs.parsing.jobposting import posting_from
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting, Skipped
from pmjobs.settings import check_url
from pmjobs.sources.ads import Ad
from pmjobs.sources.answers import absolute, html_of, read_board

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "jsonld_page"
OPTIONS: dict[str, str] = {}

NO_ADS = (
    "no schema.org JobPosting in the page; the ad may be closed, or the page needs a browser: "
    "look for the board behind it (Greenhouse, Lever, ...) in its job links"
)


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return the page. Raises FetchError if there is none."""
    check_url(board.board, board.key)
    try:
        return [await client.get(board.board, headers={"accept": "text/html, */*;q=0.5"})]
    except FetchError as error:
        if error.status in (404, 410):
            raise FetchError(
                f"{board.key}: the page is gone; remove the board if it was one ad",
                status=error.status,
            ) from error
        raise


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad on the page; if it has none, that is reported."""
    document = documents[0]
    ads = postings_in(document)
    if not ads:
        return BoardRead(board, (), (Skipped(board.board, "JobPosting", NO_ADS),))
    return read_board(board, each_ad(ads, document.url), document)


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    fields = Ad.of(payload).fields
    return posting_from(
        dict(fields), source=payload.source, source_id=payload.source_id, url=payload.url
    )


def postings_in(document: Document) -> list[dict[str, Any]]:
    """Return the JobPostings of a page: its JSON-LD, else its microdata."""
    html = html_of(document)
    return jsonld.job_postings(html) or microdata.job_postings(html)


def each_ad(
    ads: Sequence[dict[str, Any]], page: str
) -> Iterator[tuple[str | None, str | None, dict[str, Any]]]:
    """Yield (source id, URL, ad) for each JobPosting of a page."""
    host = urlsplit(page).hostname or page
    for ad in ads:
        own = absolute(page, _word(ad.get("url")) or "#")
        url = own if own and own != page else page
        if identifier := _word(ad.get("identifier")):
            name = f"{host}/{identifier}"
        elif url != page or len(ads) == 1:
            name = url.split("://", 1)[1]
        else:  # several ads without a name of their own
            name = f"{page.split('://', 1)[1]}#{_word(ad.get('title')) or '?'}"
        yield name[:500], url, ad


def _word(value: Any) -> str | None:
    """The text of a value that may be wrapped: {"@type": "PropertyValue", "value": "4021"}."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("value", value.get("@id", value.get("name")))
    if isinstance(value, str | int) and not isinstance(value, bool):
        return " ".join(str(value).split())[:300] or None
    return None
