"""What the market is told in: shares with intervals, pay, groups of ads, an employer's habit."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pmjobs.ladder import Level
from pmjobs.posting import PayPeriod

if TYPE_CHECKING:
    import pandas as pd

FEWEST = 5  # ads; below this a distribution says more about chance than about the market
Z90 = 1.6449  # standard normal quantile of a central 90 % interval


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
    """The middle half of what ads pay in one currency: a full-time year's pay, or a day's."""

    currency: str
    n: int
    lower: float  # lower quartile of the ads' midpoints
    middle: float
    upper: float
    period: PayPeriod = PayPeriod.YEAR  # or DAY: rates of contractors are not mixed with salaries
    n_assumed: int = 0  # of n: the ad states no period, its amount can only be a year's


@dataclass(frozen=True, slots=True)
class Group:
    """Ads that belong together: an employer's, a title's, a level's."""

    name: str
    n: int  # ads; copies of one opening are one
    levels: tuple[Share, ...]  # empty when n < FEWEST, or all were chosen by their level
    years: tuple[float, int] | None  # (median, ads that state years); None: fewer than FEWEST
    pay: tuple[PayRange, ...]  # one a currency and period with at least FEWEST ads

    @property
    def enough(self) -> bool:
        """Whether there are ads enough to say anything."""
        return self.n >= FEWEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """What the words of a title mean in the market: all its ads, and their parts."""

    words: str  # as asked
    country: str | None  # ISO 3166-1 alpha-2; None: all countries
    containing: bool  # titles count that only hold the words
    everything: Group
    by_country: tuple[Group, ...]
    by_employer: tuple[Group, ...]

    def frame(self, by: Literal["employer", "country"] = "employer") -> "pd.DataFrame":
        """Return one row an employer (or country) and level; <NA> names the whole market.

        Columns: employer (or country), n, level (1 to 7), share, low, high (0 to 1; the 90 %
        interval). Groups of fewer than `FEWEST` ads are left out.
        """
        import pandas as pd

        parts = self.by_employer if by == "employer" else self.by_country
        named = [(None, self.everything), *((found.name, found) for found in parts)]
        rows = [
            (name, found.n, int(at.level), at.share, at.low, at.high)
            for name, found in named
            for at in found.levels
        ]
        types = {by: "string", "n": "int64", "level": "Int8"}
        types |= dict.fromkeys(("share", "low", "high"), "float64")
        return pd.DataFrame.from_records(rows, columns=list(types)).astype(types)

    def _repr_html_(self) -> str:
        from pmjobs.market.page import fragment

        return fragment(self)


@dataclass(frozen=True, slots=True)
class Inflation:
    """By how many levels an employer's titles claim more than the work shows."""

    employer: str
    n: int
    mean: float  # levels, pooled with the market; above 0: titles claim more
    low: float  # 90 % interval
    high: float
    market_mean: float
