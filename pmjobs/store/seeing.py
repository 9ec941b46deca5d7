"""Which postings a board shows, and when one counts as closed or reopened.

A posting is closed when two whole reads of its board in a row came without it, or one did and
the ad's own end date has passed. A board that only shows its newest ads, or the first that a
search finds, closes none by that; they are closed when they have not been seen for long.
Errors and empty answers never get this far.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from pmjobs.store.schema import closure, posting, sighting

MISSES = 2  # whole reads without an ad before it counts as closed
UNSEEN = timedelta(days=60)  # the same where an answer never holds all ads; our choice
MOST_PARAMETERS = 900  # in one IN list; every SQLite takes 999

GONE_MISSED = "not on its board in two reads"
GONE_UNSEEN = f"not seen for {UNSEEN.days} days"
GONE_EXPIRED = "not on its board, and its end date has passed"
GONE_PAGE = "its page is gone"


def see(db: Connection, board_id: int, posting_ids: Sequence[int], at: datetime) -> int:
    """Write that these postings stand on the board; return how many had been closed."""
    if not posting_ids:
        return 0
    seen = _upsert(db, sighting).values(
        board_id=board_id, posting_id=bindparam("posting_id"), last_seen=at, misses=0
    )
    seen = seen.on_conflict_do_update(
        index_elements=["board_id", "posting_id"],
        set_={"last_seen": at, "misses": 0, "gone_at": None},
    )
    db.execute(seen, [{"posting_id": posting_id} for posting_id in posting_ids])
    closed = select(posting.c.id).where(
        posting.c.closed_at.is_not(None), posting.c.id.in_(bindparam("ids", expanding=True))
    )
    back = [
        {"back_id": posting_id}
        for ids in batched_ids(posting_ids)
        for posting_id in db.scalars(closed, {"ids": ids})
    ]
    if back:
        is_it = posting.c.id == bindparam("back_id")
        db.execute(update(posting).where(is_it).values(closed_at=None), back)
        is_its = closure.c.posting_id == bindparam("back_id")
        db.execute(
            update(closure).where(is_its, closure.c.reopened_at.is_(None)).values(reopened_at=at),
            back,
        )
    return len(back)


def see_again(db: Connection, board_id: int, at: datetime) -> int:
    """Write that the board shows what it showed last time; return how many ads that is."""
    seen = text(
        """
        UPDATE sighting
           SET last_seen = :now
         WHERE board_id = :board_id AND misses = 0 AND gone_at IS NULL
        """
    ).bindparams(bindparam("now", type_=sighting.c.last_seen.type))
    return db.execute(seen, {"now": at, "board_id": board_id}).rowcount


def miss(
    db: Connection, board_id: int, at: datetime, newest: datetime | None, *, whole: bool
) -> int:
    """Count one more read without the board's other postings; close those that are gone.

    A read that is saved again, after its run was killed, counts once: `newest` is that read.
    """
    if newest == at:
        return 0
    utc = sighting.c.last_seen.type
    now = bindparam("now", at, type_=utc)
    before = bindparam("before", at - UNSEEN, type_=utc)
    today = bindparam("today", at.date(), type_=posting.c.valid_through.type)
    missing = {"board_id": board_id}
    db.execute(
        text(
            """
            UPDATE sighting
               SET misses = misses + 1
             WHERE board_id = :board_id AND gone_at IS NULL AND last_seen <> :now
            """
        ).bindparams(now),
        missing,
    )
    gone = db.execute(
        text(
            """
            SELECT s.posting_id, p.valid_through < :today AS expired
              FROM sighting AS s
              JOIN posting AS p ON p.id = s.posting_id
             WHERE s.board_id = :board_id
               AND s.gone_at IS NULL
               AND s.misses > 0
               AND (p.valid_through < :today
                    OR s.misses >= :most AND (:whole OR s.last_seen < :before))
            """
        ).bindparams(today, before),
        {**missing, "most": MISSES, "whole": whole},
    ).all()
    expired = [row.posting_id for row in gone if row.expired]
    missed = [row.posting_id for row in gone if not row.expired]
    return _close(db, board_id, expired, at, GONE_EXPIRED) + _close(
        db, board_id, missed, at, GONE_MISSED if whole else GONE_UNSEEN
    )


def close_page(db: Connection, board_id: int, url: str, at: datetime) -> int:
    """Close the posting whose own page has this address, if the board shows it."""
    own = db.scalars(
        text(
            """
            SELECT s.posting_id
              FROM sighting AS s
              JOIN posting AS p ON p.id = s.posting_id
             WHERE s.board_id = :board_id AND s.gone_at IS NULL AND p.url = :url
            """
        ),
        {"board_id": board_id, "url": url},
    ).all()
    return _close(db, board_id, own, at, GONE_PAGE)


def batched_ids(ids: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield the distinct `ids` in lists that fit one statement."""
    distinct = list(dict.fromkeys(ids))
    for start in range(0, len(distinct), MOST_PARAMETERS):
        yield distinct[start : start + MOST_PARAMETERS]


def _close(
    db: Connection, board_id: int, posting_ids: Sequence[int], at: datetime, reason: str
) -> int:
    """Take postings off the board, and close those that stand on no other."""
    if not posting_ids:
        return 0
    rows = [{"gone_id": posting_id} for posting_id in posting_ids]
    db.execute(
        update(sighting)
        .where(sighting.c.board_id == board_id, sighting.c.posting_id == bindparam("gone_id"))
        .values(gone_at=at),
        rows,
    )
    elsewhere = select(sighting.c.posting_id).where(
        sighting.c.gone_at.is_(None), sighting.c.posting_id.in_(bindparam("ids", expanding=True))
    )
    still = {
        posting_id
        for ids in batched_ids(posting_ids)
        for posting_id in db.scalars(elsewhere, {"ids": ids})
    }
    rows = [row for row in rows if row["gone_id"] not in still]
    if rows:
        is_it = posting.c.id == bindparam("gone_id")
        db.execute(update(posting).where(is_it).values(closed_at=at), rows)
        db.execute(
            insert(closure),
            [{"posting_id": row["gone_id"], "closed_at": at, "reason": reason} for row in rows],
        )
    return len(rows)


def _upsert(db: Connection, table: Any) -> Any:
    """Return this system's INSERT that can turn into an UPDATE."""
    made = postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert
    return made(table)
