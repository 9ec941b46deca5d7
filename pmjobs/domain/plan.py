"""What to do about a gap: the five kinds, certificates' experience gates, equivalents."""

from dataclasses import dataclass
from functools import cache

from pmjobs.domain import read_table
from pmjobs.domain.skills import GapKind
from pmjobs.ladder import Dimension


@dataclass(frozen=True, slots=True)
class GapAdvice:
    """How one kind of gap is closed; the four sources, the leading one named."""

    kind: GapKind
    months: int  # until there is evidence to show
    closeness: float  # 0 to 1: how near such a gap is to being closed
    lead: str  # "training", "doing", "coach" or "mentor"
    signal: str
    training: str
    doing: str
    coach: str
    mentor: str
    leaves: str  # the evidence it will leave

    @property
    def first(self) -> str:
        """The advice of the leading source."""
        return str(getattr(self, self.lead))


@dataclass(frozen=True, slots=True)
class CertificateGate:
    """Experience that a certificate's body asks for before the exam."""

    certificate: str
    months: int  # with a degree, or where it makes no difference
    months_without_degree: int
    programmes: bool  # the months are of programmes
    what: str
    until_then: str | None  # what one can sit meanwhile


@cache
def gap_advice() -> dict[GapKind, GapAdvice]:
    """Return the advice for every kind of gap."""
    rows = read_table("plan")["gap"]
    return {GapKind(r["kind"]): GapAdvice(**{**r, "kind": GapKind(r["kind"])}) for r in rows}


@dataclass(frozen=True, slots=True)
class Benefit:
    """What an employer gains from strength in one dimension, and when a post builds it."""

    gain: str
    builds: str


@cache
def benefits() -> dict[Dimension, Benefit]:
    """Return the benefit of each duty dimension."""
    rows = read_table("plan")["benefit"]
    return {Dimension(row["dimension"]): Benefit(row["gain"], row["builds"]) for row in rows}


@cache
def certificate_gates() -> dict[str, CertificateGate]:
    """Return the gates by certificate; a certificate without one can be sat at once."""
    return {
        row["certificate"]: CertificateGate(
            row["certificate"],
            row["months"],
            row.get("months_without_degree", row["months"]),
            row.get("programmes", False),
            row["what"],
            row.get("until_then"),
        )
        for row in read_table("plan")["gate"]
    }


@cache
def equivalents() -> dict[str, dict[str, bool]]:
    """Return wanted skill → {skill that closes it: True in full, False at one step down}."""
    found: dict[str, dict[str, bool]] = {}
    for row in read_table("plan")["equivalent"]:
        found.setdefault(row["for"], {})[row["has"]] = row.get("full", False)
    return found
