"""What "senior" can mean: S1 to S8 show in the work, S9 to S11 do not make a level."""

from dataclasses import dataclass

from pmjobs.domain import read_table
from pmjobs.ladder import Dimension


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of "senior"."""

    id: str  # "S1"
    meaning: str  # "bigger, riskier project"
    dimensions: tuple[Dimension, ...]  # where it shows; empty: in no dimension
    note: str | None


SENSES = {
    row["id"]: Sense(
        row["id"], row["name"], tuple(map(Dimension, row["dimensions"])), row.get("note")
    )
    for row in read_table("senses")["sense"]
}
