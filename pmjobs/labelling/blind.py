"""An ad as a labeller sees it: numbered sentences, without title, employer or address.

Hidden characters become `MASK` one for one, so offsets are offsets into the ad's own text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pmjobs.level.masking import MASK, mask
from pmjobs.level.reading import MAX_CHARS
from pmjobs.parsing.sections import Sentence, sentences
from pmjobs.posting import Posting

_ADDRESS = re.compile(
    r"\b(?:https?://|www\.)\S+|\S{1,80}@\S{1,80}|[@#]\w{2,}"
    r"|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|org|net|io|ai|gov|edu|eu|uk|co)(?![\w-])",
    re.IGNORECASE,
)
_TITLE_PARTS = re.compile(r"\s+[-–—]\s+|[,|/():\[\]–—]")
_SHORT = 3  # letters: capitals up to here are an abbreviation, less tells nothing of a name


@dataclass(frozen=True, slots=True)
class BlindAd:
    """What is shown of one ad."""

    key: str  # never shown
    original: str  # never shown: what offsets point into
    masked: str  # as long as `original`
    sentences: tuple[Sentence, ...]

    def shown(self, sentence: Sentence) -> str:
        """Return a sentence as it may be shown, on one line and safe for a terminal."""
        text = self.masked[sentence.start : sentence.end]
        return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def blind(posting: Posting) -> BlindAd:
    """Return a posting without what would tell its title or employer.

    Hidden are: the ad's names for its own post, its title and the title's parts of two words
    and more wherever they stand, the employer's name and the words of it that the ad writes
    as a name, and all addresses.

    >>> ad = Posting(source="s", source_id="1", title="Bridge Planner", employer="Oakmoor Ltd",
    ...              description="At Oakmoor you will be our Bridge Planner and keep the plan.")
    >>> blind(ad).masked
    'At _______ you will be our ______ _______ and keep the plan.'
    """
    original = (posting.description or "")[:MAX_CHARS]
    letters = list(mask(original))
    for pattern in (_ADDRESS, *_title(posting.title), *_employer(posting.employer, original)):
        for match in pattern.finditer(original):
            for at in range(*match.span()):
                if not letters[at].isspace():
                    letters[at] = MASK
    return BlindAd(posting.key, original, "".join(letters), sentences(original))


def _title(title: str) -> Iterator[re.Pattern[str]]:
    """The title as a whole, and its parts of two words and more."""
    for number, part in enumerate([title, *_TITLE_PARTS.split(title)]):
        words = re.findall(r"\w+", part)
        if words and (number == 0 or len(words) > 1):
            yield _phrase(words)


def _employer(employer: str | None, text: str) -> Iterator[re.Pattern[str]]:
    if not employer:
        return
    from cleanco import basename  # here: it reads its table of legal forms

    short = basename(employer) or employer
    words = re.findall(r"\w+", short)
    if len(words) > 1:
        yield _phrase(re.findall(r"\w+", employer))
        yield _phrase(words)
        yield re.compile(rf"\b\w{{0,60}}{re.escape(''.join(words))}\w{{0,60}}", re.IGNORECASE)
    for word in words:
        if word.isupper() and len(word) <= _SHORT:
            yield re.compile(rf"\b{re.escape(word)}\b")  # "IT" is not "it"
        elif len(word) < _SHORT and len(words) > 1:
            continue
        elif word.islower() or not _ordinary(word, text):
            yield _phrase([word])


def _ordinary(word: str, text: str) -> bool:
    """Whether the ad writes a word of the employer's name ("health") small more often than not."""
    alone = re.compile(rf"(?<![\w@./-]){re.escape(word)}(?![\w@/-]|\.\w)", re.IGNORECASE)
    written = [match[0] for match in alone.finditer(text)]
    return 2 * sum(found.islower() for found in written) > len(written)


def _phrase(words: list[str]) -> re.Pattern[str]:
    """The words one after another, whatever signs and small words stand between them."""
    between = r"(?:[\W_]+(?:and|of|for|the))?[\W_]+"
    return re.compile(r"\b" + between.join(map(re.escape, words)) + r"\b", re.IGNORECASE)
