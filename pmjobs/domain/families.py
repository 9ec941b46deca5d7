"""Families of work and role words of the methods: small tables as records."""

from dataclasses import dataclass
from functools import cache

from pmjobs.domain import read_table
from pmjobs.ladder import Family


@dataclass(frozen=True, slots=True)
class FamilyInfo:
    """One kind of work and how to tell it."""

    family: Family
    verdict: str  # "in", "line" (kept as a move to the line, not levelled) or "out"
    test: str


@dataclass(frozen=True, slots=True)
class GovernanceRole:
    """A role word of PRINCE2, MSP or P3O, and what it says about a post's level."""

    name: str
    reads_as: str
    note: str | None


@cache
def families() -> dict[Family, FamilyInfo]:
    """Return every family with its test, in the order of the table."""
    rows = read_table("families")["family"]
    return {Family(r["id"]): FamilyInfo(Family(r["id"]), r["verdict"], r["test"]) for r in rows}


@cache
def governance_roles() -> tuple[GovernanceRole, ...]:
    """Return the methods' role words."""
    rows = read_table("governance")["role"]
    return tuple(GovernanceRole(r["name"], r["reads_as"], r.get("note")) for r in rows)
