"""What an ad says, before anybody is compared with it: requirements, cues, sector.

Nothing here depends on a profile, so an ad needs to be read only once.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pmjobs.domain.characteristics import Verdict


class Importance(StrEnum):
    """How much an ad insists; only the first two can make a gap."""

    ESSENTIAL = "essential"
    DESIRABLE = "desirable"
    PASSING = "passing"


class Kind(StrEnum):
    """What is required."""

    SKILL = "skill"
    CERTIFICATE = "certificate"
    YEARS = "years"
    EXPERIENCE = "experience"  # of a size: a budget, a team


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing an ad asks for, with its sentence, description[start:end] to the letter."""

    kind: Kind
    importance: Importance
    text: str  # the words that name it
    quote: str
    start: int
    end: int
    skills: tuple[str, ...] = ()  # ids; any one of them will do
    equivalent: bool = False  # the ad says "or equivalent"
    years: float | None = None  # for YEARS
    managing: bool = False  # the years are of managing projects
    amount: Decimal | None = None  # for EXPERIENCE: the budget, main units
    currency: str | None = None  # ISO 4217; None: a bare "$" nobody explains
    team: int | None = None  # for EXPERIENCE: people


@dataclass(frozen=True, slots=True)
class Cue:
    """A sentence, description[start:end], that speaks of one characteristic."""

    characteristic: str
    verdict: Verdict
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AdReading:
    """All that an ad's text says for a comparison."""

    requirements: tuple[Requirement, ...]
    cues: tuple[Cue, ...]
    sector: str | None  # id of sectors.toml; None: not shown
    fields: tuple[str, ...]  # ids of the domain skills the ad shows
    agency: bool  # the employer is hidden behind an agency
