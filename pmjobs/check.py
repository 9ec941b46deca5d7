"""Verb: boards → does each answer, does it allow us, how many project ads does it show.

Only the lists are asked for, never the texts of single ads, and nothing is stored. One board
that fails costs one board.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pmjobs import sources
from pmjobs.errors import ParseError, PmjobsError, RefusedError, WaitingError
from pmjobs.net import Client
from pmjobs.parsing.title import names_project_work
from pmjobs.posting import Board, Document, Payload
from pmjobs.sources import careers_site

BOARDS_AT_ONCE = 8  # how fast a host is asked is the client's


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardCheck:
    """How one board answers today."""

    board: Board
    answers: bool
    allowed: bool | None  # None: not known, since it did not answer
    n_ads: int | None = None  # None: no answer
    n_project_ads: int | None = None  # by title; what the work is shows in the text
    problem: str | None = None  # why it does not answer, and what to do


async def check(
    boards: Sequence[Board],
    client: Client,
    *,
    on_progress: Callable[[Board], None] = lambda _: None,
) -> list[BoardCheck]:
    """Ask every board for its list and return what came, in the order of `boards`.

    `on_progress` is called after each.
    """
    at_once = asyncio.Semaphore(BOARDS_AT_ONCE)

    async def one(board: Board) -> BoardCheck:
        async with at_once:
            found = await _check(board, client)
        on_progress(board)
        return found

    return list(await asyncio.gather(*map(one, boards)))


async def _check(board: Board, client: Client) -> BoardCheck:
    try:
        sources.check_board(board)
        documents = await sources.find_source(board.source).fetch(board, client)
        titles = await asyncio.to_thread(_titles, board, documents)
    except RefusedError as error:
        allowed = None if isinstance(error, WaitingError) else False
        return BoardCheck(board=board, answers=False, allowed=allowed, problem=str(error))
    except PmjobsError as error:
        return BoardCheck(board=board, answers=False, allowed=None, problem=str(error))
    except Exception as error:  # a bug of ours; the other boards are asked all the same
        problem = f"unforeseen {type(error).__name__}: {error}; tell the developers"
        return BoardCheck(board=board, answers=False, allowed=None, problem=problem[:300])
    return BoardCheck(
        board=board,
        answers=True,
        allowed=True,
        n_ads=len(titles),
        n_project_ads=sum(names_project_work(title) is not None for title in titles),
    )


def _titles(board: Board, documents: Sequence[Document]) -> list[str]:
    """Return a title an ad; "" where it cannot be read."""
    links: list[str] = []
    if board.source == careers_site.NAME:  # its titles stand in pages that are not asked for
        links = [careers_site.title_of(ad) for ad in careers_site.ad_links(board, documents)]
    read = sources.split(board, documents)
    return [_title(payload) for payload in read.payloads] + links


def _title(payload: Payload) -> str:
    try:
        return sources.parse(payload).title
    except ParseError:
        return ""
