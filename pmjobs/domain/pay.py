"""Pay by level: which level's band a stated pay is nearest. A price signal, never a level."""

from dataclasses import dataclass
from functools import cache

from pmjobs.domain import read_table
from pmjobs.ladder import Level
from pmjobs.posting import PayPeriod, Salary

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

    None without a band for the currency (and country, where one is known), without a period, or
    where the range is wider than 60 % of its midpoint.
    """
    amount = _midpoint(salary)
    if amount is None or salary.period is None:
        return None
    period, amount = _yearly_or_daily(amount, salary.period)
    for table in pay_tables():
        fits = table.currency == salary.currency and table.period is period
        if fits and (country is None or country in table.countries):
            return _nearest(amount, table)
    return None


def _midpoint(salary: Salary) -> float | None:
    low, high = salary.minimum, salary.maximum
    if low is None or high is None:
        one = low if low is not None else high
        return None if one is None else float(one)
    middle = (float(low) + float(high)) / 2
    return None if middle <= 0 or float(high - low) > WIDEST * middle else middle


def _yearly_or_daily(amount: float, period: PayPeriod) -> tuple[PayPeriod, float]:
    factors = {
        PayPeriod.HOUR: HOURS_A_YEAR,
        PayPeriod.WEEK: WEEKS_A_YEAR,
        PayPeriod.MONTH: MONTHS_A_YEAR,
    }
    if period is PayPeriod.DAY:
        return PayPeriod.DAY, amount
    return PayPeriod.YEAR, amount * factors.get(period, 1)


def _nearest(amount: float, table: PayTable) -> Level:
    def distance(index: int) -> float:
        low, high = table.bands[index]
        return abs(
            amount - (low if high is None and amount < low else (low + (high or amount)) / 2)
        )

    return Level(min(range(len(table.bands)), key=distance) + 1)
