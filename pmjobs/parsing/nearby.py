"""Find the stretches of a text worth a closer look, so that slow patterns see little of it."""

from collections.abc import Iterable
from functools import lru_cache


@lru_cache(maxsize=2)  # several readers want the same ad's text, one after another
def lowered(text: str) -> str:
    """Return `text` in lower case with every character where it was.

    A few capitals of other scripts become two characters; such a text comes back as it is.
    """
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def stretches(lower: str, words: Iterable[str], reach: int) -> list[tuple[int, int]]:
    """Return (start, end) of what lies round each of the words, within its line, in order.

    `reach` is how many characters before and after a word belong to it.

    >>> stretches("you plan\\nremote work\\nyou steer", ["remote"], 8)
    [(9, 17)]
    """
    found = []
    for word in words:
        at = lower.find(word)
        while at >= 0:
            start = max(lower.rfind("\n", 0, at) + 1, at - reach)
            stop = lower.find("\n", at)
            found.append((start, min(len(lower) if stop < 0 else stop, at + reach)))
            at = lower.find(word, at + reach // 2)
    return sorted(found)
