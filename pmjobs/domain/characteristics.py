"""What a reader may look for in a post, and the words by which ads show it."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pmjobs.domain import read_table
from pmjobs.domain.skills import plain
from pmjobs.ladder import Dimension


class Verdict(StrEnum):
    """What an ad says of one characteristic."""

    SHOWN = "shown"
    HINTED = "hinted"
    NOT_STATED = "not stated"
    RULED_OUT = "ruled out"


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One thing a reader may look for. Phrases are plain text, as `pmjobs.domain.skills.plain`."""

    id: str  # "within_programmes"
    name: str
    dimension: Dimension | None  # read from the level estimate
    from_anchor: float | None  # anchor from which the dimension shows it
    compares: bool  # "more than I have": measured against the reader's own
    shown: tuple[str, ...]
    hinted: tuple[str, ...]
    never: tuple[str, ...]
    friends: tuple[str, ...]  # false friends: a cue inside one does not count


@cache
def characteristics() -> dict[str, Characteristic]:
    """Return the ten characteristics by id, in the order of the table."""
    return {
        row["id"]: Characteristic(
            id=row["id"],
            name=row["name"],
            dimension=Dimension(row["dimension"]) if "dimension" in row else None,
            from_anchor=row.get("from_anchor"),
            compares=row["compares"],
            shown=tuple(map(plain, row["shown"])),
            hinted=tuple(map(plain, row["hinted"])),
            never=tuple(map(plain, row["never"])),
            friends=tuple(map(plain, row["friends"])),
        )
        for row in read_table("characteristics")["characteristic"]
    }
