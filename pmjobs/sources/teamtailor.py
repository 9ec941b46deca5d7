"""Teamtailor careers sites: a public RSS feed, or a JSON Feed, per employer.

Field notes:
- RSS is the documented one (add .rss to the jobs page); the option feed = "json" chooses the
  other, which repeats each ad as schema.org JobPosting.
- `remoteStatus` is none, hybrid, fully or temporary. An ad that is fully remote has a street
  address all the same.
- a place's name is the employer's own ("EU"); town and country stand beside it.
- there is no pay and no end date in RSS.
- both feeds know an ad by the same UUID.
A site under the employer's own domain: base_url = "https://career.example.org".
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pmjobs.errors import FetchError, SettingsError
from pmjobs.parsing.jobposting import posting_from
from pmjobs.parsing.markup import text_of
from pmjobs.posting import Board, BoardRead, Document, Location, Payload, Posting
from pmjobs.sources.ads import Ad, completed, place
from pmjobs.sources.answers import (
    ad_id,
    ads_in,
    base_url,
    json_of,
    link,
    option,
    read_board,
    token,
    xml_fields,
    xml_of,
)

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "teamtailor"
OPTIONS = {"feed": "rss or json (default: rss)"}
PAGE = 100  # ads asked for at a time
MAX_PAGES = 50


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return the feed's pages. Raises FetchError if there is no such site."""
    host = base_url(board, f"https://{token(board)}.teamtailor.com")
    kind = option(board, "feed") or "rss"
    if kind not in ("rss", "json"):
        raise SettingsError(f'{board.key}: feed: write "rss" or "json"')
    try:
        if kind == "json":
            return [await client.get(f"{host}/jobs.json")]
        return await _rss_pages(board, client, f"{host}/jobs.rss")
    except FetchError as error:
        if error.status == 404:
            raise FetchError(
                f"teamtailor: no board called {board.board!r}; take the name from a job link, "
                "NAME.teamtailor.com",
                status=404,
            ) from error
        raise


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad. Raises FetchError if a document is no feed."""

    def each() -> Iterator[tuple[str | None, str | None, Any]]:
        for document in documents:
            employer, ads = _feed(board, document)
            for ad in ads:
                name = ad_id(ad, "guid", "id")
                # The employer's name stands outside the ads.
                whole = {**ad, "channel": employer} if isinstance(ad, dict) and employer else ad
                yield (f"{board.board}/{name}" if name else None), link(ad, "link", "url"), whole

    return read_board(board, each(), documents[0])


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    employer = ad.text("channel") or payload.source_id.split("/")[0]
    markup = ad.text("description") or ad.text("content_html")
    stated = ad.fields.get("_jobposting")
    if isinstance(stated, dict):
        return posting_from(
            {
                **stated,
                "title": ad.title("title"),
                "description": stated.get("description") or markup,
                "hiringOrganization": stated.get("hiringOrganization") or employer,
            },
            source=payload.source,
            source_id=payload.source_id,
            url=payload.url,
        )
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=ad.title("title"),
        employer=employer,
        description=text_of(markup) or None if markup else None,
        date_posted=ad.day("pubDate") or ad.day("date_published"),
        locations=tuple(dict.fromkeys(_locations(ad))),
        department=ad.text("department"),
    )
    return completed(posting, workplace=ad.text("remoteStatus"))


async def _rss_pages(board: Board, client: "Client", url: str) -> list[Document]:
    documents: list[Document] = []
    for page in range(MAX_PAGES):
        document = await client.get(url, params={"per_page": PAGE, "offset": page * PAGE})
        _, ads = _feed(board, document)
        if documents and (not ads or document.body == documents[-1].body):
            break
        documents.append(document)
        if len(ads) != PAGE:
            break
    return documents


def _feed(board: Board, document: Document) -> tuple[str | None, list[Any]]:
    """Return the employer's name and the ads of one page."""
    if document.body.lstrip()[:1] == b"{":
        answer = json_of(document, board.key)
        ads, title = ads_in(answer, board.key, "items"), answer.get("title")
        return (title if isinstance(title, str) else None), ads
    channel = xml_of(document, board.key).find("channel")
    if channel is None:
        raise FetchError(f"{board.key}: no RSS feed in the answer; check the board's name")
    return channel.findtext("title"), [xml_fields(item) for item in channel.iterfind("item")]


def _locations(ad: Ad) -> Iterator[Location]:
    for item in ad.each("locations", "location"):
        found = place(None, locality=item.text("city"), country=item.text("country")) or place(
            item.text("name")
        )
        if found:
            yield found
