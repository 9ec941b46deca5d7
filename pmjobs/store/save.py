"""Writing what a board answered. Each function here runs inside one transaction of its caller."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from pmjobs.posting import Board, Skipped
from pmjobs.store.records import LONGEST_RUN, Answer, Counts
from pmjobs.store.rows import payload_row, plain, posting_row
from pmjobs.store.schema import (
    board,
    payload,
    posting,
    posting_version,
    run_board,
    skipped,
)
from pmjobs.store.seeing import batched_ids, close_page, miss, see, see_again


def save_answer(db: Connection, run_id: int, answer: Answer) -> Counts:
    """Write one whole answer of a board and return what it changed."""
    board_id, newest = board_row(db, answer.board)
    if _overtaken(newest, answer.read_at):
        return _report(db, run_id, board_id, answer.read_at, Counts())
    ids = [ad.source_id for ad, _ in answer.ads]
    ids += [*answer.unchanged, *(plain(left_out.source_id) for left_out in answer.skipped)]
    stored = _stored(db, answer.board.source, ids)
    changed = _update(db, run_id, answer, stored)
    new = _insert(db, answer, stored)
    reopened = see(db, board_id, [row.id for row in stored.values()], answer.read_at)
    counts = Counts(
        new=new,
        changed=changed,
        unchanged=len(answer.ads) + len(answer.unchanged) - new - changed,
        closed=miss(db, board_id, answer.read_at, newest, whole=answer.whole),
        reopened=reopened,
        skipped=len(answer.skipped),
    )
    _skip(db, run_id, board_id, answer.skipped)
    _went_well(db, board_id, answer.read_at, digest=answer.digest, whole=answer.whole)
    return _report(db, run_id, board_id, answer.read_at, counts)


def save_same(db: Connection, run_id: int, wanted: Board, read_at: datetime) -> Counts:
    """Write that a board answered as it did last time: only `last_seen` moves.

    Ads that were missing last time are missing still, so they may be closed now.
    """
    board_id, newest = board_row(db, wanted)
    if _overtaken(newest, read_at):
        return _report(db, run_id, board_id, read_at, Counts())
    whole = db.scalar(select(board.c.whole).where(board.c.id == board_id)) is not False
    seen = see_again(db, board_id, read_at)
    counts = Counts(
        unchanged=seen,
        closed=miss(db, board_id, read_at, newest, whole=whole),
        skipped=db.scalar(
            text("SELECT count(*) FROM skipped WHERE board_id = :board_id"),
            {"board_id": board_id},
        )
        or 0,
    )
    _went_well(db, board_id, read_at)
    return _report(db, run_id, board_id, read_at, counts)


def save_failure(
    db: Connection, run_id: int, wanted: Board, at: datetime, problem: str, *, page_gone: bool
) -> Counts:
    """Write that a board could not be read. Its postings stay as they are.

    `page_gone` (404 or 410) closes the posting whose own page the board is, if it is one.
    """
    board_id, _ = board_row(db, wanted)
    closed = close_page(db, board_id, wanted.board, at) if page_gone else 0
    db.execute(
        update(board)
        .where(board.c.id == board_id)
        .values(last_run_at=at, failures=board.c.failures + 1, failure=plain(problem))
    )
    return _report(db, run_id, board_id, at, Counts(closed=closed), failure=plain(problem))


def save_waiting(db: Connection, wanted: Board, reason: str) -> None:
    """Write why a board was not asked; nothing else of it changes."""
    board_id, _ = board_row(db, wanted)
    db.execute(update(board).where(board.c.id == board_id).values(failure=plain(reason)))


def board_row(db: Connection, wanted: Board) -> tuple[int, datetime | None]:
    """Return the board's id and the time of its last whole answer; the row is made if absent."""
    found = select(board.c.id, board.c.last_read_at).where(board.c.key == wanted.key)
    row = db.execute(found).one_or_none()
    address = {"base_url": wanted.base_url, "options": [list(option) for option in wanted.options]}
    if row is not None:
        db.execute(update(board).where(board.c.id == row.id).values(address))
        return row.id, row.last_read_at
    db.execute(
        insert(board).values(
            key=wanted.key, source=wanted.source, board=wanted.board, failures=0, **address
        )
    )
    return db.execute(found).one().id, None


def _overtaken(newest: datetime | None, read_at: datetime) -> bool:
    """Whether another process stored a later answer meanwhile; history does not go backwards.

    An answer from further ahead than a run can last is the work of a clock that was wrong.
    """
    return newest is not None and read_at < newest < read_at + LONGEST_RUN


def known_bodies(
    db: Connection, source: str, source_ids: Iterable[str], *, reader: str
) -> dict[str, str]:
    """Return source id → SHA-256 of the payload, of those that this reader has read."""
    known = (
        select(posting.c.source_id, payload.c.sha256)
        .join(payload, payload.c.posting_id == posting.c.id)
        .where(
            posting.c.source == source,
            payload.c.reader == reader,
            posting.c.source_id.in_(bindparam("ids", expanding=True)),
        )
    )
    found: dict[str, str] = {}
    for ids in batched_ids(source_ids):
        found.update((row.source_id, row.sha256) for row in db.execute(known, {"ids": ids}))
    return found


def _stored(db: Connection, source: str, source_ids: Iterable[str]) -> dict[str, Any]:
    asked = (
        select(
            posting.c.id,
            posting.c.source_id,
            posting.c.content,
            posting.c.closed_at,
            payload.c.sha256,
            payload.c.reader,
        )
        .outerjoin(payload, payload.c.posting_id == posting.c.id)
        .where(
            posting.c.source == source,
            posting.c.source_id.in_(bindparam("ids", expanding=True)),
        )
    )
    return {
        row.source_id: row
        for ids in batched_ids(source_ids)
        for row in db.execute(asked, {"ids": ids})
    }


def _update(db: Connection, run_id: int, answer: Answer, stored: dict[str, Any]) -> int:
    """Write the ads that are stored already as they read now; return how many changed."""
    rows, bodies, versions = [], [], []
    for ad, read in answer.ads:
        if (before := stored.get(ad.source_id)) is None:
            continue
        row = posting_row(read)
        body = payload_row(ad, reader=answer.reader)
        if row["content"] != before.content and body["sha256"] != before.sha256:
            versions.append((before.id, row))
        rows.append({"row_id": before.id, **row})
        bodies.append({"posting_id": before.id, **body})
    changed = _keep_versions(db, run_id, answer.read_at, versions)
    if rows:
        filled: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "row_id"}
        db.execute(update(posting).where(posting.c.id == bindparam("row_id")).values(filled), rows)
        db.execute(delete(payload).where(payload.c.posting_id == bindparam("posting_id")), bodies)
        db.execute(insert(payload), bodies)
    return changed


def _keep_versions(
    db: Connection, run_id: int, at: datetime, changes: Sequence[tuple[int, dict[str, Any]]]
) -> int:
    """Keep what these postings said until now. A change of our reading alone is none of theirs."""
    told = select(
        posting.c.id,
        posting.c.content,
        posting.c.title,
        posting.c.base_salary,
        posting.c.description,
    ).where(posting.c.id == bindparam("row_id"))
    names = {"title": "title", "base_salary": "pay", "description": "text"}
    kept = []
    for posting_id, now in changes:
        before = db.execute(told, {"row_id": posting_id}).mappings().one()
        parts = [name for name in names if before[name] != now[name]]
        kept.append(
            {
                "posting_id": posting_id,
                "run_id": run_id,
                "replaced_at": at,
                "changed": ",".join(names[part] for part in parts),
                "content": before["content"],
                **{name: before[name] if name in parts else None for name in names},
            }
        )
    if kept:
        db.execute(insert(posting_version), kept)
    return len(kept)


def _insert(db: Connection, answer: Answer, stored: dict[str, Any]) -> int:
    """Write the ads that are not stored yet, take them into `stored`, return how many."""
    new = {ad.source_id: (ad, read) for ad, read in answer.ads if ad.source_id not in stored}
    if not new:
        return 0
    db.execute(
        insert(posting),
        [posting_row(read) | {"first_seen": answer.read_at} for _, read in new.values()],
    )
    asked = select(posting.c.id, posting.c.source_id, posting.c.closed_at).where(
        posting.c.source == answer.board.source,
        posting.c.source_id.in_(bindparam("ids", expanding=True)),
    )
    made = [row for ids in batched_ids(new) for row in db.execute(asked, {"ids": ids})]
    db.execute(
        insert(payload),
        [
            {"posting_id": row.id} | payload_row(new[row.source_id][0], reader=answer.reader)
            for row in made
        ],
    )
    stored.update((row.source_id, row) for row in made)
    return len(made)


def _skip(db: Connection, run_id: int, board_id: int, left_out: Sequence[Skipped]) -> None:
    db.execute(delete(skipped).where(skipped.c.board_id == board_id))
    if left_out:
        db.execute(
            insert(skipped),
            [
                {
                    "board_id": board_id,
                    "run_id": run_id,
                    "source_id": plain(ad.source_id),
                    "field": plain(ad.field),
                    "problem": plain(ad.problem),
                }
                for ad in left_out
            ],
        )


def _went_well(db: Connection, board_id: int, at: datetime, **learnt: str | bool) -> None:
    done = {"last_read_at": at, "last_run_at": at, "failures": 0, "failure": None, **learnt}
    db.execute(update(board).where(board.c.id == board_id).values(done))


def _report(
    db: Connection,
    run_id: int,
    board_id: int,
    at: datetime,
    counts: Counts,
    *,
    failure: str | None = None,
) -> Counts:
    db.execute(
        insert(run_board).values(
            run_id=run_id,
            board_id=board_id,
            at=at,
            new=counts.new,
            changed=counts.changed,
            unchanged=counts.unchanged,
            closed=counts.closed,
            reopened=counts.reopened,
            skipped=counts.skipped,
            failure=failure,
        )
    )
    return counts
