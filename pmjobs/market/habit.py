"""By how much an employer's titles claim more than the work shows.

A normal model with partial pooling: each employer has a habit of its own around the market's, and
its ads scatter around the habit. How far habits lie apart is not known either; the answer is
averaged over all that the data allow, so that the interval does not collapse where a few
employers happen to look alike.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from statistics import NormalDist, fmean

from pmjobs.ladder import LevelledAd
from pmjobs.market.copies import once
from pmjobs.market.record import FEWEST, Inflation

# Prior of the spread between employers' habits: half-normal, in levels. It is weak, for titles
# claim between no and two levels too much: habits a level apart are as far as is plausible, and
# a spread of nought is allowed but never taken for certain.
PRIOR = 0.5
SPREADS = tuple((step + 0.5) * 0.08 for step in range(25))  # levels; the grid, up to four PRIORs
MARGIN = 0.05  # left out on each side of the interval: 90 % remain

Mixture = Sequence[tuple[float, NormalDist]]  # weights that add up to 1
Sums = Mapping[int, tuple[int, float, float]]  # n → employers with n ads, their means, squares


def inflation(employer: str, ads: Sequence[LevelledAd]) -> Inflation | None:
    """Return how far an employer's titles claim more than the work shows, or None.

    `ads` are the whole market's, the employer's included. The fewer its own, the nearer it stays
    to the market. None with fewer than `FEWEST` of its ads in a market of twice as many.
    """
    gaps = _gaps(ads)
    own = gaps.get(employer, [])
    n = sum(map(len, gaps.values()))
    if len(own) < FEWEST or n < 2 * FEWEST:
        return None
    market = fmean(gap for found in gaps.values() for gap in found)
    mixture = _habit(own, gaps.values(), _variance_within(gaps.values()))
    mean = sum(weight * habit.mean for weight, habit in mixture)
    low, high = (_quantile(mixture, share) for share in (MARGIN, 1 - MARGIN))
    return Inflation(employer, len(own), mean, low, high, market)


def _gaps(ads: Iterable[LevelledAd]) -> dict[str, list[int]]:
    """Return employer → by how many levels each title claims too much, one an opening."""
    every: dict[str, list[LevelledAd]] = {}
    for ad in ads:
        if ad.employer and ad.title_level is not None:
            every.setdefault(ad.employer, []).append(ad)
    return {
        employer: [int(ad.title_level) - int(ad.level) for ad in once(own) if ad.title_level]
        for employer, own in every.items()
    }


def _habit(own: Sequence[int], every: Iterable[Sequence[int]], within: float) -> Mixture:
    """Return what is known of an employer's habit: a normal distribution a spread of the grid.

    Each spread counts by its prior, and by how well it explains all employers' means.
    """
    means: dict[int, list[float]] = {}
    for gaps in every:
        means.setdefault(len(gaps), []).append(fmean(gaps))
    sums = {
        n: (len(found), sum(found), sum(mean * mean for mean in found))
        for n, found in means.items()
    }
    scored = [_given(spread, own, sums, within) for spread in SPREADS]
    best = max(score for score, _ in scored)
    total = sum(math.exp(score - best) for score, _ in scored)
    return [(math.exp(score - best) / total, habit) for score, habit in scored]


def _given(
    spread: float, own: Sequence[int], sums: Sums, within: float
) -> tuple[float, NormalDist]:
    """Return the log posterior of `spread`, but for a constant, and the habit if it were true.

    In closed form, with a flat prior of the market's mean: Gelman and others, Bayesian Data
    Analysis, 5.4.
    """
    precision = {n: 1 / (spread**2 + within / n) for n in sums}
    total = sum(precision[n] * count for n, (count, _, _) in sums.items())
    centre = sum(precision[n] * summed for n, (_, summed, _) in sums.items()) / total
    squared = sum(precision[n] * squares for n, (_, _, squares) in sums.items())
    fit = sum(count * math.log(precision[n]) for n, (count, _, _) in sums.items())
    fit -= math.log(total) + squared - total * centre**2
    pulled = within / len(own) * precision[len(own)]  # towards the centre, 0 to 1
    mean = pulled * centre + (1 - pulled) * fmean(own)
    variance = (1 - pulled) * within / len(own) + pulled**2 / total
    return (fit - (spread / PRIOR) ** 2) / 2, NormalDist(mean, math.sqrt(variance))


def _quantile(mixture: Mixture, share: float) -> float:
    """Return the value below which `share` of a mixture lies."""
    low = min(habit.inv_cdf(share) for _, habit in mixture)
    high = max(habit.inv_cdf(share) for _, habit in mixture)
    while high - low > 1e-4:
        middle = (low + high) / 2
        if sum(weight * habit.cdf(middle) for weight, habit in mixture) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _variance_within(every: Iterable[Sequence[int]]) -> float:
    """Return the variance of gaps around their employer's mean, as if one more were a level off.

    Gaps are whole levels, so a few that are all the same do not mean that none ever differs.
    """
    every = list(every)
    inside = sum((gap - fmean(gaps)) ** 2 for gaps in every for gap in gaps)
    return (inside + 1) / (sum(map(len, every)) - len(every) + 1)
