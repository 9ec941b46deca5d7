"""What titles claim: patterns over normalised titles, each with the level it claims."""

import re
from dataclasses import dataclass
from functools import cache

from pmjobs.domain import read_table
from pmjobs.ladder import Level


@dataclass(frozen=True, slots=True)
class TitleClaim:
    """One pattern, the level such titles claim, and where they were seen doing work."""

    pattern: re.Pattern[str]  # over a title as `pmjobs.level.title_level.plain_title` gives it
    claims: Level
    low: Level
    high: Level


@cache
def title_claims() -> tuple[TitleClaim, ...]:
    """Return all claims; where several match, the longest match wins."""
    return tuple(
        TitleClaim(
            re.compile(rf"\b(?:{_spaced(row['pattern'])})s?\b"),
            Level(row["claims"]),
            Level(row["low"]),
            Level(row["high"]),
        )
        for row in read_table("titles")["title"]
    )


def _spaced(pattern: str) -> str:
    """Let up to three words of trade stand after a seniority word: "senior IT project manager"."""
    pattern = re.sub(r"^senior ", "(senior|sr) ", pattern.replace(r"sr\.?", "sr"))
    return pattern.replace(") ", r")(?: [\w&]+){0,3}? ")
