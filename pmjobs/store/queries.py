"""Reading from the store: one question, one function."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from sqlalchemy import Connection, Select, func, select, text

from pmjobs.posting import Board, Payload
from pmjobs.store.records import BoardSkipped, BoardState, Counts, Run, StoredPosting
from pmjobs.store.rows import payload_of, stored_of
from pmjobs.store.schema import board, estimate, payload, posting, sighting

# What newsletters and search pages hang on an ad's address.
LINK_PARAMETERS = re.compile(r"utm_\w+|gh_src|lever-source")

PAGE = 500  # postings read at once; between pages nothing is held open

Question = Select[Any]

_last_seen = (
    select(func.max(sighting.c.last_seen))
    .where(sighting.c.posting_id == posting.c.id)
    .correlate(posting)
    .scalar_subquery()
)


def postings(*, only_open: bool, model_id: str | None, without: str | None = None) -> Question:
    """Return the question for all postings, each with its newest estimate by `model_id` or any.

    `without` leaves out those that this model has estimated as they stand now.
    """
    other = estimate.alias()
    newest = (
        select(func.max(other.c.id))
        .where(other.c.posting_id == posting.c.id, other.c.content == posting.c.content)
        .correlate(posting)
    )
    if model_id is not None:
        newest = newest.where(other.c.model_id == model_id)
    asked = select(
        posting, _last_seen.label("last_seen"), estimate.c.data.label("estimate_data")
    ).select_from(posting.outerjoin(estimate, estimate.c.id == newest.scalar_subquery()))
    if only_open:
        asked = asked.where(posting.c.closed_at.is_(None))
    if without is not None:
        made = estimate.alias()
        done = select(made.c.id).where(
            made.c.posting_id == posting.c.id,
            made.c.content == posting.c.content,
            made.c.model_id == without,
        )
        asked = asked.where(~done.exists())
    return asked


def page_after(
    db: Connection, asked: Question, last_id: int, *, size: int = PAGE
) -> list[StoredPosting]:
    """Return the next postings in order of id; [] at the end."""
    rows = db.execute(asked.where(posting.c.id > last_id).order_by(posting.c.id).limit(size))
    return [stored_of(row) for row in rows.mappings()]


def find(db: Connection, ref: str) -> StoredPosting | None:
    """Return the posting with this id, "source:source_id" key or URL, or None."""
    asked = postings(only_open=False, model_id=None)
    ref = ref.strip()
    if ref.isascii() and ref.isdecimal():
        # Beyond 18 digits no id exists, and the database would refuse the number.
        found = asked.where(posting.c.id == int(ref)) if len(ref) <= 18 else None
    elif ref.lower().startswith(("http://", "https://")):
        # Several boards may show one page; the ad that is still open comes first.
        found = (
            asked.where(posting.c.url.in_(_spellings(ref)))
            .order_by(posting.c.closed_at.is_not(None), posting.c.id)
            .limit(1)
        )
    else:
        source, _, source_id = ref.partition(":")
        found = asked.where(posting.c.source == source, posting.c.source_id == source_id)
    row = None if found is None else db.execute(found).mappings().first()
    return stored_of(row) if row else None


def payload_for(db: Connection, posting_id: int) -> Payload | None:
    """Return what the source sent of one posting, or None if it is not kept."""
    row = (
        db.execute(
            select(payload, posting.c.source, posting.c.source_id)
            .join(posting, posting.c.id == payload.c.posting_id)
            .where(payload.c.posting_id == posting_id)
        )
        .mappings()
        .one_or_none()
    )
    return payload_of(row) if row else None


def bodies(db: Connection, wanted: Board) -> dict[str, str]:
    """Return source id → body of the payloads of the ads that a board shows."""
    asked = (
        select(payload, posting.c.source, posting.c.source_id)
        .join(posting, posting.c.id == payload.c.posting_id)
        .join(sighting, sighting.c.posting_id == posting.c.id)
        .join(board, board.c.id == sighting.c.board_id)
        .where(board.c.key == wanted.key, sighting.c.gone_at.is_(None))
    )
    kept = (payload_of(row) for row in db.execute(asked).mappings())
    return {ad.source_id: ad.body for ad in kept}


def board_state(db: Connection, wanted: Board) -> BoardState:
    """Return what the store knows of a board."""
    row = db.execute(
        select(
            board.c.digest,
            select(func.count())
            .where(sighting.c.board_id == board.c.id, sighting.c.gone_at.is_(None))
            .scalar_subquery()
            .label("n_listed"),
        ).where(board.c.key == wanted.key)
    ).one_or_none()
    return BoardState(row.digest, row.n_listed) if row else BoardState(None, 0)


def skipped_ads(db: Connection, board_key: str | None) -> Iterator[BoardSkipped]:
    """Yield the ads of each board's last whole answer that could not be read."""
    rows = db.execute(
        text(
            """
            SELECT b.key AS board, b.source, s.source_id, s.field, s.problem,
                   r.started_at AS found_at
              FROM skipped AS s
              JOIN board AS b ON b.id = s.board_id
              JOIN run AS r ON r.id = s.run_id
             WHERE CAST(:key AS TEXT) IS NULL OR b.key = :key
             ORDER BY b.key, s.id
            """
        ).columns(found_at=board.c.last_run_at.type),
        {"key": board_key},
    )
    for row in rows.mappings():
        yield BoardSkipped(**row)


def runs(db: Connection, *, limit: int) -> Iterator[Run]:
    """Yield the last runs, newest first."""
    utc = board.c.last_run_at.type
    rows = db.execute(
        text(
            """
            SELECT r.id, r.started_at, r.finished_at, r.requests, r.saved, r.refused,
                   r.bytes_received, r.seconds,
                   count(b.board_id) AS boards,
                   count(b.failure) AS failed,
                   coalesce(sum(b.new), 0) AS new,
                   coalesce(sum(b.changed), 0) AS changed,
                   coalesce(sum(b.unchanged), 0) AS unchanged,
                   coalesce(sum(b.closed), 0) AS closed,
                   coalesce(sum(b.reopened), 0) AS reopened,
                   coalesce(sum(b.skipped), 0) AS skipped
              FROM run AS r
              LEFT JOIN run_board AS b ON b.run_id = r.id
             GROUP BY r.id
             ORDER BY r.id DESC
             LIMIT :limit
            """
        ).columns(started_at=utc, finished_at=utc),
        {"limit": limit},
    )
    for row in rows:
        yield Run(
            id=row.id,
            started_at=row.started_at,
            finished_at=row.finished_at,
            boards=row.boards,
            failed=row.failed,
            counts=Counts(
                row.new, row.changed, row.unchanged, row.closed, row.reopened, row.skipped
            ),
            requests=row.requests,
            saved=row.saved,
            refused=row.refused,
            bytes_received=row.bytes_received,
            seconds=row.seconds,
        )


def _spellings(url: str) -> list[str]:
    """Return how this address may be stored: without what links add, with or without slash."""
    try:
        parts = urlsplit(url)._replace(fragment="")
    except ValueError:  # no address at all, "https://[x"
        return [url]
    kept = [pair for pair in parse_qsl(parts.query) if not LINK_PARAMETERS.fullmatch(pair[0])]
    bare, clean = urlunsplit(parts), urlunsplit(parts._replace(query=urlencode(kept)))
    return list(dict.fromkeys((url, bare, clean, clean.rstrip("/"), f"{clean.rstrip('/')}/")))
