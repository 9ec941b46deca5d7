"""The reader's ranking of the stored ads; what an ad's text says is read once and kept.

Reading a text takes five times as long as comparing it, and is the same for every reader.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from pmjobs.compare import Comparison, rank, read_posting
from pmjobs.compare.reading import AdReading
from pmjobs.compare.reading_json import reading_as_json, reading_from_json
from pmjobs.errors import StoreError
from pmjobs.parsing.salary import dollar_of
from pmjobs.profile import Profile
from pmjobs.store import Store, StoredPosting

BATCH = 500  # ads whose readings are fetched, and kept, at once
PACKAGE = Path(__file__).parent
PARTS = ("compare", "domain", "parsing")  # what a reading depends on, besides the ad


@dataclass(frozen=True, slots=True)
class StoredRanking:
    """Stored ads compared with the reader, and what the store knows of them."""

    found: list[Comparison]  # best first
    ids: dict[str, int]  # key → stored id
    marks: dict[str, str]  # key → what the reader said


def rank_stored(
    store: Store,
    profile: Profile,
    *,
    today: date,
    wanted: Callable[[StoredPosting], bool] = lambda stored: True,
) -> StoredRanking:
    """Return the ranking of the open ads that have a level and are `wanted`."""
    ads = (s for s in store.postings() if s.estimate is not None and wanted(s))
    read = list(read_stored(store, ads))
    pairs = [(s.posting, s.estimate) for s, _ in read if s.estimate is not None]
    return StoredRanking(
        found=rank(pairs, profile, today=today, readings=(reading for _, reading in read)),
        ids={s.posting.key: s.id for s, _ in read},
        marks={key: str(kind) for key, kind in store.said_of().items()},
    )


def read_stored(
    store: Store, ads: Iterator[StoredPosting]
) -> Iterator[tuple[StoredPosting, AdReading]]:
    """Yield each ad with what its text says, read anew where that is not kept already.

    A store that cannot be written is read all the same.
    """
    reader = reading_print()
    while batch := list(islice(ads, BATCH)):
        kept = store.readings([stored.id for stored in batch], reader=reader)
        new = []
        for stored in batch:
            content = f"{stored.content} {dollar_of(stored.posting.country)}"
            found = _kept(kept.get(stored.id), content)
            if found is None:
                found = read_posting(stored.posting)
                new.append((stored.id, content, reading_as_json(found)))
            yield stored, found
        if new:
            with suppress(StoreError):
                store.save_readings(new, reader=reader)


@cache
def reading_print() -> str:
    """Return a fingerprint of all that reads ads: another pmjobs, or table, reads them anew."""
    told = hashlib.sha256(version("pmjobs").encode())
    for part in PARTS:
        for path in sorted((PACKAGE / part).rglob("*")):
            if path.suffix in (".py", ".toml"):
                told.update(path.name.encode() + path.read_bytes())
    return told.hexdigest()[:16]


def _kept(row: tuple[str, object] | None, content: str) -> AdReading | None:
    """What was kept of this very text, or None."""
    if row is None or row[0] != content or not isinstance(row[1], dict):
        return None
    try:
        return reading_from_json(row[1])
    except (KeyError, TypeError, ValueError):  # damaged: read it anew
        return None
