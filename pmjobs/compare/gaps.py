"""What stands between the reader and an ad: gaps by kind, each with the advice that fits it."""

from collections.abc import Iterable
from dataclasses import dataclass

from pmjobs.compare.reading import Importance, Kind
from pmjobs.compare.verdicts import Judged, Standing
from pmjobs.domain.levels import dimensions
from pmjobs.domain.plan import certificate_gates, gap_advice
from pmjobs.domain.skills import GapKind, Skill, skills
from pmjobs.ladder import Dimension
from pmjobs.profile import Profile


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing the ad asks for and the profile does not show."""

    name: str  # "Risk management"
    skill: str | None  # id; None: years or a size
    kind: GapKind
    importance: Importance
    evidence: str  # the ad's sentence
    note: str | None
    lead: str  # "training", "doing", "coach" or "mentor"
    advice: str
    weight: float  # of the dimension it feeds, out of 100


def find_gaps(judged: Iterable[Judged], profile: Profile) -> tuple[Gap, ...]:
    """Return the gaps, essential before desirable, heavier dimension first."""
    found = [
        _gap(one, profile)
        for one in judged
        if one.standing is Standing.MISSING and one.requirement.importance is not Importance.PASSING
    ]
    by_insistence = {Importance.ESSENTIAL: 0, Importance.DESIRABLE: 1}
    return tuple(sorted(found, key=lambda g: (by_insistence[g.importance], -g.weight, g.name)))


def certificate_advice(skill: Skill, profile: Profile) -> str | None:
    """Return what to do first where the reader cannot sit a certificate yet; None: nothing.

    Where the profile does not say how long, the condition is named and nothing is advised.
    """
    gate = certificate_gates().get(skill.id)
    if gate is None:
        return None
    degree = "edu_degree" in profile.held or "edu_master" in profile.held
    months = gate.months if degree else gate.months_without_degree
    years = profile.years_programmes if gate.programmes else profile.years_managing
    asks = f"it asks for {months} {gate.what}"
    if years is None:
        return f"Check first whether you may sit it: {asks}; check with its body."
    if years * 12 >= months:
        return None
    until = skills()[gate.until_then].name if gate.until_then else None
    meanwhile = f" Until then: {until}." if until and gate.until_then not in profile.held else ""
    return f"You cannot sit it yet: {asks}; you have {years * 12:g}.{meanwhile}"


def weight_of(skill: Skill | None) -> float:
    """Return the weight of the dimension that a skill feeds, out of 100."""
    return dimensions()[skill.feeds].weight if skill and skill.feeds else 0.0


def _gap(judged: Judged, profile: Profile) -> Gap:
    requirement = judged.requirement
    skill = _skill(judged)
    if skill is None or judged.short_of_depth:
        kind = GapKind.EXPERIENCE
        if skill is not None and skill.gap is not GapKind.KNOWLEDGE:
            kind = skill.gap
    else:
        kind = skill.gap
    advice = gap_advice()[kind]
    first = certificate_advice(skill, profile) if skill and skill.certificate else None
    weight = _weight_of_kind(requirement.kind) if skill is None else weight_of(skill)
    return Gap(
        name=judged.name,
        skill=skill.id if skill else None,
        kind=kind,
        importance=requirement.importance,
        evidence=requirement.quote,
        note=judged.note,
        lead=advice.lead,
        advice=first or advice.first,
        weight=weight,
    )


def _weight_of_kind(kind: Kind) -> float:
    which = Dimension.EXPERIENCE if kind is Kind.YEARS else Dimension.SCOPE
    return dimensions()[which].weight


def _skill(judged: Judged) -> Skill | None:
    """The skill that was judged: of alternatives the one that came nearest."""
    by_name = {skills()[one].name: skills()[one] for one in judged.requirement.skills}
    return by_name.get(judged.name)
