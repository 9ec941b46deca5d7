"""One person's label of one ad, and its row in a file of JSON lines."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from pmjobs.domain import read_table
from pmjobs.ladder import DUTY_DIMENSIONS, IN_SCOPE, Dimension, Family, Level, Track
from pmjobs.level.corpus import CODES

T = TypeVar("T")

TOP_ANCHOR = 4.0
MOST_YEARS = 50.0  # asked for; more is a slip of the keys
RUBRIC_TABLES = ("families", "levels", "dimensions", "gates")  # what a labeller decides by
_SHORT = {dimension: code for code, dimension in CODES.items()}


class Confidence(StrEnum):
    """How sure the labeller is."""

    HIGH = "h"
    MEDIUM = "m"
    LOW = "l"


class Reports(StrEnum):
    """Who reports to the post."""

    NONE = "none"  # the ad shows that it directs nobody
    MATRIX = "matrix"  # a project team, without line authority
    LINE = "line"
    MANAGERS = "managers"  # project managers, or any people managers


@dataclass(frozen=True, slots=True, kw_only=True)
class AdLabel:
    """What one person found in one ad, read with its title and employer hidden."""

    id: str  # the posting's key, "greenhouse:acme/4021"
    text_sha256: str  # of the text that was read; offsets hold for this text only
    family: Family
    track: Track | None  # None: out of scope
    level: Level | None  # None: out of scope, or too thin to tell
    low: Level | None  # the interval the labeller would defend
    high: Level | None
    confidence: Confidence
    dimensions: dict[Dimension, float] = field(default_factory=dict)  # empty: left out
    years: float | None = None  # of experience asked for, at least; None: not stated
    reports: Reports | None = None  # None: not stated
    evidence: tuple[tuple[int, int], ...] = ()  # (start, end) of what decided, into the text
    labeller: str
    labelled_at: datetime  # aware
    rubric: str  # `rubric_version` of the tables that were applied

    @property
    def in_scope(self) -> bool:
        """Whether this is project work."""
        return self.family in IN_SCOPE

    @property
    def n_duties(self) -> int:
        """How many duty dimensions are coded."""
        return sum(dimension in self.dimensions for dimension in DUTY_DIMENSIONS)


def fingerprint(text: str) -> str:
    """Return the SHA-256 of an ad's text, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def rubric_version() -> str:
    """Return a short print of the tables by which people label; another wording, another print."""
    tables = json.dumps({name: read_table(name) for name in RUBRIC_TABLES}, sort_keys=True)
    return hashlib.sha256(tables.encode()).hexdigest()[:12]


def as_row(label: AdLabel) -> dict[str, Any]:
    """Return the label as plain values, under the names of the corpus's labels."""
    return {
        "id": label.id,
        "text_sha256": label.text_sha256,
        "family": str(label.family),
        "track": label.track and str(label.track),
        "level": label.level and int(label.level),
        "low": label.low and int(label.low),
        "high": label.high and int(label.high),
        "conf": str(label.confidence),
        "dims": {_SHORT[d]: label.dimensions[d] for d in Dimension if d in label.dimensions},
        "years": label.years,
        "reports": label.reports and str(label.reports),
        "ev": [list(span) for span in label.evidence],
        "labeller": label.labeller,
        "labelled_at": label.labelled_at.isoformat(timespec="seconds"),
        "rubric": label.rubric,
    }


def of_row(row: Mapping[str, Any]) -> AdLabel:
    """Return the label that a row states.

    Raises ValueError, which says what is wrong with which field.
    """
    unknown = sorted(set(row) - _FIELDS)
    if unknown:
        raise ValueError(f"{unknown[0]}: not a field of a label; no text belongs here")
    label = AdLabel(
        id=_text(row, "id"),
        text_sha256=_text(row, "text_sha256"),
        family=_need(row, "family", Family),
        track=_maybe(row, "track", Track),
        level=_maybe(row, "level", _level),
        low=_maybe(row, "low", _level),
        high=_maybe(row, "high", _level),
        confidence=_need(row, "conf", Confidence),
        dimensions=_need(row, "dims", _dimensions),
        years=_maybe(row, "years", _years),
        reports=_maybe(row, "reports", Reports),
        evidence=_need(row, "ev", _spans),
        labeller=_text(row, "labeller"),
        labelled_at=_need(row, "labelled_at", _time),
        rubric=_text(row, "rubric"),
    )
    if problem := contradiction(label):
        raise ValueError(problem)
    return label


def contradiction(label: AdLabel) -> str | None:
    """Return what in a label contradicts itself, or None."""
    if not label.in_scope:
        given = ("track", "level", "low", "high", "dims")
        values = (label.track, label.level, label.low, label.high, label.dimensions or None)
        for name, value in zip(given, values, strict=True):
            if value is not None:
                return f"{name}: given, but {label.family} is not levelled; leave it out"
        return None
    if label.track is None:
        return "track: missing; project work has one"
    if label.level is None:
        told = label.low is not None or label.high is not None
        return "low, high: given without a level; leave them out" if told else None
    if label.low is None or label.high is None:
        return "low, high: missing; give the interval, at the least the level itself"
    if not label.low <= label.level <= label.high:
        return f"level: {int(label.level)} is outside {int(label.low)}-{int(label.high)}"
    return None


def anchor(value: Any) -> float:
    """Return `value` as an anchor.

    Raises ValueError unless it is 0 to 4 in halves.
    """
    number = _number(value)
    if not 0.0 <= number <= TOP_ANCHOR or number * 2 % 1:
        raise ValueError(f"{value} is not 0 to 4 in halves")
    return number


_FIELDS = frozenset(
    ("id", "text_sha256", "family", "track", "level", "low", "high", "conf", "dims", "years")
    + ("reports", "ev", "labeller", "labelled_at", "rubric")
)


def _need(row: Mapping[str, Any], name: str, read: Callable[[Any], T]) -> T:
    if row.get(name) is None:
        raise ValueError(f"{name}: missing")
    try:
        return read(row[name])
    except (ValueError, TypeError) as error:
        raise ValueError(f"{name}: {error}") from None


def _maybe(row: Mapping[str, Any], name: str, read: Callable[[Any], T]) -> T | None:
    return None if row.get(name) is None else _need(row, name, read)


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name}: missing")
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{value!r} is not a number")
    return float(value)


def _level(value: Any) -> Level:
    if _number(value) not in set(Level):
        raise ValueError(f"{value} is not 1 to 7")
    return Level(int(value))


def _years(value: Any) -> float:
    number = _number(value)
    if not 0.0 <= number <= MOST_YEARS:
        raise ValueError(f"{value} is not 0 to {MOST_YEARS:.0f}")
    return number


def _dimensions(value: Any) -> dict[Dimension, float]:
    if not isinstance(value, dict):
        raise ValueError("not an object of codes")
    if wrong := next((code for code in value if code not in CODES), None):
        raise ValueError(f"{wrong!r} is none of {', '.join(CODES)}")
    return {CODES[code]: anchor(number) for code, number in value.items()}


def _spans(value: Any) -> tuple[tuple[int, int], ...]:
    if not isinstance(value, list):
        raise ValueError("not a list of [start, end]")
    for span in value:
        good = isinstance(span, list) and len(span) == 2 and all(type(n) is int for n in span)
        if not good or not 0 <= span[0] < span[1]:
            raise ValueError("not a list of [start, end]; quotes are offsets, never words")
    return tuple((start, end) for start, end in value)


def _time(value: Any) -> datetime:
    time = datetime.fromisoformat(value)
    if time.tzinfo is None:
        raise ValueError(f"{value} has no time zone")
    return time
