"""What to do next, over all the ads one wants: at most three gaps, the strengths, the market.

Gaps are chosen by demand (how many of the ads ask for it) times closeness (how soon it can be
closed): a course that half of the ads ask for comes before a team that only an employer can give.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from pmjobs.compare.comparison import Comparison
from pmjobs.compare.gaps import Gap, certificate_advice
from pmjobs.compare.pay import yearly_offer
from pmjobs.compare.reading import Importance, Kind
from pmjobs.compare.score import AFTER_PROJECTS
from pmjobs.compare.strengths import Strength
from pmjobs.compare.verdicts import Standing
from pmjobs.domain.moves import Move
from pmjobs.domain.plan import GapAdvice, gap_advice
from pmjobs.domain.skills import Group, skills
from pmjobs.ladder import Level
from pmjobs.profile import Profile

MOST_GAPS = 3
MOST_STRENGTHS = 5
MOST_ASKED = 10
MOST_TO_SHOW = 8
_KNOWN_CLOSER = 1.25  # a thing one has, only not deep enough, is nearer than one never done
_CLOSED_EXAM = 0.5  # a certificate one cannot sit yet is farther
_DESIRABLE = 0.5  # what is only desirable counts half in demand
_TIME_ONLY = 0.2  # years pass by themselves, and a sector is learnt by working in it


@dataclass(frozen=True, slots=True)
class PlannedGap:
    """One gap to work on, and how."""

    gap: Gap  # as the first of the ads states it
    n_ads: int  # ads that ask for it
    n_essential: int  # of these, as essential
    priority: float  # demand times closeness, 0 to 1
    advice: GapAdvice
    first: str | None  # what stands before everything else: an exam that is closed as yet
    by_when: date
    quotes: tuple[str, ...]  # of at most two ads


@dataclass(frozen=True, slots=True)
class Story:
    """One strength as a story to be ready with."""

    strength: Strength
    n_ads: int  # ads that want it
    proof: str  # the reader's own line
    missing: tuple[str, ...]  # of situation, size, own part, result: what the line does not tell


@dataclass(frozen=True, slots=True)
class PayRange:
    """What the ads that state pay in one currency pay: a year, full time, permanent equivalent."""

    currency: str
    n_ads: int
    lowest: Decimal
    middle: Decimal
    highest: Decimal


@dataclass(frozen=True, slots=True)
class Market:
    """What the ads pay and ask."""

    levels: tuple[tuple[Level, int], ...]  # level, ads
    pay: tuple[PayRange, ...]
    n_without_pay: int
    years: float | None  # median of the years asked for
    asked: tuple[tuple[str, int, Standing], ...]  # what is asked most: name, ads, where you stand


@dataclass(frozen=True, slots=True)
class Plan:
    """A reader's plan over the ads that are wanted."""

    n_ads: int
    titles: tuple[str, ...]
    gaps: tuple[PlannedGap, ...]
    later: tuple[str, ...]  # gaps beyond the three, by name
    stories: tuple[Story, ...]
    to_show: tuple[str, ...]  # asked for, usual at the reader's level, not in the profile
    market: Market
    internal: str  # inside first, or outside


def make_plan(wanted: Sequence[Comparison], profile: Profile, *, today: date) -> Plan:
    """Return the plan over `wanted`, comparisons of the ads one would like to get.

    An empty list gives an empty plan.
    """
    ranked = _ranked_gaps(wanted, profile, today)
    return Plan(
        n_ads=len(wanted),
        titles=tuple(dict.fromkeys(_title(one) for one in wanted)),
        gaps=tuple(ranked[:MOST_GAPS]),
        later=tuple(one.gap.name for one in ranked[MOST_GAPS:]),
        stories=_stories(wanted),
        to_show=_to_show(wanted),
        market=_market(wanted),
        internal=_inside_or_outside(wanted),
    )


def wanted_of(ranking: Iterable[Comparison], *, top: int = 20) -> list[Comparison]:
    """Return the ads to plan for: the best ones that are no step down, not ruled out, project work
    or, after it, a line post the reader looks for."""
    fit = (
        one
        for one in ranking
        if one.ruled_out is None
        and one.score.capped in (None, AFTER_PROJECTS)
        and one.move is not Move.DOWN
    )
    return [one for one, _ in zip(fit, range(top), strict=False)]


def _ranked_gaps(wanted: Sequence[Comparison], profile: Profile, today: date) -> list[PlannedGap]:
    found: dict[str, list[Gap]] = {}
    for comparison in wanted:
        for name in dict.fromkeys(gap.skill or _what(gap) for gap in comparison.gaps):
            gap = next(g for g in comparison.gaps if (g.skill or _what(g)) == name)
            found.setdefault(name, []).append(gap)
    planned = [_planned(gaps, len(wanted), profile, today) for gaps in found.values()]
    return sorted(
        planned, key=lambda p: (-round(p.priority, 6), -p.n_essential, -p.gap.weight, p.gap.name)
    )


def _planned(gaps: list[Gap], n_wanted: int, profile: Profile, today: date) -> PlannedGap:
    essential = [gap for gap in gaps if gap.importance is Importance.ESSENTIAL]
    chosen = (essential or gaps)[0]
    advice = gap_advice()[chosen.kind]
    skill = skills()[chosen.skill] if chosen.skill else None
    first = certificate_advice(skill, profile) if skill and skill.certificate else None
    closeness = advice.closeness * (_CLOSED_EXAM if first else 1.0)
    if _what(chosen) == "years" and not skill or skill and skill.group is Group.DOMAIN:
        closeness = _TIME_ONLY
    if skill and skill.id in profile.held:
        closeness = min(1.0, closeness * _KNOWN_CLOSER)
    demand = (len(essential) + _DESIRABLE * (len(gaps) - len(essential))) / n_wanted
    return PlannedGap(
        gap=chosen,
        n_ads=len(gaps),
        n_essential=len(essential),
        priority=demand * closeness,
        advice=advice,
        first=first,
        by_when=_in_months(today, advice.months),
        quotes=tuple(dict.fromkeys(gap.evidence for gap in essential or gaps))[:2],
    )


def _what(gap: Gap) -> str:
    """Years and sizes differ from ad to ad, but are one gap."""
    return "size" if gap.name.startswith(("budgets", "a team")) else "years"


def _stories(wanted: Sequence[Comparison]) -> tuple[Story, ...]:
    counts: Counter[str] = Counter()
    best: dict[str, Strength] = {}
    for comparison in wanted:
        for strength in comparison.strengths:
            if strength.skill and not skills()[strength.skill].certificate:
                counts[strength.skill] += 1
                best.setdefault(strength.skill, strength)
    ranked = sorted(best, key=lambda name: (-counts[name], name))[:MOST_STRENGTHS]
    return tuple(
        Story(best[name], counts[name], best[name].proof, _untold(best[name].proof))
        for name in ranked
    )


def _untold(proof: str) -> tuple[str, ...]:
    """What a line of proof leaves out, as far as its words show."""
    lowered = f" {proof.lower()} "
    missing = []
    if len(proof.split()) < 8:
        missing.append("situation")
    if not any(char.isdigit() for char in proof):
        missing.append("size")
    if not any(word in lowered for word in _OWN):
        missing.append("own part")
    if not any(word in lowered for word in _RESULT):
        missing.append("result")
    return tuple(missing)


_OWN = (" led", " ran", " built", " wrote", " set up", " chaired", " managed", " negotiated",
        " recovered", " i ", " owned", " planned", " agreed", " held", " drafted")  # fmt: skip
_RESULT = (" saved", " on time", " early", " late", " delivered", " live", " cut ", " halved",
           " reduced", " under budget", " passed", " finished", " closed", " adopted", " won ",
           " grew", " raised", "%")  # fmt: skip


def _to_show(wanted: Sequence[Comparison]) -> tuple[str, ...]:
    counts = Counter(
        one.name
        for comparison in wanted
        for one in comparison.judged
        if one.standing is Standing.UNCLEAR
        and one.requirement.importance is not Importance.PASSING
        and one.requirement.skills
    )
    return tuple(name for name, _ in counts.most_common(MOST_TO_SHOW))


def _market(wanted: Sequence[Comparison]) -> Market:
    levels = Counter(c.estimate.level for c in wanted if c.estimate.level)
    asked: dict[str, list[Standing]] = {}
    years = []
    for comparison in wanted:
        for one in comparison.judged:
            if one.requirement.importance is Importance.PASSING:
                continue
            if one.requirement.kind is Kind.YEARS and one.requirement.years:
                years.append(one.requirement.years)
            elif one.requirement.skills:
                standing = Standing.UNCLEAR if one.close else one.standing
                asked.setdefault(one.name, []).append(standing)
    most = sorted(asked.items(), key=lambda item: (-len(item[1]), item[0]))[:MOST_ASKED]
    pay = _pay_ranges(wanted)
    return Market(
        levels=tuple(sorted(levels.items())),
        pay=pay,
        n_without_pay=len(wanted) - sum(one.n_ads for one in pay),
        years=median(years) if years else None,
        asked=tuple(
            (name, len(standings), Counter(standings).most_common(1)[0][0])
            for name, standings in most
        ),
    )


def _pay_ranges(wanted: Sequence[Comparison]) -> tuple[PayRange, ...]:
    amounts: dict[str, list[Decimal]] = {}
    for comparison in wanted:
        salary = comparison.posting.base_salary or comparison.estimate.salary
        if salary is None:
            continue
        yearly, _ = yearly_offer(comparison.posting, salary, level=comparison.estimate.level)
        if yearly is not None:
            amounts.setdefault(salary.currency, []).append(yearly)
    return tuple(
        PayRange(currency, len(found), min(found), median(found), max(found))
        for currency, found in sorted(amounts.items(), key=lambda item: -len(item[1]))
    )


def _inside_or_outside(wanted: Sequence[Comparison]) -> str:
    """Inside first where bigger work is open there, else outside."""
    inside = [one for one in wanted if one.moved.internal and (one.moved.real_step or 0) >= 1]
    if inside:
        return (
            f"Inside first: {inside[0].posting.title} is open at your own employer. Tell your "
            "manager what you are after, and ask who will decide."
        )
    return (
        "Ask inside first whether a bigger or riskier piece of work is open that nobody holds. "
        "If the next rung is taken, look outside: tell your manager, ask for contacts and a "
        "reference."
    )


def _title(comparison: Comparison) -> str:
    employer = comparison.posting.employer
    return f"{comparison.posting.title}, {employer}" if employer else comparison.posting.title


def _in_months(today: date, months: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return date(year, month + 1, min(today.day, 28))
