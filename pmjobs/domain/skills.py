"""Skills, certificates, tools and domains: what ads ask for and people have, and in which words."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from pmjobs.domain import read_table
from pmjobs.ladder import Dimension, Level


class Group(StrEnum):
    """Kinds of skill."""

    TECHNICAL = "technical"
    LEADERSHIP = "leadership"
    STRATEGIC = "strategic"
    TOOLS = "tools"
    METHODS = "methods"
    CERTIFICATIONS = "certifications"
    DOMAIN = "domain"
    EDUCATION = "education"
    OTHER = "other"


class GapKind(StrEnum):
    """What is missing where a skill is missing; each kind is closed in another way."""

    KNOWLEDGE = "knowledge"
    EXPERIENCE = "experience"
    BEHAVIOUR = "behaviour"
    ALTITUDE = "altitude"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill of the table."""

    id: str  # "risk_management"
    name: str  # "Risk management"
    group: Group
    expected_from: Level | None  # shown without help from here on; None: depends on the ad
    feeds: Dimension | None  # the duty dimension it feeds
    gap: GapKind  # what its absence is
    apm: tuple[int, ...]  # competences of the APM framework, 3rd edition
    sector: str | None  # for domains: row of sectors.toml
    aliases: tuple[str, ...]  # as written in the table

    @property
    def certificate(self) -> bool:
        """Whether one holds it on paper or not at all."""
        return self.group in (Group.CERTIFICATIONS, Group.EDUCATION)


@dataclass(frozen=True, slots=True)
class Alias:
    """One spelling under which a skill is found in a text."""

    text: str  # as `plain` gives it
    skill: str
    exact: str | None  # the only spelling that counts, capitals included; None: any
    weak: bool  # needs a second cue outside requirements
    needs: re.Pattern[str] | None  # must stand nearby
    unless: re.Pattern[str] | None  # must not


NEARBY = 60  # characters either side in which `needs` and `unless` are looked for

_BLANKS = "-‐‑–—\u00a0\t"  # read as blanks, so that "go-live" and "go live" are one
_AMERICAN = (
    ("isation", "ization"), ("ising", "izing"), ("ise ", "ize "), ("isational", "izational"),
    ("organis", "organiz"), ("programme", "program"), ("defence", "defense"),
    ("licence", "license"), ("centre", "center"), ("behaviour", "behavior"),
    ("modelling", "modeling"), ("levelling", "leveling"), ("fibre", "fiber"),
    ("labour", "labor"), ("judgement", "judgment"), ("learnt", "learned"),
)  # fmt: skip


def plain(text: str) -> str:
    """Return `text` in lower case, hyphens as blanks, of the same length.

    >>> plain("Go-Live with JIRA")
    'go live with jira'
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters grow when lowered, "İ"; offsets must hold
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for sign in _BLANKS:  # ten times faster than one translate
        lowered = lowered.replace(sign, " ")
    return lowered.replace("’", "'")


@cache
def skills() -> dict[str, Skill]:
    """Return every skill by id, in the order of the table."""
    return {row["id"]: _skill(row) for row in read_table("skills")["skill"]}


@cache
def aliases() -> tuple[Alias, ...]:
    """Return every spelling of every skill, British and American."""
    table = read_table("terms")
    weak = {plain(word) for word in table["weak"]}
    exact = {plain(word): word for word in table["exact"]}
    rules = {plain(row["term"]): row for row in table["term"]}
    british = {plain(word) for word in table["british"]}
    found = {}
    for skill in skills().values():
        for word in skill.aliases:
            bare = plain(word)
            rule = rules.get(bare, {})
            for spelling in {bare} if bare in british else spellings(bare):
                found[spelling] = Alias(
                    spelling,
                    skill.id,
                    exact.get(bare),
                    bare in weak,
                    _pattern(rule.get("needs")),
                    _pattern(rule.get("unless")),
                )
    return tuple(found.values())


def spellings(text: str) -> set[str]:
    """Return a plain text in British and American spelling.

    >>> sorted(spellings("benefits realisation"))
    ['benefits realisation', 'benefits realization']
    """
    american = f"{text} "
    for british, other in _AMERICAN:
        american = american.replace(british, other)
    return {text, american.strip()}


def skill_named(text: str, among: Collection[Group] = ()) -> Skill | None:
    """Return the skill that a person means by `text`: its id, its name or an alias, or None.

    A word that needs its surroundings to be understood ("MSP") is no name by itself, unless it
    stands in a list of certificates: pass their groups as `among`.

    >>> skill_named("prince2 practitioner").id
    'cert_prince2_p'
    >>> skill_named("CSM")
    >>> skill_named("CSM", among=[Group.CERTIFICATIONS]).id
    'cert_agile'
    >>> skill_named("basket weaving")
    """
    bare = plain(text).strip()
    if among:
        for alias in aliases():
            if (
                alias.text in (bare, bare.removesuffix("s"))
                and skills()[alias.skill].group in among
            ):
                return skills()[alias.skill]
    by_id = skills().get(text.strip().lower())
    return by_id or _names().get(bare) or _names().get(bare.removesuffix("s"))


@cache
def ambiguous_terms() -> dict[str, tuple[str, str]]:
    """Return plain term → (what it means here, what else it can mean)."""
    return {plain(r["term"]): (r["means"], r.get("also", "")) for r in read_table("terms")["term"]}


@cache
def _names() -> dict[str, Skill]:
    found: dict[str, Skill] = {}
    for alias in aliases():
        initials = alias.exact is not None and alias.exact.isupper()
        if alias.needs is None or not initials:
            found[alias.text] = skills()[alias.skill]
    # Certificates named in full are unmistakable, and so is a name of the table.
    return found | {plain(skill.name): skill for skill in skills().values()}


def _pattern(source: str | None) -> re.Pattern[str] | None:
    return re.compile(rf"\b(?:{source.replace('-', ' ')})") if source else None


def _skill(row: dict[str, Any]) -> Skill:
    return Skill(
        id=row["id"],
        name=row["name"],
        group=Group(row["group"]),
        expected_from=Level(row["from"]) if "from" in row else None,
        feeds=Dimension(row["feeds"]) if "feeds" in row else None,
        gap=GapKind(row["gap"]),
        apm=tuple(row.get("apm", ())),
        sector=row.get("sector"),
        aliases=tuple(row["aliases"]),
    )
