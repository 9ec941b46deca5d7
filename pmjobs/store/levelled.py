"""The few facts of every levelled ad that the market's figures need, without texts and quotes."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from pmjobs.estimate_json import salary_from_json
from pmjobs.ladder import Level, LevelledAd
from pmjobs.store.openings import joined
from pmjobs.store.schema import estimate, posting

_other = estimate.alias()
_newest = (
    select(func.max(_other.c.id))
    .where(_other.c.posting_id == posting.c.id, _other.c.content == posting.c.content)
    .correlate(posting)
    .scalar_subquery()
)
# Three small parts of the estimate's JSON are picked in the database: all of it takes ten times
# as long to read.
_LEVELLED = (
    select(
        posting.c.id,
        posting.c.source,
        posting.c.source_id,
        posting.c.title,
        posting.c.employer,
        posting.c.countries,
        posting.c.requisition_id,
        posting.c.content,
        estimate.c.level,
        estimate.c.title_level,
        estimate.c.data["salary"].label("salary"),
        estimate.c.data["experience_years"].label("years"),
        estimate.c.data["flags"].label("flags"),
    )
    .select_from(posting.join(estimate, estimate.c.id == _newest))
    .where(estimate.c.level.is_not(None))
    .order_by(posting.c.id)
)


def levelled(db: Connection) -> Iterator[LevelledAd]:
    """Yield every ad with a level, closed ones too, by the newest estimate of what it says now.

    Ads of one opening share its number: those that `pmjobs duplicates` linked, an agency's copies
    too, and without it an employer's ads of the same title, pay and text. What a person took
    apart stays apart.
    """
    rows = db.execute(_LEVELLED).mappings().all()
    openings = joined(db, _alike(rows))
    for row in rows:
        yield _ad(row, openings.get(row["id"], row["id"]))


def _alike(rows: Iterable[RowMapping]) -> Iterator[tuple[int, int]]:
    """Yield each ad with the first that says the same to the letter."""
    first: dict[tuple[Any, ...], int] = {}
    for row in rows:
        told = (row["employer"], row["content"], row["requisition_id"])
        if (same := first.setdefault(told, row["id"])) != row["id"]:
            yield same, row["id"]


def _ad(row: RowMapping, opening: int) -> LevelledAd:
    salary, countries = salary_from_json(row["salary"]), (row["countries"] or "").strip("|")
    return LevelledAd(
        key=f"{row['source']}:{row['source_id']}",
        title=row["title"],
        employer=row["employer"],
        country=countries if len(countries) == 2 else None,  # of several none is meant
        level=Level(row["level"]),
        title_level=Level(row["title_level"]) if row["title_level"] else None,
        years=row["years"]["minimum"] if row["years"] else None,
        currency=salary.currency if salary else None,
        pay_low=salary.minimum if salary else None,
        pay_high=salary.maximum if salary else None,
        period=salary.period if salary else None,
        contract="contract" in row["flags"],
        opening=opening,
    )
