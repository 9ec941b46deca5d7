"""What a labeller types, read. Every function raises ValueError with a hint for a slip."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from pmjobs.labelling.record import MOST_YEARS, anchor
from pmjobs.ladder import Level

E = TypeVar("E", bound=StrEnum)

REST = "-"  # leaves out the dimensions that are still to come
MOST_QUOTES = 3


def choice(said: str, choices: Sequence[E]) -> E:
    """Return the choice that a number, or the beginning of a name, stands for.

    >>> from pmjobs.ladder import Track
    >>> choice("del", list(Track)), choice("1", list(Track))
    (<Track.DELIVERY: 'delivery'>, <Track.SUPPORT: 'support'>)
    """
    if said.isascii() and said.isdecimal():
        if 1 <= int(said[:9]) <= len(choices):
            return choices[int(said) - 1]
        raise ValueError(f"1 to {len(choices)}, or the beginning of a name")
    wanted = said.lower().replace(" ", "_")
    exact = [name for name in choices if name.value == wanted]
    found = exact or [name for name in choices if name.value.startswith(wanted)]
    if not said or len(found) != 1:
        raise ValueError(f"1 to {len(choices)}, or the beginning of one name")
    return found[0]


def maybe_choice(said: str, choices: Sequence[E]) -> E | None:
    """Return the choice, or None for an empty answer."""
    return choice(said, choices) if said else None


def level(said: str) -> Level | None:
    """Return the level that "4" or "L4" names; None for an empty answer."""
    if not said:
        return None
    match = re.fullmatch(r"[Ll]?([1-7])", said)
    if not match:
        raise ValueError("1 to 7, or Enter")
    return Level(int(match[1]))


def interval(said: str, around: Level) -> tuple[Level, Level]:
    """Return (lowest, highest) of "3-4"; the level alone for an empty answer."""
    if not said:
        return around, around
    match = re.fullmatch(r"[Ll]?([1-7])(?:\s*[-–]\s*[Ll]?([1-7]))?", said)
    if not match:
        raise ValueError("two levels, such as 3-4, or Enter")
    low, high = Level(int(match[1])), Level(int(match[2] or match[1]))
    if not low <= around <= high:
        raise ValueError(f"the interval has to hold L{int(around)}, such as {int(around)}-7")
    return low, high


def code(said: str) -> float | str | None:
    """Return an anchor, REST, or None for an empty answer: not stated."""
    if said in ("", REST):
        return said or None
    try:
        return anchor(float(said.replace(",", ".")))
    except ValueError:
        raise ValueError("0 to 4 in halves, Enter, or -") from None


def years(said: str) -> float | None:
    """Return years, or None for an empty answer."""
    if not said:
        return None
    try:
        number = float(said.replace(",", "."))
    except ValueError:
        number = -1.0
    if not 0.0 <= number <= MOST_YEARS:
        raise ValueError(f"0 to {MOST_YEARS:.0f}, or Enter")
    return number


def numbers(said: str, most: int) -> tuple[int, ...]:
    """Return the numbers of sentences, each once, in rising order; () for an empty answer.

    >>> numbers("9, 4 9", most=12)
    (4, 9)
    """
    words = re.split(r"[\s,]+", said.strip(" ,"))
    if words == [""]:
        return ()
    if not all(w.isascii() and w.isdecimal() and 1 <= int(w[:9]) <= most for w in words):
        raise ValueError(f"numbers of sentences, 1 to {most}, or Enter")
    found = sorted({int(word) for word in words})
    if len(found) > MOST_QUOTES:
        raise ValueError(f"at most {MOST_QUOTES}: those that decided")
    return tuple(found)
