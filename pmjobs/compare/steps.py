"""Whether an ad would be a step up: in work, in title, in pay, each for itself."""

from pmjobs.domain.moves import Step, move_rules
from pmjobs.ladder import Dimension, Level, LevelEstimate
from pmjobs.profile import Profile

_SIZES = (Dimension.SCOPE, Dimension.ACCOUNTABILITY)


def find_steps(
    estimate: LevelEstimate,
    profile: Profile,
    *,
    step: int | None,
    own_title: Level | None,
    gain: float | None,
) -> tuple[Step, ...]:
    """Return every kind of step that holds, the one to show first at the front.

    `step` is the real one in levels (None: cannot be told), `own_title` what the reader's title
    claims, `gain` the like-for-like gain in pay as a share (None: no verdict).
    """
    if step is None:
        return (Step.UNCLEAR,)
    title_up = title_is_up(estimate.title_level, own_title)
    better_paid = gain is not None and gain >= move_rules().pay_gain
    found = set()
    if step >= 1:
        found.add(Step.REAL if title_up else Step.HIDDEN)
        if step >= 2:
            found.add(Step.STRETCH)
        if gain is not None and gain < 0:
            found.add(Step.UNDERPAID)
    else:
        if step == 0 and bigger_work(estimate, profile):
            found.add(Step.SIZE)
        if title_up:
            found.add(Step.TITLE_AND_PAY if better_paid else Step.TITLE_ONLY)
        elif better_paid:
            found.add(Step.PAY_ONLY)
    return tuple(sorted(found, key=list(Step).index)) or (Step.NONE,)


def title_is_up(theirs: Level | None, own: Level | None) -> bool:
    """Whether the ad's title claims more than the reader's; unknown claims are no step."""
    return theirs is not None and own is not None and theirs > own


def bigger_work(estimate: LevelEstimate, profile: Profile) -> bool:
    """Whether scope or accountability stand at least one anchor above the reader's largest."""
    for dimension in _SIZES:
        theirs, own = estimate.dimensions.get(dimension), profile.anchor(dimension)
        if theirs is not None and own is not None and theirs - own >= move_rules().size_anchors:
            return True
    return False
