"""A profile to fill in, a profile as JSON, and what would make one more useful."""

import os
from importlib.resources import files
from pathlib import Path
from typing import Any

from pmjobs.domain.characteristics import characteristics
from pmjobs.domain.levels import dimensions
from pmjobs.domain.sectors import sectors
from pmjobs.domain.skills import ambiguous_terms, plain
from pmjobs.errors import ProfileError
from pmjobs.ladder import DUTY_DIMENSIONS, Track
from pmjobs.profile.record import OwnCertificate, OwnSkill, Profile

ENOUGH_SKILLS = 5


def init_profile(path: Path) -> None:
    """Write a commented profile to fill in. Raises ProfileError as `save_new` does."""
    save_new(path, template())


def save_new(path: Path, text: str) -> None:
    """Write a profile that only its owner can read (mode 600).

    Raises ProfileError if the file is there already: nothing is ever overwritten.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise ProfileError(
            f"{path}: there is a file already; edit it, or name another one"
        ) from None
    except OSError as error:
        raise ProfileError(f"{path}: cannot be written ({error.strerror})") from None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


def template() -> str:
    """Return the text of a profile to fill in; it reads as an empty profile as it stands."""
    text = files("pmjobs.profile").joinpath("template.toml").read_text(encoding="utf-8")
    filled = {
        "tracks": ", ".join(Track),
        "sectors": "\n#   ".join(sectors()),
        "level": "".join(map(_rating, DUTY_DIMENSIONS)),
        "wishes": "".join(f"# {c.id} = 0{' ' * (24 - len(c.id))}# {c.name}\n" for c in
                          characteristics().values()),
    }  # fmt: skip
    for name, value in filled.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def gaps_in(profile: Profile) -> list[str]:
    """Return what would make the profile more useful, most useful first; [] if it is complete."""
    found = []
    if profile.level is None:
        found.append(f"level: {profile.reading.reason}; without a level every move is unclear")
    elif unrated := [d for d in DUTY_DIMENSIONS if d not in profile.anchors]:
        found.append(f"level: not rated: {', '.join(unrated)}")
    for dimension, own in profile.anchors.items():
        if own.proof is None:
            found.append(f"level: {dimension}: no proof; add a line with scale and result")
    if profile.track is None:
        found.append("now: track: missing; sideways moves cannot be told without it")
    if profile.title is None:
        found.append("now: title: missing; a step in title only cannot be told without it")
    if profile.employer is None:
        found.append("now: employer: missing; moves inside your firm cannot be told without it")
    if profile.years_managing is None:
        found.append("experience: years_managing_projects: missing; ads ask for years")
    if profile.largest.budget is None:
        found.append("experience: largest: budget: missing; ads ask for the size of past work")
    if profile.pay is None:
        found.append("pay: missing; no verdict on pay without it")
    if not profile.wishes:
        found.append("wishes: none; say what the next post should give you")
    if len(profile.skills) < ENOUGH_SKILLS:
        found.append(f"skill: {len(profile.skills)} so far; ads ask for many, list yours")
    found += [line for own in profile.skills for line in _skill_gaps(own)]
    found += [
        f"certificate: {own.name}: not one pmjobs knows; it is looked for by its own words"
        for own in profile.certificates
        if own.skill is None
    ]
    return found


def profile_as_json(profile: Profile) -> dict[str, Any]:
    """Return what was understood of a profile, as plain JSON values."""
    reading, largest, pay, out = profile.reading, profile.largest, profile.pay, profile.out
    return {
        "level": profile.level and int(profile.level),
        "level_allowed": [int(level) for level in reading.allowed] if profile.level else [],
        "confidence": reading.confidence,
        "reason": reading.reason,
        "anchors": {
            str(dimension): {"anchor": own.anchor, "proof": own.proof}
            for dimension, own in profile.anchors.items()
        },
        "title": profile.title,
        "employer": profile.employer,
        "track": profile.track and str(profile.track),
        "sectors": list(profile.sectors),
        "country": profile.country,
        "enterprise_mandate": profile.enterprise_mandate,
        "years_managing_projects": profile.years_managing,
        "years_leading_programmes": profile.years_programmes,
        "years_working": profile.years_working,
        "largest": {
            "budget": None if largest.budget is None else float(largest.budget),
            "currency": largest.currency,
            "team": largest.team,
            "months": largest.months,
            "countries": largest.countries,
            "proof": largest.proof,
        },
        "skills": [_skill_as_json(own) for own in profile.skills],
        "certificates": [_certificate_as_json(own) for own in profile.certificates],
        "pay": None
        if pay is None
        else {
            "amount": float(pay.amount),
            "currency": pay.currency,
            "period": str(pay.period),
            "basis": str(pay.basis),
            "fte": pay.fte,
        },
        "places": {
            "countries": list(profile.countries),
            "towns": list(profile.towns),
            "remote": profile.remote and str(profile.remote),
        },
        "step": str(profile.step),
        "wishes": dict(profile.wishes),
        "out": {
            "employers": list(out.employers),
            "sectors": list(out.sectors),
            "words": list(out.words),
            "moves": list(out.moves),
            "places": [str(place) for place in out.places],
        },
    }


def _rating(dimension: Any) -> str:
    info = dimensions()[dimension]
    meanings = "".join(f"#   {n}  {meaning}\n" for n, meaning in enumerate(info.anchors))
    return (
        f"\n[level.{dimension}]{' ' * max(1, 20 - len(dimension))}# {info.question}\n{meanings}"
        '# anchor = 2\n# proof = ""\n'
    )


def _skill_gaps(own: OwnSkill) -> list[str]:
    found = []
    if own.skill is None:
        ambiguous = ambiguous_terms().get(plain(own.name).strip())
        if ambiguous and ambiguous[1]:
            found.append(f"skill: {own.name}: can also be {ambiguous[1]}; write it in full")
        else:
            found.append(
                f"skill: {own.name}: not one pmjobs knows; it is looked for by its own words"
            )
    if own.depth is None:
        found.append(f"skill: {own.name}: no depth; write aware, practised, competent, …")
    if own.proof is None:
        found.append(f"skill: {own.name}: no proof; add a line with scale and result")
    return found


def _skill_as_json(own: OwnSkill) -> dict[str, Any]:
    return {
        "name": own.name,
        "skill": own.skill,
        "depth": own.depth.name.lower() if own.depth else None,
        "last_used": own.last_used,
        "proof": own.proof,
    }


def _certificate_as_json(own: OwnCertificate) -> dict[str, Any]:
    return {"name": own.name, "skill": own.skill, "year": own.year}
