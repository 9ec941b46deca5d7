"""Find the stretches of a text worth a closer look, so that slow patterns see little of it."""

from collections.abc import Iterator
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick


@lru_cache(maxsize=2)  # several readers want the same ad's text, one after another
def lowered(text: str) -> str:
    """Return `text` in lower case with every character where it was.

    A few capitals of other scripts become two characters; such a text comes back as it is.
    """
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def stretches(lower: str, words: tuple[str, ...], reach: int) -> list[tuple[int, int]]:
    """Return (start, end) of what lies round each of the words, within its line, in order.

    `reach` is how many characters before and after a word belong to it.

    >>> stretches("you plan\\nremote work\\nyou steer", ("remote",), 8)
    [(9, 17)]
    """
    found = []
    following: dict[int, int] = {}  # word → where the next stretch round it may begin
    for word, at, _ in places(lower, words):
        if at < following.get(word, 0):
            continue
        following[word] = at + reach // 2
        start = max(lower.rfind("\n", 0, at) + 1, at - reach)
        stop = lower.find("\n", at)
        found.append((start, min(len(lower) if stop < 0 else stop, at + reach)))
    return sorted(found)


def places(text: str, words: tuple[str, ...]) -> list[tuple[int, int, int]]:
    """Return (index of the word, start, end) of every occurrence; all words in one pass.

    >>> places("ten years, two years", ("years", "two"))
    [(0, 4, 9), (1, 11, 14), (0, 15, 20)]
    """
    try:
        found: list[tuple[int, int, int]] = _automaton(words).find_matches_as_indexes(
            text, overlapping=True
        )
    except UnicodeEncodeError:  # half a character pair
        return places(text.encode(errors="replace").decode(), words)
    return found


def each(text: str, word: str) -> Iterator[int]:
    """Yield where `word` starts, wherever it stands; faster than `places` for a word or two.

    >>> list(each("ten of ten", "ten"))
    [0, 7]
    """
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


@cache
def _automaton(words: tuple[str, ...]) -> AhoCorasick:
    return AhoCorasick(list(words))
