"""Moves (up, out, sideways, to the line, …) and kinds of step, with the rules' numbers."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pmjobs.domain import read_table


class Move(StrEnum):
    """Which way a post leads; in the order in which the main one is chosen."""

    LINE = "line"
    UNCLEAR = "unclear"
    DOWN = "down"
    UP = "up"
    SIDEWAYS = "sideways"
    OUT = "out"
    SAME = "same"


class Step(StrEnum):
    """Whether a post is a step up, and in what; in the order in which one is shown."""

    STRETCH = "stretch"
    UNDERPAID = "underpaid_step"
    REAL = "real_step_up"
    HIDDEN = "hidden_step_up"
    SIZE = "size_step"
    TITLE_AND_PAY = "title_and_pay"
    TITLE_ONLY = "title_only"
    PAY_ONLY = "pay_only"
    NONE = "no_step"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Saying:
    """When a label holds and what it means for the reader."""

    when: str
    say: str


@dataclass(frozen=True, slots=True)
class MoveRules:
    """The numbers of the rules."""

    sure: float  # probability from which a step up or down counts
    pay_gain: float  # share; a smaller gain is about the same
    size_anchors: float  # scope or accountability above one's largest: bigger work
    range_third: int  # the part of a pay range that people from outside may expect


@cache
def moves() -> dict[Move, Saying]:
    """Return the moves in the order in which the main one is chosen."""
    rows = read_table("moves")["move"]
    return {Move(row["id"]): Saying(row["when"], row["say"]) for row in rows}


@cache
def steps() -> dict[Step, Saying]:
    """Return the kinds of step in the order in which one is shown."""
    rows = read_table("moves")["step"]
    return {Step(row["id"]): Saying(row["when"], row["say"]) for row in rows}


@cache
def move_rules() -> MoveRules:
    """Return the rules' numbers."""
    return MoveRules(**read_table("moves")["rules"])
