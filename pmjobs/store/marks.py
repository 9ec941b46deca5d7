"""What the reader said of ads, never changed once said, and when digests were made.

A new mark stands beside the old ones, which stay as history; the newest counts.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from pmjobs.errors import StoreError
from pmjobs.store import openings
from pmjobs.store.records import MarkKind, StoredMark
from pmjobs.store.schema import digest, mark, posting


def save_mark(
    db: Connection, posting_id: int, kind: MarkKind, why: str | None, now: datetime
) -> None:
    """Keep what the reader says of one posting; raises StoreError if there is no such posting."""
    if db.scalar(select(posting.c.id).where(posting.c.id == posting_id)) is None:
        raise StoreError(f"{posting_id}: no such posting in the store")
    said = {"posting_id": posting_id, "kind": str(kind), "why": why, "marked_at": now}
    db.execute(insert(mark).values(said))


def marks(db: Connection, *, history: bool, posting_id: int | None) -> Iterator[StoredMark]:
    """Yield what counts, an ad's newest mark unless that took it back; `history` yields all.

    In the order in which it was said.
    """
    ad = (posting.c.source, posting.c.source_id, posting.c.title, posting.c.employer)
    asked = select(mark, *ad).join(posting, posting.c.id == mark.c.posting_id)
    if not history:
        newest = select(func.max(mark.c.id)).group_by(mark.c.posting_id)
        asked = asked.where(mark.c.id.in_(newest), mark.c.kind != str(MarkKind.NONE))
    if posting_id is not None:
        asked = asked.where(mark.c.posting_id == posting_id)
    for row in db.execute(asked.order_by(mark.c.id)).mappings():
        yield StoredMark(
            posting_id=row["posting_id"],
            key=f"{row['source']}:{row['source_id']}",
            title=row["title"],
            employer=row["employer"],
            kind=MarkKind(row["kind"]),
            why=row["why"],
            marked_at=row["marked_at"],
        )


def said_of(db: Connection) -> dict[str, MarkKind]:
    """Return key → the mark that counts, for marked ads and other copies of their openings.

    A copy's own mark comes before that of another, and the newest before older ones.
    """
    own = {one.posting_id: one for one in marks(db, history=False, posting_id=None)}
    taken_back = {one.posting_id for one in marks(db, history=True, posting_id=None)} - set(own)
    found = {one.posting_id: one.kind for one in own.values()}
    copies = openings.openings_of(db, own)
    for one in reversed(own.values()):
        for copy in copies[one.posting_id]:
            if copy not in taken_back:
                found.setdefault(copy, one.kind)
    ads = select(posting.c.id, posting.c.source, posting.c.source_id)
    rows = db.execute(ads.where(posting.c.id.in_(found)))
    return {f"{row.source}:{row.source_id}": found[row.id] for row in rows}


def last_digest(db: Connection) -> datetime | None:
    """Return up to when the last digest reached; None: there was none."""
    found: datetime | None = db.scalar(select(digest.c.made_at).order_by(digest.c.id.desc()))
    return found


def save_digest(db: Connection, made_at: datetime, n_ads: int) -> None:
    """Note that a digest told what happened up to `made_at`."""
    db.execute(insert(digest).values(made_at=made_at, n_ads=n_ads))
