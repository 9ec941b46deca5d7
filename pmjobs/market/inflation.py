"""By how much an employer's titles claim more than the work shows."""

import math
from collections.abc import Sequence
from statistics import fmean

from pmjobs.ladder import LevelledAd
from pmjobs.market.record import FEWEST, Z90, Inflation


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
