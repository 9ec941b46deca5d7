"""What does the title mean here? One posting, its estimate, its employer and the market.

Everything said rests on a quoted line of the ad or on a number of stored ads that is shown
beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmjobs.domain.senses import SENSES
from pmjobs.domain.titles import claim_of, role_of
from pmjobs.explain.notes import notes_of
from pmjobs.ladder import Evidence, Level, LevelEstimate
from pmjobs.market import (
    Group,
    Inflation,
    LevelledAd,
    Says,
    group,
    has_words,
    inflation,
    says_role,
)
from pmjobs.posting import Posting
from pmjobs.questions import Question, questions_for

if TYPE_CHECKING:
    from pmjobs.explain.shares import Shares

WORK_SENSES = frozenset({"S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8"})
SMALL_SHARE = 0.1  # of the model's score, in which levels lie about three apart
SENIOR_WORDS = ("senior", "sr", "principal", "head", "director", "chief")
OFTEN_SENIOR_WORDS = ("lead", "executive")  # not in "project lead", which claims L3


@dataclass(frozen=True, slots=True)
class SenseLine:
    """One sense of "senior" found in the ad, in words, with its line."""

    sense: str  # "S3"
    meaning: str  # "leads other project people"
    quote: str


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """One line of the ad that the level rests on."""

    shown: str  # "scope 3.5, programme 3"
    quote: str
    pull: str  # "up", "down", "down: below usual" or "": where it moves the level


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What pmjobs can say of one posting, and what it rests on."""

    posting: Posting
    estimate: LevelEstimate
    title_words: str | None  # the words of the title that make a claim
    verdict: str  # one sentence, for people
    notes: tuple[str, ...]  # what to know beside the level: flags and second readings, in words
    senses: tuple[SenseLine, ...]
    employer_group: Group | None  # this employer's other stored ads whose titles claim the same
    employer_inflation: Inflation | None
    market_group: Group | None  # all stored ads whose titles claim the same, same country
    level_group: Group | None  # years and pay of all stored ads at the same level, same country
    questions: tuple[Question, ...]
    contributions: "Shares | None" = None  # the score taken apart, where that was asked for

    def _repr_html_(self) -> str:
        from pmjobs.explain.page import fragment

        return fragment(self)


def explain(
    posting: Posting, estimate: LevelEstimate, others: Iterable[LevelledAd] = ()
) -> Explanation:
    """Return what `posting`'s title means, against `others` (other stored, levelled ads)."""
    claim = claim_of(posting.title)
    words = claim.words if claim else None
    others = _other_openings(posting, others)
    role = role_of(posting.title)
    says = says_role(role) if role else None
    near = [ad for ad in others if posting.country is None or ad.country == posting.country]
    same_title = [ad for ad in near if says and says(ad.title)]
    return Explanation(
        posting=posting,
        estimate=estimate,
        title_words=words,
        verdict=verdict(posting.title, estimate),
        notes=notes_of(posting, estimate),
        senses=_senses(estimate),
        employer_group=_own(posting, others, role, says),
        employer_inflation=inflation(posting.employer, others) if posting.employer else None,
        market_group=group(_named(role, posting.country), same_title) if role else None,
        level_group=_peers(posting, estimate, near),
        questions=tuple(questions_for(posting, estimate)),
    )


def verdict(title: str, estimate: LevelEstimate) -> str:
    """Return the answer to "what does senior mean here?" in one sentence.

    The two special answers follow the rubric: a senior title over lesser work, carried by depth,
    years or pay alone (S9 to S11), and two or more senses of senior work (S1 to S8) under a title
    that claims less.
    """
    if not estimate.in_scope:
        return estimate.reason or f"not project work: {_family(estimate)}"
    if estimate.level is None:
        return estimate.reason or "cannot tell from this text"
    senior_title = _says_senior(title, estimate.title_level)
    work = {found.sense for found in estimate.senses} & WORK_SENSES
    gap = estimate.title_gap
    if senior_title and not work and gap is not None and gap < 0:
        return f"senior in title, not shown in the work: {_shown(estimate)}{_carried(estimate)}"
    modest = gap is None or gap > 0
    if not senior_title and modest and len(work) >= 2 and estimate.level >= Level.SENIOR:
        return f"senior work under a plain title: {_shown(estimate)}"
    if gap is None:
        return f"the title claims no level; {_shown(estimate)}"
    if gap == 0:
        return f"the title says what the work is: {_shown(estimate)}"
    direction = "less" if gap < 0 else "more"
    steps = f"{abs(gap)} level{'s' if abs(gap) > 1 else ''}"
    return f"the work is {steps} {direction} than the title claims: {_shown(estimate)}"


def quoted_lines(estimate: LevelEstimate) -> list[QuotedLine]:
    """Return each quoted line once, in the order of the evidence, with all that it shows."""
    lines: dict[str, list[Evidence]] = {}
    for found in estimate.evidence:
        lines.setdefault(found.quote, []).append(found)
    return [
        QuotedLine(
            ", ".join(dict.fromkeys(f"{one.dimension} {one.anchor:g}" for one in same)),
            quote,
            _pull(same),
        )
        for quote, same in lines.items()
    ]


def likely_words(estimate: LevelEstimate) -> str | None:
    """Return the narrower set of levels beside the wider one; None where they are the same.

    The wider one alone is in the verdict.
    """
    whole = _span(estimate.level_low, estimate.level_high)
    likely = _span(estimate.likely_low, estimate.likely_high)
    if whole is None or likely is None or likely == whole:
        return None
    return f"in 8 of 10 such ads the level is {likely}, in 9 of 10 {whole}"


def _span(low: Level | None, high: Level | None) -> str | None:
    if low is None or high is None:
        return None
    return f"L{int(low)}" if low == high else f"L{int(low)}-L{int(high)}"


def _pull(same: Sequence[Evidence]) -> str:
    """Return which way a line's share of the score pulls the level; the smallest pull nowhere.

    A sentence that shows several dimensions adds its share once; a fact in the same words adds its
    own. A fact pulls against what is taken of an ad that states none: three years are no little
    thing, and less than the usual five. Where that is why a line pulls down, it says so.
    """
    facts = [one.contribution or 0.0 for one in same if one.usual]
    sentence = [one.contribution or 0.0 for one in same if not one.usual]
    share = sum(facts) + sum(sentence[:1])
    if abs(share) < SMALL_SHARE:
        return ""
    low = any(one.usual == "below" and (one.contribution or 0.0) < 0 for one in same)
    return "up" if share > 0 else "down: below usual" if low else "down"


def _says_senior(title: str, claimed: Level | None) -> bool:
    """Whether a title has a word of seniority; some are ones only where it claims L4 or more."""
    low = claimed is not None and claimed < Level.SENIOR
    words = SENIOR_WORDS if low else SENIOR_WORDS + OFTEN_SENIOR_WORDS
    return any(has_words(title, word) for word in words)


def _carried(estimate: LevelEstimate) -> str:
    """What a senior title rests on where the work does not carry it; "" where nothing is said."""
    found = {sense.sense for sense in estimate.senses}
    names = [name for sense, name in (("S9", "depth"), ("S10", "years")) if sense in found]
    return f"; the title rests on {' and '.join(names)} only" if names else ""


def _shown(estimate: LevelEstimate) -> str:
    low, high, level = estimate.level_low, estimate.level_high, estimate.level
    assert level is not None
    between = f" (between L{int(low)} and L{int(high)})" if low and high and low != high else ""
    return f"the work is L{int(level)}{between}"


def _family(estimate: LevelEstimate) -> str:
    return str(estimate.family).replace("_", " ")


def _senses(estimate: LevelEstimate) -> tuple[SenseLine, ...]:
    return tuple(
        SenseLine(found.sense, SENSES[found.sense].meaning, found.quote)
        for found in estimate.senses
    )


def _other_openings(posting: Posting, ads: Iterable[LevelledAd]) -> list[LevelledAd]:
    """Leave out the posting itself, and its copies: they would be counted as its witnesses."""
    ads = list(ads)
    own = {ad.opening for ad in ads if ad.key == posting.key and ad.opening is not None}
    return [ad for ad in ads if ad.key != posting.key and ad.opening not in own]


def _own(
    posting: Posting, others: Sequence[LevelledAd], role: str | None, says: Says | None
) -> Group | None:
    if not posting.employer:
        return None
    own = [ad for ad in others if ad.employer == posting.employer]
    if says:
        own = [ad for ad in own if says(ad.title)]
    return group(f"{posting.employer}: {role or 'all'}", own)


def _peers(posting: Posting, estimate: LevelEstimate, near: Sequence[LevelledAd]) -> Group | None:
    if estimate.level is None:
        return None
    same = [ad for ad in near if ad.level == estimate.level]
    return group(_named(f"L{int(estimate.level)}", posting.country), same, one_level=True)


def _named(what: str, country: str | None) -> str:
    return f"{what}, {country}" if country else what
