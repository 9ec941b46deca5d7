"""Cut an ad into sentences and say of each whether it tells duties, requirements, pay or the firm.

Rules, not a model: headings decide; a sentence that can only be boilerplate or benefits decides
for itself; text before the first heading is judged sentence by sentence. The walk goes forward
only, so whatever stands behind a sentence never changes its zone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Zone(StrEnum):
    """What a sentence of an ad is about."""

    DUTIES = "duties"
    REQUIREMENTS = "requirements"
    PACKAGE = "package"  # pay and benefits
    BOILERPLATE = "boilerplate"  # the firm, equal opportunity, how to apply


@dataclass(frozen=True, slots=True)
class Sentence:
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
        r"|appl(?:y|ication|ying)\b|about (?!the (?:role|job|position|post|opportunity|work|project)"
        r"|you\b|your|this (?:role|job|position))|^(?:who|what) we (?:are|do)\b|^our \w+"
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
        r"|do we offer|in it for you|why (?:join|work|us|you)|pay (?:range|scale|transp|rate)|rewards"
        r"|you(?:'ll| will| can)? (?:get|receive|enjoy)\b|in return|how we(?:'ll| will)? support"
        r"|time off|^pay\b|total package|^the offer|^offer",
    ),
    (
        Zone.REQUIREMENTS,
        r"qualif|requirement|required|skill|experience|education|competenc|about you|who you are"
        r"|are you\b|you(?:'ll| will)? (?:bring|need)|what (?:you|it) (?:have|take)|must[- ]haves?"
        r"|nice[- ]to|good to have|bonus|looking for|we(?:'d| would) love|we (?:look|want|expect|seek|ask)"
        r"|ideal|profile|you(?:'ve)? (?:have|are|must|should|possess)|you're\b|knowledge|certifi"
        r"|preferred|minimum|criteria|to be successful|succeed|thrive|specification|desir|essential$"
        r"|candidate|prerequisite|background|abilities|attributes|expertise|good fit|great fit|\bfit\b",
    ),
    (
        Zone.DUTIES,
        r"responsib|dut(?:y|ies)|you(?:'ll| will|'d| would)|will you|the role|your role|this role|\brole"
        r"|job|overview|accountab|task|summary|purpose|scope|position|in this|typical day|day.to.day"
        r"|impact|mission|opportunity|function|deliverable|objective|activit|key areas|assignment"
        r"|challenge|reports? to|reporting|you (?:do|own|lead)|the project|contribut|result areas"
        r"|essential functions|statement of work|the work|the post",
    ),
)
_HEADING = tuple((zone, re.compile(pattern)) for zone, pattern in _HEADINGS)

# Sentences that are never about the work, wherever they stand.
_ALWAYS_BOILERPLATE = re.compile(
    r"equal[- ](?:employment )?opportunit|regardless of (?:race|age|gender|your|background|sex|color)"
    r"|without regard to|race, |religion, |sexual orientation|gender identity|veteran status"
    r"|protected (?:veteran|class|characteristic|by law)|reasonable (?:accommodation|adjustment)"
    r"|affirmative action|e-?verify|drug (?:test|screen|free)|criminal (?:history|record)"
    r"|recruitment agenc|unsolicited (?:resume|cv)|cover letter|submit (?:your|a) (?:resume|cv|application)"
    r"|to apply[,:]|please apply|apply (?:now|today|online)|click (?:here|apply|the link)"
    r"|all qualified applicants|encourage (?:you|everyone|applications|people) |celebrate (?:diversity|difference)"
    r"|other duties as assigned|this job description|perform other (?:\w+ )?duties|at[- ]will employ"
    r"|(?:our|the) privacy (?:policy|notice)|diverse and inclusive|inclusive (?:workplace|employer)",
    re.IGNORECASE,
)
# … and those that tell of the firm where no heading says that duties are told.
_BOILERPLATE = re.compile(
    r"background check|headquartered in|was founded|founded in|leading provider|fortune \d"
    r"|is (?:a|the) (?:\w+ ){0,2}lead(?:er|ing)\b|our mission is|we believe|our values|our customers include"
    r"|offices (?:in|across)|best places to work|great place to work|listed on the|backed by|series [a-e]\b"
    r"|our story|employees (?:in|across|world)|inclusive (?:environment|team|culture)"
    r"|^\W*(?:at \w+(?: \w+)?, )?we(?:['’]re| are) (?!looking|seeking|hiring|searching|recruiting)"
    r"|our (?:company|platform|products?|purpose|vision|mission|culture) (?:is|are|has|help|enable|empower)",
    re.IGNORECASE,
)
_ALWAYS_PACKAGE = re.compile(
    r"401\s?\(?k|(?:health|medical) (?:insurance|care benefit|benefit|plan|coverage)|dental"
    r"|paid (?:time off|holiday|vacation|leave|parental|sick)|\bpto\b|parental leave|maternity leave|annual leave"
    r"|days(?:['’])? (?:of )?(?:holiday|vacation|paid)|life (?:insurance|assurance)|stock options"
    r"|competitive (?:salary|pay|comp|remuner)|annual bonus|^\W*we offer\b|employee assistance|cycle to work"
    r"|season ticket|gym member|retirement plan|private medical|pension scheme|wellness (?:program|benefit)"
    r"|(?:base )?(?:salary|pay|compensation) range|tuition (?:re|assist)|home office (?:budget|stipend|allow)",
    re.IGNORECASE,
)
_PACKAGE = re.compile(
    r"\bpension\b|\bequity\b|bonus scheme|base salary|compensation (?:package|for)|\bgym\b|wellbeing"
    r"|learning (?:budget|stipend)|free (?:lunch|snack|coffee)|company car|per diem|relocation"
    r"|flexible (?:hours|working)|work[- ]life balance|perks|sick (?:pay|leave|days)"
    r"|\bbenefits (?:package|include|such|from)",
    re.IGNORECASE,
)
_DUTY_VERB = re.compile(
    r"^\W*(?:Manag|Lead|Driv|Own|Coordinat|Develop(?!\w* your)|Overse|Plan|Deliver|Support(?!ive)|Assist|Track|Monitor|"
    r"Facilitat|Prepar|Defin|Ensur|Report|Maintain|Establish|Direct|Execut|Responsib|Assign|Identify|Influenc|"
    r"Creat|Estimat|Negotiat|Schedul|Updat|Acting|You will (?:manage|lead|be resp))"
)
# An introduction sentence that speaks of the post; others before the first heading tell the firm.
_ABOUT_THE_POST = re.compile(
    r"\byou(?:'|’|\b)|\byour\b|\brole\b|\bposition\b|\bresponsib|_{3,}|\breport(?:s|ing)? to\b|\bproject|\bprogram"
    r"|\bdeliver|\bmanag|\bcoordinat|\bsupport(?:s|ing)? the\b|\bthe post\b|\bjob\b",
    re.IGNORECASE,
)
_REQUIREMENT = re.compile(
    r"^\W*(?:(?:at least |minimum (?:of )?|min\.? )?\d+\s*\+?\s*(?:-|–|to)?\s*\d*\+? years|bachelor|master['’]?s|degree"
    r"|proven (?:experience|ability|track|success)|experience (?:in|with|of|as|managing|leading|working)"
    r"|(?:strong|excellent|good|solid|deep|exceptional|outstanding|demonstrated|extensive) (?:\w+ ){0,4}?"
    r"(?:skills|experience|knowledge|understanding|ability|background|communicat)"
    r"|ability to|able to|knowledge of|familiarity with|proficien|certifi|pmp\b|prince2|fluen|you have|you are\b"
    r"|you bring|you['’]ve|must (?:have|be)|comfortable|understanding of|a degree|high school|track record)",
    re.IGNORECASE,
)

_INLINE = re.compile(
    r"(?:(?<=[.!?:;)•*|\]])\s*|(?<=[a-z]))((?:Key |Main |Core |Primary |Essential |Your |The |Job |Role |Position |"
    r"Minimum |Basic |Preferred |Required |Company |Additional |About (?:The |the )?)*"
    r"(?:Responsibilities|Duties|Qualifications|Requirements|Accountabilities|Skills|Benefits|Description|"
    r"Summary|Overview|Information|Purpose|Role|You|Us|Education|Experience|Compensation)"
    r"(?: (?:and|&|And) [A-Z]\w+)?)(?=:|\s*[•*]|\s*[A-Z])"
)
_CUT = re.compile(
    r"\n+|(?<=[a-z0-9)%\"”’][.!?;])\s+(?=[A-Z0-9•*(\"“_-])|(?<=[a-z)]{2}[.!?])(?=[A-Z_])"
    r"|\s*(?=[•●▪◦‣·])|\s+(?=[*–-]\s+[A-Z_])"
    # Line breaks lost on the way: "…on timeManage the budget". Not "PowerPoint".
    r"|(?<=\b[a-z]{3})(?=[A-Z][a-z]+[ ,])|(?<=\b[a-z]{4})(?=[A-Z][a-z]+[ ,])|(?<=[a-z]{5})(?=[A-Z][a-z]+[ ,])"
)
_LONGEST_HEADING = 70  # characters
_MOST_HEADING_WORDS = 9


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences and headings of `text` in order, each with its zone.

    Blank stretches are left out; offsets are into `text` as given. An empty text gives ().

    >>> [s.zone.value for s in sentences("Duties:\\nManage the plan.\\nBenefits\\nA pension.")]
    ['duties', 'duties', 'package', 'package']
    """
    found = []
    zone: Zone | None = None  # None: no heading seen yet
    aside: Zone | None = None  # benefits or legal text holds on until a heading or a duty
    for start, end in _pieces(text):
        line = text[start:end]
        heading = _heading_zone(line)
        if heading is not None:
            zone, aside = heading, None
            found.append(Sentence(start, end, heading, heading=True))
            continue
        if fixed := _fixed_zone(line):
            aside = fixed
        elif aside is Zone.PACKAGE and _DUTY_VERB.match(line):
            aside = None
        found.append(Sentence(start, end, aside or _own_zone(line, zone)))
    return tuple(found)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    cuts = {0, len(text)}
    for match in _CUT.finditer(text):
        cuts.update(match.span())
    for match in _INLINE.finditer(text):
        cuts.update(match.span(1))
        if text[match.end() : match.end() + 1] == ":":
            cuts.add(match.end() + 1)
    edges = sorted(cuts)
    for start, end in zip(edges, edges[1:], strict=False):
        piece = text[start:end]
        if stripped := piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            if any(c.isalnum() or c == "_" for c in stripped):
                yield first, first + len(stripped)


def _heading_zone(line: str) -> Zone | None:
    """The zone that `line` opens if it has the shape of a heading, else None."""
    bare = line.strip(" \t#*•-–:_|.!?…>").replace("’", "'")
    words = bare.split()
    asks = line.rstrip(" *_").endswith((":", "?"))
    if not words or len(bare) > _LONGEST_HEADING or len(words) > _MOST_HEADING_WORDS:
        return None
    if line[0] in "•●▪◦‣·*-–" and not asks:
        return None
    if not asks:
        if line.rstrip().endswith((".", ",", ";", "!")) and not bare.isupper():
            return None
        small = sum(word[0].islower() for word in words)
        if bare[0].islower() or (len(words) > 5 and small > len(words) // 2):
            return None
    lowered = bare.lower()
    for zone, pattern in _HEADING:
        if pattern.search(lowered):
            return zone
    return None


def _fixed_zone(line: str) -> Zone | None:
    if _ALWAYS_BOILERPLATE.search(line):
        return Zone.BOILERPLATE
    return Zone.PACKAGE if _ALWAYS_PACKAGE.search(line) else None


def _own_zone(line: str, zone: Zone | None) -> Zone:
    if zone is not Zone.DUTIES:
        if _BOILERPLATE.search(line):
            return Zone.BOILERPLATE
        if _PACKAGE.search(line):
            return Zone.PACKAGE
        if zone is Zone.BOILERPLATE and _DUTY_VERB.match(line):
            return Zone.DUTIES
    if zone in (Zone.DUTIES, None) and _REQUIREMENT.search(line):
        return Zone.REQUIREMENTS
    if zone is not None:
        return zone
    return Zone.DUTIES if _ABOUT_THE_POST.search(line) else Zone.BOILERPLATE
