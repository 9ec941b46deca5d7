"""What an ad states of its post in so many words: years, money, people, projects, time, boss.

Facts with units, read from duties and requirements. The model weighs them so that more never means
a lower level (`pmjobs.level.model.RISING`); `explain` shows the words they were read from.
"""

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pmjobs.domain.titles import claim_of
from pmjobs.level.masking import MASK
from pmjobs.level.seniority import sounding_level
from pmjobs.parsing.nearby import each, places
from pmjobs.parsing.sections import Sentence, Zone


class Stated(StrEnum):
    """What a fact is of, each in its unit."""

    YEARS = "years"  # of experience asked for, at least
    BUDGET = "budget"  # main units of money, divided by what the sector's projects usually cost
    TEAM = "team"  # people led
    PROJECTS = "projects"  # at once; "several" are at least two
    MONTHS = "months"  # that the work lasts; "multi-year" is at least two years
    BOSS = "boss"  # how senior the role sounds that the post reports to, 1 to 7
    MANAGERS = "managers"  # 1: people who manage projects or people report to the post
    QUALIFICATION = "qualification"  # anchor of the rubric, 0 to 4; a wish half an anchor less


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact, stated by text[start:end] of the ad."""

    kind: Stated
    value: float
    start: int
    end: int


def find_facts(lowered: str, sentences: Sequence[Sentence]) -> Iterator[Fact]:
    """Yield what duties and requirements state, but years, budget and boss, all that is found.

    `lowered` is the ad in lower case, its own post's names masked.
    """
    for sentence, signs in _signs(lowered, sentences):
        for kind, reader in _readers(frozenset(signs)):
            part = lowered[sentence.start : sentence.end]
            for value, start, end in reader(part, sentence):
                yield Fact(kind, value, sentence.start + start, sentence.start + end)


def hide_bosses(lowered: str, sentences: Sequence[Sentence]) -> tuple[str, Fact | None]:
    """Return `lowered` with the roles masked that the post reports to, and the highest of them.

    They are read as a fact alone, where a higher one never means a lower level.
    """
    starts = [sentence.start for sentence in sentences]
    near = {bisect(starts, at) - 1 for sign in _REPORT_SIGNS for at in each(lowered, sign)} - {-1}
    found = [boss for index in sorted(near) for boss in _bosses(lowered, sentences[index])]
    for boss in found:
        lowered = lowered[: boss.start] + MASK * (boss.end - boss.start) + lowered[boss.end :]
    return lowered, max(found, key=lambda boss: (boss.value, -boss.start), default=None)


def largest(facts: Iterable[Fact]) -> dict[Stated, Fact]:
    """Return the largest fact of each kind, of equal ones the first."""
    found: dict[Stated, Fact] = {}
    for fact in facts:
        if fact.kind not in found or fact.value > found[fact.kind].value:
            found[fact.kind] = fact
    return found


NUMBER = {"one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0}
NUMBER |= {"eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "dozen": 12.0}
NUMBER |= {"fifteen": 15.0, "twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0}
_N = rf"(?P<n>\d{{1,4}}|{'|'.join(NUMBER)})\b(?![.,]?\d|\s?%|st\b|nd\b|rd\b|th\b)"
_TO = rf"(?:\s?\+|\s?(?:-|–|to|or)\s?(?:\d{{1,4}}|{'|'.join(NUMBER)})\+?)?"
_ABOUT = r"(?:up to|over|around|about|approximately|approx\.?|at least|more than|circa|c\.?|some)\s"
_LEADS = (
    r"\b(?:lead(?:s|ing)?|led|manag\w+|supervis\w+|direct(?:s|ing)?|overse\w+|head(?:s|ing)?|"
    r"build(?:s|ing)?|run(?:s|ning)?|responsib\w+|mentor\w*|coach\w*|line-manag\w+|staff of)\b"
)
_PEOPLE = (
    r"(?:people|staff|employees|engineers|developers|professionals|analysts|coordinators|"
    r"consultants|contractors|specialists|members|colleagues|ftes?|direct reports|"
    r"subordinates|(?:project|programme|program|delivery|product) managers|scrum masters|planners)"
)
_NOT_LED = re.compile(r"\b(?:join|part of|member of|our|we|company|firm|offices|over the years)\b")
_TEAM = re.compile(
    r"\b(?:teams?|staff|group|squad|workforce|department|function|reports) of "
    rf"(?:{_ABOUT})?{_N}{_TO}"
    rf"|(?<![$£€.,\d]){_N.replace('<n>', '<m>')}{_TO}\s(?:\w+[\s-]){{0,2}}{_PEOPLE}\b"
)
_PROJECT = r"(?:projects|programmes|programs|initiatives|workstreams|work streams|implementations)"
_PROJECTS = re.compile(
    rf"(?<![$£€.,\d-])(?:{_N}{_TO}|(?P<some>multiple|several|numerous))"
    rf"\s(?!years?|months?|weeks?|days|hours)(?:[a-z-]+\s){{0,3}}?{_PROJECT}\b"
)
_AT_ONCE = re.compile(
    r"\b(?:concurren\w+|simultaneous\w*|at (?:once|a time|the same time)|parallel)"
)
_LASTS = re.compile(
    rf"(?<![$£€.,\d]){_N}[\s-](?P<unit>month|year)(?:[\s-]long)?\s(?:\w+\s){{0,2}}?"
    r"(?:project|programme|program|transformation|initiative|roll-?out|implementation|roadmap)\b"
    rf"|\b(?:over|lasting|spanning|runs for|for)\s(?P<m>\d{{1,3}}|{'|'.join(NUMBER)})\s"
    r"(?P<units>months)\b|\b(?P<multi>multi-?\s?year)\b"
)
_NOT_THE_WORK = re.compile(
    r"contract|fixed|\bterm\b|maternity|secondment|experience|probation|degree"
)
_EXECUTIVE = (
    r"ceo|c[cdfimopst]o|ciso|chief executive(?: officer)?|chief [a-z]+(?: [a-z]+)? officer"
    r"|managing director|permanent secretary|minister|board of directors|executive committee"
    r"|(?<=\bthe )(?:[a-z]+ )?board(?: of directors)?"
)
_REPORTS = re.compile(
    r"\b(?:report(?:s|ing)?(?:\s(?:directly|functionally|line))?\s(?:in)?to|responsible to"
    r"|under (?:the )?(?:direct |general |overall )?(?:supervision|direction|guidance) (?:of|from))"
    r":?\s"
    r"(?:(?:the|our|a|an|one of|their|its)\s)?"
    rf"(?P<role>(?:{_EXECUTIVE}|(?:(?!department|and\b)[\w&/’'-]+\s){{0,4}}?(?:{_EXECUTIVE}|president"
    r"|director|head|vp|manager|lead|leader|partner|principal|superintendent|supervisor|sponsor"
    r"|engineer|officer|founder))\b"
    r"(?:\sgeneral|\sof\s[\w&]+)?)"
)
# What stands in every sentence that names a boss.
_REPORT_SIGNS = ("report", "responsible to", "under ")
# "Prepare reports to the manager" and "progress reporting to the director" are news, not a line.
_PAPER = re.compile(
    r"\b(?:status|progress|weekly|monthly|regular|financial|project|portfolio|provid\w*|prepar\w*"
    r"|submit\w*|present\w*|deliver\w*|timely|performance|management|issu\w+"
    r"|updates|accurate)[\s,]+(?:and\s)?(?:\w+\s)?$"
)
_LED = r"(?:(?!(?:for|to|with|by|from|that|so|alignment)\b)[\w,&/+()-]+\s)"
_MANAGERS = re.compile(
    r"(?<![\w-])(?<!our )(?<!the )(?<!with )(?<!support )"
    r"(?:manag(?:e|es|ing)|lead(?:s|ing)?|supervis\w+|line-manag\w+|direct(?:s|ing)?|overse\w+|"
    r"mentor(?:s|ing)?|coach(?:es|ing)?|develop(?:s|ing)?|hir(?:e|es|ing))\s"
    rf"{_LED}{{0,6}}?(?:(?:project|programme|program|delivery|product|line|people|release)"
    r"\smanagers|scrum masters|project leads|pms|tpms|team leads)\b"
)
_QUALIFICATIONS = (
    (4.0, r"chpp|chartered project professional|pgmp|pfmp|ipma (?:level )?a|mpla|mba"),
    (3.0, r"pmp|project management professional|ppq|msp practitioner|ipma (?:level )?[bc]|ccm"),
    (
        2.0,
        r"prince ?2 practitioner|prince ?2|pmq|agilepm|pmi-acp|bachelor['’]?s?|degree|b\.?sc|"
        r"master['’]?s degree|msp|psm|pspo",
    ),
    (1.0, r"prince ?2 foundation|pfq|capm|csm|certified scrum ?master|diploma|associate['’]?s"),
    (0.0, r"high school|ged|no qualifications?"),
)
_QUALIFICATION = re.compile(
    "|".join(rf"(?P<q{at}>\b(?:{names})(?!\w))" for at, (_, names) in enumerate(_QUALIFICATIONS))
)
_WISH = re.compile(
    r"prefer|desir|nice[ -]to|a plus\b|an asset|advantage|beneficial|bonus|ideally|or similar"
    r"|welcome|optional|willing|working towards"
)


Found = Iterator[tuple[float, int, int]]


def _team(part: str, sentence: Sentence) -> Found:
    leads = re.search(_LEADS, part)
    if not leads or _NOT_LED.search(part):
        return
    for match in _TEAM.finditer(part):
        value = _number(match["n"] or match["m"])
        if leads.start() < match.end() and 1 <= value < 2000:
            yield value, *match.span()


def _projects(part: str, sentence: Sentence) -> Found:
    for match in _PROJECTS.finditer(part):
        at_once = sentence.zone is Zone.DUTIES or _AT_ONCE.search(part)
        if at_once and not _NOT_LED.search(part, 0, match.start()):
            yield 2.0 if match["some"] else min(_number(match["n"]), 200.0), *match.span()


def _months(part: str, sentence: Sentence) -> Found:
    if _NOT_THE_WORK.search(part):
        return
    for match in _LASTS.finditer(part):
        if match["multi"]:
            yield 24.0, *match.span()
        else:
            n = _number(match["n"] or match["m"])
            yield n * (12.0 if match["unit"] == "year" else 1.0), *match.span()


def _bosses(lowered: str, sentence: Sentence) -> Iterator[Fact]:
    part = lowered[sentence.start : sentence.end]
    for match in _REPORTS.finditer(part):
        if not _PAPER.search(part, 0, match.start()):
            start, end = (sentence.start + at for at in match.span("role"))
            yield Fact(Stated.BOSS, rank_of(match["role"]), start, end)


def _managers(part: str, sentence: Sentence) -> Found:
    for match in _MANAGERS.finditer(part):
        yield 1.0, *match.span()


def _qualification(part: str, sentence: Sentence) -> Found:
    wished = _WISH.search(part) is not None
    for match in _QUALIFICATION.finditer(part):
        anchor = next(a for at, (a, _) in enumerate(_QUALIFICATIONS) if match[f"q{at}"])
        yield max(0.0, anchor - 0.5 * wished), *match.span()


# What stands in every sentence that states a fact; the patterns are not tried on others.
_SIGNS = {
    "number": (*"0123456789", *NUMBER),
    "several": ("multiple", "several", "numerous"),
    "project": ("project", "program", "initiative", "workstream", "work stream", "implementation"),
    "people": (
        ("team", "staff", "group", "squad", "workforce", "department", "function", "people")
        + ("employee", "engineer", "developer", "professional", "analyst", "coordinator", "fte")
        + ("consultant", "contractor", "specialist", "member", "colleague", "report", "manager")
        + ("subordinate", "scrum master", "planner")
    ),
    "time": ("month", "year"),
    "multi": ("multi",),
    "managers": ("managers", "scrum masters", "project leads", "pms", "team leads"),
    "qualification": (
        ("chpp", "chartered", "pgmp", "pfmp", "ipma", "mpla", "mba", "pmp", "ppq", "msp", "ccm")
        + ("project management professional", "prince", "pmq", "agilepm", "pmi-acp", "bachelor")
        + ("degree", "bsc", "b.sc", "psm", "pspo", "pfq", "capm", "csm", "certified scrum")
        + ("diploma", "associate", "high school", "ged", "no qualification")
    ),
}
_SIGN_WORDS = tuple(word for words in _SIGNS.values() for word in words)
_SIGN_NAMES = tuple(name for name, words in _SIGNS.items() for _ in words)
_READERS: tuple[tuple[Stated, tuple[set[str], ...], Callable[[str, Sentence], Found]], ...] = (
    (Stated.TEAM, ({"number", "people"},), _team),
    (Stated.PROJECTS, ({"number", "project"}, {"several", "project"}), _projects),
    (Stated.MONTHS, ({"number", "time"}, {"multi"}), _months),
    (Stated.MANAGERS, ({"managers"},), _managers),
    (Stated.QUALIFICATION, ({"qualification"},), _qualification),
)


def _signs(lowered: str, sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, set[str]]]:
    """Each sentence that has a sign of a fact, with the names of all that it has."""
    found = places(lowered, _SIGN_WORDS)
    at = 0
    for sentence in sentences:
        while at < len(found) and found[at][1] < sentence.start:
            at += 1
        signs = set()
        while at < len(found) and found[at][2] <= sentence.end:
            signs.add(_SIGN_NAMES[found[at][0]])
            at += 1
        if signs:
            yield sentence, signs


@cache
def _readers(signs: frozenset[str]) -> tuple[tuple[Stated, Callable[[str, Sentence], Found]], ...]:
    """What may be stated where these signs are, and how it is read."""
    return tuple(
        (kind, reader)
        for kind, needed, reader in _READERS
        if any(signs >= all_of for all_of in needed)
    )


def rank_of(role: str) -> float:
    """Return how senior a role's name sounds, 1 to 7.

    >>> rank_of("programme manager"), rank_of("director of operations"), rank_of("cmo")
    (5.0, 5.6, 7.0)
    """
    if re.search(rf"\b(?:{_EXECUTIVE}|board)\b", role):
        return 7.0
    claim = claim_of(role)
    return float(claim.level) if claim else sounding_level(role)


def _number(word: str) -> float:
    return NUMBER.get(word) or float(word)
