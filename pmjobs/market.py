"""What a title is worth: levelled ads in, distributions with intervals out.

Nothing is said from fewer than `FEWEST` ads, and the number of ads stands beside every figure.
An employer's habit of inflating titles is pooled with the market's, so that three ads do not
brand a firm.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean, median, quantiles

from pmjobs.ladder import Level
from pmjobs.posting import PayPeriod

FEWEST = 5  # ads; below this a distribution says more about chance than about the market
Z90 = 1.6449  # standard normal quantile of a central 90 % interval


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelledAd:
    """The few facts of one estimated ad that the market's figures need."""

    key: str
    title: str
    employer: str | None
    country: str | None
    level: Level
    title_level: Level | None
    years: float | None  # minimum years asked for
    currency: str | None
    pay_low: Decimal | None  # as stated, for `period`
    pay_high: Decimal | None
    period: PayPeriod | None


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the ads are at one level."""

    level: Level
    n: int
    share: float  # 0 to 1
    low: float  # 90 % interval (Wilson)
    high: float


@dataclass(frozen=True, slots=True)
class PayRange:
    """The middle half of yearly pay in one currency, from ads that state a year's pay."""

    currency: str
    n: int
    lower: float  # lower quartile of the ads' midpoints
    middle: float
    upper: float


@dataclass(frozen=True, slots=True)
class Group:
    """Ads that belong together: an employer's, a title's, a level's."""

    name: str
    n: int
    levels: tuple[Share, ...]  # empty when n < FEWEST
    years: tuple[float, int] | None  # (median, ads that state years); None: fewer than FEWEST
    pay: tuple[PayRange, ...]  # one a currency with at least FEWEST ads

    @property
    def enough(self) -> bool:
        """Whether there are ads enough to say anything."""
        return self.n >= FEWEST


@dataclass(frozen=True, slots=True)
class Inflation:
    """By how many levels an employer's titles claim more than the work shows."""

    employer: str
    n: int
    mean: float  # levels, pooled with the market; above 0: titles claim more
    low: float  # 90 % interval
    high: float
    market_mean: float


def has_words(title: str, phrase: str) -> bool:
    """Return whether `phrase` stands in `title` as whole words, in order.

    >>> has_words("Senior Project Manager - Payments", "senior project manager")
    True
    >>> has_words("Senior Technical Project Manager", "senior project manager")
    False
    """
    return f" {_plain(phrase)} " in f" {_plain(title)} "


def group(name: str, ads: Iterable[LevelledAd]) -> Group:
    """Return the figures of `ads`; fewer than `FEWEST` give a count and nothing more."""
    ads = list(ads)
    if len(ads) < FEWEST:
        return Group(name, len(ads), (), None, ())
    asked = [ad.years for ad in ads if ad.years is not None]
    years = (median(asked), len(asked)) if len(asked) >= FEWEST else None
    return Group(name, len(ads), _shares(ads), years, _pay(ads))


def group_words(found: Group) -> str:
    """Return a group's figures in a line for people; too few ads give only their number."""
    if not found.enough:
        return f"{found.n} ads: too few to say"
    told = []
    if len(found.levels) > 1:
        told.append(", ".join(f"L{int(s.level)} {s.share:.0%}" for s in found.levels))
    elif found.levels:
        told.append(f"all L{int(found.levels[0].level)}")
    if found.years:
        told.append(f"{found.years[0]:g} years asked (median of {found.years[1]})")
    for pay in found.pay:
        told.append(f"{pay.currency} {pay.lower:,.0f}-{pay.upper:,.0f} (middle half of {pay.n})")
    return f"{found.n} ads: {'; '.join(told)}"


def inflation_words(habit: Inflation) -> str:
    """Return an employer's habit in a line for people."""
    return (
        f"claim {habit.mean:+.1f} levels ({habit.low:+.1f} to {habit.high:+.1f}, "
        f"{habit.n} ads) against {habit.market_mean:+.1f} in the market"
    )


def by_employer(ads: Iterable[LevelledAd]) -> tuple[Group, ...]:
    """Return a group an employer, largest first; employers with too few ads keep their count."""
    found: dict[str, list[LevelledAd]] = {}
    for ad in ads:
        if ad.employer:
            found.setdefault(ad.employer, []).append(ad)
    groups = (group(name, own) for name, own in found.items())
    return tuple(sorted(groups, key=lambda g: (-g.n, g.name)))


def inflation(employer: str, ads: Sequence[LevelledAd]) -> Inflation | None:
    """Return how far an employer's titles claim more than the work shows, or None.

    `ads` are the whole market's, the employer's included. The employer's mean gap is shrunk
    towards the market's (normal model, between-employer variance by the method of moments), so
    the fewer its ads, the nearer it stays. None with fewer than `FEWEST` of its ads in a market of
    twice as many.
    """
    gaps: dict[str, list[int]] = {}
    for ad in ads:
        if ad.employer and ad.title_level is not None:
            gaps.setdefault(ad.employer, []).append(int(ad.title_level) - int(ad.level))
    own = gaps.get(employer, [])
    every = [gap for found in gaps.values() for gap in found]
    if len(own) < FEWEST or len(every) < 2 * FEWEST:
        return None
    market_mean = fmean(every)
    within, between = _variances(gaps)
    weight = between / (between + within / len(own)) if between > 0 else 0.0
    mean = market_mean + weight * (fmean(own) - market_mean)
    # What is left unknown of this employer once its own ads are read.
    spread = math.sqrt(max(weight * within / len(own), 1e-9))
    margin = Z90 * max(spread, math.sqrt(within / len(every)))
    return Inflation(employer, len(own), mean, mean - margin, mean + margin, market_mean)


def _variances(gaps: dict[str, list[int]]) -> tuple[float, float]:
    """Return the variance within employers and between them (one-way analysis of variance)."""
    n, k = sum(map(len, gaps.values())), len(gaps)
    grand = fmean(gap for own in gaps.values() for gap in own)
    inside = sum((gap - fmean(own)) ** 2 for own in gaps.values() for gap in own)
    within = max(inside / (n - k) if n > k else 1.0, 1e-6)
    if k < 2:
        return within, 0.0
    outside = sum(len(own) * (fmean(own) - grand) ** 2 for own in gaps.values())
    typical = (n - sum(len(own) ** 2 for own in gaps.values()) / n) / (k - 1)
    return within, max((outside / (k - 1) - within) / typical, 0.0) if typical > 0 else 0.0


def _shares(ads: Sequence[LevelledAd]) -> tuple[Share, ...]:
    found = Counter(ad.level for ad in ads)
    return tuple(
        Share(level, count, count / len(ads), *_wilson(count, len(ads)))
        for level, count in sorted(found.items())
    )


def _wilson(count: int, n: int) -> tuple[float, float]:
    """Return Wilson's 90 % interval of a share: right also for small n and shares near 0 or 1."""
    share, z2 = count / n, Z90**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    margin = Z90 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(centre - margin, 0.0), min(centre + margin, 1.0)


def _pay(ads: Sequence[LevelledAd]) -> tuple[PayRange, ...]:
    middles: dict[str, list[float]] = {}
    for ad in ads:
        stated = [float(x) for x in (ad.pay_low, ad.pay_high) if x is not None]
        if ad.currency and ad.period is PayPeriod.YEAR and stated:
            middles.setdefault(ad.currency, []).append(fmean(stated))
    return tuple(
        PayRange(currency, len(values), *quantiles(values, n=4, method="inclusive"))
        for currency, values in sorted(middles.items())
        if len(values) >= FEWEST
    )


def _plain(words: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", words.lower()))
