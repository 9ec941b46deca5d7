"""Ads that are one opening, published again or by an agency too, are one witness."""

from collections.abc import Iterable

from pmjobs.ladder import LevelledAd


def once(ads: Iterable[LevelledAd]) -> list[LevelledAd]:
    """Return one ad an opening: of its copies the one that states most of years and pay.

    An ad whose opening is not known stands for itself. Within an employer's ads an agency's copy
    plays no part, in the whole market it does: so ask of each group, not of all beforehand.
    """
    found: dict[int | str, LevelledAd] = {}
    for ad in ads:
        opening = ad.key if ad.opening is None else ad.opening
        if opening not in found or _stated(ad) > _stated(found[opening]):
            found[opening] = ad
    return list(found.values())


def _stated(ad: LevelledAd) -> int:
    return (ad.years is not None) + (ad.pay_low is not None or ad.pay_high is not None)
