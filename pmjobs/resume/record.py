"""What one person's file says of their work, as frozen records.

There is no field for a name, a photo, a birth date, a gender, a nationality, a marital status,
an address, an e-mail or a telephone number, nor for the year of a degree, which tells an age.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pmjobs.ladder import Dimension


class Section(StrEnum):
    """The parts of a résumé that are told apart. Only the first six are read."""

    EXPERIENCE = "experience"
    PROJECTS = "projects"
    EDUCATION = "education"
    SKILLS = "skills"
    CERTIFICATES = "certificates"
    LANGUAGES = "languages"
    SUMMARY = "summary"
    PERSONAL = "personal"  # contact data, birth date, references, hobbies: never read
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Proof:
    """One line of the file, without what identifies the person, and where it stands."""

    text: str
    where: str  # "line 12", "page 2, line 3", "work[0].highlights[1]", "Positions.csv, row 2"


@dataclass(frozen=True, slots=True)
class Month:
    """A month as far as it is stated."""

    year: int
    month: int | None = None  # None: only the year is stated

    def __str__(self) -> str:
        return f"{self.year}" if self.month is None else f"{self.year}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class Period:
    """From a month to a month, both included."""

    start: Month
    end: Month | None  # None: it goes on, or the end is not stated
    current: bool = False  # the text says so: "to date", "seit 2019"


@dataclass(frozen=True, slots=True)
class Role:
    """One post the person held or holds."""

    title: str | None
    employer: str | None
    start: Month | None
    end: Month | None
    current: bool
    bullets: tuple[Proof, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Education:
    """A degree or school, as written."""

    qualification: str | None
    institution: str | None
    where: str


@dataclass(frozen=True, slots=True)
class SkillFound:
    """A skill, the words it was found by, and when it was last used."""

    skill: str  # name in the table of skills, or as written where the table has none
    words: str
    proof: Proof
    last_used: Month | None  # end of the latest role that shows it; None: only listed
    in_use: bool = False  # a current role shows it
    known: bool = True  # whether the table of skills has it


@dataclass(frozen=True, slots=True)
class CertificateFound:
    """A certificate, when it was given and when it runs out, where stated."""

    name: str
    awarded: Month | None
    expires: Month | None
    proof: Proof


@dataclass(frozen=True, slots=True)
class LanguageFound:
    """A language; `level` is "basic", "working" or "fluent".

    A mother tongue is only "fluent": which one it is would say where somebody comes from.
    """

    language: str  # its English name
    level: str | None
    where: str


class ScaleKind(StrEnum):
    """What a number in a line of past work counts."""

    BUDGET = "budget"
    TEAM = "team"
    PROJECTS = "projects"
    COUNTRIES = "countries"
    DURATION = "duration"  # months


@dataclass(frozen=True, slots=True)
class Scale:
    """One number that says how big a piece of work was."""

    kind: ScaleKind
    value: Decimal  # main units of money, people, projects, countries, or months
    currency: str | None  # ISO code, or "$" where the line does not say whose
    text: str  # the words that state it
    proof: Proof
    last: Month | None  # end of the role
    current: bool = False


@dataclass(frozen=True, slots=True)
class ProposedAnchor:
    """What one line would show of one duty dimension: proposed, for the person to confirm."""

    dimension: Dimension
    anchor: float  # 0 to 4
    proof: Proof
    last: Month | None  # end of the role
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """All that one file says of somebody's work. Nothing here is confirmed by the person yet."""

    format: str  # "pdf", "docx", "json-resume", "linkedin", "markdown", "text"
    sections: tuple[Section, ...]  # in the order of the file
    roles: tuple[Role, ...]  # in the order of the file
    education: tuple[Education, ...]
    skills: tuple[SkillFound, ...]
    certificates: tuple[CertificateFound, ...]
    languages: tuple[LanguageFound, ...]
    scale: tuple[Scale, ...]
    years_managing: float | None  # union of the roles whose title manages projects; None: no dates
    anchors: tuple[ProposedAnchor, ...]  # at most one a dimension
    questions: tuple[str, ...]  # what pmjobs would ask
    notes: tuple[str, ...]  # what could not be read, for the person
