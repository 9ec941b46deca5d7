"""What an ad states: payloads as sources send them, postings as pmjobs keeps them.

Names follow schema.org JobPosting in snake_case, with two everyday words: `employer` for
hiringOrganization and `remote` for jobLocationType. What pmjobs *concludes* stands in
`pmjobs.ladder`, so a stated fact and an estimate cannot be confused.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class PayPeriod(StrEnum):
    """The time a stated pay is for; schema.org unitText."""

    HOUR = "HOUR"
    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    YEAR = "YEAR"


class EmploymentType(StrEnum):
    """schema.org employmentType, in the spelling Google's JobPosting guide lists."""

    FULL_TIME = "FULL_TIME"
    PART_TIME = "PART_TIME"
    CONTRACTOR = "CONTRACTOR"
    TEMPORARY = "TEMPORARY"
    INTERN = "INTERN"
    VOLUNTEER = "VOLUNTEER"
    PER_DIEM = "PER_DIEM"
    OTHER = "OTHER"


class WorkPlace(StrEnum):
    """Where the work is done, as the ad says."""

    REMOTE = "remote"
    HYBRID = "hybrid"
    ONSITE = "onsite"


@dataclass(frozen=True, slots=True)
class Salary:
    """Pay as the ad states it: not annualised, not converted."""

    currency: str  # ISO 4217, "EUR"
    minimum: Decimal | None  # main units: euros, not cents; None: "up to"
    maximum: Decimal | None  # None: one figure, or "from"
    period: PayPeriod | None  # None: the ad does not say
    text: str  # the words it was read from


@dataclass(frozen=True, slots=True)
class ExperienceYears:
    """Years of experience an ad asks for."""

    minimum: float  # years
    maximum: float | None  # None: open upwards, or one figure
    text: str  # the words it was read from


@dataclass(frozen=True, slots=True)
class Location:
    """One place of work."""

    text: str  # as written
    locality: str | None = None
    region: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-2


@dataclass(frozen=True, slots=True)
class Remote:
    """Whether the work can be done from home."""

    kind: WorkPlace
    text: str  # the words or field it was read from


@dataclass(frozen=True, slots=True)
class Board:
    """Where one employer's (or one search's) ads are published.

    `board` is what the source calls it: a token, a site name, a page's URL.
    """

    source: str  # "greenhouse"
    board: str  # "acme"
    base_url: str | None = None  # None: the source's public address
    options: tuple[tuple[str, str], ...] = ()  # source-specific, e.g. (("query", "pmo"),)

    @property
    def key(self) -> str:
        """The board's name in messages and in the store, "greenhouse:acme"."""
        return f"{self.source}:{self.board}"


@dataclass(frozen=True, slots=True)
class Document:
    """One answer of a source, before anything is read out of it."""

    url: str
    body: bytes
    fetched_at: datetime  # aware, UTC
    media_type: str | None = None  # "application/json"


@dataclass(frozen=True, slots=True)
class Payload:
    """One ad as its source gave it, kept so that it can be parsed again.

    Nothing is dropped but recruiters' e-mail addresses and telephone numbers.
    """

    source: str
    source_id: str  # unique within the source: "acme/4021"
    url: str | None
    fetched_at: datetime  # aware, UTC
    body: str  # HTML or XML, or JSON with sorted keys, so that an unchanged ad compares equal


@dataclass(frozen=True, slots=True)
class Skipped:
    """One ad that was left out, and why. Kept, counted, shown by `pmjobs skipped`."""

    source_id: str
    field: str  # "title"
    problem: str  # "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One public ad, normalised. Absent is None, never "" or 0."""

    source: str
    source_id: str
    title: str  # as written, outer blanks removed
    url: str | None = None
    employer: str | None = None  # hiringOrganization.name
    description: str | None = None  # plain text, one block a line; None: the source gives none
    date_posted: date | None = None
    valid_through: date | None = None
    base_salary: Salary | None = None
    experience_years: ExperienceYears | None = None
    employment_type: tuple[EmploymentType, ...] = ()  # empty: not stated
    employment_type_text: str | None = None  # the words it was read from
    locations: tuple[Location, ...] = ()  # empty: not stated
    remote: Remote | None = None
    requisition_id: str | None = None
    department: str | None = None
    language: str | None = None  # ISO 639-1
    attribution: str | None = None  # what the source's terms ask to be shown

    @property
    def key(self) -> str:
        """The posting's identity, "greenhouse:acme/4021"."""
        return f"{self.source}:{self.source_id}"

    @property
    def country(self) -> str | None:
        """The one country of all its locations, or None if none or several are stated."""
        countries = {place.country for place in self.locations if place.country}
        return countries.pop() if len(countries) == 1 else None


@dataclass(frozen=True, slots=True)
class BoardRead:
    """What one board held at one time: its ads, and those that could not be told apart."""

    board: Board
    payloads: tuple[Payload, ...]
    skipped: tuple[Skipped, ...] = field(default=())
    whole: bool = True  # False: a feed's newest, a search's first; who is absent may be open still
