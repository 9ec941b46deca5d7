"""The record of what the reader can do, has done and wants."""

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum
from functools import cached_property

from pmjobs.domain.rubric import Reading, read_codes
from pmjobs.ladder import Dimension, Level, Track
from pmjobs.posting import PayPeriod, WorkPlace


class Depth(IntEnum):
    """How deep a skill goes; the five steps of the APM scale."""

    AWARE = 1
    PRACTISED = 2
    COMPETENT = 3
    PROFICIENT = 4
    EXPERT = 5


class Basis(StrEnum):
    """How the reader is paid."""

    PERMANENT = "permanent"
    CONTRACT = "contract"


class WantedStep(StrEnum):
    """What the next post should be, in level."""

    UP = "up"
    SAME = "same"
    DOWN = "down"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class OwnAnchor:
    """One dimension as the reader rates it."""

    anchor: float  # 0 to 4, in halves
    proof: str | None  # None: no line of proof yet


@dataclass(frozen=True, slots=True)
class OwnSkill:
    """One skill the reader has."""

    name: str  # as written
    skill: str | None  # id in the table of skills; None: not in it, looked for by its own words
    depth: Depth | None  # None: not stated
    last_used: int | None  # year
    proof: str | None


@dataclass(frozen=True, slots=True)
class OwnCertificate:
    """One certificate or degree the reader holds."""

    name: str  # as written
    skill: str | None  # id in the table of skills; None: not in it
    year: int | None


@dataclass(frozen=True, slots=True)
class LargestProject:
    """The biggest piece of work the reader has led."""

    budget: Decimal | None = None  # main units
    currency: str | None = None  # ISO 4217
    team: int | None = None  # people
    months: int | None = None
    countries: int | None = None
    proof: str | None = None


@dataclass(frozen=True, slots=True)
class OwnPay:
    """What the reader earns now."""

    amount: Decimal  # main units, for the time worked
    currency: str  # ISO 4217
    period: PayPeriod
    basis: Basis
    fte: float  # 0.6: three days of five


@dataclass(frozen=True, slots=True)
class RuledOut:
    """What the reader will not take; such ads are left out, listed on demand with the reason."""

    employers: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()  # ids of sectors.toml
    words: tuple[str, ...] = ()  # in the ad's text or employer
    moves: tuple[str, ...] = ()  # "down", "line"
    places: tuple[WorkPlace, ...] = ()  # "onsite"


@dataclass(frozen=True, kw_only=True)
class Profile:
    """The reader. Absent is None or empty: nothing is known, which is not the same as nothing."""

    title: str | None = None  # only to tell a step in title from a step in work
    employer: str | None = None
    track: Track | None = None
    sectors: tuple[str, ...] = ()  # ids of sectors.toml
    country: str | None = None  # ISO 3166-1 alpha-2
    enterprise_mandate: bool = False  # answers for the whole organisation; L7 needs it
    anchors: dict[Dimension, OwnAnchor]  # the duty dimensions the reader has rated
    years_managing: float | None = None  # years managing projects or programmes
    years_programmes: float | None = None  # of these, leading programmes
    years_working: float | None = None
    largest: LargestProject = LargestProject()
    skills: tuple[OwnSkill, ...] = ()
    certificates: tuple[OwnCertificate, ...] = ()
    pay: OwnPay | None = None
    countries: tuple[str, ...] = ()  # where the reader would work; empty: anywhere
    towns: tuple[str, ...] = ()
    remote: WorkPlace | None = None  # None: any
    step: WantedStep = WantedStep.UP
    wishes: dict[str, float]  # characteristic → weight above 0
    out: RuledOut = RuledOut()

    @cached_property
    def reading(self) -> Reading:
        """What the rubric makes of the self-rating."""
        codes = {dimension: own.anchor for dimension, own in self.anchors.items()}
        return read_codes(codes, track=self.track, enterprise=self.enterprise_mandate)

    @property
    def level(self) -> Level | None:
        """The reader's real level; None: fewer than three dimensions are rated."""
        return self.reading.level

    def anchor(self, dimension: Dimension) -> float | None:
        """Return the reader's own anchor, or None where it is not rated."""
        own = self.anchors.get(dimension)
        return own.anchor if own else None

    @cached_property
    def held(self) -> dict[str, OwnSkill | OwnCertificate]:
        """Skill id → the reader's own entry; of several the deepest, certificates first."""
        found: dict[str, OwnSkill | OwnCertificate] = {}
        for own in sorted(
            self.skills, key=lambda s: (s.depth or Depth.COMPETENT, s.last_used or 0, s.name)
        ):
            if own.skill:
                found[own.skill] = own
        found |= {c.skill: c for c in self.certificates if c.skill}
        return found
