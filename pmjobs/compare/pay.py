"""Compare pay like for like: a year, full time, permanent, one currency. No pay, no verdict.

What is assumed on the way is said in words beside the result.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from pmjobs.domain import read_table
from pmjobs.domain.moves import move_rules
from pmjobs.domain.pay import (
    HOURS_A_DAY,
    HOURS_A_YEAR,
    MONTHS_A_YEAR,
    WEEKS_A_YEAR,
    period_of,
)
from pmjobs.ladder import Level
from pmjobs.posting import EmploymentType, PayPeriod, Posting, Salary
from pmjobs.profile import Basis, OwnPay

# A contractor's day has to pay for holidays, gaps and pension too; domain/pay.toml has the ratios.
_CONTRACT = frozenset({EmploymentType.CONTRACTOR, EmploymentType.TEMPORARY})


@dataclass(frozen=True, slots=True)
class PayCompared:
    """An ad's pay beside the reader's own, or why there is no verdict."""

    gain: float | None  # 0.12: 12 % more than now; None: no verdict
    note: str  # for people: how it was compared, or why it was not
    offered: Decimal | None = None  # a year, full time, in the reader's currency
    own: Decimal | None = None


def compare_pay(
    posting: Posting,
    salary: Salary | None,
    own: OwnPay | None,
    *,
    level: Level | None,
    own_level: Level | None = None,
    internal: bool = False,
    today: date | None = None,
) -> PayCompared:
    """Return what `salary`, the pay of `posting`, would be against `own`.

    Of a range people from outside may expect the lower third. `level` is the ad's: day rates turn
    into salaries by another ratio below L3. Rates are those shipped with pmjobs, at most `today`'s.
    """
    if salary is None:
        return PayCompared(None, "the ad states no pay")
    if own is None:
        return PayCompared(None, "your profile states no pay")
    offered, notes = yearly_offer(posting, salary, level=level, internal=internal)
    if offered is None:
        return PayCompared(None, notes[0])
    mine = a_year(own.amount, own.period, contract=own.basis is Basis.CONTRACT, level=own_level)
    mine /= Decimal(str(own.fte))
    changed = converted(offered, salary.currency, own.currency, today=today)
    if changed is None:
        return PayCompared(None, f"no exchange rate from {salary.currency} to {own.currency}")
    if salary.currency != own.currency:
        notes.append(f"converted at the ECB rate of {rate_date(today):%d %B %Y}")
    if EmploymentType.PART_TIME in posting.employment_type:
        notes.append("the post is part-time; the figure is taken as full-time pay")
    gain = float(changed / mine) - 1
    return PayCompared(gain, _in_words(gain, notes), changed.quantize(Decimal(1)), mine)


def yearly_offer(
    posting: Posting, salary: Salary, *, level: Level | None, internal: bool = False
) -> tuple[Decimal | None, list[str]]:
    """Return what an ad offers a year, permanent or its equivalent, and what was assumed.

    None, and why, where it states nothing one could start from.
    """
    expected = expected_pay(salary, internal=internal)
    if expected is None:
        return None, ["the ad states no figure one could start from"]
    notes = ["the lower third of the range"] if expected != salary.minimum and not internal else []
    period = period_of(salary)
    if period is None:
        return None, ["the ad does not say for what time the pay is"]
    if salary.period is None:
        notes.append("taken as a year's")
    contract = bool(_CONTRACT & set(posting.employment_type)) or period is PayPeriod.DAY
    if contract and period in (PayPeriod.DAY, PayPeriod.HOUR):
        notes.append(f"a day rate taken as 1/{day_ratio(level)} of a permanent year")
    return a_year(expected, period, contract=contract, level=level), notes


def expected_pay(salary: Salary, *, internal: bool = False) -> Decimal | None:
    """Return the amount to reckon with: of a range the lower third, inside a firm its middle.

    An upper end alone is no promise: None.
    """
    low, high = salary.minimum, salary.maximum
    if low is None:
        return None
    if high is None or high < low:
        return low
    parts = 2 if internal else move_rules().range_third
    return low + (high - low) / parts


def a_year(amount: Decimal, period: PayPeriod, *, contract: bool, level: Level | None) -> Decimal:
    """Return a year's full-time pay, permanent or its equivalent.

    52 weeks of 40 hours; a contract's days and hours by the ratio of day rates to salaries.
    """
    if contract and period is PayPeriod.HOUR:
        return amount * HOURS_A_DAY * day_ratio(level)
    if period is PayPeriod.DAY:
        return amount * (day_ratio(level) if contract else HOURS_A_YEAR // HOURS_A_DAY)
    factors = {
        PayPeriod.HOUR: HOURS_A_YEAR,
        PayPeriod.WEEK: WEEKS_A_YEAR,
        PayPeriod.MONTH: MONTHS_A_YEAR,
        PayPeriod.YEAR: 1,
    }
    return amount * factors[period]


def day_ratio(level: Level | None) -> int:
    """Return how many day rates make a permanent year's salary at `level`."""
    ratios = read_table("pay")["day_rate"]
    low = level is not None and level < Level.PROJECT_MANAGER
    return int(ratios["below_l3" if low else "from_l3"])


def converted(
    amount: Decimal, currency: str, into: str, *, today: date | None = None
) -> Decimal | None:
    """Return `amount` in another currency at the shipped ECB rate; None: no rate for one of them.

    >>> converted(Decimal(100), "EUR", "EUR")
    Decimal('100')
    >>> converted(Decimal(100), "EUR", "XXX")
    """
    if currency == into:
        return amount
    rates = _rates()
    if currency not in rates.currencies or into not in rates.currencies:
        return None
    factor = _factor(currency, into, rate_date(today))
    return None if factor is None else amount * factor


@cache
def _factor(currency: str, into: str, on: date) -> Decimal | None:
    try:
        return Decimal(str(_rates().convert(1, currency, into, date=on)))
    except ValueError:  # a currency that is no longer quoted
        return None


def rate_date(today: date | None = None) -> date:
    """Return the day of the exchange rates used on `today`: the last ones shipped by then."""
    first, last = _rates().bounds["USD"]
    return max(min(last, today or last), first)  # type: ignore[no-any-return]


@cache
def _rates() -> Any:
    from currency_converter import CurrencyConverter  # here: it reads 0.2 s of rates

    return CurrencyConverter(fallback_on_missing_rate=True, fallback_on_wrong_date=True)


def _in_words(gain: float, notes: list[str]) -> str:
    if abs(gain) < move_rules().pay_gain:
        verdict = "about the same"
    else:
        verdict = f"{abs(gain):.0%} {'more' if gain > 0 else 'less'}"
    return f"{verdict} ({'; '.join(notes)})" if notes else verdict
