"""Which move an ad would be: up, out, sideways, to the line, down, same, or not to be told.

Levels are compared as work. A step counts only where the ad's interval lies beyond the reader's
level, or is on that side with probability 0.6.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from pmjobs.domain.moves import Move, move_rules
from pmjobs.ladder import LINE, Dimension, Family, Level, LevelEstimate, Track
from pmjobs.posting import Posting
from pmjobs.profile import Profile


@dataclass(frozen=True, slots=True)
class Moved:
    """Where an ad would lead the reader."""

    moves: tuple[Move, ...]  # all that hold, the main one first
    real_step: int | None  # levels; None: cannot be told, or no project work
    reason: str | None  # why it is unclear, for people
    internal: bool | None  # the same employer; None: the employer is not known

    @property
    def main(self) -> Move:
        """The move shown first."""
        return self.moves[0]


# Functions with people and results besides those that are line by family.
_STANDING = frozenset({Family.ENGINEERING_PEOPLE, Family.PROPERTY_FACILITIES})
_PEOPLE = 3.0  # anchor of people leadership from which such a function is a line post


def find_moves(
    posting: Posting,
    estimate: LevelEstimate,
    profile: Profile,
    *,
    sector: str | None = None,
    agency: bool = False,
) -> Moved:
    """Return the moves that `posting` would be for the reader, the main one first."""
    internal = None if agency else same_employer(posting.employer, profile.employer)
    found: list[Move] = []
    step: int | None = None
    reason: str | None = None
    if leads_to_line(estimate):
        found.append(Move.LINE)
    elif not estimate.in_scope:
        reason = estimate.reason or f"not project work: {str(estimate.family).replace('_', ' ')}"
        found.append(Move.UNCLEAR)
    else:
        step, reason = real_step(estimate, profile.level)
        if step is None:
            found.append(Move.UNCLEAR)
        elif step <= -1:
            found.append(Move.DOWN)
        elif step >= 1:
            found.append(Move.UP)
        elif changes_track(estimate.track, profile.track) or _changes_sector(sector, profile):
            found.append(Move.SIDEWAYS)
        elif internal is not False:
            found.append(Move.SAME)
    if internal is False:
        found.append(Move.OUT)
    order = list(Move)
    return Moved(tuple(sorted(found, key=order.index)), step, reason, internal)


def leads_to_line(estimate: LevelEstimate) -> bool:
    """Whether the post runs a standing service or function."""
    if estimate.family in LINE:
        return True
    people = estimate.dimensions.get(Dimension.PEOPLE, 0.0)
    return estimate.family in _STANDING and people >= _PEOPLE


def real_step(estimate: LevelEstimate, own: Level | None) -> tuple[int | None, str | None]:
    """Return the levels between the reader's work and the ad's, or None and why.

    The step is the largest that is sure: level 5 for somebody at 3 is one step as long as level 4
    is likely enough.
    """
    if own is None:
        return None, "your own level is not known; rate yourself on at least three dimensions"
    if estimate.level is None:
        return None, estimate.reason or "the ad's level cannot be told"
    level = estimate.level
    low, high = estimate.level_low or level, estimate.level_high or level
    chances = estimate.probabilities
    sure = move_rules().sure

    def above(step: int) -> bool:
        chance = sum(p for rung, p in chances.items() if rung >= own + step)
        return low >= own + step or (chance >= sure and level >= own + step)

    def below(step: int) -> bool:
        chance = sum(p for rung, p in chances.items() if rung <= own - step)
        return high <= own - step or (chance >= sure and level <= own - step)

    for step in range(6, 0, -1):
        if above(step):
            return step, None
        if below(step):
            return -step, None
    straddles = low < own < high
    if level == own and (not straddles or chances.get(own, 0.0) >= 0.5):
        return 0, None
    return None, f"the work lies between L{int(low)} and L{int(high)}, on both sides of your L{own}"


def changes_track(theirs: Track | None, own: Track | None) -> bool:
    """Whether both tracks are known and differ."""
    return theirs is not None and own is not None and theirs is not own


def same_employer(one: str | None, other: str | None) -> bool | None:
    """Whether two names mean one employer; None if one of them is not known.

    >>> same_employer("Acme Ltd", "ACME Limited")
    True
    >>> same_employer("Acme", None)
    """
    if not one or not other or not (mine := _bare(one)) or not (yours := _bare(other)):
        return None
    return mine == yours


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    from cleanco import basename  # here: it reads its table of legal forms

    stripped = basename(basename(name)) or name
    return re.sub(r"[\W_]+", " ", stripped).strip().casefold().removeprefix("the ")


def _changes_sector(sector: str | None, profile: Profile) -> bool:
    return sector is not None and bool(profile.sectors) and sector not in profile.sectors
