"""What a group of ads pays, like for like: a year's pay, and day rates apart from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles

from pmjobs.domain.pay import HOURS_A_DAY, period_of, yearly_or_daily
from pmjobs.ladder import LevelledAd
from pmjobs.market.record import FEWEST, PayRange
from pmjobs.posting import PayPeriod, Salary


@dataclass(frozen=True, slots=True)
class Paid:
    """One ad's pay, comparable to that of others of its currency and period."""

    currency: str
    period: PayPeriod  # YEAR or DAY
    amount: float  # the middle of what is stated
    assumed: bool  # the ad states no period; the amount can only be a year's


def paid(ad: LevelledAd) -> Paid | None:
    """Return what `ad` pays a year, or a day where it is a day's or a contractor's hours.

    None without an amount, or where nothing says for what time it is. Hours, weeks and months
    make a full-time year by the factors of `pmjobs.domain.pay`.
    """
    stated = [amount for amount in (ad.pay_low, ad.pay_high) if amount is not None]
    if ad.currency is None or not stated:
        return None
    period = period_of(Salary(ad.currency, ad.pay_low, ad.pay_high, ad.period, ""))
    if period is None:
        return None
    middle = fmean(map(float, stated))
    if ad.contract and period is PayPeriod.HOUR:
        period, middle = PayPeriod.DAY, middle * HOURS_A_DAY
    period, amount = yearly_or_daily(middle, period)
    return Paid(ad.currency, period, amount, assumed=ad.period is None)


def pay_ranges(ads: Iterable[LevelledAd]) -> tuple[PayRange, ...]:
    """Return the middle half of each currency's yearly pay and of its day rates.

    What fewer than `FEWEST` ads state is left out.
    """
    found: dict[tuple[str, PayPeriod], list[Paid]] = {}
    for ad in ads:
        if one := paid(ad):
            found.setdefault((one.currency, one.period), []).append(one)
    order = sorted(found, key=lambda kind: (kind[0], kind[1] is PayPeriod.DAY))
    return tuple(
        _range(currency, period, found[currency, period])
        for currency, period in order
        if len(found[currency, period]) >= FEWEST
    )


def _range(currency: str, period: PayPeriod, every: Sequence[Paid]) -> PayRange:
    lower, middle, upper = quantiles([one.amount for one in every], n=4, method="inclusive")
    assumed = sum(one.assumed for one in every)
    return PayRange(currency, len(every), lower, middle, upper, period, assumed)
