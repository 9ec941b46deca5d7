"""Sectors: by what their budgets are divided, and the words by which an ad shows its own."""

from dataclasses import dataclass
from functools import cache

from pmjobs.domain import read_table


@dataclass(frozen=True, slots=True)
class Sector:
    """One sector of the table."""

    id: str
    divide_by: float  # a stated budget divided by this compares with IT and business change
    words: tuple[str, ...]  # lower case


@cache
def sectors() -> dict[str, Sector]:
    """Return every sector by id."""
    rows = read_table("sectors")["sector"]
    return {r["id"]: Sector(r["id"], float(r["divide_by"]), tuple(r["words"])) for r in rows}
