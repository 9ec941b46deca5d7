"""Ads whose text stands in a document of their own: asked for only where it is worth a request.

A source with such ads lists them first, without text. `fetch_details` then asks for the text of
those whose title can be project work and that are new or changed; the others keep what is
stored. In a payload the second document stands beside the listed fields, under "detail".
"""

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pmjobs.errors import FetchError
from pmjobs.parsing.title import names_project_work
from pmjobs.posting import Board, BoardRead, Document
from pmjobs.sources.answers import body_of, json_of
from pmjobs.sources.search import read_pages

DETAIL = "application/vnd.pmjobs.detail+json"  # an answer that holds one ad's text
STORED = "application/vnd.pmjobs.stored+json"  # a stored payload, handed on
MOST = 200  # details a board and run; the rest follows in the next

GONE = (404, 410)


async def fetch_details(
    listed: Iterable[tuple[str, object, Mapping[str, Any]]],
    documents: Sequence[Document],
    known: Mapping[str, str],
    ask: Callable[[Mapping[str, Any]], Awaitable[Document]],
    *,
    volatile: Sequence[str] = (),
) -> list[Document]:
    """Return a document for each listed (source id, title, ad) that is worth one.

    `known` maps source ids to stored bodies, `ask` gets an ad's second document, `volatile`
    names listed fields that change without the ad changing. A document's address is made the
    ad's source id, by which `with_detail` finds it. An ad that is gone by now is left without;
    when a host stops answering, the rest of the ads keep what is stored.
    """
    found: list[Document] = []
    fetched_at = documents[0].fetched_at if documents else None
    n_asked, silent = 0, False
    for source_id, title, ad in listed:
        stored = known.get(source_id)
        before = _object(stored)
        current = _same(before, ad, volatile)
        if not current and not silent and n_asked < MOST and _worth_asking(title):
            n_asked += 1
            try:
                found.append(replace(await ask(ad), url=source_id, media_type=DETAIL))
                continue
            except FetchError as error:
                silent = error.status not in GONE
        if fetched_at is None:
            continue
        if current and stored is not None:
            found.append(Document(source_id, stored.encode(), fetched_at, STORED))
        elif isinstance(before.get("detail"), dict):  # what is listed is new, the text is not
            text = json.dumps(before["detail"]).encode()
            found.append(Document(source_id, text, fetched_at, DETAIL))
    return found


def lists_in(documents: Sequence[Document]) -> list[Document]:
    """Return the documents that list ads."""
    return [one for one in documents if one.media_type not in (DETAIL, STORED)]


def with_detail(
    documents: Sequence[Document], where: str
) -> Callable[[str | None, Mapping[str, Any]], Mapping[str, Any]]:
    """Return what joins a listed ad, by its source id, with its second document.

    A second document that is no JSON object costs its ad the text and no more.
    """
    by_id = {one.url: one for one in documents if one.media_type in (DETAIL, STORED)}

    def joined(source_id: str | None, ad: Mapping[str, Any]) -> Mapping[str, Any]:
        document = by_id.get(source_id or "")
        if document is None:
            return ad
        try:
            answer = json_of(document, where)
        except FetchError:
            return ad
        if not isinstance(answer, dict):
            return ad
        return answer if document.media_type == STORED else {**ad, "detail": answer}

    return joined


def read_pages_with_details(
    board: Board,
    documents: Sequence[Document],
    ads_of: Callable[[Document], Sequence[Any]],
    name: Callable[[Any], tuple[str | None, str | None]],
) -> BoardRead:
    """Return one payload an ad of all listing pages, each joined with its second document.

    `ads_of` and `name` are those of `read_pages`.
    """
    joined = with_detail(documents, board.key)

    def whole_ads(document: Document) -> list[Any]:
        return [joined(name(ad)[0], ad) if isinstance(ad, dict) else ad for ad in ads_of(document)]

    return read_pages(board, lists_in(documents), whole_ads, name)


def _object(stored: str | None) -> dict[str, Any]:
    try:
        before = json.loads(stored or "{}")
    except (ValueError, RecursionError):
        return {}
    return before if isinstance(before, dict) else {}


def _same(before: Mapping[str, Any], ad: Mapping[str, Any], volatile: Sequence[str]) -> bool:
    if not isinstance(before.get("detail"), dict):
        return False
    # As it would be stored: a telephone number in a listed field is no change of the ad.
    try:
        now = _object(body_of(ad))
    except RecursionError:
        return False
    names = (now.keys() | before.keys()) - {"detail", *volatile}
    return all(before.get(name) == now.get(name) for name in names)


def _worth_asking(title: object) -> bool:
    return isinstance(title, str) and names_project_work(title) is not None
