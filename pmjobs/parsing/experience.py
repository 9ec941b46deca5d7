"""Read how many years of experience an ad asks for.

Ads count years of many things: the company's age, contracts, degrees, roadmaps, pensions. Only
years of experience that the applicant must bring are read; those that are merely preferred are
not a minimum, and years that may stand in for a degree are not asked of everybody.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pmjobs.posting import ExperienceYears

# Figures in words: English, German, French, Spanish, Dutch, Swedish with Danish and Norwegian.
_FIGURES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen",
    "ein zwei drei vier fünf sechs sieben acht neun zehn",
    "un deux trois quatre cinq six sept huit neuf dix",
    "un dos tres cuatro cinco seis siete ocho nueve diez",
    "een twee drie vier vijf zes zeven acht negen tien",
    "ett två tre fyra fem sex sju åtta nio tio",
)
NUMBERS = {word: float(n) for line in _FIGURES for n, word in enumerate(line.split(), start=1)}
NUMBERS |= {"a": 1.0, "an": 1.0, "eine": 1.0, "eines": 1.0, "une": 1.0, "uno": 1.0, "twenty": 20.0}
MOST_YEARS = 25  # nobody is asked for more; a higher number is somebody's age

_WORD = "|".join(sorted(NUMBERS, key=len, reverse=True))
_FIGURE = rf"(?:\d{{1,2}}(?:[.,]5)?|\b(?:{_WORD}))"
_SAME_IN_BRACKETS = r"(?:\s?\(\s?[\w.]{1,8}\s?\+?\s?\))?"
_OR_MORE = (
    r"(?:\s?\+|\s?plus\b|\s?or more\b|\s?and above\b|\s?oder mehr\b|\s?ou plus\b|\s?o más\b)?"
)
_TO = r"\s?(?:-|–|—|‑|to\b|bis\b|à\b|tot\b|till\b|a\b|or\b|and\b|y\b|et\b|och\b|und\b|/)\s?"
_COUNT = re.compile(
    rf"(?<![\w.,$€£/-])(?P<low>{_FIGURE}){_SAME_IN_BRACKETS}{_OR_MORE}"
    rf"(?:{_TO}(?P<high>{_FIGURE}){_SAME_IN_BRACKETS}{_OR_MORE})?"
    r"[\s-]{0,2}(?:(?:full|solid|whole|plus|recent|relevant|progressive|professional|consecutive"
    r"|calendar|combined|total|of)[\s-]){0,2}$",
    re.IGNORECASE,
)
# A class of characters first: that is ten times faster over an ad than a list of words.
_YEAR = re.compile(
    r"[yYjJ](?:(?<![^\W\d_].)(?:ears?|EARS?|rs?|RS|oe|OE|ahre?n?|aar)\b(?:['’]\s?s?)?|ährig\w*)"
)
_OTHER_YEAR = re.compile(r"\b(?:ans|années?|años|års?|anni|anos|decades?)\b", re.IGNORECASE)
_OTHER_HINTS = (" ans", "année", "años", " år", " anni", " anos", "decade")
_MONTHS = re.compile(r"[mM](?<![^\W_].)onths?\b['’]?")
_YEARS_FIRST = re.compile(
    r"(?:years?(?:\s?\(s\))?|yrs)\.?\s(?:of\s)?(?:relevant |work |total |professional )?experience"
    rf"(?:\s(?:required|needed|requirement))?\s?[:=–-]\s?(?P<low>{_FIGURE}){_OR_MORE}"
    rf"(?:{_TO}(?P<high>{_FIGURE}))?{_OR_MORE}",
    re.IGNORECASE,
)

_EXPERIENCE = re.compile(
    r"experien\w*|expertise|\bexp\b|erfahrung|expérience|esperienza|ervaring|erfarenhet|erfaring"
    r"|\bwork(?:ed|ing)\b|manag(?:ing|ed|ement)\b|\bleading\b|\bled\b|deliver(?:ing|y)\b|\bas an?\b"
    r"|background|track record|\bpractice\b|in (?:a|an|the) (?:similar|related|comparable|same)"
    r"|\bin (?:project|program|it\b|construction|industry|consult\w+|software)|proven|yoe\b"
    r"|coordinating|post[- ]qualif|supervis\w+|hands[- ]on|berufs\w+|yrkes\w+",
    re.IGNORECASE,
)
_PROJECT = re.compile(
    r"\b(?:projects?|program(?:me)?s?|portfolios?|pmo|pm|scrum|agile delivery|delivery (?:manag|lead)\w+"
    r"|change manag\w+|transformation|projekt\w*|\w*projekt\w*|projets?|proyectos?|project\w+"
    r"|progett\w+|projet\w+)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:min(?:imum|\.)?|at least|must|requir\w+|you (?:have|bring|will have|possess|are|offer)|you['’]ve"
    r"|need\w*|looking for|seek\w*|candidates?|applicants?|mindestens|minst|au moins|mínim\w+"
    r"|minimaal|ten minste|typically|should|essential|demonstrat\w+|your experience|qualif\w+)\b",
    re.IGNORECASE,
)
_WISHED = re.compile(
    r"\b(?:prefer\w*|desir(?:ed|able)|ideal(?:ly)?|nice[- ]to[- ]have|good to have|bonus|a plus"
    r"|advantage\w*|optional\w*|asset|would be (?:great|good|nice|beneficial)|beneficial"
    r"|von vorteil|wünschenswert|idealerweise|un (?:vrai )?plus|un atout|souhait\w+|deseable"
    r"|valorable|meriterande|pluspunt|bij voorkeur|helst|gerne)\b",
    re.IGNORECASE,
)
_NOT_ASKED = re.compile(
    r"\b(?:(?:with)?in (?:the |your )?(?:last|past|next|first|coming|previous)|(?:last|past|next|first"
    r"|coming|previous|previous|every|each|after|over the|during the|recent|another|for another"
    r"|vest\w*|warranty|guarantee|pension|age of|aged|valid for|extend\w* (?:by|for)|founded"
    r"|established|celebrat\w+|heritage|history|legacy|company|since|combined|collective\w*"
    r"|our|we|we['’]ve|us|firm|agency|the team|founders?|service|serving|award\w*|proud\w*"
    r"|in lieu|substitut\w+|instead of|equivalent to|sabbatical|eligible|resid\w+|lived|term of"
    r"|roadmap|within)(?:\sof)?)\s(?:[\w'’,]+\s){0,3}$",
    re.IGNORECASE,
)
_SOMETHING_ELSE_AFTER = re.compile(
    r"[\s-]{0,2}(?:old|of age|or older|ago|from now|in a row|running|in business|of excellence"
    r"|of innovation|of history|of service|of success|of growth|of tradition|of heritage|young"
    r"|plan\b|roadmap|strateg\w+|contract|fixed|term|appointment|assignment|degree|college"
    r"|university|bachelor|diploma|of (?:college|university|education|stud\w+|school|full-time stud"
    r"|post|high school)|programme|program\b(?! manag)|project\b(?! (?:manag|experience|lead|coord))"
    r"|period|duration|cycle|vesting|warranty|anniversar|later|from the|to complete|course"
    r"|apprenticeship|visa|lease|horizon|outlook|budget|secondment|internship|initiative|employ)",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:we|our|us|company|firm|group|has|have been|been|founded|leader|leading|provider|is an?"
    r"|are an?|business|team|clients|customers|industry leader|trusted|organi[sz]ation|gmbh|ltd|inc)\b",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"\b(?:degree|bachelor\w*|b\.?[as]\.?\b|master\w*|m\.?[as]\.?\b|mba|ph\.?d|doctora\w+|diploma"
    r"|undergraduate|graduate|associate['’]s|ged|high school|studium|hochschul\w*)",
    re.IGNORECASE,
)
_BACHELOR = re.compile(
    r"\b(?:bachelor\w*|b\.?[as]\.?\b|undergraduate|four[- ]year|4[- ]year)", re.I
)
_INSTEAD = re.compile(
    r"(?:degree|diploma|bachelor\w*|master\w*|education|equivalent|certificat\w+|qualification)"
    r"[^.;\n]{0,80}?\bor\b[^.;\n]{0,25}$",
    re.IGNORECASE,
)
_INSTEAD_AFTER = re.compile(
    r"[^.;\n]{0,60}?\b(?:in lieu of|instead of|in place of|may substitute|may be substituted"
    r"|can substitute|equivalent to a)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-ZÄÖÜÉÅ•])|\n|[;•●]")
_HEADING = re.compile(r"^(?![•*·-])[^\n]{2,60}(?<![.;,])$", re.MULTILINE)
_HEAD = re.compile(
    r"(?:a(?:\s+absolute)?\s+minimum\s+of|minimum\s+of|at\s+least|minimum|min\.?|mindestens|minst|au\s+moins|"
    r"mínimo\s+de|minimaal|more\s+than|over|up\s+to|>)\s*$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[^,;.()\n]{0,40}?\b(?:experience|\w*erfahrung|expérience|experiencia|esperienza|ervaring"
    r"|erfarenhet|erfaring)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Found:
    years: ExperienceYears
    rank: int  # the lower, the nearer to what the ad's own post asks for
    start: int


def parse_experience(text: str) -> ExperienceYears | None:
    """Return the years of experience that an ad asks for, or None.

    Years of project work win over years of other work, then the larger number wins; of a ladder
    ("Bachelor's and 8 years, or Master's and 6") the bachelor's row counts. Months are given as
    parts of a year.

    >>> parse_experience("At least three years of experience managing projects.")
    ExperienceYears(minimum=3.0, maximum=None, text='At least three years of experience')
    >>> parse_experience("3-5 years' experience").maximum
    5.0
    >>> parse_experience("For over 20 years we have built bridges.")
    """
    found = list(_asked_for(text))
    if not found:
        return None
    best = min(found, key=lambda item: (item.rank, -item.years.minimum, item.start))
    return best.years


def _asked_for(text: str) -> Iterator[_Found]:
    wished = _wished_parts(text)
    for start, end, low, high in _counts(text):
        before, after = _sentence(text, start, end)
        if not 0 <= low <= MOST_YEARS or any(a <= start < b for a, b in wished):
            continue
        rank = _rank(before, text[start:end], after, low)
        if rank is None:
            continue
        first, last = _evidence(text, start, end)
        yield _Found(ExperienceYears(low, high, text[first:last]), rank, start)


def _counts(text: str) -> Iterator[tuple[int, int, float, float | None]]:
    """Yield (start, end, minimum, maximum) of every count of years or months in the text."""
    hits = [(hit, 1.0) for hit in _YEAR.finditer(text)]
    if any(hint in text for hint in _OTHER_HINTS):
        hits += [(hit, 1.0) for hit in _OTHER_YEAR.finditer(text)]
    hits += [(hit, 1 / 12) for hit in _MONTHS.finditer(text)]
    for hit, unit in sorted(hits, key=lambda pair: pair[0].start()):
        if hit[0].lower().startswith("decade"):
            unit = 10.0
        begin = max(0, hit.start() - 60)
        if count := _COUNT.search(text, begin, hit.start()):
            low, high = _figure(count["low"]), _figure(count["high"])
            if low is not None:
                yield count.start(), hit.end(), low * unit, high * unit if high else None
        elif first := _YEARS_FIRST.match(text, hit.start()):
            low, high = _figure(first["low"]), _figure(first["high"])
            if low is not None:
                yield first.start(), first.end(), low, high


def _figure(word: str | None) -> float | None:
    if not word:
        return None
    return NUMBERS.get(word.lower()) or (
        float(word.replace(",", ".")) if word[0].isdigit() else None
    )


def _rank(before: str, written: str, after: str, low: float) -> int | None:
    """Return how near a count is to what is asked for, None if it is not asked for at all."""
    if _SOMETHING_ELSE_AFTER.match(after) or _NOT_ASKED.search(before):
        return None
    if _WISHED.search(before) or _WISHED.match(after.partition(",")[0][-60:]):
        return None
    near = f"{before[-90:]} {written} {after[:110]}"
    if not _EXPERIENCE.search(near):
        return None
    asked = _ASKED.search(before)
    if not asked and (_COMPANY.search(before[-80:]) or low > 15 and _COMPANY.search(after)):
        return None
    if _INSTEAD.search(before) or _INSTEAD_AFTER.match(after):
        return None
    ladder = 0
    if _DEGREE.search(before) or _DEGREE.search(after):
        ladder = 0 if _BACHELOR.search(before[-80:]) else 1
    project = _PROJECT.search(after[:90]) or _PROJECT.search(before[-60:])
    return (0 if project else 2) + ladder


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the words before and after a count that belong to the same sentence."""
    before, after = text[max(0, start - 200) : start], text[end : end + 200]
    for stop in _SENTENCE_END.finditer(text, max(0, start - 200), start):
        before = text[stop.end() : start]
    stopped = _SENTENCE_END.search(after)
    return before, after[: stopped.start()] if stopped else after


def _evidence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the words to show begin and end: "At least" before, "experience" after."""
    if head := _HEAD.search(text, max(0, start - 30), start):
        start = head.start()
    if tail := _TAIL.match(text, end):
        end = tail.end()
    return start, end


def _wished_parts(text: str) -> list[tuple[int, int]]:
    """Return the parts of the text that stand under a heading such as "Preferred"."""
    if not _WISHED.search(text):
        return []
    headings = [
        (heading.start(), bool(_WISHED.search(heading[0])))
        for heading in _HEADING.finditer(text)
        if not _YEAR.search(heading[0])
    ]
    ends = [*(start for start, _ in headings), len(text)][1:]
    return [(start, end) for (start, wished), end in zip(headings, ends, strict=False) if wished]
