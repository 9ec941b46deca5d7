"""What the reader looks for, and what an ad says of it: shown, hinted, not stated or ruled out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pmjobs.compare.lines import anchor_shown, best_line
from pmjobs.compare.moves import changes_track
from pmjobs.compare.reading import AdReading, Cue
from pmjobs.domain.characteristics import Characteristic, Verdict, characteristics
from pmjobs.domain.moves import move_rules
from pmjobs.ladder import Dimension, LevelEstimate
from pmjobs.profile import Profile

Trend = Literal["more", "same", "less"]
_SHOWN_MORE = 1.0  # anchors above the reader's own
_HINTED_MORE = 0.5


@dataclass(frozen=True, slots=True)
class Wished:
    """What an ad says of one characteristic, with its line."""

    characteristic: str  # id
    name: str
    verdict: Verdict
    trend: Trend | None  # against what the reader has now; None: cannot be told
    quote: str | None


def judge_wishes(
    estimate: LevelEstimate, reading: AdReading, profile: Profile, *, gain: float | None
) -> tuple[Wished, ...]:
    """Return all ten characteristics of an ad; `gain` is the like-for-like gain in pay.

    Those that compare ("bigger projects") are shown only where the ad goes beyond what the reader
    has, and ruled out where it stays below; the others say what the ad offers, whoever reads it.
    """
    return tuple(
        _judge(one, estimate, [c for c in reading.cues if c.characteristic == one.id], reading,
               profile, gain)
        for one in characteristics().values()
    )  # fmt: skip


def _judge(
    one: Characteristic,
    estimate: LevelEstimate,
    cues: Sequence[Cue],
    reading: AdReading,
    profile: Profile,
    gain: float | None,
) -> Wished:
    trend = _trend(one, estimate, profile)
    if one.id == "remuneration":
        verdict, quote, trend = _money(cues, estimate, gain)
    elif one.id == "breadth":
        verdict, quote = _breadth(cues, estimate, reading, profile)
    elif one.compares:
        verdict, quote = _comparing(one, cues, estimate, profile)
    else:
        verdict, quote = _offered(one, cues, estimate)
    return Wished(one.id, one.name, verdict, trend, quote)


def _trend(one: Characteristic, estimate: LevelEstimate, profile: Profile) -> Trend | None:
    if one.dimension is None:
        return None
    theirs, own = anchor_shown(estimate, one.dimension), profile.anchor(one.dimension)
    if theirs is None or own is None:
        return None
    difference = theirs - own
    if difference >= _HINTED_MORE:
        return "more"
    return "less" if difference <= -_HINTED_MORE else "same"


def _offered(
    one: Characteristic, cues: Sequence[Cue], estimate: LevelEstimate
) -> tuple[Verdict, str | None]:
    """A negation decides, then the coded dimension, then words that show it, then hints."""
    if never := _first(cues, Verdict.RULED_OUT):
        return Verdict.RULED_OUT, never
    if one.dimension is not None and one.from_anchor is not None:
        anchor = anchor_shown(estimate, one.dimension)
        if anchor is not None and anchor >= one.from_anchor:
            return Verdict.SHOWN, _quote(estimate, one.dimension) or _first(cues, Verdict.SHOWN)
    for verdict in (Verdict.SHOWN, Verdict.HINTED):
        if quote := _first(cues, verdict):
            return verdict, quote
    return Verdict.NOT_STATED, None


def _comparing(
    one: Characteristic, cues: Sequence[Cue], estimate: LevelEstimate, profile: Profile
) -> tuple[Verdict, str | None]:
    if one.dimension is None:
        return Verdict.NOT_STATED, None
    theirs, own = anchor_shown(estimate, one.dimension), profile.anchor(one.dimension)
    quote = _quote(estimate, one.dimension)
    if theirs is not None and own is not None:
        if theirs - own >= _SHOWN_MORE:
            return Verdict.SHOWN, quote
        if theirs - own >= _HINTED_MORE:
            return Verdict.HINTED, quote
        return (Verdict.RULED_OUT if theirs < own else Verdict.NOT_STATED), quote
    if never := _first(cues, Verdict.RULED_OUT):
        return Verdict.RULED_OUT, never
    for verdict in (Verdict.SHOWN, Verdict.HINTED):
        if found := _first(cues, verdict):  # words alone, nothing to measure them against
            return Verdict.HINTED, found
    return Verdict.NOT_STATED, quote


def _breadth(
    cues: Sequence[Cue], estimate: LevelEstimate, reading: AdReading, profile: Profile
) -> tuple[Verdict, str | None]:
    """Another track or sector, and an ad that takes people from elsewhere."""
    if never := _first(cues, Verdict.RULED_OUT):
        return Verdict.RULED_OUT, never
    open_to = _first(cues, Verdict.SHOWN)
    sector = reading.sector is not None and bool(profile.sectors)
    differs = changes_track(estimate.track, profile.track) or (
        sector and reading.sector not in profile.sectors
    )
    if differs and open_to:
        return Verdict.SHOWN, open_to
    if differs or open_to:
        return Verdict.HINTED, open_to
    if hint := _first(cues, Verdict.HINTED):
        return Verdict.HINTED, hint
    return Verdict.NOT_STATED, None


def _money(
    cues: Sequence[Cue], estimate: LevelEstimate, gain: float | None
) -> tuple[Verdict, str | None, Trend | None]:
    quote = estimate.salary.text if estimate.salary else None
    least = move_rules().pay_gain
    if gain is not None:
        if gain >= least:
            return Verdict.SHOWN, quote, "more"
        if gain <= -least:
            return Verdict.RULED_OUT, quote, "less"
        return Verdict.NOT_STATED, quote, "same"
    hint = _first(cues, Verdict.HINTED)
    return (Verdict.HINTED, hint, None) if hint else (Verdict.NOT_STATED, quote, None)


def _first(cues: Iterable[Cue], verdict: Verdict) -> str | None:
    return next((cue.quote for cue in cues if cue.verdict is verdict), None)


def _quote(estimate: LevelEstimate, dimension: Dimension) -> str | None:
    line = best_line(estimate, dimension)
    return line.quote if line else None
