"""What a reader should know beside the level, in words: an estimate's flags and its second reading.

Duties make the level. What the employer asks for and pays, the price, is read by itself; where it
stands two levels or more away there are two readings, and both are told (levels.md, 3.1 S5, 3.3).
"""

from collections.abc import Iterator
from decimal import Decimal

from pmjobs.domain.levels import dimensions
from pmjobs.domain.pay import pay_level
from pmjobs.domain.rubric import read_codes, stand_apart, years_level
from pmjobs.ladder import Dimension, Level, LevelEstimate
from pmjobs.posting import PayPeriod, Posting, Salary

# Flags whose words need no figures, and of these the ones that mean something without a level.
_WORDS = {
    "conflict": "two readings: the price (pay, years, qualifications) is not that of the duties",
    "under_graded": "the pay is well under what such work is usually paid",
    "over_titled": "over-titled: the title claims more than the work",
    "range": "several posts in one ad: the level is that of the lowest",
    "contract": "contract or temporary work",
    "day_rate": "paid by the day",
    "gate": "L7 was ruled out: the ad shows no mandate for the whole enterprise",
}
_WITHOUT_LEVEL = {name: _WORDS[name] for name in ("contract", "day_rate")} | {
    "range": "several posts in one ad"
}
_SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}


def notes_of(posting: Posting, estimate: LevelEstimate) -> tuple[str, ...]:
    """Return what stands beside the level, a sentence each; () if there is nothing.

    A flag without words of its own is told by its name. Without a level nothing is said of
    levels.
    """
    if estimate.level is None:
        known = (flag for flag in estimate.flags if flag in _WITHOUT_LEVEL or flag not in _WORDS)
        return tuple(_WITHOUT_LEVEL.get(flag, _plain(flag)) for flag in known)
    return tuple(_told(posting, estimate, estimate.level))


def _told(posting: Posting, estimate: LevelEstimate, level: Level) -> Iterator[str]:
    by_pay = _by_pay(posting, estimate, level) if "conflict" in estimate.flags else None
    yield from filter(None, (by_pay, _by_asking(estimate, level)))
    for flag in estimate.flags:
        if by_pay and flag in ("conflict", "under_graded"):
            continue  # told with its figures
        gap = estimate.title_gap or 0
        if flag == "over_titled" and gap < 0:
            steps = f"{-gap} level{'s' if gap < -1 else ''}"
            yield f"over-titled: the title claims {steps} more than the work"
        else:
            yield _WORDS.get(flag, _plain(flag))


def _by_pay(posting: Posting, estimate: LevelEstimate, level: Level) -> str | None:
    salary = posting.base_salary or estimate.salary
    paid = pay_level(salary, posting.country) if salary else None
    if salary is None or paid is None or not stand_apart(paid, level):
        return None
    side = "under" if paid < level else "over"
    return (
        f"two readings: the duties read L{int(level)}, the pay ({_amount(salary)}) reads "
        f"L{int(paid)}: well {side} what such work is usually paid"
    )


def _by_asking(estimate: LevelEstimate, level: Level) -> str | None:
    """The level that the years and qualifications asked for are nearest to, if far away.

    Qualifications without years say nothing: one certificate is asked for from L3 to L6.
    """
    years = estimate.experience_years
    if years is None:
        return None
    profile = dimensions()[Dimension.EXPERIENCE].profile
    codes = {Dimension.EXPERIENCE: profile[years_level(years.minimum) - 1]}
    names = f"the years asked for ({years.minimum:g}+)"
    if (anchor := estimate.dimensions.get(Dimension.QUALIFICATIONS)) is not None:
        codes[Dimension.QUALIFICATIONS] = anchor
        names += " and the qualifications"
    asked = read_codes(codes).price_level
    if asked is None or not stand_apart(asked, level):
        return None
    return f"two readings: the duties read L{int(level)}, {names} read L{int(asked)}"


def _amount(salary: Salary) -> str:
    sign = _SIGNS.get(salary.currency, f"{salary.currency} ")
    amounts = [_figure(x) for x in (salary.minimum, salary.maximum) if x is not None]
    period = salary.period
    a_time = "" if period in (None, PayPeriod.YEAR) else f" {_TIMES[period]}"
    return f"{sign}{'-'.join(dict.fromkeys(amounts))}{a_time}"


_TIMES = {
    PayPeriod.HOUR: "an hour",
    PayPeriod.DAY: "a day",
    PayPeriod.WEEK: "a week",
    PayPeriod.MONTH: "a month",
}


def _figure(amount: Decimal) -> str:
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


def _plain(flag: str) -> str:
    return flag.replace("_", " ")
