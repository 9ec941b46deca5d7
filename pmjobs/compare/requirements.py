"""Read the requirements of an ad: what is asked for, how much it insists, in which sentence.

Benefits and words about the firm make no requirement. What stands among the duties is mentioned in
passing, unless its sentence insists. A heading decides ("Nice to have"), a clause of its own more.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TypeVar

from pmjobs.compare.asking import (
    HAS_YEARS,
    OPENS_REQUIREMENTS,
    WISHED,
    importance_of,
    is_duty,
    is_stated,
    lists_certificates,
    may_insist,
)
from pmjobs.compare.reading import AdReading, Cue, Importance, Kind, Requirement
from pmjobs.compare.words import CueFound, Found, Mention, find_words
from pmjobs.domain.skills import Group, skills
from pmjobs.parsing.experience import NUMBERS, parse_experience
from pmjobs.parsing.sections import Sentence, Zone, sentences

# "Or" in the languages ads come in; certificates have the same names in all of them.
_OR_WORDS = (
    *("and/or", "or", "oder", "und/oder", "beziehungsweise", "respektive"),
    *("ou", "et/ou", "e/ou", "o", "y/o", "u", "e/o", "oppure", "of", "en/of"),
    *("eller", "och/eller", "og/eller", "lub", "nebo", "tai", "vagy", "sau"),
)
# One or two items the table does not know may stand in a list of alternatives.
_OR = re.compile(
    r"^(?:\s?,\s?[\w./+-]+){0,2}[\s,(]*"
    rf"(?:/|\||(?:{'|'.join(_OR_WORDS)})(?!\w))\s*"
    r"(?:an?\s|the\s|eine?\s|une?\s|una\s|een\s)?$",
    re.IGNORECASE,
)
_LIST = re.compile(r"^\s*(?:,|/|\||&|and|, and)\s*$", re.IGNORECASE)
_OPENS = re.compile(
    r"^[\s,]*(?:\(|:|-|–)?\s*(?:such as|e\.g\.?,?|for example|like|including"
    r"|i\.e\.?,?|ideally|preferably)?\s*$",
    re.IGNORECASE,
)
_SUCH_AS = re.compile(
    r"(?:such as|e\.g\.?|for example|\blike|one of|any of|either"
    r"|\bwie|z\. ?b\.|zum beispiel|entweder|\bcomme|\btel(?:le)?s? que|\bcomo|\bzoals)[\s:,(]*$",
    re.IGNORECASE,
)
_EQUIVALENT = re.compile(
    r"^[^,.;]{0,25}?(?:\b(?:or|oder|ou|of|o)\b|/)\s*(?:an? |eine? |une? )?(?:\w+ )?"
    r"(?:equivalent|similar|comparable|other|related"
    r"|vergleichbar|gleichwertig|ähnlich|äquivalent|équivalent|similaire|equival|gelijkwaardig)",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"experien|background|knowledge|understanding|familiar|sector|industry|worked|project|environment"
    r"|track record|expertise|in an? |exposure|within|years|schemes",
    re.IGNORECASE,
)
_FIGURE = rf"(?:\d{{1,2}}|{'|'.join(NUMBERS)})"
_MANY_YEARS = re.compile(
    rf"(?<!after )\b(?P<n>{_FIGURE})\+?(?: (?:or more|good)|\s?(?:to|-|–)\s?{_FIGURE})? years\b"
    r"(?! (?:ago|old|later|from now|to come))",
    re.IGNORECASE,
)
_DEGREE_IN = re.compile(r"\b(?:degree|bachelor\w*|master\w*|bsc|ba|bs|diploma)\b", re.IGNORECASE)
_FIELD_ENDS = re.compile(r"experien|[.;]|\bfield\b|discipline|\bplus\b|\bwith\b", re.IGNORECASE)
_MANAGING = re.compile(
    r"(?:manag|lead|led\b|runn?|ran\b|deliver|direct|overs)\w*(?: \S+){0,5}? "
    r"(?:project|program|portfolio|scheme|job|fit-out|change|transformation)"
    r"|(?:project|program|programme|delivery|portfolio)[ /-](?:\w+ )?(?:manag|lead|deliver|direct)"
    r"|scrum master|led by you|(?:of|in|taking) (?:\w+ ){0,3}(?:projects|delivery)\b",
    re.IGNORECASE,
)  # years of this are years of managing projects; all others are years of work
_BUDGET = re.compile(
    r"(?P<sign>£|€|\$|\b(?:GBP|EUR|USD|CHF|AUD|CAD)\s?)(?P<figure>\d[\d.,]*)\s?"
    r"(?P<unit>k|m|mn|mio|bn|million|billion|thousand)?\b",
    re.IGNORECASE,
)
_BUDGET_WORDS = re.compile(
    r"budget|project|programme|program|contract|scheme|portfolio|deliver|worth|value|capital",
    re.IGNORECASE,
)
_TEAM = re.compile(
    r"teams? of (?:at least |up to |over |more than |around )?(?P<n>\d{1,3})\b"
    r"(?!\s?(?:k|m|million))",
    re.IGNORECASE,
)
_SIGNS = {"£": "GBP", "€": "EUR"}
_UNITS = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "mio": 6, "million": 6, "bn": 9, "billion": 9}
_SMALLEST_BUDGET = 10_000
_AGENCY = re.compile(
    r"\b(?:our|my) client\b|on behalf of (?:our|a) client|client of ours"
    r"|recruit\w+ for (?:our|a) client",
    re.IGNORECASE,
)
_SHORT_HEADING = 40  # characters; a longer one states requirements itself

Placed = TypeVar("Placed", Mention, CueFound)


def read_ad(description: str | None, *, dollar: str | None = None) -> AdReading:
    """Return what an ad's text says; an ad without text says nothing.

    `dollar` is the ISO 4217 code a bare "$" stands for where the ad was published.
    """
    text = description or ""
    found = find_words(text)
    pieces = sentences(text)
    return AdReading(
        requirements=_merged(_requirements(text, pieces, found.mentions, dollar)),
        cues=tuple(_cues(text, pieces, found)),
        sector=found.sector,
        fields=found.fields,
        agency=_AGENCY.search(text) is not None,
    )


def requirements_in(text: str, *, dollar: str | None = None) -> tuple[Requirement, ...]:
    """Return every requirement of every sentence, also what the ad says more than once."""
    return tuple(_requirements(text, sentences(text), find_words(text).mentions, dollar))


def _requirements(
    text: str, pieces: Sequence[Sentence], mentions: Sequence[Mention], dollar: str | None
) -> Iterator[Requirement]:
    heading = Importance.ESSENTIAL
    opened = False  # under a heading that asks, whatever its zone
    shown = _strong(mentions, pieces)
    waiting = deque(mentions)
    for piece in pieces:
        quote = text[piece.start : piece.end]
        if piece.heading:
            heading = Importance.DESIRABLE if WISHED.search(quote) else Importance.ESSENTIAL
            opened = OPENS_REQUIREMENTS.match(quote) is not None
            if piece.zone is not Zone.REQUIREMENTS or len(quote) < _SHORT_HEADING:
                continue
        inside = list(_within(piece, waiting))
        if len(quote) < _SHORT_HEADING and OPENS_REQUIREMENTS.fullmatch(quote.rstrip(" :.")):
            opened = True  # a heading in all but its shape
            continue
        if piece.zone is Zone.REQUIREMENTS or (opened and piece.zone is not Zone.PACKAGE):
            asked = not is_duty(quote)
        else:
            asked = is_stated(quote, piece.zone) or lists_certificates(quote, inside)
        if not asked and piece.zone not in (Zone.DUTIES, Zone.REQUIREMENTS):
            continue
        counted = [m for m in inside if _counts(m, quote, asked=asked, shown=shown)]
        if any(skills()[m.skill].group is Group.EDUCATION for m in counted):
            counted = [m for m in counted if not _names_a_field(text, piece, m)]
        default = heading if asked else Importance.PASSING
        yield from _skills(text, piece, counted, default)
        if asked:
            yield from _years(piece, quote, default)
            yield from _sizes(piece, quote, default, dollar)


def _within(piece: Sentence, waiting: deque[Placed]) -> Iterator[Placed]:
    """Take from `waiting` what begins before the end of `piece`; yield what begins inside it."""
    while waiting and waiting[0].start < piece.end:
        one = waiting.popleft()
        if one.start >= piece.start:
            yield one


def _strong(mentions: Sequence[Mention], pieces: Sequence[Sentence]) -> set[str]:
    """Skills that the ad names by a word that is not weak, in duties or requirements."""
    about = [p for p in pieces if p.zone in (Zone.DUTIES, Zone.REQUIREMENTS)]
    found, at = set(), 0
    for mention in mentions:
        while at < len(about) and about[at].end <= mention.start:
            at += 1
        if at < len(about) and about[at].start <= mention.start and not mention.weak:
            found.add(mention.skill)
    return found


def _counts(mention: Mention, quote: str, *, asked: bool, shown: set[str]) -> bool:
    group = skills()[mention.skill].group
    if group is Group.DOMAIN and asked and not _FIELD.search(quote) and len(quote.split()) > 6:
        return False
    return asked or not mention.weak or mention.skill in shown


def _names_a_field(text: str, piece: Sentence, mention: Mention) -> bool:
    """Whether a domain is what a degree is in, and not a sector one must know."""
    if skills()[mention.skill].certificate:
        return False
    before = text[piece.start : mention.start]
    degree = _DEGREE_IN.search(before)
    return degree is not None and not _FIELD_ENDS.search(before, degree.end())


def _skills(
    text: str, piece: Sentence, mentions: Sequence[Mention], default: Importance
) -> Iterator[Requirement]:
    quote = text[piece.start : piece.end]
    # Most sentences neither wish nor insist; searching each of their clauses would take long.
    plain = not mentions or not may_insist(quote)
    for run in _runs(text, mentions):
        first, last = run[0], run[-1]
        ids = tuple(dict.fromkeys(m.skill for m in run))
        certificate = all(skills()[i].certificate for i in ids)
        yield Requirement(
            kind=Kind.CERTIFICATE if certificate else Kind.SKILL,
            importance=default
            if plain
            else importance_of(text, piece, first.start, last.end, default),
            text=text[first.start : last.end],
            quote=quote,
            start=piece.start,
            end=piece.end,
            skills=ids,
            equivalent=_EQUIVALENT.match(text[last.end : piece.end]) is not None,
        )


def _runs(text: str, mentions: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Yield mentions that are alternatives of each other together, all others alone."""
    at = 0
    while at < len(mentions):
        end, either = at + 1, False
        while end < len(mentions) and _same_shelf(mentions[end - 1], mentions[end]):
            between = text[mentions[end - 1].end : mentions[end].start].removeprefix("s")
            if _OR.match(between):
                either = True
            elif not (_LIST.match(between) or _OPENS.match(between)):
                break
            either = either or bool(_SUCH_AS.search(between)) or "(" in between
            end += 1
        lead = text[max(0, mentions[at].start - 20) : mentions[at].start]
        if either or (end - at > 1 and _SUCH_AS.search(lead)):
            yield list(mentions[at:end])
        else:
            yield from ([one] for one in mentions[at:end])
        at = end


def _same_shelf(one: Mention, other: Mention) -> bool:
    """Whether two skills can stand in for each other at all."""
    shelves = (
        {Group.CERTIFICATIONS, Group.METHODS},
        {Group.TOOLS},
        {Group.DOMAIN},
        {Group.EDUCATION},
    )
    groups = {skills()[one.skill].group, skills()[other.skill].group}
    return any(groups <= shelf for shelf in shelves)


def _years(piece: Sentence, quote: str, default: Importance) -> Iterator[Requirement]:
    if not HAS_YEARS.search(quote):
        return
    asked = parse_experience(quote)
    managing = _MANAGING.search(quote) is not None
    if asked is not None:
        years, words = asked.minimum, asked.text
    elif match := _MANY_YEARS.search(quote):
        years, words = NUMBERS.get(match["n"].lower()) or float(match["n"]), match[0]
    else:
        return
    at = max(quote.find(words), 0)
    yield Requirement(
        kind=Kind.YEARS,
        importance=Importance.DESIRABLE if WISHED.search(quote[at:].split(",")[0]) else default,
        text=words,
        quote=quote,
        start=piece.start,
        end=piece.end,
        years=years,
        managing=managing,
    )


def _sizes(
    piece: Sentence, quote: str, default: Importance, dollar: str | None
) -> Iterator[Requirement]:
    """Budgets and teams that a candidate must have run."""
    if (match := _BUDGET.search(quote)) and _BUDGET_WORDS.search(quote):
        amount = _amount(match)
        sign = match["sign"].strip().upper()
        if amount is not None and amount >= _SMALLEST_BUDGET:
            currency = dollar if sign == "$" else _SIGNS.get(sign, sign)
            yield _size(piece, quote, default, match[0], amount=amount, currency=currency)
    if match := _TEAM.search(quote):
        yield _size(piece, quote, default, match[0], team=int(match["n"]))


def _size(
    piece: Sentence, quote: str, default: Importance, words: str, **size: Decimal | int | str | None
) -> Requirement:
    wished = WISHED.search(quote)
    return Requirement(
        kind=Kind.EXPERIENCE,
        importance=Importance.DESIRABLE if wished else default,
        text=words,
        quote=quote,
        start=piece.start,
        end=piece.end,
        **size,  # type: ignore[arg-type]
    )


def _amount(match: re.Match[str]) -> Decimal | None:
    figure = match["figure"].rstrip(".,")
    unit = (match["unit"] or "").lower()
    if not unit or re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", figure):
        figure = re.sub(r"[.,](?=\d{3}\b)", "", figure)
    figure = figure.replace(",", ".")
    if figure.count(".") > 1:
        return None
    return Decimal(figure).scaleb(_UNITS.get(unit, 0))


def _merged(found: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """Keep each requirement once, where the ad insists most; the order is that of the ad.

    What is asked for by itself makes the same thing in passing, or as one of several, redundant.
    """
    rank = {Importance.ESSENTIAL: 0, Importance.DESIRABLE: 1, Importance.PASSING: 2}
    kept: dict[object, Requirement] = {}
    for one in sorted(found, key=lambda r: (rank[r.importance], r.start)):
        key: object = (one.kind, frozenset(one.skills)) if one.skills else _size_key(one)
        kept.setdefault(key, one)
    alone = {r.skills[0] for r in kept.values() if len(r.skills) == 1}
    left = [r for r in kept.values() if len(r.skills) < 2 or not alone & set(r.skills)]
    return tuple(sorted(left, key=lambda r: (r.start, r.text)))


def _size_key(one: Requirement) -> object:
    if one.kind is Kind.YEARS:
        return (one.kind, one.managing)
    return (one.kind, one.team is not None)


def _cues(text: str, pieces: Sequence[Sentence], found: Found) -> Iterator[Cue]:
    """Cues of characteristics, in the parts of the ad that speak of the post."""
    of_package = {"remuneration", "development"}
    waiting = deque(found.cues)
    for piece in pieces:
        for cue in _within(piece, waiting):
            of_post = piece.zone in (Zone.DUTIES, Zone.REQUIREMENTS)
            if of_post or cue.characteristic in of_package:
                quote = text[piece.start : piece.end]
                yield Cue(cue.characteristic, cue.verdict, quote, piece.start, piece.end)
