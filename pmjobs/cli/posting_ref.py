"""What POSTING means on the command line: a stored ad, a file, standard input or an address."""

import sys
from dataclasses import replace
from pathlib import Path

from pmjobs import places
from pmjobs.cli import options
from pmjobs.errors import FetchError, PmjobsError
from pmjobs.estimating import estimate_posting
from pmjobs.explain import Explanation, explain
from pmjobs.ladder import LevelEstimate, LevelledAd
from pmjobs.level.artefact import load_model
from pmjobs.parsing.saved import posting_of_text
from pmjobs.posting import Posting

MAX_BYTES = 20_000_000


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
    if ref != "-" and not Path(ref).is_file():
        url = options.db_url(db)
        if "://" in url or Path(url).exists():
            from pmjobs.store import Store

            with Store.open(url) as store:
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
    url = options.db_url(db)
    if "://" not in url and not Path(url).exists():
        if db is not None:
            raise PmjobsError(f"{db}: no such store; `pmjobs ingest --db {db}` makes one")
        return None, None, []
    from pmjobs.store import Store

    with Store.open(url) as store:
        found = None if ref == "-" else store.find(ref)
        others = store.levelled()
    if found is None:
        return None, None, others
    return found.posting, found.estimate, others


def _elsewhere(ref: str, title: str | None) -> Posting:
    if ref == "-":
        return posting_of_text(sys.stdin.read(), "standard input", title=title)
    if ref.startswith(("http://", "https://")):
        return _fetched(ref)
    path = Path(ref)
    if not path.is_file():
        raise PmjobsError(f"{ref}: neither a stored ad nor a file; ids are in `pmjobs level`")
    if path.stat().st_size > MAX_BYTES:
        raise PmjobsError(f"{ref}: larger than {MAX_BYTES:,} bytes; give the page of one ad")
    return posting_of_text(_text_of(path), path.name, title=title)


def _text_of(path: Path) -> str:
    """Return a file's text; PDF and Word files, as vacancies often are, are read in a child."""
    with path.open("rb") as file:
        start = file.read(1024)
    if b"%PDF-" not in start and not start.startswith(b"PK\x03\x04"):
        return path.read_text("utf-8", errors="replace")
    from pmjobs.resume.files import FileKind, kind_of
    from pmjobs.resume.sandbox import lines_in_child

    kind = kind_of(path)
    if kind not in (FileKind.PDF, FileKind.DOCX):
        raise PmjobsError(f"{path}: no ad; give a text, a page, a PDF or a Word file (.docx)")
    lines = lines_in_child(path, kind)
    return "\n".join(f"- {line.text}" if line.bullet else line.text for line in lines)


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
