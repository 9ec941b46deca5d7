"""One number from 0 to 100 whose parts add up and are shown.

Five parts: what the ad asks for, the step the reader wants, the field and track the reader knows,
what the reader looks for, the place.
An ad that says little is neither punished nor rewarded: each part starts from a middle value and
moves as far as there is evidence. The title plays no part; pay only where more money is wished for.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from pmjobs.compare.moves import Moved
from pmjobs.compare.reading import Importance
from pmjobs.compare.verdicts import Judged
from pmjobs.compare.wishes import Wished
from pmjobs.domain.characteristics import Verdict
from pmjobs.domain.moves import Move
from pmjobs.domain.skills import Group, skills
from pmjobs.ladder import Level, LevelEstimate
from pmjobs.posting import Posting, WorkPlace
from pmjobs.profile import Profile, WantedStep

# Points each part can give; this project's judgement, see bench/ranking.py for what they rank.
REQUIREMENTS, STEP, FIELD, WISHES, PLACE = 25.0, 45.0, 15.0, 10.0, 5.0

# Requirements are averaged with this much of a middle value, so that one line decides little.
_PRIOR, _PRIOR_WEIGHT = 0.6, 3.0
_COUNTS = {Importance.ESSENTIAL: 1.0, Importance.DESIRABLE: 0.4, Importance.PASSING: 0.0}

# How welcome a real step is, by what the reader wants; steps beyond the table count as its end.
_WELCOME = {
    WantedStep.UP: {-2: 0.0, -1: 0.1, 0: 0.5, 1: 1.0, 2: 0.55, 3: 0.15, 4: 0.0},
    WantedStep.SAME: {-2: 0.1, -1: 0.4, 0: 1.0, 1: 0.6, 2: 0.2, 3: 0.0},
    WantedStep.DOWN: {-3: 0.2, -2: 0.6, -1: 1.0, 0: 0.6, 1: 0.1, 2: 0.0},
    WantedStep.ANY: {-2: 0.3, -1: 0.7, 0: 1.0, 1: 1.0, 2: 0.5, 3: 0.1},
}
_BIGGER_SAME = 0.75  # the same level, but bigger work, for somebody who wants up
_UNKNOWN_STEP = 0.4
# Line work leaves projects. Only who wishes for line responsibility looks for it: leading people is
# project work too, and counts among the wishes.
_LINE_WISHED, _LINE = 0.8, 0.25
_LINE_WISH = "p_and_l"

_VERDICTS = {
    Verdict.SHOWN: 1.0, Verdict.HINTED: 0.65, Verdict.NOT_STATED: 0.4, Verdict.RULED_OUT: 0.0
}  # fmt: skip
_NO_WISHES = 0.5

# How far the work is from what the reader has done: the field, and the track.
_SAME, _NOT_SAID, _OTHER, _OTHER_WISHED = 1.0, 0.6, 0.15, 0.5

OUTSIDE_CAP = 15.0  # no project work, nor a line post that the reader looks for
LINE_CAP = 45.0  # a line post that is looked for: below every project post that fits
AFTER_PROJECTS = "line work, which comes after the project posts that fit"
ELSEWHERE_CAP = 20.0  # in a country where the reader would not work
RULED_OUT_CAP = 10.0  # something the reader will not take


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the score."""

    name: str  # "requirements", "step", "field", "wishes", "place"
    points: float  # one decimal; of `most`
    most: float
    why: str  # for people


@dataclass(frozen=True, slots=True)
class Score:
    """The score and how it came about."""

    total: float  # 0 to 100, the sum of the parts unless capped
    parts: tuple[Part, ...]
    capped: str | None  # why the total stays below the sum


def score_of(
    posting: Posting,
    estimate: LevelEstimate,
    profile: Profile,
    *,
    judged: Iterable[Judged],
    moved: Moved,
    wished: Iterable[Wished],
    bigger: bool,
    fields: Collection[str],
    ruled_out: str | None,
) -> Score:
    """Return the score of one comparison.

    `bigger` says that the same level is bigger work, `fields` are the domains the ad shows.
    """
    parts = (
        _requirements(judged),
        _step(estimate, profile, moved, bigger=bigger),
        _field(estimate, profile, fields),
        _wishes(wished, profile.wishes),
        _place(posting, profile),
    )
    total = round(sum(part.points for part in parts), 1)
    ceilings = [
        (RULED_OUT_CAP, ruled_out),
        _outside(estimate, profile, moved),
        (ELSEWHERE_CAP, _elsewhere(posting, profile)),
    ]
    most, why = min((one for one in ceilings if one[1]), default=(total, None))
    return Score(most, parts, why) if total > most else Score(total, parts, None)


def _outside(estimate: LevelEstimate, profile: Profile, moved: Moved) -> tuple[float, str | None]:
    """How high work outside projects can stand, and why; None: it is project work."""
    if estimate.in_scope:
        return OUTSIDE_CAP, None
    if Move.LINE not in moved.moves:
        return OUTSIDE_CAP, moved.reason
    if profile.wishes.get(_LINE_WISH):
        return LINE_CAP, AFTER_PROJECTS
    return OUTSIDE_CAP, "line work, which leaves project work"


def _requirements(judged: Iterable[Judged]) -> Part:
    weighed = [(_COUNTS[j.requirement.importance], j.credit) for j in judged]
    weight = sum(count for count, _ in weighed)
    got = sum(count * credit for count, credit in weighed)
    share = (got + _PRIOR * _PRIOR_WEIGHT) / (weight + _PRIOR_WEIGHT)
    n = sum(1 for count, _ in weighed if count)
    why = f"{n} requirements" if n else "the ad lists no requirements"
    return _part("requirements", share, REQUIREMENTS, why)


def _step(estimate: LevelEstimate, profile: Profile, moved: Moved, *, bigger: bool) -> Part:
    if Move.LINE in moved.moves:
        wanted = bool(profile.wishes.get(_LINE_WISH))
        share = _LINE_WISHED if wanted else _LINE
        why = "line work, which you look for" if wanted else "leaves project work"
        return _part("step", share, STEP, why)
    own = profile.level
    if own is None or not estimate.in_scope:
        return _part("step", _UNKNOWN_STEP, STEP, moved.reason or "cannot be told")
    chances = estimate.probabilities or ({estimate.level: 1.0} if estimate.level else {})
    if estimate.abstained or not chances:
        return _part("step", _UNKNOWN_STEP, STEP, moved.reason or "cannot be told")
    welcome = _WELCOME[profile.step]
    share = sum(
        chance * _welcome(level, own, welcome, bigger=bigger and profile.step is WantedStep.UP)
        for level, chance in chances.items()
    ) / sum(chances.values())
    low, high = estimate.level_low or estimate.level, estimate.level_high or estimate.level
    between = f"L{int(low)}" if low == high else f"L{int(low)} to L{int(high)}"  # type: ignore[arg-type]
    return _part("step", share, STEP, f"{between} for your L{int(own)}")


def _welcome(level: Level, own: Level, welcome: Mapping[int, float], *, bigger: bool) -> float:
    step = min(max(level - own, min(welcome)), max(welcome))
    if step == 0 and bigger:
        return max(_BIGGER_SAME, welcome[0])
    return welcome[step]


def _field(estimate: LevelEstimate, profile: Profile, fields: Collection[str]) -> Part:
    """Two thirds for the field, one for the track; another one is welcome where breadth is."""
    other = _OTHER_WISHED if profile.wishes.get("breadth") else _OTHER
    known = {name for name in profile.held if skills()[name].group is Group.DOMAIN}
    known |= {skill.id for skill in skills().values() if skill.sector in profile.sectors}
    names = ", ".join(skills()[name].name for name in sorted(fields))
    if not fields or not known:
        field, why = _NOT_SAID, "the field is not told"
    elif known & set(fields):
        field, why = _SAME, f"your field: {names}"
    else:
        field, why = other, f"another field: {names}"
    if estimate.track is None or profile.track is None:
        track = _NOT_SAID
    else:
        track = _SAME if estimate.track is profile.track else other
        why += f"; track: {estimate.track}"
    return _part("field", (2 * field + track) / 3, FIELD, why)


def _wishes(wished: Iterable[Wished], wishes: Mapping[str, float]) -> Part:
    total = sum(wishes.values())
    if not total:
        return _part("wishes", _NO_WISHES, WISHES, "you have named no wishes")
    found = list(wished)
    got = sum(wishes.get(w.characteristic, 0.0) * _VERDICTS[w.verdict] for w in found)
    shown = [w.name for w in found if wishes.get(w.characteristic) and w.verdict is Verdict.SHOWN]
    return _part("wishes", got / total, WISHES, f"shown: {', '.join(shown) or 'none of yours'}")


def _place(posting: Posting, profile: Profile) -> Part:
    """Half for where, half for working from home; what neither side says counts half."""
    remote = posting.remote.kind if posting.remote else None
    where, why = _where(posting, profile, remote)
    home = 0.5
    if profile.remote is not None and remote is not None:
        order = [WorkPlace.ONSITE, WorkPlace.HYBRID, WorkPlace.REMOTE]
        home = 1.0 - 0.5 * max(0, order.index(profile.remote) - order.index(remote))
        why = f"{why}, {remote}"
    elif profile.remote is None:
        home = 1.0
    return _part("place", (where + home) / 2, PLACE, why)


def _where(posting: Posting, profile: Profile, remote: WorkPlace | None) -> tuple[float, str]:
    if not profile.countries and not profile.towns:
        return 1.0, "anywhere will do"
    theirs = {place.country for place in posting.locations if place.country}
    towns = {plain for place in posting.locations for plain in (place.text.casefold(),)}
    if any(town.casefold() in text for town in profile.towns for text in towns):
        return 1.0, "in a town of yours"
    if not theirs:
        return 0.5, "the ad names no country"
    if not theirs & set(profile.countries):
        return 0.0, "in another country"
    return (1.0 if not profile.towns or remote is WorkPlace.REMOTE else 0.7), "in your country"


def _elsewhere(posting: Posting, profile: Profile) -> str | None:
    """Why the place is none the reader named; None: it is, or one of both is not known."""
    theirs = {place.country for place in posting.locations if place.country}
    if not theirs or not profile.countries or theirs & set(profile.countries):
        return None
    return f"in {', '.join(sorted(theirs))}, where you would not work"


def _part(name: str, share: float, most: float, why: str) -> Part:
    return Part(name, round(min(max(share, 0.0), 1.0) * most, 1), most, why)
