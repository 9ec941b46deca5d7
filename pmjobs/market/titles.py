"""Which titles say the same."""

import re


def has_words(title: str, phrase: str) -> bool:
    """Return whether `phrase` stands in `title` as whole words, in order.

    >>> has_words("Senior Project Manager - Payments", "senior project manager")
    True
    >>> has_words("Senior Technical Project Manager", "senior project manager")
    False
    """
    return f" {_plain(phrase)} " in f" {_plain(title)} "


def _plain(words: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", words.lower()))
