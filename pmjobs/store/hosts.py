"""Hosts that asked to be left alone (HTTP 429 or 503), and when each may be asked again."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from pmjobs.store.records import StoredHost
from pmjobs.store.schema import host

FIRST_WAIT = timedelta(minutes=15)  # for a host that does not say how long; doubles each time
LONGEST_WAIT = timedelta(days=1)  # whatever it says: one request a day asks too much of nobody


def hosts(db: Connection) -> Iterator[StoredHost]:
    """Yield the hosts whose last word was that they want to be left alone, in order of name."""
    for row in db.execute(select(host).order_by(host.c.name)).mappings():
        yield StoredHost(**row)


def leave_alone(
    db: Connection, name: str, at: datetime, reason: str, *, wait: timedelta | None
) -> StoredHost:
    """Note that a host asked at `at` to be left alone; `wait` is None if it did not say how long.

    Called once a run and host: each call is one more failure in a row.
    """
    known = db.scalar(select(host.c.failures).where(host.c.name == name))
    failures = (known or 0) + 1
    found = StoredHost(
        name=name,
        reason=reason,
        failures=failures,
        failed_at=at,
        retry_at=at + pause(failures, wait),
    )
    values = {
        "reason": reason,
        "failures": failures,
        "failed_at": at,
        "retry_at": found.retry_at,
    }
    if known is None:
        db.execute(insert(host).values(name=name, **values))
    else:
        db.execute(update(host).where(host.c.name == name).values(values))
    return found


def forget(db: Connection, names: Iterable[str]) -> None:
    """Note that these hosts answer again."""
    for name in names:
        db.execute(delete(host).where(host.c.name == name))


def pause(failures: int, wait: timedelta | None) -> timedelta:
    """Return how long to leave a host alone after so many failures in a row.

    >>> [str(pause(n, None)) for n in (1, 2, 3, 8, 1000)]
    ['0:15:00', '0:30:00', '1:00:00', '1 day, 0:00:00', '1 day, 0:00:00']
    >>> str(pause(5, timedelta(minutes=2)))
    '0:02:00'
    """
    if wait is None:
        wait = FIRST_WAIT * 2 ** min(failures - 1, 20)
    return min(wait, LONGEST_WAIT)
