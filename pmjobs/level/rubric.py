"""The rubric's own arithmetic: coded dimensions in, level out. No model.

Used as a baseline beside the model, and to check the tables on the rubric's worked examples.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pmjobs.domain.levels import dimensions, gates
from pmjobs.ladder import DUTY_DIMENSIONS, PRICE_DIMENSIONS, Dimension, Level, Track

_PMO = frozenset({Track.PMO})


@dataclass(frozen=True, slots=True)
class RubricAnswer:
    """What the rubric says of coded dimensions."""

    level: Level | None  # None: too few duty dimensions
    conflict: bool  # price and duties two levels or more apart
    margin: float | None  # weighted distance between the two nearest allowed levels


def rubric_level(
    coded: Mapping[Dimension, float], *, track: Track | None = None, mandate: bool = False
) -> RubricAnswer:
    """Return the level nearest to `coded` (anchors 0 to 4) among those the gates allow.

    `mandate` says that the post answers for the whole enterprise, which L7 needs.
    """
    scoring = gates()["scoring"]
    duties = {d: coded[d] for d in DUTY_DIMENSIONS if d in coded}
    if len(duties) < scoring["fewest_duties"]:
        return RubricAnswer(None, conflict=False, margin=None)
    low, high = allowed(coded, track=track, mandate=mandate)
    ranked = sorted((distance(duties, level), level) for level in Level if low <= level <= high)
    best, level = ranked[0]
    margin = ranked[1][0] - best if len(ranked) > 1 else None
    prices = {d: coded[d] for d in PRICE_DIMENSIONS if d in coded}
    priced = min((distance(prices, rung), rung) for rung in Level)[1] if prices else None
    conflict = priced is not None and abs(priced - level) >= scoring["conflict"]
    if prices and not conflict and margin is not None and margin <= scoring["near_tie"]:
        level = min((distance(prices, rung), rung) for _, rung in ranked[:2])[1]
    return RubricAnswer(level, conflict, margin)


def distance(coded: Mapping[Dimension, float], level: Level) -> float:
    """Return the weighted mean distance between coded anchors and a level's profile."""
    table = dimensions()
    weights = {d: table[d].weight for d in coded}
    apart = sum(weights[d] * abs(coded[d] - table[d].profile[level - 1]) for d in coded)
    return apart / sum(weights.values())


def allowed(
    coded: Mapping[Dimension, float], *, track: Track | None, mandate: bool
) -> tuple[Level, Level]:
    """Return the lowest and highest level that the gates allow."""
    table = gates()
    low, high = Level.SUPPORT, Level.EXECUTIVE
    if not (_all(table["l7"]["all"], coded) and mandate):
        high = Level.HEAD
    if sum(_all(rule, coded) for rule in table["l6"]["any_of"]) < table["l6"]["count"]:
        high = min(high, Level.PROGRAMME)
    senior = [*table["l5"]["any_of"], *(table["l5"]["any_of_pmo"] if track in _PMO else [])]
    if not any(_all(rule, coded) for rule in senior):
        high = min(high, Level.SENIOR)
    if not _reaches_l4(table["l4"], coded):
        high = min(high, Level.PROJECT_MANAGER)
    owned = coded.get(Dimension.ACCOUNTABILITY)
    if owned is not None and owned <= table["own_cap"]["accountability"]:
        cap = table["own_cap"]["level_pmo" if track in _PMO else "level"]
        high = min(high, Level(cap))
    if _owns(table["own_floor"], coded):
        low = Level(table["own_floor"]["level"])
    return min(low, high), high


def _all(rule: Mapping[str, float], coded: Mapping[Dimension, float]) -> bool:
    return all(coded.get(Dimension(name), -1.0) >= least for name, least in rule.items())


def _reaches_l4(gate: Mapping[str, Any], coded: Mapping[Dimension, float]) -> bool:
    least = {Dimension(name): value for name, value in gate["any"].items()}
    full = sum(coded.get(d, -1.0) >= value for d, value in least.items())
    near = sum(coded.get(d, -1.0) >= value - gate["near"] for d, value in least.items())
    return bool(full >= gate["count"] or near >= gate["near_count"])


def _owns(gate: Mapping[str, float], coded: Mapping[Dimension, float]) -> bool:
    if coded.get(Dimension.ACCOUNTABILITY, -1.0) < gate["accountability"]:
        return False
    autonomy = coded.get(Dimension.AUTONOMY)
    if autonomy is not None:
        return autonomy >= gate["autonomy"]
    scope = coded.get(Dimension.SCOPE)
    return scope is None or scope > gate["scope_above"]
