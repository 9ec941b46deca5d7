"""From coded dimensions to a level: weighted distance to each level's profile, inside the gates.

Pure arithmetic over the tables of dimensions.toml and gates.toml. It serves a person's self-rating
and an ad's codes alike; dimensions that are not coded count for nothing, neither way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pmjobs.domain.levels import dimensions, gates
from pmjobs.ladder import DUTY_DIMENSIONS, PRICE_DIMENSIONS, Dimension, Level, Track

Codes = Mapping[Dimension, float]
Confidence = Literal["high", "medium", "low"]
# Years asked for, from which they read as which level. After the years rule of evaluation.md.
YEARS_RULE = ((12, 6), (8, 5), (5, 4), (3, 3), (1, 2), (0, 1))


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rubric makes of coded dimensions."""

    level: Level | None  # None: fewer than three duty dimensions are coded
    allowed: tuple[Level, ...]  # levels the gates leave open, lowest first
    distances: dict[Level, float]  # weighted mean distance in anchors, all seven; empty: no level
    confidence: Confidence | None
    conflict: bool  # price stands two or more levels from the duties
    price_level: Level | None  # nearest to the price dimensions; None: none is coded
    reason: str | None  # why there is no level

    def near(self, within: float) -> tuple[Level, ...]:
        """Return the allowed levels at most `within` anchors farther than the nearest one."""
        if not self.distances:
            return ()
        best = min(self.distances[level] for level in self.allowed)
        return tuple(lv for lv in self.allowed if self.distances[lv] - best <= within + 1e-9)


def read_codes(codes: Codes, *, track: Track | None = None, enterprise: bool = False) -> Reading:
    """Return the level that `codes` (anchors 0 to 4) show.

    `enterprise` says that the mandate covers the whole organisation, which L7 needs.

    >>> half = {Dimension.ACCOUNTABILITY: 2.0, Dimension.SCOPE: 2.0, Dimension.AUTONOMY: 2.0}
    >>> read_codes(half).level
    <Level.PROJECT_MANAGER: 3>
    >>> read_codes({Dimension.SCOPE: 4.0}).reason
    'only 1 of the eight duty dimensions is coded; 3 are needed'
    """
    scoring = gates()["scoring"]
    duties = {d: codes[d] for d in DUTY_DIMENSIONS if d in codes}
    prices = {d: codes[d] for d in PRICE_DIMENSIONS if d in codes}
    price_level = _nearest(_distances(prices), tuple(Level)) if prices else None
    if len(duties) < scoring["fewest_duties"]:
        count = f"only {len(duties)}" if duties else "none"
        verb = "is" if len(duties) < 2 else "are"
        reason = (
            f"{count} of the eight duty dimensions {verb} coded; "
            f"{scoring['fewest_duties']} are needed"
        )
        return Reading(None, tuple(Level), {}, None, False, price_level, reason)
    allowed = allowed_levels(codes, track=track, enterprise=enterprise)
    distances = _distances(duties)
    level = _nearest(distances, allowed)
    conflict = price_level is not None and stand_apart(price_level, level)
    ranked = sorted(allowed, key=lambda lv: (distances[lv], lv))
    margin = distances[ranked[1]] - distances[level] if len(ranked) > 1 else float("inf")
    if prices and not conflict and margin <= scoring["near_tie"]:
        by_price = _distances(prices)
        level = min(ranked[:2], key=lambda lv: (by_price[lv], distances[lv]))
    confidence = _confidence(len(duties), margin, conflict, scoring)
    return Reading(level, allowed, distances, confidence, conflict, price_level, None)


def stand_apart(one: Level, other: Level) -> bool:
    """Return whether two readings of a post are so far apart that both are told (3.1, S5).

    >>> stand_apart(Level.SENIOR, Level.COORDINATOR)
    True
    """
    return bool(abs(one - other) >= gates()["scoring"]["conflict"])


def years_level(years: float) -> Level:
    """Return the level as which years asked for read, taken alone.

    >>> years_level(15)
    <Level.HEAD: 6>
    """
    return Level(next(level for least, level in YEARS_RULE if years >= least))


def allowed_levels(
    codes: Codes, *, track: Track | None = None, enterprise: bool = False
) -> tuple[Level, ...]:
    """Return the levels that the gates leave open, lowest first; never empty."""
    table = gates()
    pmo = track is Track.PMO
    top = _ceiling(codes, table, pmo=pmo, enterprise=enterprise)
    floor = Level.SUPPORT
    own, scope = codes.get(Dimension.ACCOUNTABILITY), codes.get(Dimension.SCOPE)
    cap, lift = table["own_cap"], table["own_floor"]
    if own is not None and own <= cap["accountability"]:
        top = min(top, Level(cap["level_pmo" if pmo else "level"]))
    elif own is not None and own >= lift["accountability"]:
        autonomy = codes.get(Dimension.AUTONOMY)
        small = scope is not None and scope <= lift["scope_above"]
        if autonomy >= lift["autonomy"] if autonomy is not None else not small:
            floor = Level(lift["level"])
    return tuple(level for level in Level if floor <= level <= max(top, floor))


def _ceiling(codes: Codes, table: dict[str, Any], *, pmo: bool, enterprise: bool) -> Level:
    l4, l5, l6 = table["l4"], table["l5"], table["l6"]
    full = _count(codes, l4["any"], 0.0)
    close = _count(codes, l4["any"], l4["near"])
    if full < l4["count"] and close < l4["near_count"]:
        return Level.PROJECT_MANAGER
    five = l5["any_of"] + (l5["any_of_pmo"] if pmo else [])
    if not any(_holds(codes, needs) for needs in five):
        return Level.SENIOR
    if sum(_holds(codes, needs) for needs in l6["any_of"]) < l6["count"]:
        return Level.PROGRAMME
    return Level.EXECUTIVE if enterprise and _holds(codes, table["l7"]["all"]) else Level.HEAD


def _count(codes: Codes, needs: Mapping[str, float], below: float) -> int:
    return sum(codes.get(Dimension(name), -1.0) >= low - below for name, low in needs.items())


def _holds(codes: Codes, needs: Mapping[str, float]) -> bool:
    return _count(codes, needs, 0.0) == len(needs)


def _distances(codes: Codes) -> dict[Level, float]:
    table = dimensions()
    total = sum(table[d].weight for d in codes)
    return {
        level: sum(table[d].weight * abs(anchor - table[d].profile[level - 1])
                   for d, anchor in codes.items()) / total
        for level in Level
    }  # fmt: skip


def _nearest(distances: Mapping[Level, float], among: Sequence[Level]) -> Level:
    """The nearest level; of equally near ones the lower."""
    return min(among, key=lambda level: (round(distances[level], 9), level))


def _confidence(n: int, margin: float, conflict: bool, scoring: dict[str, Any]) -> Confidence:
    if n >= 5 and margin >= scoring["clear_margin"] and not conflict:
        return "high"
    return "medium" if n >= 4 and margin >= scoring["near_tie"] else "low"
