"""Invented ads, estimates and readers for tests of the comparison."""

from datetime import date
from decimal import Decimal

from pmjobs.ladder import IN_SCOPE, Dimension, Evidence, Family, Level, LevelEstimate, Track
from pmjobs.posting import PayPeriod, Posting, Salary
from pmjobs.profile import Profile, profile_from

TODAY = date(2026, 11, 24)

# Self-ratings that the rubric reads as L1 to L7, in the order of the eight duty dimensions.
RATINGS = {
    1: (0, 0, 0, 0, 0, 0, 0, 0.5),
    2: (1, 1, 0.5, 1, 1, 0.5, 1, 1),
    3: (2, 2, 2, 2, 2, 1, 2, 1.5),
    4: (3, 3, 2.5, 2.5, 2.5, 2, 2.5, 2.5),
    5: (3.5, 3.5, 3.5, 3, 3, 3, 3, 3),
    6: (4, 4, 4, 3.5, 4, 3.5, 3.5, 4),
    7: (4, 4, 4, 4, 4, 4, 4, 4),
}


def reader(level: int | None = 4, **parts: object) -> Profile:
    """A reader at `level`; `parts` are tables of the profile file."""
    table: dict[str, object] = {
        "now": {
            "title": "Senior Project Manager",
            "employer": "Larkfield Dental Supplies",
            "track": "project",
            "country": "GB",
            "enterprise_mandate": level == 7,
        }
    }
    if level is not None:
        table["level"] = {
            str(dimension): {"anchor": anchor, "proof": f"proof of {dimension}"}
            for dimension, anchor in zip(Dimension, RATINGS[level], strict=False)
        }
    for name, value in parts.items():
        table[name] = {**table.get(name, {}), **value} if isinstance(value, dict) else value
    return profile_from(table)


def ad(
    text: str | None = None,
    *,
    title: str = "Senior Project Manager",
    employer: str | None = "Quillstone Ltd",
    key: str = "1",
    salary: Salary | None = None,
    **more: object,
) -> Posting:
    return Posting(
        source="test",
        source_id=key,
        title=title,
        employer=employer,
        description=text,
        base_salary=salary,
        **more,
    )


def pay(low: int | None, high: int | None = None, currency: str = "GBP", period="YEAR") -> Salary:
    return Salary(
        currency,
        None if low is None else Decimal(low),
        None if high is None else Decimal(high),
        PayPeriod(period) if period else None,
        f"{currency} {low}-{high}",
    )


def estimated(
    level: int | None = 4,
    low: int | None = None,
    high: int | None = None,
    *,
    family: Family = Family.PROJECT_DELIVERY,
    track: Track | None = Track.PROJECT,
    title_level: int | None = 4,
    dims: dict[str, float] | None = None,
    quotes: dict[str, str] | None = None,
    probabilities: dict[int, float] | None = None,
    salary: Salary | None = None,
    reason: str | None = None,
) -> LevelEstimate:
    codes = {Dimension(name): anchor for name, anchor in (dims or {}).items()}
    evidence = tuple(
        Evidence(Dimension(name), codes.get(Dimension(name), 0.0), quote, 0, len(quote))
        for name, quote in (quotes or {}).items()
    )
    return LevelEstimate(
        family=family,
        track=track,
        level=Level(level) if level else None,
        level_low=Level(low or level) if level else None,
        level_high=Level(high or level) if level else None,
        probabilities={Level(n): p for n, p in (probabilities or {}).items()},
        abstained=level is None and (family in IN_SCOPE or family is Family.UNCLEAR),
        reason=reason,
        title_level=Level(title_level) if title_level else None,
        dimensions=codes,
        senses=(),
        evidence=evidence,
        flags=(),
        experience_years=None,
        salary=salary,
        model_id="test",
    )
