"""Cut an ad into sentences and say of each whether it tells duties, requirements, pay or the firm.

Rules, not a model: headings decide; a sentence that can only be boilerplate or benefits decides
for itself; text before the first heading is judged sentence by sentence. The walk goes forward
only, so whatever stands behind a sentence never changes its zone.
"""

import re
from collections.abc import Iterator, Sequence, Set
from enum import StrEnum
from functools import cache, lru_cache
from operator import sub
from typing import NamedTuple

import ahocorasick_rs

from pmjobs.domain import read_table


class Zone(StrEnum):
    """What a sentence of an ad is about."""

    DUTIES = "duties"
    REQUIREMENTS = "requirements"
    PACKAGE = "package"  # pay and benefits
    BOILERPLATE = "boilerplate"  # the firm, equal opportunity, how to apply


class Sentence(NamedTuple):
    """One sentence, bullet or heading: text[start:end] of the ad as given."""

    start: int
    end: int
    zone: Zone
    heading: bool = False


# Searched in this order in a line that has the shape of a heading; the first hit names the zone.
_HEADINGS = (
    (
        Zone.BOILERPLATE,
        r"equal|\beeo|diversity|inclusi|disclaimer|privacy|accommodat|how to apply|to apply"
        r"|appl(?:y|ication|ying)\b|about (?!the (?:role|job|position|post|opportunity|work)"
        r"|the project|you\b|your|this (?:role|job|position))|^(?:who|what) we (?:are|do)\b"
        r"|^our \w+"
        r"|(?:company|organi[sz]ation|agency|corporate|employer|client)'?s? "
        r"(?:description|overview|profile|background|summary|intro)|additional information"
        r"|physical|work(?:ing)? (?:environment|condition|location|schedule|hours|arrangement)"
        r"|background check|e-?verify|\bnotice|vaccin|interview|hiring process|recruitment"
        r"|selection process|security clearance|^location|^travel|other duties|employment type"
        r"|job type|seniority level|closing date|contact|fraud|legal|^note|^the company|^life at"
        r"|^meet |^the team|^department|^environment|^schedule|^industry|^website|next steps",
    ),
    (
        Zone.PACKAGE,
        r"benefit|perks|compensation|salary|remuneration|we(?:'ll| will| can)? offer|offers? you"
        r"|do we offer|in it for you|why (?:join|work|us|you)|pay (?:range|scale|transp|rate)"
        r"|rewards"
        r"|you(?:'ll| will| can)? (?:get|receive|enjoy)\b|in return|how we(?:'ll| will)? support"
        r"|time off|^pay\b|total package|^the offer|^offer",
    ),
    (
        Zone.REQUIREMENTS,
        r"qualif|requirement|required|skill|experience|education|competenc|about you|who you are"
        r"|are you\b|you(?:'ll| will)? (?:bring|need)|what (?:you|it) (?:have|take)|must[- ]haves?"
        r"|nice[- ]to|good to have|bonus|looking for|we(?:'d| would) love"
        r"|we (?:look|want|expect|seek|ask)"
        r"|ideal|profile|you(?:'ve)? (?:have|are|must|should|possess)|you're\b|knowledge|certifi"
        r"|preferred|minimum|criteria|to be successful|succeed|thrive|specification|desir"
        r"|essential$"
        r"|candidate|prerequisite|background|abilities|attributes|expertise|\bfit\b",
    ),
    (
        Zone.DUTIES,
        r"responsib|dut(?:y|ies)|you(?:'ll| will|'d| would)|will you|\brole"
        r"|job|overview|accountab|task|summary|purpose|scope|position|in this"
        r"|typical day|day.to.day"
        r"|impact|mission|mandate|remit\b|opportunity|function|deliverable|objective|activit"
        r"|key areas|assignment"
        r"|challenge|reports? to|reporting|you (?:do|own|lead)|the project|contribut|result areas"
        r"|essential functions|statement of work|the work|the post",
    ),
)
_HEADING = tuple((zone, re.compile(pattern)) for zone, pattern in _HEADINGS)

# All but duty verbs are sought in lower-case text: an expression that minds no case is far slower.
# "We are a team of …" tells of the firm, "we are looking for …" of the post.
_WE_ARE = re.compile(
    r"\W*(?:at \w+(?: \w+)?, )?we(?:['’]re| are) (?!looking|seeking|hiring|searching|recruiting)"
)
_DUTY_VERB = re.compile(
    r"\W*(?:Manag|Lead|Driv|Own|Coordinat|Develop(?!\w* your)|Overse|Plan|Deliver|Support(?!ive)"
    r"|Assist|Track|Monitor|Facilitat|Prepar|Defin|Ensur|Report|Maintain|Establish|Direct|Execut"
    r"|Responsib|Assign|Identify|Influenc|Creat|Estimat|Negotiat|Schedul|Updat|Acting"
    r"|You will (?:manage|lead|be resp))"
)
# An introduction sentence that speaks of the post; others before the first heading tell the firm.
# That no letter stands before a word is asked behind its first letter, to find it fast.
_ABOUT_THE_POST = re.compile(
    r"y(?<!\w.)our?\b|r(?<!\w.)(?:ole\b|esponsib|eport(?:s|ing)? to\b)|___"
    r"|p(?<!\w.)(?:osition\b|roject|rogram)|d(?<!\w.)eliver|m(?<!\w.)anag|c(?<!\w.)oordinat"
    r"|s(?<!\w.)upport(?:s|ing)? the\b|t(?<!\w.)he post\b|j(?<!\w.)ob\b"
)
_REQUIREMENT = re.compile(
    r"\W*(?:(?:at least |minimum (?:of )?|min\.? )?\d+\s*\+?\s*(?:-|–|to)?\s*\d*\+? years|bachelor"
    r"|master['’]?s|degree|proven (?:experience|ability|track|success)"
    r"|experience (?:in|with|of|as|managing|leading|working)"
    r"|(?:strong|excellent|good|solid|deep|exceptional|outstanding|demonstrated|extensive) "
    r"(?:\w+ ){0,4}?(?:skills|experience|knowledge|understanding|ability|background|communicat)"
    r"|ability to|able to|knowledge of|familiarity with|proficien|certifi|pmp\b|prince2|fluen"
    r"|you have"
    r"|you are\b|you bring|you['’]ve|must (?:have|be)|comfortable|understanding of|a degree"
    r"|high school|track record)"
)

# Headings inside a line, where the source has lost the line breaks.
_INLINE_WORDS = (
    "Responsibilities|Duties|Qualifications|Requirements|Accountabilities|Skills|Benefits|"
    "Description|Summary|Overview|Information|Purpose|Role|You|Us|Education|Experience|"
    "Compensation"
)
_INLINE = re.compile(
    r"((?:Key |Main |Core |Primary |Essential |Your |The |Job |Role |Position |Minimum |Basic |"
    r"Preferred |Required |Company |Additional |About (?:The |the )?)*"
    rf"(?:{_INLINE_WORDS})(?: (?:and|&|And) [A-Z]\w+)?)(?=:|\s*[•*]|\s*[A-Z])"
)
# What follows such a heading's last word, and how far before and behind it the heading may reach.
_INLINE_END = re.compile(r":|\s*[•*A-Z]| (?:and|&) [A-Z]")
_INLINE_REACH = (100, 60)
_LOST_BREAKS = 250  # characters; only lines longer than this are searched for such headings
# Where a text is cut. All begin with one character of a class, which makes the search fast.
_CUT = re.compile(
    r"[A-Z\n•●▪◦‣·*–.!?;-](?:"
    # A break lost on the way: "…on timeManage the budget", but not "PowerPoint".
    r"(?<=[a-z][A-Z])(?:(?<=[a-z]{5}.)|(?<=\b[a-z]{3}.)|(?<=\b[a-z]{4}.))(?=[a-z]+[ ,])"
    r"|(?<=[\n•●▪◦‣·])"
    r"|(?<=\s[*–-])(?=\s+[A-Z_])"
    # The end of a sentence; the group holds the blanks behind it.
    r"|(?<=[.!?;])(?:(?<=[a-z0-9)%\"”’].)(?=\s+[A-Z0-9•*(\"“_-])|(?<=[a-z)]{2}.)(?=[A-Z_]))"
    r"(?=(\s*)))"
)
_LETTER = re.compile(r"\w")  # or a figure, or a character masked
_LONGEST_HEADING = 70  # characters
_MOST_HEADING_WORDS = 9
_REMEMBERED = 4096  # headings; ads share most of theirs


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences and headings of `text` in order, each with its zone.

    Blank stretches are left out; offsets are into `text` as given. An empty text gives ().

    >>> [s.zone.value for s in sentences("Duties:\\nManage the plan.\\nBenefits\\nA pension.")]
    ['duties', 'duties', 'package', 'package']
    """
    found = []
    zone: Zone | None = None  # None: no heading seen yet
    aside: Zone | None = None  # benefits or legal text holds on until a heading or a duty
    lowered = lower(text)
    cues = _Cues(lowered)
    for start, end in _pieces(text):
        line = text[start:end]
        heading = _heading_zone(line)
        if heading is not None:
            zone, aside = heading, None
            found.append(Sentence(start, end, heading, heading=True))
            continue
        told = cues.between(start, end)
        if told and (fixed := next((_ALWAYS[name] for name in _ALWAYS if name in told), None)):
            aside = fixed
        elif aside is Zone.PACKAGE and _DUTY_VERB.match(line):
            aside = None
        own = Zone.BOILERPLATE if "contact" in told else aside  # whom to write to, wherever it is
        found.append(Sentence(start, end, own or _own_zone(line, lowered[start:end], zone, told)))
    return tuple(found)


@lru_cache(maxsize=2)  # masking asks for the same text
def lower(text: str) -> str:
    """Return `text` in lower case, never longer or shorter: offsets must stay.

    >>> len(lower("İZMİR")) == len("İZMİR")
    True
    """
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


_NOTHING: Set[str] = frozenset()
_ALWAYS = {"always_boilerplate": Zone.BOILERPLATE, "always_package": Zone.PACKAGE}


class _Cues:
    """Where the phrases of zones.toml stand in one text, found in one pass."""

    def __init__(self, lowered: str) -> None:
        automaton, names = _phrases()
        self._found = [
            (start, end, names[which])
            for which, start, end in automaton.find_matches_as_indexes(lowered, overlapping=True)
            if start == 0 or not lowered[start - 1].isalnum()
        ]
        self._found.append((len(lowered), len(lowered), ""))  # behind everything asked for
        self._next = 0

    def between(self, start: int, end: int) -> Set[str]:
        """The lists of which a phrase stands in [start, end); call with rising stretches."""
        found, at = self._found, self._next
        while found[at][0] < start:
            at += 1
        self._next = at
        if found[at][0] >= end:
            return _NOTHING
        told = set()
        while found[at][0] < end:
            if found[at][1] <= end + 1:  # a phrase may end in the blank behind a sentence
                told.add(found[at][2])
            at += 1
        return told


@cache
def _phrases() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    table = read_table("zones")
    pairs = [(phrase, name) for name, phrases in table.items() for phrase in phrases]
    automaton = ahocorasick_rs.AhoCorasick(
        [phrase for phrase, _ in pairs], implementation=ahocorasick_rs.Implementation.DFA
    )
    return automaton, tuple(name for _, name in pairs)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    cuts = {0, len(text)}
    cuts.update(  # before what is found, but behind the end of a sentence
        match.end(1) if match.lastindex else match.start() for match in _CUT.finditer(text)
    )
    edges = sorted(cuts)
    longest = max(map(sub, edges[1:], edges), default=0)
    if longest > _LOST_BREAKS or text.count("\n") * _LOST_BREAKS < len(text):
        edges = sorted(cuts | _inline_cuts(text))
    for start, end in zip(edges, edges[1:], strict=False):
        piece = text[start:end].lstrip()
        first = end - len(piece)
        if (piece := piece.rstrip()) and (piece[0].isalnum() or _LETTER.search(piece)):
            yield first, first + len(piece)


def _inline_cuts(text: str) -> set[int]:
    cuts: set[int] = set()
    for match in _inline_headings(text):
        start, end = match.span(1)
        before = text[max(0, start - 5) : start].rstrip()[-1:]
        glued = start > 0 and text[start - 1].islower()
        if glued or before in set(".!?:;)•*|]"):
            cuts.update((start, end + 1 if text[end : end + 1] == ":" else end))
    return cuts


def _inline_headings(text: str) -> Iterator[re.Match[str]]:
    """The matches of _INLINE, which is slow, looked for only where its last words stand."""
    before, behind = _INLINE_REACH
    start = end = -1
    for _, first, last in _inline_words().find_matches_as_indexes(text):
        if not _INLINE_END.match(text, last):
            continue
        if end >= 0 and first - before > end:
            yield from _INLINE.finditer(text, start, end)
            end = -1
        if end < 0:
            start = max(0, first - before)
        end = min(len(text), last + behind)
    if end >= 0:
        yield from _INLINE.finditer(text, start, end)


@cache
def _inline_words() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(
        _INLINE_WORDS.split("|"), implementation=ahocorasick_rs.Implementation.DFA
    )


def _heading_zone(line: str) -> Zone | None:
    """The zone that `line` opens if it has the shape of a heading, else None."""
    bare = line.strip(" \t#*•-–:_|.!?…>")
    if not bare or len(bare) > _LONGEST_HEADING:
        return None
    words = bare.split()
    if not words or len(words) > _MOST_HEADING_WORDS:
        return None
    asks = line.rstrip(" *_").endswith((":", "?"))
    if line[0] in "•●▪◦‣·*-–" and not asks:
        return None
    if not asks:
        if line.rstrip().endswith((".", ",", ";", "!")) and not bare.isupper():
            return None
        if bare[0].islower() or (len(words) > 5 and _mostly_small(words)):
            return None
    return _zone_named(bare.lower().replace("’", "'"))


@lru_cache(_REMEMBERED)
def _zone_named(lowered: str) -> Zone | None:
    for zone, pattern in _HEADING:
        if pattern.search(lowered):
            return zone
    return None


def _mostly_small(words: Sequence[str]) -> bool:
    return sum(word[0].islower() for word in words) > len(words) // 2


def _own_zone(line: str, lowered: str, zone: Zone | None, told: Set[str]) -> Zone:
    if zone is not Zone.DUTIES:
        if "boilerplate" in told or _WE_ARE.match(lowered):
            return Zone.BOILERPLATE
        if "package" in told:
            return Zone.PACKAGE
        if zone is Zone.BOILERPLATE and _DUTY_VERB.match(line):
            return Zone.DUTIES
    if zone in (Zone.DUTIES, None) and _REQUIREMENT.match(lowered):
        return Zone.REQUIREMENTS
    if zone is not None:
        return zone
    return Zone.DUTIES if _ABOUT_THE_POST.search(lowered) else Zone.BOILERPLATE
