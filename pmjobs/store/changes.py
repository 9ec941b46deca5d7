"""What happened to postings, and when: read from what the store keeps of each change."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from pmjobs.store.records import Change, ChangeKind
from pmjobs.store.rows import pay_of
from pmjobs.store.schema import closure, estimate, posting, posting_version

_PARTS = {
    "title": ("title", ChangeKind.RETITLED),
    "pay": ("base_salary", ChangeKind.REPAID),
    "text": ("description", ChangeKind.REWRITTEN),
}
_AD = (posting.c.id, posting.c.source, posting.c.source_id, posting.c.employer, posting.c.url)


def changes(
    db: Connection, *, since: datetime | None = None, posting_id: int | None = None
) -> list[Change]:
    """Return what happened since a time, or to one posting, oldest first.

    The old and new text of a rewritten ad are filled in for one posting only.
    """
    found = [
        *_new(db, since, posting_id),
        *_versions(db, since, posting_id),
        *_closures(db, since, posting_id),
        *_levels(db, since, posting_id),
    ]
    order = list(ChangeKind)
    return sorted(found, key=lambda c: (c.at, c.posting_id, order.index(c.kind)))


def _new(db: Connection, since: datetime | None, posting_id: int | None) -> Iterator[Change]:
    asked = select(*_AD, posting.c.title, posting.c.first_seen)
    asked = _only(asked, posting.c.first_seen, since, posting_id)
    for row in db.execute(asked).mappings():
        yield _change(row, row["first_seen"], ChangeKind.NEW)


def _versions(db: Connection, since: datetime | None, posting_id: int | None) -> Iterator[Change]:
    texts = posting_id is not None
    asked = select(
        *_AD,
        posting_version.c.replaced_at,
        posting_version.c.changed,
        posting_version.c.title.label("old_title"),
        posting_version.c.base_salary.label("old_base_salary"),
        posting.c.title,
        posting.c.base_salary,
        *([posting_version.c.description.label("old_description")] if texts else []),
        *([posting.c.description] if texts else []),
    ).join(posting, posting.c.id == posting_version.c.posting_id)
    # Backwards, so that what a version was replaced by is known when it is reached.
    asked = asked.order_by(posting.c.id, posting_version.c.id.desc())
    rows = db.execute(_only(asked, posting_version.c.replaced_at, since, posting_id)).mappings()
    for _, versions in groupby(rows, key=lambda row: row["id"]):
        now: dict[str, Any] | None = None
        for row in versions:
            now = now or dict(row)
            for part in row["changed"].split(","):
                column, kind = _PARTS[part]
                old, new = row.get(f"old_{column}"), now.get(column)
                yield _change(row, row["replaced_at"], kind, _words(old), _words(new), now["title"])
            for part in row["changed"].split(","):
                column, _ = _PARTS[part]
                now[column] = row.get(f"old_{column}")


def _closures(db: Connection, since: datetime | None, posting_id: int | None) -> Iterator[Change]:
    ad = (*_AD, posting.c.title)
    joined = posting.c.id == closure.c.posting_id
    closed = select(*ad, closure.c.closed_at, closure.c.reason).join(posting, joined)
    for row in db.execute(_only(closed, closure.c.closed_at, since, posting_id)).mappings():
        yield _change(row, row["closed_at"], ChangeKind.CLOSED, new=row["reason"])
    back = select(*ad, closure.c.reopened_at).join(posting, joined)
    back = back.where(closure.c.reopened_at.is_not(None))
    for row in db.execute(_only(back, closure.c.reopened_at, since, posting_id)).mappings():
        yield _change(row, row["reopened_at"], ChangeKind.REOPENED)


def _levels(db: Connection, since: datetime | None, posting_id: int | None) -> Iterator[Change]:
    """Yield where one model's level of an ad moved as the ad changed; other models say nothing."""
    window: dict[str, Any] = {
        "partition_by": (estimate.c.posting_id, estimate.c.model_id),
        "order_by": estimate.c.id,
    }
    each = select(
        estimate.c.posting_id,
        estimate.c.made_at,
        estimate.c.level,
        estimate.c.reason,
        func.lag(estimate.c.level).over(**window).label("old_level"),
        func.lag(estimate.c.reason).over(**window).label("old_reason"),
        func.row_number().over(**window).label("number"),
    ).subquery()
    asked = (
        select(*_AD, posting.c.title, each)
        .join(posting, posting.c.id == each.c.posting_id)
        .where(each.c.number > 1, each.c.level.is_distinct_from(each.c.old_level))
    )
    for row in db.execute(_only(asked, each.c.made_at, since, posting_id)).mappings():
        old = _level(row["old_level"], row["old_reason"])
        new = _level(row["level"], row["reason"])
        yield _change(row, row["made_at"], ChangeKind.RELEVELLED, old, new)


def _only(asked: Any, at: Any, since: datetime | None, posting_id: int | None) -> Any:
    if since is not None:
        asked = asked.where(at >= since)
    if posting_id is not None:
        asked = asked.where(posting.c.id == posting_id)
    return asked


def _change(
    row: RowMapping,
    at: datetime,
    kind: ChangeKind,
    old: str | None = None,
    new: str | None = None,
    title: str | None = None,
) -> Change:
    return Change(
        at=at,
        kind=kind,
        posting_id=row["id"],
        key=f"{row['source']}:{row['source_id']}",
        title=title or row["title"],
        employer=row["employer"],
        url=row["url"],
        old=old,
        new=new,
    )


def _words(value: Any) -> str | None:
    """Return a title or text as it is, pay in the words it was read from."""
    if isinstance(value, dict):
        pay = pay_of(value)
        return pay.text if pay else None
    return value if isinstance(value, str) else None


def _level(level: int | None, reason: str | None) -> str | None:
    return f"L{level}" if level is not None else reason
