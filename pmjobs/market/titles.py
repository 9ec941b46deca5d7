"""Which titles say the same: one role in all its spellings, whatever the trade.

"Assistant Project Manager" holds the words "project manager" and claims something else, so
words alone do not make a group.
"""

import re
from collections.abc import Callable

from pmjobs.domain.titles import role_of, spelled

Says = Callable[[str], bool]  # whether a title says it


def says_role(role: str, *also: str) -> Says:
    """Return what tells whether a title claims `role`, and has the words `also` too.

    `role` is as `pmjobs.domain.titles.role_of` gives it.
    """
    words = {*role.split(), *also}

    def says(title: str) -> bool:
        # The cheap question first: only titles with all the words can claim the role.
        return words <= set(spelled(title).split()) and role_of(title) == role

    return says


def says_words(phrase: str, *, containing: bool = False) -> Says:
    """Return what tells whether a title says what the reader's `phrase` says, in any spelling.

    A phrase that names a role asks for that role ("sr pm": senior project managers), and words
    of a trade narrow it ("construction project manager"). With `containing`, or where it names
    none ("transformation"), it asks for titles that hold its words in order.
    """
    role, wanted = role_of(phrase), spelled(phrase)
    if role is None or containing:
        return lambda title: f" {wanted} " in f" {spelled(title)} "
    return says_role(role, *wanted.split())


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
