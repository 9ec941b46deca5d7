"""Levelled ads in, groups with counts and intervals out."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median

from pmjobs.domain.titles import role_of, spelled
from pmjobs.ladder import LevelledAd
from pmjobs.market.copies import once
from pmjobs.market.pay import pay_ranges
from pmjobs.market.record import FEWEST, Z90, Group, Market, Share
from pmjobs.market.titles import says_words

NO_COUNTRY = "no one country stated"


def group(name: str, ads: Iterable[LevelledAd], *, one_level: bool = False) -> Group:
    """Return the figures of `ads`, copies of one opening counted once.

    Fewer than `FEWEST` openings give their count and nothing more. Of ads that were chosen by
    their level, `one_level`, no shares are told: all of them have it.
    """
    ads = once(ads)
    if len(ads) < FEWEST:
        return Group(name, len(ads), (), None, ())
    asked = [ad.years for ad in ads if ad.years is not None]
    years = (median(asked), len(asked)) if len(asked) >= FEWEST else None
    return Group(name, len(ads), () if one_level else _shares(ads), years, pay_ranges(ads))


def market_of(
    words: str,
    ads: Iterable[LevelledAd],
    *,
    country: str | None = None,
    containing: bool = False,
) -> Market:
    """Return what titles that say `words` are worth, in all and by country and employer.

    `country` is ISO 3166-1 alpha-2. `containing` takes in titles that only hold the words.
    """
    says = says_words(words, containing=containing)
    found = [ad for ad in ads if country in (None, ad.country) and says(ad.title)]
    told = words if containing or role_of(words) is None else spelled(words)
    return Market(
        words=words,
        country=country,
        containing=containing,
        everything=group(f"{told}, {country}" if country else told, found),
        by_country=by_country(found),
        by_employer=by_employer(found),
    )


def by_employer(ads: Iterable[LevelledAd]) -> tuple[Group, ...]:
    """Return a group an employer, largest first; employers with too few ads keep their count."""
    return _parts((ad.employer, ad) for ad in ads if ad.employer)


def by_country(ads: Iterable[LevelledAd]) -> tuple[Group, ...]:
    """Return a group a country, largest first; ads that state none, or several, are one group."""
    return _parts((ad.country or NO_COUNTRY, ad) for ad in ads)


def _parts(named: Iterable[tuple[str, LevelledAd]]) -> tuple[Group, ...]:
    found: dict[str, list[LevelledAd]] = {}
    for name, ad in named:
        found.setdefault(name, []).append(ad)
    groups = (group(name, own) for name, own in found.items())
    return tuple(sorted(groups, key=lambda g: (-g.n, g.name)))


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
