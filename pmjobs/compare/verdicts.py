"""Hold the requirements of an ad against a profile: met, missing or unclear, each with its reason.

Missing from the profile means "not shown". What everybody at the reader's level has done and few
think of writing down is therefore unclear, not missing; a certificate or a tool is missing.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pmjobs.compare.pay import converted
from pmjobs.compare.reading import Kind, Requirement
from pmjobs.domain.plan import equivalents
from pmjobs.domain.skills import Group, Skill, skills
from pmjobs.ladder import Level
from pmjobs.profile import Depth, OwnCertificate, OwnSkill, Profile


class Standing(StrEnum):
    """Where the reader stands with one requirement."""

    MET = "met"
    MISSING = "missing"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Judged:
    """One requirement held against the profile."""

    requirement: Requirement
    standing: Standing
    credit: float  # 0 to 1, what it counts for in the score
    name: str  # for people: "Risk management"
    proof: str | None  # the profile's own line
    note: str | None  # "one step down: PMP", "known, but not at this depth"
    short_of_depth: bool = False  # has it, two steps too shallow
    close: str | None = None  # what the reader has instead: near enough to count, no proof of this


# The depth that goes with a level; the five steps of the APM scale.
DEPTHS = {
    Level.SUPPORT: Depth.AWARE,
    Level.COORDINATOR: Depth.PRACTISED,
    Level.PROJECT_MANAGER: Depth.COMPETENT,
    Level.SENIOR: Depth.PROFICIENT,
    Level.PROGRAMME: Depth.PROFICIENT,
    Level.HEAD: Depth.EXPERT,
    Level.EXECUTIVE: Depth.EXPERT,
}
TOO_SHALLOW = 2  # steps
UNSTATED = Depth.COMPETENT  # what a skill without a stated depth is taken for

# Credit of each outcome. The order is what matters: having more never counts for less.
_MET, _STEP_SHORT, _EQUIVALENT, _SHALLOW, _UNCLEAR, _MISSING = 1.0, 0.9, 0.8, 0.5, 0.4, 0.0
# Groups whose absence from a profile proves nothing at the level where everybody has them.
_TAKEN_FOR_GRANTED = (Group.TECHNICAL, Group.LEADERSHIP, Group.STRATEGIC)


def judge(requirement: Requirement, profile: Profile, level: Level | None) -> Judged:
    """Return where `profile` stands with `requirement` of an ad of `level` (None: unknown)."""
    if requirement.kind is Kind.YEARS:
        return _years(requirement, profile)
    if requirement.kind is Kind.EXPERIENCE:
        return _size(requirement, profile)
    judged = [_skill(requirement, skills()[one], profile, level) for one in requirement.skills]
    best = max(judged, key=lambda j: j.credit)  # of equals the one the ad names first
    if requirement.equivalent and best.standing is Standing.MISSING:
        return Judged(
            requirement, Standing.UNCLEAR, _UNCLEAR, best.name, None,
            "the ad takes an equivalent; say what yours is",
        )  # fmt: skip
    return best


def has_proof(judged: Judged) -> bool:
    """Whether the profile proves this very thing, by a line of its own or a certificate."""
    return judged.standing is Standing.MET and judged.proof is not None and judged.close is None


def _skill(requirement: Requirement, skill: Skill, profile: Profile, level: Level | None) -> Judged:
    own = profile.held.get(skill.id)
    if own is not None:
        found = _held(requirement, skill, own, level)
        if not found.short_of_depth:
            return found
        other = _by_equivalent(requirement, skill, profile)
        return other if other and other.credit > found.credit else found
    if other := _by_equivalent(requirement, skill, profile):
        return other
    if skill.group is Group.DOMAIN and skill.sector in profile.sectors:
        return Judged(requirement, Standing.MET, _MET, skill.name, None, "your sector")
    if skill.group is Group.OTHER or skill.group is Group.EDUCATION:
        return Judged(
            requirement, Standing.UNCLEAR, _UNCLEAR, skill.name, None, "your profile does not say"
        )
    if _taken_for_granted(skill, profile.level):
        note = "not in your profile, though usual at your level; have a line of proof ready"
        return Judged(requirement, Standing.UNCLEAR, _UNCLEAR, skill.name, None, note)
    note = "not shown in your profile"
    return Judged(requirement, Standing.MISSING, _MISSING, skill.name, None, note)


def _taken_for_granted(skill: Skill, own: Level | None) -> bool:
    """Whether everybody at the reader's level has it: of tools only the office's."""
    if skill.expected_from is None or own is None or skill.expected_from > own:
        return False
    office = skill.group is Group.TOOLS and skill.expected_from is Level.SUPPORT
    return office or skill.group in _TAKEN_FOR_GRANTED


def _held(
    requirement: Requirement, skill: Skill, own: OwnSkill | OwnCertificate, level: Level | None
) -> Judged:
    if isinstance(own, OwnCertificate):
        proof = f"{own.name} ({own.year})" if own.year else own.name
        return Judged(requirement, Standing.MET, _MET, skill.name, proof, None)
    depth = own.depth or UNSTATED
    steps = DEPTHS[level] - depth if level else 0
    if steps >= TOO_SHALLOW:
        note = f"{depth.name.lower()}, where this level takes {_depth(level)}"
        return Judged(requirement, Standing.MISSING, _SHALLOW, skill.name, own.proof, note, True)
    if steps == 1:
        note = f"one step short of {_depth(level)}"
        return Judged(requirement, Standing.MET, _STEP_SHORT, skill.name, own.proof, note)
    return Judged(requirement, Standing.MET, _MET, skill.name, own.proof, None)


def _by_equivalent(requirement: Requirement, skill: Skill, profile: Profile) -> Judged | None:
    closing = equivalents().get(skill.id, {})
    for full in (True, False):
        for other, in_full in closing.items():
            own = profile.held.get(other)
            if own is None or in_full is not full:
                continue
            proof = own.proof if isinstance(own, OwnSkill) else own.name
            note = f"by {own.name}" if full else f"one step down, by {own.name}"
            credit = _STEP_SHORT if full else _EQUIVALENT
            close = None if full else own.name
            return Judged(requirement, Standing.MET, credit, skill.name, proof, note, close=close)
    return None


def _years(requirement: Requirement, profile: Profile) -> Judged:
    asked = requirement.years or 0.0
    kind = "managing projects" if requirement.managing else "of work"
    name = f"{_in_years(asked)} {kind}"
    own = profile.years_managing if requirement.managing else profile.years_working
    if own is None and not requirement.managing:
        own = profile.years_managing  # whoever has managed for ten years has worked for ten
        if own is not None and own < asked:
            own = None
    if own is None:
        return Judged(
            requirement, Standing.UNCLEAR, _UNCLEAR, name, None, "your profile does not say"
        )
    proof = f"{_in_years(own)} {kind}"
    if own >= asked:
        return Judged(requirement, Standing.MET, _MET, name, proof, None)
    share = _SHALLOW * own / asked
    note = f"you have {own:g}; what was done outranks how long"
    return Judged(requirement, Standing.MISSING, share, name, proof, note)


def _in_years(years: float) -> str:
    return "1 year" if years == 1 else f"{years:g} years"


def _size(requirement: Requirement, profile: Profile) -> Judged:
    largest = profile.largest
    if requirement.team is not None:
        name = f"a team of {requirement.team}"
        return _measure(
            requirement, name, _decimal(requirement.team), _decimal(largest.team), largest.proof
        )
    assert requirement.amount is not None
    name = f"budgets of {requirement.text.strip()}"
    own = None
    if largest.budget is not None and largest.currency and requirement.currency:
        own = converted(largest.budget, largest.currency, requirement.currency)
    return _measure(requirement, name, requirement.amount, own, largest.proof)


def _measure(
    requirement: Requirement,
    name: str,
    asked: Decimal | None,
    own: Decimal | None,
    proof: str | None,
) -> Judged:
    if own is None or not asked:
        note = "cannot be compared with your profile; say what yours were"
        return Judged(requirement, Standing.UNCLEAR, _UNCLEAR, name, proof, note)
    if own >= asked:
        return Judged(requirement, Standing.MET, _MET, name, proof, None)
    note = f"your largest is {float(own / asked):.0%} of it"
    share = _SHALLOW * float(own / asked)
    return Judged(requirement, Standing.MISSING, share, name, proof, note)


def _depth(level: Level | None) -> str:
    return DEPTHS[level].name.lower() if level else ""


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)
