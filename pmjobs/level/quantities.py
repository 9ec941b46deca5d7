"""Money that an ad puts into the hands of the post, scaled to what it means in its sector."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from pmjobs.domain import read_table
from pmjobs.parsing.sections import Sentence

LEAST = 20_000.0  # main units; less is a fee or an allowance, not a budget
FEWEST_SECTOR_WORDS = 2  # different ones, before an ad is said to be of a sector

_UNITS = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mm": 1e6, "mn": 1e6, "million": 1e6}
_UNITS |= {"b": 1e9, "bn": 1e9, "billion": 1e9, "": 1.0}
_AMOUNT = re.compile(
    r"(?:[$£€]|\b(?:usd|eur|gbp|cad|aud)\s?)\s?(?P<signed>\d[\d,.]*)\s?"
    r"(?:(?:-|–|to)\s?[$£€]?\s?(?P<upper>\d[\d,.]*)\s?)?"
    r"(?P<unit>k|mm|mn|m|bn|b|thousand|million|billion)?\b"
    r"|(?<![\w.,])(?P<plain>\d[\d,.]*)\s?(?P<big>m|bn|million|billion)\b"
    r"(?!\s(?:[a-z]+\s)?(?:homes|people|users|customers|members|patients|citizens|households|records"
    r"|transactions|passengers|students|children|families|beneficiaries|contributors|employees"
    r"|subscribers|vehicles|devices|square|sq|tonnes|tons|miles|hours|jobs)\b)"
)
# What every sum of LEAST or more has: five figures, or a unit. Most sentences have neither.
_LARGE = re.compile(r"[0-9](?:[0-9,.]{4}|[,.]*\s?(?:[kmb]|thousand))")
_NOT_THEIRS = re.compile(
    r"revenue|turnover|valuation|raised|funding round|assets under|salary|compensation|per year"
    r"|per annum|per hour|bonus|annual sales|market cap|insurance cover|users|customers"
)
# Sums that one person may earn are pay where the sentence says so, and ranges of them unless it
# says what else the money is for.
_MOST_PAY = 500_000.0
_PAY = re.compile(
    r"\bpa(?:y|ys|ying|id)\b|\bwages?\b|remunerat|\bote\b|\bbenefits\b(?! reali[sz])|\bpackage\b"
    r"|\b(?:current|base|hiring|target) range\b|per day|\ba day\b|day rate|\bp\.?a\b|pension"
    r"|allowance|\boffer(?:s|ing)?\b|\breward|\bearn"
)
_SPENT_ON = re.compile(
    r"budget|project|program|portfolio|contract|\bvalue|worth|spen[dt]|scheme|cap(?:ex|ital)|grant"
    r"|purchas|invest|works|\bcosts?\b|fund"
)


@dataclass(frozen=True, slots=True)
class Budget:
    """The largest sum an ad's duties name, text[start:end] of the ad."""

    amount: float  # main units, as stated; currencies are not told apart
    scaled: float  # divided by what the sector's projects usually cost
    start: int
    end: int


def find_budget(lowered: str, sentences: Sequence[Sentence]) -> Budget | None:
    """Return the largest sum of money in duties and requirements, or None.

    Turnover, funding and pay are not the post's money and are passed over, millions of people and
    things are no money.
    """
    found = [sum_ for sentence in sentences for sum_ in _sums(lowered, sentence)]
    if not found:
        return None
    amount, start, end = max(found)
    return Budget(amount, amount / _sector_factor(lowered), start, end)


def _sums(lowered: str, sentence: Sentence) -> Iterator[tuple[float, int, int]]:
    span = sentence.start, sentence.end
    if not _LARGE.search(lowered, *span) or _NOT_THEIRS.search(lowered, *span):
        return
    pay, spent_on = (pattern.search(lowered, *span) for pattern in (_PAY, _SPENT_ON))
    for match in _AMOUNT.finditer(lowered, *span):
        number = match["upper"] or match["signed"] or match["plain"]
        unit = match["unit"] or match["big"] or ""
        digits = number.replace(",", "").rstrip(".")
        if digits.count(".") <= 1:
            amount = float(digits) * _UNITS[unit]
            earned = amount < _MOST_PAY and (pay or (match["upper"] and not spent_on))
            if LEAST <= amount < 1e12 and not earned:
                yield amount, match.start(), match.end()


def _sector_factor(lowered: str) -> float:
    automaton, rows = _sectors()
    found = automaton.find_matches_as_indexes(lowered, overlapping=True)
    told = Counter(rows[which] for which in {which for which, _, _ in found})
    best, factor = FEWEST_SECTOR_WORDS - 1, 1.0
    for (_, divide_by), words in sorted(told.items()):
        if words > best:
            best, factor = words, divide_by
    return factor


@cache
def _sectors() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[int, float], ...]]:
    """The words that tell a sector, and for each its sector's row and divisor."""
    pairs = [
        (word, (index, row["divide_by"]))
        for index, row in enumerate(read_table("sectors")["sector"])
        for word in row["words"]
    ]
    return ahocorasick_rs.AhoCorasick([word for word, _ in pairs]), tuple(row for _, row in pairs)
