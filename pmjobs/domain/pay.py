"""Pay by level: which level's band a stated pay is nearest. A price signal, never a level."""

from dataclasses import dataclass
from functools import cache

from pmjobs.domain import read_table
from pmjobs.ladder import Level
from pmjobs.posting import PayPeriod, Salary

HOURS_A_DAY = 8
HOURS_A_YEAR = 2080  # 52 weeks of 40 hours, no unpaid leave
MONTHS_A_YEAR = 12
WEEKS_A_YEAR = 52
WIDEST = 0.6  # of the midpoint: a wider range says nothing about level


@dataclass(frozen=True, slots=True)
class PayTable:
    """One country group's bands for one currency and period."""

    countries: tuple[str, ...]  # ISO 3166-1 alpha-2
    currency: str
    period: PayPeriod  # YEAR or DAY
    bands: tuple[tuple[float, float | None], ...]  # L1 to L7; None: open


@cache
def pay_tables() -> tuple[PayTable, ...]:
    """Return all pay tables."""
    return tuple(
        PayTable(
            tuple(row["countries"]),
            row["currency"],
            PayPeriod(row["period"]),
            tuple((float(low), float(high) or None) for low, high in row["bands"]),
        )
        for row in read_table("pay")["pay"]
    )


def pay_level(salary: Salary, country: str | None = None) -> Level | None:
    """Return the level whose band is nearest to `salary`, or None.

    None without a band for the currency (and country, where one is known), without a period that
    is stated or plain from the amount, or where the range is wider than 60 % of its midpoint.
    """
    amount, stated = _midpoint(salary), period_of(salary)
    if amount is None or stated is None:
        return None
    period, amount = yearly_or_daily(amount, stated)
    for table in pay_tables():
        fits = table.currency == salary.currency and table.period is period
        if fits and (country is None or country in table.countries):
            return _nearest(amount, table)
    return None


def period_of(salary: Salary) -> PayPeriod | None:
    """Return the period of `salary`: stated, or a year where its amount can be nothing else.

    The lower end decides; `[a_year_from]` of pay.toml has the least amounts and their reason.
    None: not stated, and not plain. Say "read as a year's" where the result is shown.

    >>> from decimal import Decimal
    >>> period_of(Salary("GBP", Decimal(63000), None, None, "63,000"))
    <PayPeriod.YEAR: 'YEAR'>
    >>> period_of(Salary("GBP", Decimal(4500), None, None, "4,500"))
    """
    if salary.period is not None:
        return salary.period
    amount = salary.minimum if salary.minimum is not None else salary.maximum
    least = read_table("pay")["a_year_from"].get(salary.currency)
    return PayPeriod.YEAR if amount and least and amount >= least else None


def yearly_or_daily(amount: float, period: PayPeriod) -> tuple[PayPeriod, float]:
    """Return `amount` for a year, or for a day if it is a day's.

    Day rates stay what they are: they have bands of their own, for they pay for holidays, gaps
    and pension too (rubric, 6.2).
    """
    factors = {
        PayPeriod.HOUR: HOURS_A_YEAR,
        PayPeriod.WEEK: WEEKS_A_YEAR,
        PayPeriod.MONTH: MONTHS_A_YEAR,
    }
    if period is PayPeriod.DAY:
        return PayPeriod.DAY, amount
    return PayPeriod.YEAR, amount * factors.get(period, 1)


def _midpoint(salary: Salary) -> float | None:
    low, high = salary.minimum, salary.maximum
    if low is None or high is None:
        one = low if low is not None else high
        return None if one is None else float(one)
    middle = (float(low) + float(high)) / 2
    return None if middle <= 0 or float(high - low) > WIDEST * middle else middle


def _nearest(amount: float, table: PayTable) -> Level:
    def distance(index: int) -> float:
        low, high = table.bands[index]
        return abs(
            amount - (low if high is None and amount < low else (low + (high or amount)) / 2)
        )

    return Level(min(range(len(table.bands)), key=distance) + 1)
