"""What ads' texts say for a comparison, kept beside them: a cache that may be lost at any time."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from pmjobs.store.schema import posting, reading

_OF_ONE = delete(reading).where(reading.c.posting_id == bindparam("the_posting"))


def readings(
    db: Connection, posting_ids: Collection[int], *, reader: str
) -> dict[int, tuple[str, Any]]:
    """Return posting id → (content, data) of what `reader` has read of these postings."""
    asked = select(reading.c.posting_id, reading.c.content, reading.c.data).where(
        reading.c.posting_id.in_(posting_ids), reading.c.reader == reader
    )
    return {row.posting_id: (row.content, row.data) for row in db.execute(asked)}


def save_readings(db: Connection, found: Iterable[tuple[int, str, Any]], *, reader: str) -> None:
    """Keep (posting id, content, data) in place of what was kept; pruned postings are passed by."""
    rows = {
        posting_id: {"posting_id": posting_id, "reader": reader, "content": content, "data": data}
        for posting_id, content, data in found
    }
    there = select(posting.c.id).where(posting.c.id.in_(rows))
    kept = [rows[posting_id] for posting_id in db.scalars(there)]
    if kept:
        db.execute(_OF_ONE, [{"the_posting": row["posting_id"]} for row in kept])
        db.execute(insert(reading), kept)
