"""Families of work and role words of the methods: small tables as records."""

import re
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
    titles: re.Pattern[str] | None  # that name it plainly, in lower case; None: none does


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
    return {
        Family(row["id"]): FamilyInfo(
            Family(row["id"]),
            row["verdict"],
            row["test"],
            re.compile(rf"\b(?:{row['titles']})\b") if "titles" in row else None,
        )
        for row in rows
    }


def family_named(title: str) -> Family | None:
    """Return the family of other work that a title in lower case names plainly, or None.

    The first in the table's order. Titles with the words of project work name nothing, for these
    are what has to be told by the work. Used to teach only, never when an ad is read.

    >>> family_named("senior product manager, search").value
    'product_management'
    >>> family_named("product project manager")
    """
    if _PROJECT_WORDS.search(title):
        return None
    for found in families().values():
        if found.titles and found.titles.search(title):
            return found.family
    return None


_PROJECT_WORDS = re.compile(
    r"project(?! engineer)|program|pmo|portfolio(?! manager)|scrum|deliver|change|transform|agile"
)


@cache
def governance_roles() -> tuple[GovernanceRole, ...]:
    """Return the methods' role words."""
    rows = read_table("governance")["role"]
    return tuple(GovernanceRole(r["name"], r["reads_as"], r.get("note")) for r in rows)
