"""The ladder's rungs, the eleven dimensions and the gates, as records.

Read from levels.toml, dimensions.toml and gates.toml. All of it is this project's judgement.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from pmjobs.domain import read_table
from pmjobs.ladder import Dimension, Level


@dataclass(frozen=True, slots=True)
class Rung:
    """What one level means, and what usually comes with it."""

    level: Level
    name: str
    definition: str
    years: str  # typical years of experience, "3-5"
    budget: str  # in IT and business change; other sectors are scaled
    team: str
    projects: str
    duration: str
    reports_to: str
    reports: str  # who reports to the post
    titles: tuple[str, ...]
    crosswalk: dict[str, str]  # published grading system -> grade
    tracks: dict[str, str]  # track -> usual name of the rung there


@dataclass(frozen=True, slots=True)
class DimensionInfo:
    """One kind of evidence: its weight, its anchors, the anchor each level is expected to show."""

    dimension: Dimension
    name: str
    question: str
    weight: float  # out of 100 over all dimensions
    profile: tuple[float, ...]  # seven anchors, L1 to L7
    anchors: tuple[str, ...]  # five meanings, 0 to 4
    traps: tuple[str, ...]


@cache
def rungs() -> dict[Level, Rung]:
    """Return the seven rungs, lowest first."""
    return {Level(row["rank"]): _rung(row) for row in read_table("levels")["level"]}


@cache
def dimensions() -> dict[Dimension, DimensionInfo]:
    """Return the eleven dimensions in the order of `Dimension`."""
    found = {Dimension(row["id"]): _dimension(row) for row in read_table("dimensions")["dimension"]}
    return {dimension: found[dimension] for dimension in Dimension}


def gates() -> dict[str, Any]:
    """Return the table of gates and scoring constants, by name of the gate."""
    return read_table("gates")


def _rung(row: dict[str, Any]) -> Rung:
    same = {k: row[k] for k in ("name", "definition", "years", "budget", "team", "projects")}
    return Rung(
        level=Level(row["rank"]),
        duration=row["duration"],
        reports_to=row["reports_to"],
        reports=row["reports"],
        titles=tuple(row["titles"]),
        crosswalk=dict(row["crosswalk"]),
        tracks=dict(row["tracks"]),
        **same,
    )


def _dimension(row: dict[str, Any]) -> DimensionInfo:
    return DimensionInfo(
        dimension=Dimension(row["id"]),
        name=row["name"],
        question=row["question"],
        weight=float(row["weight"]),
        profile=tuple(map(float, row["profile"])),
        anchors=tuple(row["anchors"]),
        traps=tuple(row["traps"]),
    )
