"""Hacker News "Who is hiring?": the ads in each month's thread, through Algolia's search API.

Field notes:
- a thread a month by the user `whoishiring`, who also starts "Who wants to be hired?" and
  "Freelancer?"; only titles with "who is hiring" count.
- an ad is a comment on the thread itself (`parent_id` is `story_id`); answers to ads are left
  out, and so are comments without the customary first line "Employer | Role | Place | …".
- nothing fixes the order after the employer, so each part of that line is read by its words.
  An ad for several posts has them all in its title.
- comments are HTML with <p> between paragraphs and entities for slashes and quotes.
- at most 1,000 comments a page; asking is limited to some 10,000 requests an hour.
`board` is a name of your choice. Ads of threads older than `months` count as closed.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pmjobs.errors import FetchError, SettingsError
from pmjobs.parsing.employment import parse_employment_type
from pmjobs.parsing.markup import text_of
from pmjobs.parsing.remote import find_remote
from pmjobs.parsing.salary import parse_salary
from pmjobs.parsing.title import names_project_work
from pmjobs.posting import Board, BoardRead, Document, Location, Payload, Posting, Skipped
from pmjobs.sources.ads import Ad, completed, places
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, option
from pmjobs.sources.search import pages, read_pages

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "hackernews"
OPTIONS: dict[str, str] = {"months": "how many of the latest threads to read (default: 1)"}
BASE_URL = "https://hn.algolia.com"
ITEM = "https://news.ycombinator.com/item?id="
ATTRIBUTION = "from Hacker News, https://news.ycombinator.com"
PAGE = 1_000
FIRST_LINE = 500  # characters that say who, what and where
MOST = 3_000  # comments a thread; the longest had some 1,500

_HIRING = re.compile(r"\bwho\s+is\s+hiring\b", re.IGNORECASE)
_LINK = re.compile(r"\(?\s*(?:https?://|www\.)\S+\)?|\(\s*[\w.-]+\.(?:com|io|ai|co|org|dev)\s*\)")
_ROLE = re.compile(
    r"\b(?:engineers?|developers?|managers?|designers?|scientists?|analysts?|architects?|director"
    r"|head of|lead|leads|sres?|devops|full[- ]?stack|front[- ]?end|back[- ]?end|consultants?"
    r"|founding|founder|cto|vp|researchers?|product|program(?:me)?|project|intern|interns|roles?"
    r"|positions?|specialists?|administrators?|officers?|coordinators?|marketing|sales|support"
    r"|recruiters?|writers?|technicians?|programmers?|staff|principal|qa|sdet|data)\b",
    re.IGNORECASE,
)


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return the comments of the latest threads. Raises FetchError if there is no thread."""
    url = f"{base_url(board, BASE_URL)}/api/v1/search_by_date"
    months = option(board, "months") or "1"
    if not months.isascii() or not months.isdigit() or not 1 <= int(months[:4]) <= 12:
        raise SettingsError(f"{board.key}: months: {months!r}; write a number from 1 to 12")
    threads: dict[str, str | int] = {
        "tags": "story,author_whoishiring",
        "hitsPerPage": 3 * int(months) + 3,
    }
    found = ads_in(json_of(await client.get(url, params=threads), board.key), board.key, "hits")
    stories = [
        number
        for story in found
        if isinstance(story, dict) and _HIRING.search(str(story.get("title") or ""))
        if (number := ad_id(story, "objectID"))
    ][: int(months)]
    if not stories:
        raise FetchError(f'{board.key}: no thread "Who is hiring?" was found; try again later')
    documents: list[Document] = []
    for number in stories:
        tags = f"comment,story_{number}"

        async def ask(page: int, tags: str = tags) -> Document:
            return await client.get(url, params={"tags": tags, "hitsPerPage": PAGE, "page": page})

        documents += await pages(
            ask, lambda document: _hits(board, document), size=PAGE, limit=MOST
        )
    return documents


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload a comment that is an ad. Raises FetchError if it is no list."""

    def ads_of(document: Document) -> list[Any]:
        return [ad for ad in _hits(board, document) if _is_ad(ad)]

    read = read_pages(board, documents, ads_of, _name)
    others = [
        Skipped(
            f"{board.board}/{ad_id(ad, 'objectID') or '?'}", "comment_text", "no ad's first line"
        )
        for document in documents
        for ad in _hits(board, document)
        if _on_thread(ad) and not _is_ad(ad)
    ]
    return BoardRead(board, read.payloads, (*read.skipped, *others))


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    text = text_of(ad.text("comment_text") or "")
    first = text.partition("\n")[0][:FIRST_LINE]
    employer, *parts = [part.strip(" -–—") for part in _LINK.sub("", first).split("|")]
    parts = [part for part in parts if part]
    title = _title(parts)
    if title is None or not employer:
        raise ad.wrong(("comment_text",), "names no role in its first line")
    rest = [part for part in parts if part != title]
    kinds = [part for part in rest if parse_employment_type(part)]
    salaries = [salary for part in rest if (salary := parse_salary(part))]
    remotes = [remote for part in rest if (remote := find_remote(location=part))]
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=title,
        employer=employer,
        description=text,
        date_posted=ad.day("created_at"),
        base_salary=salaries[0] if salaries else None,
        employment_type=parse_employment_type(kinds),
        employment_type_text=", ".join(kinds) or None,
        locations=tuple(dict.fromkeys(_locations(rest))),
        remote=remotes[0] if remotes else None,
        attribution=ATTRIBUTION,
    )
    return completed(posting)


def _hits(board: Board, document: Document) -> list[Any]:
    return ads_in(json_of(document, board.key), board.key, "hits")


def _on_thread(ad: Any) -> bool:
    return isinstance(ad, dict) and ad.get("parent_id") == ad.get("story_id")


def _is_ad(ad: Any) -> bool:
    text = ad.get("comment_text") if _on_thread(ad) else None
    return isinstance(text, str) and text_of(text[:3000]).partition("\n")[0].count("|") >= 2


def _name(ad: Any) -> tuple[str | None, str | None]:
    number = ad_id(ad, "objectID")
    return number, f"{ITEM}{number}" if number else None


def _title(parts: Sequence[str]) -> str | None:
    """The part that names project work, else the first that names any work."""
    named = [part for part in parts if len(part) <= 200]
    return next(
        (part for part in named if names_project_work(part)),
        next((part for part in named if _ROLE.search(part)), None),
    )


def _locations(parts: Sequence[str]) -> Iterator[Location]:
    """Places are sure where they name a country, or a town beside remote, hybrid or on-site."""
    for part in parts:
        if len(part) > 100 or parse_employment_type(part) or any(char in part for char in "$€£%"):
            continue
        for place in places(re.sub(r"\b(?:remote|hybrid|on-?site)\b", "", part, flags=re.I)):
            if place.country is not None or (place.locality and find_remote(location=part)):
                yield place
