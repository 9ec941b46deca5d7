"""What pmjobs concludes of an ad: the ladder of real levels and one model's estimate.

The ladder has seven rungs; what each means, and every table around it, stands in
`pmjobs.domain`. A level belongs to the work described, never to the title.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum

from pmjobs.posting import ExperienceYears, PayPeriod, Salary


class Level(IntEnum):
    """Real seniority, ordered. The names are those of the rubric's seven rungs."""

    SUPPORT = 1
    COORDINATOR = 2
    PROJECT_MANAGER = 3
    SENIOR = 4
    PROGRAMME = 5
    HEAD = 6
    EXECUTIVE = 7


class Track(StrEnum):
    """Six ways of climbing the ladder."""

    SUPPORT = "support"
    PROJECT = "project"
    PROGRAMME = "programme"
    PORTFOLIO = "portfolio"
    PMO = "pmo"
    DELIVERY = "delivery"


class Family(StrEnum):
    """Kinds of work that share the words; only the first two are project work."""

    PROJECT_DELIVERY = "project_delivery"
    BUSINESS_CHANGE = "business_change"
    PRODUCT_MANAGEMENT = "product_management"
    PROPERTY_FACILITIES = "property_facilities"
    ACCOUNT_SALES = "account_sales"
    OPERATIONS_LINE = "operations_line"
    OPERATIONAL_PROGRAMME = "operational_programme"
    ENGINEERING_PEOPLE = "engineering_people"
    DESIGN_ENGINEERING = "design_engineering"
    CONSTRUCTION_TRADES = "construction_trades"
    FINANCE_PORTFOLIO = "finance_portfolio"
    PROJECT_PROFESSIONALS_OTHER = "project_professionals_other"
    SERVICE_DELIVERY_ITSM = "service_delivery_itsm"
    BUSINESS_ANALYSIS = "business_analysis"
    LOGISTICS_DELIVERY = "logistics_delivery"
    OTHER_PM_INITIALS = "other_pm_initials"
    OTHER = "other"
    UNCLEAR = "unclear"


IN_SCOPE = frozenset({Family.PROJECT_DELIVERY, Family.BUSINESS_CHANGE})
LINE = frozenset(
    {Family.OPERATIONS_LINE, Family.OPERATIONAL_PROGRAMME, Family.SERVICE_DELIVERY_ITSM}
)


class Dimension(StrEnum):
    """Eleven kinds of evidence, coded 0 to 4 in halves; the first eight are duties."""

    ACCOUNTABILITY = "accountability"
    SCOPE = "scope"
    PEOPLE = "people"
    STAKEHOLDERS = "stakeholders"
    AUTONOMY = "autonomy"
    STRATEGIC = "strategic"
    COMMERCIAL = "commercial"
    PROGRAMME = "programme"
    EXPERIENCE = "experience"
    QUALIFICATIONS = "qualifications"
    REMUNERATION = "remuneration"


NOT_ENGLISH = "cannot tell: not in English"  # a reason for no level that says nothing of the work

DUTY_DIMENSIONS = tuple(Dimension)[:8]
PRICE_DIMENSIONS = tuple(Dimension)[8:]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One verbatim span of the ad, and what it says of one dimension."""

    dimension: Dimension
    anchor: float  # 0 to 4
    quote: str  # description[start:end], to the letter
    start: int
    end: int
    contribution: float | None = None  # its sentence's share of the model's score
    # Of a fact ("£4m"): whether it is "below", "at" or "above" the usual, which the model takes
    # where an ad states none, and from which the fact's contribution is measured.
    usual: str | None = None  # None: a sentence


@dataclass(frozen=True, slots=True)
class SenseFound:
    """One sense of "senior" (S1 to S11) that the ad supports, with its quoted line."""

    sense: str  # "S1"
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelEstimate:
    """One model's answer for one posting."""

    family: Family
    track: Track | None  # None: out of scope or not to be told
    level: Level | None  # None: out of scope, or abstained
    level_low: Level | None  # the 90 % set is low..high
    level_high: Level | None
    probabilities: dict[Level, float]  # over all seven; empty: none could be given
    abstained: bool
    reason: str | None  # why there is no level, for people: "cannot tell: no text"
    title_level: Level | None  # what the title claims; never an input to level
    dimensions: dict[Dimension, float]  # only what the text shows
    senses: tuple[SenseFound, ...]
    evidence: tuple[Evidence, ...]
    # "conflict", "under_graded", "over_titled", "range", "contract", "day_rate", "gate"
    flags: tuple[str, ...]
    experience_years: ExperienceYears | None
    salary: Salary | None
    model_id: str
    likely_low: Level | None = None  # the 80 % set, inside low..high; None: none was told
    likely_high: Level | None = None

    @property
    def in_scope(self) -> bool:
        """Whether this is project work at all."""
        return self.family in IN_SCOPE

    @property
    def title_gap(self) -> int | None:
        """Real level minus the title's claim: negative for an inflated title."""
        if self.level is None or self.title_level is None:
            return None
        return int(self.level) - int(self.title_level)


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelledAd:
    """The few facts of one estimated ad that the market's figures need."""

    key: str
    title: str
    employer: str | None
    country: str | None
    level: Level
    title_level: Level | None
    years: float | None  # minimum years asked for
    currency: str | None
    pay_low: Decimal | None  # as stated, for `period`
    pay_high: Decimal | None
    period: PayPeriod | None
    contract: bool = False  # a contractor's or a fixed-term post
    opening: int | None = None  # the same for copies of one opening; None: not known
