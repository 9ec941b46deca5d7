"""What sources with a search have in common: queries, limits, keys, pages.

A board of such a source is one search of the user's: `board` is a name they choose, the query,
the countries and a limit stand in its options. Keys come from the environment only; they are
never part of a board, `without_key` takes them out of what is kept, and with `UNKEPT` the cache
of answers keeps none.
"""

import hashlib
import os
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pmjobs.errors import FetchError, SettingsError
from pmjobs.posting import Board, BoardRead, Document
from pmjobs.sources.answers import option, read_board

Search = TypeVar("Search")  # what tells one search of a board from another

LIMIT = 200  # ads a search, unless the board says otherwise
MOST = 5_000  # what a board may ask for

QUERY_HELP = "words to search for; a list makes one search of each"
LIMIT_HELP = f"most ads to take for each search (default: {LIMIT}, at most {MOST})"

# For requests that carry a key: the cache of answers would keep the key with them.
UNKEPT = {"cache-control": "no-store"}

# What `attribution` says where a source gives only the beginning of an ad's text.
EXCERPT = "an excerpt; the whole ad is at the link"


def limit_of(board: Board, *, default: int = LIMIT) -> int:
    """Return how many ads a search may bring. Raises SettingsError for anything but 1..MOST."""
    text = option(board, "limit")
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 6 or not 1 <= int(text) <= MOST:
        raise SettingsError(f"{board.key}: limit: {text!r}; write a whole number from 1 to {MOST}")
    return int(text)


def options(board: Board, name: str) -> list[str]:
    """Return every value of a board's option, in the user's order."""
    return [value.strip() for key, value in board.options if key == name and value.strip()]


def queries(board: Board) -> list[str]:
    """Return the words to search for. Raises SettingsError if the board has none."""
    if not (found := options(board, "query")):
        raise SettingsError(
            f'{board.key}: query: missing; write what to search for, query = "project manager"'
        )
    return found


def key_of(source: str, variable: str, get_at: str) -> str:
    """Return a key from the environment. Raises FetchError that says where to get one."""
    if key := os.environ.get(variable, "").strip():
        return key
    raise FetchError(f"{source}: needs a key; get one at {get_at} and set {variable} to it")


def without_key(document: Document, *names: str) -> Document:
    """Return the document with the parameters `names` taken out of its address."""
    parts = urlsplit(document.url)
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in names]
    return replace(document, url=urlunsplit(parts._replace(query=urlencode(kept))))


async def pages(
    ask: Callable[[int], Awaitable[Document]],
    ads_of: Callable[[Document], Sequence[Any]],
    *,
    size: int,
    limit: int,
    is_last: Callable[[Document], bool] | None = None,
) -> list[Document]:
    """Return as many pages, asked for by number from 0, as hold `limit` ads of `size` a page.

    Ends early at a page without ads, at one seen before (a host that knows no paging sends the
    same again) and at the last: the one `is_last` says, or one that is not full.
    """
    documents: list[Document] = []
    seen: set[bytes] = set()
    for number in range(-(-limit // size)):
        document = await ask(number)
        ads = ads_of(document)
        digest = hashlib.sha256(document.body).digest()
        if documents and (not ads or digest in seen):
            break
        seen.add(digest)
        documents.append(document)
        if not ads or (is_last(document) if is_last else len(ads) < size):
            break
    return documents


async def search_pages(
    searches: Sequence[Search],
    ask: Callable[[Search, int], Awaitable[Document]],
    ads_of: Callable[[Document], Sequence[Any]],
    *,
    size: int,
    limit: int,
    is_last: Callable[[Document], bool] | None = None,
) -> list[Document]:
    """Return the pages of each search, one search after the other; see `pages`."""
    documents: list[Document] = []
    for search in searches:
        one = partial(ask, search)
        documents += await pages(one, ads_of, size=size, limit=limit, is_last=is_last)
    return documents


def read_pages(
    board: Board,
    documents: Sequence[Document],
    ads_of: Callable[[Document], Sequence[Any]],
    name: Callable[[Any], tuple[str | None, str | None]],
    *,
    whole: bool = True,
) -> BoardRead:
    """Return one payload an ad of all pages; `name` gives an ad's source id and URL.

    An ad that slipped from one page to the next between two requests is taken once. `whole`
    says whether an ad that is absent is gone; it is never so where the limit was reached.
    """
    if not documents:
        return BoardRead(board, (), whole=whole)
    n_ads = 0
    taken: set[str] = set()

    def each() -> Iterator[tuple[str | None, str | None, Any]]:
        nonlocal n_ads
        for document in documents:
            before = frozenset(taken)
            for ad in ads_of(document):
                n_ads += 1
                source_id, url = name(ad)
                if source_id in before:
                    continue
                if source_id is not None:
                    taken.add(source_id)
                yield source_id, url, ad

    read = read_board(board, each(), documents[0])
    return replace(read, whole=whole and n_ads < limit_of(board))
