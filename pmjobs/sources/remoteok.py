"""Remote OK: the newest hundred or so remote jobs, through its public API.

Field notes:
- the answer is a bare list; its first element is the legal notice and no ad.
- every description ends with a sentence against robots, with a word to mention and a tag that
  holds the asker's IP address. Both change from request to request: they are cut off before
  anything is stored, or every ad would look changed each day.
- two descriptions in three hold UTF-8 that was read as Latin-1; it is repaired.
- `salary_min` and `salary_max` are 0 where not known, in US dollars else, a year or a month.
- `location` is often empty, and is where one may live; the title is `position`.
Terms: name Remote OK and link to the ad there, without nofollow.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pmjobs.parsing.markup import repair_mojibake, text_of
from pmjobs.parsing.salary import salary_from_fields
from pmjobs.posting import Board, BoardRead, Document, Payload, Posting, Remote, WorkPlace
from pmjobs.sources.ads import Ad, completed, places
from pmjobs.sources.answers import ad_id, ads_in, base_url, json_of, link, option
from pmjobs.sources.search import read_pages

if TYPE_CHECKING:
    from pmjobs.net import Client

NAME = "remoteok"
OPTIONS: dict[str, str] = {"tag": 'only ads with this tag, "project management"'}
BASE_URL = "https://remoteok.com"
ATTRIBUTION = "from Remote OK, https://remoteok.com"

_ANTI_ROBOT = re.compile(r"(?:please\s)?mention the word\b.{1,300}?when applying", re.I | re.S)
_LONGEST_END = 900  # characters of that sentence and what follows it
_BLANK_END = re.compile(r"(?:\s|<br\s?/?>|</?p>){1,50}$")


async def fetch(board: Board, client: "Client") -> list[Document]:
    """Return the one document."""
    tag = option(board, "tag")
    url = f"{base_url(board, BASE_URL)}/api"
    return [await client.get(url, params={"tag": tag} if tag else None)]


def split(board: Board, documents: Sequence[Document]) -> BoardRead:
    """Return one payload an ad. Raises FetchError if the document is no list of ads."""
    read = read_pages(board, documents, lambda document: list(_ads_in(board, document)), _name)
    return replace(read, whole=False)


def parse(payload: Payload) -> Posting:
    """Return what an ad states. Raises ParseError naming the field that cannot be read."""
    ad = Ad.of(payload)
    where = repair_mojibake(ad.text("location") or "")
    posting = Posting(
        source=payload.source,
        source_id=payload.source_id,
        url=payload.url,
        title=ad.title("position"),
        employer=repair_mojibake(ad.text("company") or "") or None,
        description=text_of(ad.text("description") or "") or None,
        date_posted=ad.day("date") or ad.day("epoch"),
        base_salary=salary_from_fields(ad.text("salary_min"), ad.text("salary_max"), "USD"),
        locations=places(where),
        remote=Remote(WorkPlace.REMOTE, where or "Remote OK"),
        attribution=ATTRIBUTION,
    )
    return completed(posting)


def _ads_in(board: Board, document: Document) -> Iterator[Any]:
    for ad in ads_in(json_of(document, board.key), board.key):
        if isinstance(ad, dict):
            if "legal" in ad and "position" not in ad:
                continue
            if isinstance(text := ad.get("description"), str):
                ad = {**ad, "description": _without_sentence(text)}
        yield ad


def _without_sentence(text: str) -> str:
    found = _ANTI_ROBOT.search(text, max(0, len(text) - _LONGEST_END))
    return _BLANK_END.sub("", text[: found.start()]) if found else text


def _name(ad: Any) -> tuple[str | None, str | None]:
    url = link(ad, "url", "apply_url")
    return ad_id(ad, "id") or url, url
