"""Verb: find ads that are one opening, seen in several places or published again.

Within one employer: the same text, or nearly so (MinHash finds the candidates, the shared runs
of five words decide). Never across different level words, different requisitions, or duties
that differ once what all of the employer's ads say is left aside. The same text under another
employer's name, an agency's copy, is linked as such and stays an opening of its own.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import product

from cleanco import basename
from rapidfuzz import fuzz
from rensa import RMinHash, RMinHashLSH

from pmjobs.posting import Posting
from pmjobs.store import Link, LinkKind, Store, StoredPosting

# The figures below are our choice, made so that a doubtful pair stays apart.
NEARLY = 0.80  # share of five-word runs that two texts of one opening have in common
DUTIES = 0.60  # the same of what is not said in the employer's other ads
TITLES = 85.0  # likeness of two titles without place and contract, 0 to 100
FEW_WORDS = 40  # a text shorter than this tells no two openings apart
FEW_RUNS = 10  # nor do fewer runs of its own
HOUSE_TEXT = 3  # kinds of role with a run in common: it is the employer's, not the role's
RUN = 5  # words
PERMUTATIONS, BANDS, SEED = 128, 16, 20260302  # finds 99 of 100 pairs that have 85 % in common

_LEVELS = """
    junior jr senior sr lead leading principal staff head chief director vp vice president
    executive assistant associate deputy trainee graduate intern internship apprentice
    coordinator administrator officer support analyst manager i ii iii iv v 1 2 3 4 5
"""
LEVEL_WORDS = frozenset(_LEVELS.split())
SPELLINGS = {"jr": "junior", "sr": "senior", "leading": "lead", "internship": "intern"}

# What stands in a title beside the role: it may differ within one opening.
_ASIDE = """
    m f d w x h all genders gender remote hybrid onsite home office fixed term ftc contract
    permanent temporary interim full part time months month maternity cover
"""
ASIDE = frozenset(_ASIDE.split())

_TERM = re.compile(r"\b\d+[- ]?(?:months?|years?|hours?|days?)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
Text = Callable[[int], str]


@dataclass(slots=True)
class _Ad:
    """What is kept of an ad while all are compared; its text is fetched again when needed."""

    id: int
    employer: str  # without its legal form; "" if none is stated
    levels: frozenset[str]
    role: str  # the title without level words, place and contract
    requisition: str | None
    place: str
    n_words: int
    text_hash: bytes
    runs: RMinHash | None


@dataclass(slots=True)
class _Opening:
    """Ads that are one opening so far."""

    ids: set[int] = field(default_factory=set)
    requisitions: set[str] = field(default_factory=set)


def link_duplicates(store: Store, *, now: datetime) -> int:
    """Compare all stored ads, keep the links, return how many are new.

    Links that a person has undone stay undone; those that no longer hold are dropped.
    """

    @lru_cache(maxsize=500)
    def text(posting_id: int) -> str:
        stored = store.find(str(posting_id))
        return (stored.posting.description or "") if stored else ""

    apart = {
        frozenset((kept.link.first_id, kept.link.second_id))
        for kept in store.links(undone=True)
        if kept.undone_at
    }
    found = find_links(store.postings(only_open=False), text, apart=apart)
    return store.replace_links(list(found), now)


def find_links(
    postings: Iterable[StoredPosting], text: Text, *, apart: Iterable[frozenset[int]] = ()
) -> Iterator[Link]:
    """Yield which of `postings` belong together; each is linked to the first that fits.

    `text` gives an ad's description by its id. The pairs in `apart` are never linked, nor are
    openings joined that hold one of each.
    """
    matcher = _Matcher(text, set(apart))
    for stored in postings:
        yield from matcher.links_of(stored)
    # Which runs are the house's own is known when all of its ads are.
    yield from matcher.near_links()


class _Matcher:
    def __init__(self, text: Text, apart: set[frozenset[int]]) -> None:
        self.text = text
        self.apart = apart
        self.ads: dict[int, _Ad] = {}
        self.by_text: dict[bytes, list[_Ad]] = {}
        self.by_employer: dict[str, list[_Ad]] = {}
        self.openings: dict[int, _Opening] = {}
        self.index = RMinHashLSH(threshold=0.7, num_perm=PERMUTATIONS, num_bands=BANDS)
        self.near: list[tuple[int, int]] = []
        self.house: dict[str, frozenset[int]] = {}

    def links_of(self, stored: StoredPosting) -> Iterator[Link]:
        """Take an ad in and yield its link to an ad of the same text."""
        ad = _ad(stored)
        self.ads[ad.id] = ad
        self.openings[ad.id] = _Opening({ad.id}, {ad.requisition} if ad.requisition else set())
        self.by_employer.setdefault(ad.employer, []).append(ad)
        if not ad.n_words:
            return
        same_text = self.by_text.setdefault(ad.text_hash, [])
        link = self._first(same_text, ad, "the same text")
        if link:
            yield link
        same_text.append(ad)
        if ad.runs is not None:
            if link is None:
                self.near += [(other, ad.id) for other in sorted(self.index.query(ad.runs))]
            self.index.insert(ad.id, ad.runs)

    def near_links(self) -> Iterator[Link]:
        """Yield links between ads whose texts are nearly the same."""
        linked: set[int] = set()
        for first_id, second_id in self.near:
            if second_id in linked:
                continue
            first, second = self.ads[first_id], self.ads[second_id]
            if not self._may_link(first, second):
                continue
            share = self._common(first, second)
            if share is not None:
                words = f"{share:.0%} of the text in common"
                if link := self._first([first], second, words):
                    linked.add(second_id)
                    yield link

    def _first(self, others: list[_Ad], ad: _Ad, words: str) -> Link | None:
        for other in others:
            if not self._may_link(other, ad):
                continue
            known = bool(ad.employer) and other.employer == ad.employer
            kind = LinkKind.SAME if known else LinkKind.COPY
            if kind is LinkKind.SAME and not self._join(other, ad):
                continue
            return Link(other.id, ad.id, kind, _reason(other, ad, words))
        return None

    def _may_link(self, first: _Ad, second: _Ad) -> bool:
        if first.levels != second.levels or frozenset((first.id, second.id)) in self.apart:
            return False
        same_employer = bool(first.employer) and first.employer == second.employer
        requisitions = {first.requisition, second.requisition} - {None}
        if same_employer and len(requisitions) > 1:
            return False
        if not same_employer and min(first.n_words, second.n_words) < FEW_WORDS:
            return False  # "see our website" is everybody's text
        return first.role == second.role or fuzz.token_sort_ratio(first.role, second.role) >= TITLES

    def _join(self, first: _Ad, second: _Ad) -> bool:
        """Make one opening of two, unless that would join what must stay apart."""
        a, b = self.openings[first.id], self.openings[second.id]
        if a is b:
            return True
        if len(a.requisitions | b.requisitions) > 1:
            return False
        if self.apart and any(frozenset(pair) in self.apart for pair in product(a.ids, b.ids)):
            return False
        a.ids |= b.ids
        a.requisitions |= b.requisitions
        for posting_id in b.ids:
            self.openings[posting_id] = a
        return True

    def _common(self, first: _Ad, second: _Ad) -> float | None:
        """Return the share of the text that two ads have in common, None if it is too little."""
        a, b = (_runs(_words(self.text(ad.id))) for ad in (first, second))
        share = _share(a, b)
        if share < NEARLY:
            return None
        own_a, own_b = (
            runs - self._house_text(ad.employer) for runs, ad in ((a, first), (b, second))
        )
        if min(len(own_a), len(own_b)) >= FEW_RUNS and _share(own_a, own_b) < DUTIES:
            return None
        return share

    def _house_text(self, employer: str) -> frozenset[int]:
        """Return the runs that an employer says of itself: those of several kinds of role."""
        if not employer:
            return frozenset()
        if employer not in self.house:
            roles: dict[str, set[int]] = {}
            for ad in self.by_employer[employer]:
                roles.setdefault(ad.role, set()).update(_runs(_words(self.text(ad.id))))
            counts = Counter(run for runs in roles.values() for run in runs)
            self.house[employer] = frozenset(
                run for run, n_roles in counts.items() if n_roles >= HOUSE_TEXT
            )
        return self.house[employer]


def _ad(stored: StoredPosting) -> _Ad:
    posting = stored.posting
    words = _words(posting.description or "")
    levels, role = _title(posting)
    runs = None
    if len(words) >= FEW_WORDS:
        runs = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        runs.update([" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)])
    return _Ad(
        id=stored.id,
        employer=_employer(posting.employer or ""),
        levels=levels,
        role=role,
        requisition=posting.requisition_id,
        place="; ".join(place.text for place in posting.locations),
        n_words=len(words),
        text_hash=hashlib.sha256(" ".join(words).encode(errors="replace")).digest()[:16],
        runs=runs,
    )


def _title(posting: Posting) -> tuple[frozenset[str], str]:
    """Return a title's level words, and its other words without place and contract."""
    places = {word for place in posting.locations for word in _words(place.text)}
    words = [SPELLINGS.get(word, word) for word in _words(_TERM.sub(" ", posting.title))]
    levels = frozenset(word for word in words if word in LEVEL_WORDS)
    role = [word for word in words if word not in LEVEL_WORDS | ASIDE | places]
    return levels, " ".join(role)


@lru_cache(maxsize=10_000)
def _employer(name: str) -> str:
    return " ".join(_words(basename(name)))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _runs(words: list[str]) -> frozenset[int]:
    return frozenset(hash(tuple(words[i : i + RUN])) for i in range(len(words) - RUN + 1))


def _share(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b) if a or b else 0.0


def _reason(first: _Ad, second: _Ad, words: str) -> str:
    parts = [words]
    if first.employer != second.employer:
        names = (first.employer or "not stated", second.employer or "not stated")
        parts.append(f"employers {names[0]} and {names[1]}")
    if first.requisition and first.requisition == second.requisition:
        parts.append(f"requisition {first.requisition}")
    if first.place != second.place:
        parts.append(f"places {first.place or 'not stated'} and {second.place or 'not stated'}")
    return ", ".join(parts)
