"""Which of the ranked ads the reader wants to see; the others are left out with the reason.

Nothing is hidden: every ad of the ranking is either chosen or left out. What an ad does not state
fits no filter that asks for it, and the reason says so.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pmjobs.compare.comparison import Comparison
from pmjobs.domain.characteristics import Verdict, characteristics
from pmjobs.domain.moves import Move, Step
from pmjobs.errors import PmjobsError
from pmjobs.posting import WorkPlace

NOT_FOR_ME = "not-for-me"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the reader asks for; a filter that is left alone lets every ad through."""

    moves: Collection[Move] = ()  # one of them
    steps: Collection[Step] = ()  # one of them
    level: tuple[int | None, int | None] = (None, None)  # lowest, highest; of the work
    country: str | None = None  # ISO 3166-1 alpha-2
    remote: bool = False  # can be done from home altogether
    gain: float | None = None  # of pay, like for like: at least this, 0.1 for 10 %
    shows: Collection[str] = ()  # ids of characteristics, all of them
    # One of these marks, ruled out or not; empty: all but "not-for-me" and what is ruled out.
    marked: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One ad that is not shown, and why."""

    comparison: Comparison
    reasons: tuple[str, ...]  # for people, at least one


@dataclass(frozen=True, slots=True)
class Choice:
    """A ranking in two parts, both best first."""

    chosen: tuple[Comparison, ...]
    left: tuple[LeftOut, ...]


def choose(
    ranking: Iterable[Comparison],
    filters: Filters,
    *,
    marks: Mapping[str, str] | None = None,
) -> Choice:
    """Return the ads that pass all filters, and those that do not, with each filter that fails.

    `marks` holds, by the key of a posting, what the reader said of it. What the reader ruled out
    or marked as not for him or her is left out, too, unless marks are asked for. Raises PmjobsError
    for an unknown characteristic.
    """
    if unknown := sorted(set(filters.shows) - set(characteristics())):
        raise PmjobsError(
            f"{unknown[0]}: no characteristic; take one of {', '.join(characteristics())}"
        )
    marks = marks or {}
    chosen: list[Comparison] = []
    left: list[LeftOut] = []
    for one in ranking:
        if reasons := tuple(_reasons(one, filters, marks.get(one.key))):
            left.append(LeftOut(one, reasons))
        else:
            chosen.append(one)
    return Choice(tuple(chosen), tuple(left))


def _reasons(one: Comparison, filters: Filters, mark: str | None) -> Iterator[str]:
    if filters.marked:  # what the reader marked is seen again, ruled out or not
        if mark not in filters.marked:
            yield f"marked {mark}" if mark else "not marked"
    else:
        if one.ruled_out is not None:
            yield one.ruled_out
        if mark == NOT_FOR_ME:
            yield f"marked {mark}"
    if filters.moves and not set(filters.moves) & set(one.moved.moves):
        yield f"move: {', '.join(one.moved.moves)}"
    if filters.steps and not set(filters.steps) & set(one.steps):
        yield f"step: {one.saying}"
    yield from _level(one, *filters.level)
    yield from _place(one, filters)
    if filters.gain is not None and (one.pay.gain is None or one.pay.gain < filters.gain):
        # Without how it was reckoned, which the full comparison tells.
        yield f"pay: {one.pay.note.partition(' (')[0]}"
    for wished in one.wished:
        if wished.characteristic in filters.shows and wished.verdict is not Verdict.SHOWN:
            yield f"{wished.characteristic}: {wished.verdict}"


def _level(one: Comparison, lowest: int | None, highest: int | None) -> Iterator[str]:
    if lowest is None and highest is None:
        return
    level = one.estimate.level
    if level is None:
        yield one.moved.reason or one.estimate.reason or "its level cannot be told"
    elif not (lowest or level) <= level <= (highest or level):
        yield f"L{int(level)}"


def _place(one: Comparison, filters: Filters) -> Iterator[str]:
    posting = one.posting
    if filters.country is not None:
        theirs = {place.country for place in posting.locations if place.country}
        if filters.country not in theirs:
            yield f"in {', '.join(sorted(theirs))}" if theirs else "names no country"
    if filters.remote and (posting.remote is None or posting.remote.kind is not WorkPlace.REMOTE):
        yield str(posting.remote.kind) if posting.remote else "does not say whether it is remote"
