"""What POSTING means on the command line: a stored ad, a file, standard input or an address."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pmjobs import places
from pmjobs.ad_file import MAX_BYTES, posting_of_file, text_of_bytes
from pmjobs.cli import options
from pmjobs.errors import FetchError, PmjobsError
from pmjobs.estimating import estimate_posting
from pmjobs.explain import Explanation, explain
from pmjobs.ladder import LevelEstimate, LevelledAd
from pmjobs.level.artefact import load_model
from pmjobs.parsing.saved import posting_of_text
from pmjobs.posting import Posting

if TYPE_CHECKING:
    from pmjobs.store import Store


def explanation_of(
    ref: str, *, db: str | None, model: Path, title: str | None = None, shares: bool = False
) -> Explanation:
    """Return the explanation of what `ref` names, against the ads of the store if there is one.

    A stored ad's estimate is used as it is; anything else is estimated now. `shares` takes the
    score apart, if the estimate has one: no store keeps that. Raises PmjobsError when `ref` names
    nothing.
    """
    posting, estimate, others = _stored(ref, db)
    if posting is None:
        posting = _elsewhere(ref, title)
    trained = load_model(model)
    if estimate is None or estimate.model_id != trained.model_id:
        estimate = estimate_posting(posting, trained)
    found = explain(posting, estimate, others)
    if not shares or not estimate.probabilities:
        return found
    from pmjobs.explain.shares import shares_of

    return replace(found, contributions=shares_of(posting, trained))


def levelled_posting(ref: str, *, db: str | None, model: Path) -> tuple[Posting, LevelEstimate]:
    """Return what `ref` names with its level: the stored one, or else estimated now.

    A file of that name comes before a stored ad. Raises PmjobsError when `ref` names nothing.
    """
    if ref != "-" and not Path(ref).is_file() and (opened := _opened(db)) is not None:
        with opened as store:
            found = store.find(ref)
        if found is not None and found.estimate is not None:
            return found.posting, found.estimate
        if found is not None:
            return found.posting, estimate_posting(found.posting, load_model(model))
    posting = _elsewhere(ref, None)
    return posting, estimate_posting(posting, load_model(model))


def _stored(
    ref: str, db: str | None
) -> tuple[Posting | None, LevelEstimate | None, list[LevelledAd]]:
    if (opened := _opened(db)) is None:
        return None, None, []
    with opened as store:
        found = None if ref == "-" else store.find(ref)
        others = store.levelled()
    if found is None:
        return None, None, others
    return found.posting, found.estimate, others


def _opened(db: str | None) -> "Store | None":
    """Return the store to look in; None before the first run, when a file can do without."""
    return options.stored(db) if db or places.default_db().exists() else None


def _elsewhere(ref: str, title: str | None) -> Posting:
    if ref == "-":
        name = "standard input"
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise PmjobsError(f"{name}: more than {MAX_BYTES:,} bytes; give one ad")
        return posting_of_text(text_of_bytes(data, name), name, title=title)
    if ref.startswith(("http://", "https://")):
        return _fetched(ref)
    path = Path(ref)
    if not path.is_file():
        raise PmjobsError(f"{ref}: neither a stored ad nor a file; ids are in `pmjobs level`")
    return posting_of_file(path, title=title)


def _fetched(url: str) -> Posting:
    """Read one ad's page, as politely as a board's."""
    import asyncio

    from pmjobs import sources
    from pmjobs.net import Client
    from pmjobs.settings import Settings, load_settings
    from pmjobs.sources.addresses import board_of

    board = board_of(url)
    listed = places.default_sources()
    network = (load_settings(listed) if listed.exists() else Settings()).network

    async def documents() -> list[Posting]:
        async with Client(network, cache=None) as client:
            read = sources.split(board, await sources.fetch(board, client))
            return [sources.parse(payload) for payload in read.payloads]

    found = asyncio.run(documents())
    ads = [ad for ad in found if ad.url == url] or found
    if len(ads) != 1:
        raise FetchError(
            f"{url}: {len(ads)} ads; save the ad's page and give the file, or add the board: "
            f"pmjobs sources add {url}"
        )
    return ads[0]
