"""Links between ads: which are one opening, and which are one text under another name."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from pmjobs.store.records import Link, LinkKind, StoredLink
from pmjobs.store.schema import opening_link


def links(db: Connection, *, undone: bool) -> Iterator[StoredLink]:
    """Yield the links, undone ones only if asked for, in order of their ads."""
    asked = select(opening_link).order_by(opening_link.c.first_id, opening_link.c.second_id)
    if not undone:
        asked = asked.where(opening_link.c.undone_at.is_(None))
    for row in db.execute(asked).mappings():
        yield StoredLink(
            id=row["id"],
            link=Link(row["first_id"], row["second_id"], LinkKind(row["kind"]), row["reason"]),
            found_at=row["found_at"],
            undone_at=row["undone_at"],
        )


def replace_links(db: Connection, found: Iterable[Link], now: datetime) -> int:
    """Keep these links and no others, but what a person undid; return how many are new."""
    wanted = {(link.first_id, link.second_id): link for link in found}
    stored = {(s.link.first_id, s.link.second_id): s for s in links(db, undone=True)}
    gone = [s.id for pair, s in stored.items() if pair not in wanted and s.undone_at is None]
    told = {s.id: wanted[pair] for pair, s in stored.items() if wanted.get(pair, s.link) != s.link}
    new = [link for pair, link in wanted.items() if pair not in stored]
    for link_id in gone:
        db.execute(delete(opening_link).where(opening_link.c.id == link_id))
    for link_id, link in told.items():
        better = update(opening_link).where(opening_link.c.id == link_id)
        db.execute(better.values(kind=str(link.kind), reason=link.reason))
    if new:
        db.execute(insert(opening_link), [_row(link, now) for link in new])
    return len(new)


def undo_link(db: Connection, link_id: int, now: datetime) -> bool:
    """Take two ads apart for good; False if there is no such link."""
    undone = (
        update(opening_link)
        .where(opening_link.c.id == link_id, opening_link.c.undone_at.is_(None))
        .values(undone_at=now)
    )
    return db.execute(undone).rowcount > 0


def same_opening(db: Connection, posting_id: int) -> list[int]:
    """Return the ids of all ads of one posting's opening, its own included, in order."""
    return openings_of(db, [posting_id])[posting_id]


def openings_of(db: Connection, posting_ids: Iterable[int]) -> dict[int, list[int]]:
    """Return posting id → the ids of all ads of its opening, its own included, in order."""
    neighbours = _neighbours(db, {LinkKind.SAME})
    return {posting_id: _reached(posting_id, neighbours) for posting_id in posting_ids}


def joined(db: Connection, alike: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return posting id → the smallest id that it is linked with, however far; others are absent.

    Copies under another employer's name are linked too. The pairs in `alike` count as links, but
    those of ads that a person took apart from others.
    """
    neighbours = _neighbours(db, set(LinkKind))
    undone = (stored.link for stored in links(db, undone=True) if stored.undone_at)
    apart = {posting_id for link in undone for posting_id in (link.first_id, link.second_id)}
    for first, second in alike:
        if first not in apart and second not in apart:
            _join(neighbours, first, second)
    found: dict[int, int] = {}
    for posting_id in sorted(neighbours):
        if posting_id not in found:
            found |= dict.fromkeys(_reached(posting_id, neighbours), posting_id)
    return found


def _neighbours(db: Connection, kinds: Collection[LinkKind]) -> dict[int, set[int]]:
    neighbours: dict[int, set[int]] = {}
    for stored in links(db, undone=False):
        if stored.link.kind in kinds:
            _join(neighbours, stored.link.first_id, stored.link.second_id)
    return neighbours


def _join(neighbours: dict[int, set[int]], first: int, second: int) -> None:
    neighbours.setdefault(first, set()).add(second)
    neighbours.setdefault(second, set()).add(first)


def _reached(posting_id: int, neighbours: Mapping[int, set[int]]) -> list[int]:
    found, waiting = {posting_id}, [posting_id]
    while waiting:
        for other in neighbours.get(waiting.pop(), set()) - found:
            found.add(other)
            waiting.append(other)
    return sorted(found)


def _row(link: Link, now: datetime) -> Mapping[str, object]:
    return {
        "first_id": link.first_id,
        "second_id": link.second_id,
        "kind": str(link.kind),
        "reason": link.reason,
        "found_at": now,
    }
