"""What the ad wants and the profile proves: the strengths to lead with."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pmjobs.compare.gaps import weight_of
from pmjobs.compare.lines import anchor_shown
from pmjobs.compare.reading import Importance
from pmjobs.compare.verdicts import Judged, has_proof
from pmjobs.domain.plan import benefits
from pmjobs.domain.skills import Skill, plain, skills
from pmjobs.ladder import LevelEstimate
from pmjobs.profile import Profile


@dataclass(frozen=True, slots=True)
class Strength:
    """One thing the ad wants and the profile proves."""

    name: str
    skill: str | None  # id; None: years or a size
    importance: Importance
    evidence: str  # the ad's sentence
    proof: str  # the profile's line
    benefit: str | None  # what the employer gains
    builds: str | None  # how the post takes it further; None: it does not show that


def find_strengths(
    judged: Iterable[Judged], estimate: LevelEstimate, profile: Profile, text: str
) -> tuple[Strength, ...]:
    """Return the strengths, what the ad insists on first, then the heavier dimension.

    Skills that the table does not know are looked for in `text` by the reader's own words.
    """
    rank = list(Importance)
    found = [
        (rank.index(one.requirement.importance), -weight_of(_skill(one)), one)
        for one in judged
        if has_proof(one)
    ]
    found.sort(key=lambda entry: (entry[0], entry[1], entry[2].name))
    known = tuple(_strength(one, estimate, profile) for _, _, one in found)
    return known + tuple(_own_words(profile, text))


def _own_words(profile: Profile, text: str) -> Iterator[Strength]:
    bare = plain(text)
    for own in profile.skills:
        if own.skill is not None or own.proof is None:
            continue
        word = re.escape(plain(own.name).strip())
        if match := re.search(rf"(?<!\w){word}(?!\w)", bare):
            start = text.rfind("\n", 0, match.start()) + 1
            end = text.find("\n", match.end())
            line = text[start : end if end >= 0 else len(text)].strip()
            yield Strength(own.name, None, Importance.PASSING, line, own.proof, None, None)


def _strength(judged: Judged, estimate: LevelEstimate, profile: Profile) -> Strength:
    skill = _skill(judged)
    benefit = benefits().get(skill.feeds) if skill and skill.feeds else None
    builds = None
    if skill and skill.feeds and benefit:
        theirs, own = anchor_shown(estimate, skill.feeds), profile.anchor(skill.feeds)
        if theirs is not None and own is not None and theirs > own:
            builds = benefit.builds
    assert judged.proof is not None
    return Strength(
        name=judged.name,
        skill=skill.id if skill else None,
        importance=judged.requirement.importance,
        evidence=judged.requirement.quote,
        proof=judged.proof,
        benefit=benefit.gain if benefit else None,
        builds=builds,
    )


def _skill(judged: Judged) -> Skill | None:
    by_name = {skills()[one].name: skills()[one] for one in judged.requirement.skills}
    return by_name.get(judged.name)
