"""What the model reads of an ad: the masked, lower-case text of its duties and requirements.

Title, employer, pay package and boilerplate never come this far, so they cannot change a level.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from string import ascii_lowercase

import numpy as np

from pmjobs.level.cues import Hit, find_hits
from pmjobs.level.masking import mask
from pmjobs.level.quantities import Budget, find_budget
from pmjobs.level.stated import Fact, Stated, find_facts, hide_bosses, largest
from pmjobs.level.words import Words, words_of
from pmjobs.parsing.experience import parse_experience
from pmjobs.parsing.sections import Sentence, Zone, lower, sentences
from pmjobs.posting import ExperienceYears

MAX_CHARS = 40_000  # read of one ad; the longest of 5,765 real ones has about 30,000
COUNTED = (Zone.DUTIES, Zone.REQUIREMENTS)

# Words, as `words_of` reads them; a name for the post itself, masked, is none. Numbers are read as
# facts, with their units.
TOKEN = re.compile(r"[a-z][a-z'+&]+")


@dataclass(frozen=True)
class Reading:
    """One ad, read. Offsets are into the ad's text as given."""

    lowered: str  # post and its boss masked; as long as the ad, up to MAX_CHARS
    sentences: tuple[Sentence, ...]  # duties and requirements; no headings, no names of the post
    words: Words  # of these sentences
    told: str  # duties and requirements as written, a sentence a line
    boss: Fact | None  # the role that the post reports to

    # Looked for when asked: most ads are of other work and need none of it.

    @cached_property
    def years(self) -> ExperienceYears | None:
        """The years asked for in duties or requirements."""
        return parse_experience(self.told) if self.told else None

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """The cues found in duties and requirements."""
        return find_hits(self.lowered, self.sentences)

    @cached_property
    def budget(self) -> Budget | None:
        """The largest sum named in duties or requirements."""
        return find_budget(self.lowered, self.sentences)

    @cached_property
    def facts(self) -> dict[Stated, Fact]:
        """What is stated with a number or a rank, the largest of each kind."""
        found = [*find_facts(self.lowered, self.sentences)]
        if self.boss:
            found.append(self.boss)
        if self.budget:
            found.append(
                Fact(Stated.BUDGET, self.budget.scaled, self.budget.start, self.budget.end)
            )
        if self.years:
            found.append(Fact(Stated.YEARS, self.years.minimum, *self._place(self.years.text)))
        return largest(found)

    def _place(self, words: str) -> tuple[int, int]:
        """Where in the ad `words` of `told` stand."""
        first = self.told.find(words)
        start = end = -1
        for sentence in self.sentences:
            length = sentence.end - sentence.start
            if start < 0 and first <= length:
                start = sentence.start + first
            if first + len(words) <= length:
                end = sentence.start + first + len(words)
                break
            first -= length + 1
        return start, end

    @cached_property
    def tokens(self) -> tuple[tuple[str, ...], ...]:
        """The words of each sentence as texts; for training only."""
        return tuple(tuple(TOKEN.findall(self.lowered, s.start, s.end)) for s in self.sentences)

    @property
    def n_words(self) -> int:
        """How many words are counted."""
        return len(self.words.prints)

    @property
    def n_duty_words(self) -> int:
        """How many of them stand in duties."""
        duties = [sentence.zone is Zone.DUTIES for sentence in self.sentences]
        return int(np.array(duties, dtype=bool)[self.words.line].sum())

    @cached_property
    def terms(self) -> Counter[str]:
        """How often each word and each pair of neighbouring words is said."""
        found: Counter[str] = Counter()
        for words in self.tokens:
            found.update(words)
            found.update(map(" ".join, zip(words, words[1:], strict=False)))
        return found


def read(text: str | None) -> Reading:
    """Return what counts of an ad's text; of None and of a text without duties, nothing."""
    text = (text or "")[:MAX_CHARS]
    told = [s for s in sentences(text) if s.zone in COUNTED]
    lowered, boss = hide_bosses(lower(mask(text)), told)  # "Reports to: head of change" is a line
    counted = tuple(s for s in told if not s.heading and TOKEN.search(lowered, s.start, s.end))
    return Reading(
        lowered=lowered,
        sentences=counted,
        words=words_of([lowered[s.start : s.end] for s in counted]),
        told="\n".join(text[s.start : s.end] for s in counted),
        boss=boss,
    )


_COMMON = frozenset(b"the and of to in for with a is on you will as or by be are".split())
_LEAST_COMMON = 0.10  # of an English text's words; German, French or Spanish have under 0.05
_ENGLISH_WORDS = 400  # read of a text to tell its language


def is_english(text: str) -> bool:
    """Whether `text` reads as English, by its commonest small words.

    >>> is_english("You will lead the team."), is_english("Sie leiten das Projekt und das Team.")
    (True, False)
    """
    words: list[bytes] = []
    for length in (_ENGLISH_WORDS * 8, _ENGLISH_WORDS * 20):  # the first is nearly always enough
        if len(words) <= _ENGLISH_WORDS:
            words = _words(text[:length].lower())
    words = words[:_ENGLISH_WORDS]
    return bool(words) and sum(map(_COMMON.__contains__, words)) >= _LEAST_COMMON * len(words)


def _words(lowered: str) -> list[bytes]:
    """The runs of letters; a blank for all else will do where only a to z are letters."""
    others = lowered.encode(errors="replace").translate(None, _ASCII).decode()
    if any(map(str.isalnum, others)):
        return [word.encode(errors="replace") for word in _WORD.findall(lowered)]
    return lowered.encode("ascii", "replace").translate(_LETTERS).split()


_ASCII = bytes(range(128))
_LETTERS = bytes(c if chr(c) in ascii_lowercase else ord(" ") for c in range(256))
_WORD = re.compile(r"[^\W\d_]+")
