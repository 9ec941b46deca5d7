"""Read how many years of experience an ad asks for.

Ads count years of many things: the company's age, contracts, degrees, roadmaps, pensions. Only
years of experience that the applicant must bring are read; those that are merely preferred are
not a minimum, and years that may stand in for a degree are not asked of everybody.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pmjobs.parsing.nearby import places
from pmjobs.posting import ExperienceYears

# Figures in words: English, German, French, Spanish, Dutch, Swedish with Danish and Norwegian.
# Ones that are also articles are left out: "a year" is seldom a requirement.
_FIGURES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen",
    "eins zwei drei vier fünf sechs sieben acht neun zehn",
    "- deux trois quatre cinq six sept huit neuf dix",
    "- dos tres cuatro cinco seis siete ocho nueve diez",
    "één twee drie vier vijf zes zeven acht negen tien",
    "- två tre fyra fem sex sju åtta nio tio",
)
NUMBERS = {
    word: float(n)
    for line in _FIGURES
    for n, word in enumerate(line.split(), start=1)
    if word != "-"
} | {"twenty": 20.0}
MOST_YEARS = 25  # nobody is asked for more; a higher number is somebody's age

_WORD = "|".join(sorted(NUMBERS, key=len, reverse=True))
_FIGURE = rf"(?:\d{{1,2}}(?:[.,]5)?|\b(?:{_WORD}))"
_IN_BRACKETS = r"(?:\s?\(\s?[\w.]{1,8}\s?\+?\s?\))?"
_OR_MORE = (
    r"(?:\s?\\?\+|\s?(?:plus|or more|and above|and up|minimum|oder mehr|ou plus|o más|eller mer)"
    r"\b)?"
)
_TO = r"\s?\\?(?:-|–|—|‑|to\b|bis\b|à\b|tot\b|till\b|a\b|or\b|and\b|y\b|et\b|och\b|und\b|/)\s?"
# A letter may touch the figure: many ads have lost the break between two lines.
_COUNT = re.compile(
    rf"(?<![\d$€£/#-])(?<!\d[.,])(?P<low>{_FIGURE}){_OR_MORE}{_IN_BRACKETS}{_OR_MORE}"
    rf"(?:{_TO}(?P<high>{_FIGURE}){_IN_BRACKETS}{_OR_MORE})?"
    r"\)?[\s-]{0,2}(?:(?:full|solid|whole|plus|recent|relevant|progressive|professional|consecutive"
    r"|calendar|total|of)[\s-]){0,2}$",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"[yYjJ](?:(?<![^\W\d_].)(?:ears?|EARS?|rs?|RS|oe|OE|ahre?n?|aar)\b(?:['’]\s?s?)?|ährig\w*)"
)
_OTHER_YEAR = re.compile(r"\b(?:ans|années?|años|års?|anni|anos|decades?)\b", re.IGNORECASE)
_MONTHS = re.compile(r"[mM](?<![^\W_].)onths?\b['’]?")
# How the words above begin: found in one pass, since most ads have one or two of them.
_YEAR_BEGINNINGS = tuple(
    letter + rest
    for letter in "yYjJ"
    for rest in ("ear", "EAR", "r", "RS", "oe", "OE", "ahr", "aar", "ährig")
)
_MONTH_BEGINNINGS = ("month", "Month")
_OTHER_HINTS = (" ans", "année", "años", " år", " anni", " anos", "decade")
_BEGINNINGS = (*_YEAR_BEGINNINGS, *_MONTH_BEGINNINGS, *_OTHER_HINTS)
_YEARS_FIRST = re.compile(
    r"(?:of (?:relevant |work |total |professional )?experience)?(?: required| needed)?"
    rf"\s?[):=–-]{{1,2}}\s?(?P<low>{_FIGURE}){_OR_MORE}(?:{_TO}(?P<high>{_FIGURE}))?{_OR_MORE}"
    r"(?!\w)",
    re.IGNORECASE,
)
_EXPERIENCE_FIRST = re.compile(r"(?:experience|erfahrung)\s?\(?(?:in )?$", re.IGNORECASE)

_EXPERIENCE = re.compile(
    r"experien[ct]\w*|expertise|\bexp\b|erfahrung|expérience|esperienza|ervaring|erfarenhet"
    r"|erfaring|\bwork(?:ed|ing)\b|manag(?:ing|ed|ement)\b|\bleading\b|\bled\b|deliver(?:ing|y)\b"
    r"|\bas an?\b|background|track record|\bpractice\b|in (?:an? |the )?(?:similar|related"
    r"|comparable|same)|proven|\byoe\b|coordinating|post[- ]qualif|supervis\w+|hands[- ]on"
    r"|berufs\w+|yrkes\w+|leadership|administration|\brole",
    re.IGNORECASE,
)
_NAMED_EXPERIENCE = re.compile(r"experien|erfahrung|expérien|ervaring|erfar|esperienza", re.I)
_LIST_ITEM = re.compile(r"\W*(?:(?:have|has|with|a)\s)?", re.IGNORECASE)
_SAYS_IN_WHAT = re.compile(r"\s(?:in|of|as|with|[a-z]+ing)\b")
_PROJECT = re.compile(
    r"\b(?:projects?|program(?:me)?s?|portfolios?|e?pmo|pm|scrum|delivery|change management"
    r"|transformation|\w*projekt\w*|projets?|proyectos?|progett\w+)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:min(?:imum|imal)?|at least|must|requir\w+|you(?:['’]ve|['’]ll)?|need\w*|looking for"
    r"|seek\w*|candidates?|applicants?|mindestens|minst|au moins|mínim\w+|minimaal|ten minste"
    r"|should|essential|demonstrat\w+|qualif\w+|ideal|want|expect\w*|someone|hire|person)\b",
    re.IGNORECASE,
)
_WISH = (
    r"preferred(?![a-z:])|preference|desir(?:ed|able)|nice[- ]to[- ]have|good to have|bonus"
    r"|(?:is|are|as|be) an? (?:strong |big |definite |huge )?(?:plus|asset|advantage|bonus)|a plus"
    r"|advantageous|optional\w*|beneficial|(?:would|will) be (?:great|good|nice)|vorteil"
    r"|wünschenswert|un (?:vrai )?plus|un atout|souhait\w+|deseable|valorable|meriterande|pluspunt"
)
# Before a count these make it a wish; after it they qualify what the years were spent on.
_WISH_ADVERBS = r"ideally|preferably|idealerweise|bij voorkeur|helst|gerne|preferred:"
_WISHED_BEFORE = re.compile(rf"\b(?:{_WISH}|{_WISH_ADVERBS})", re.IGNORECASE)
_WISHED_AFTER = re.compile(rf"\b(?:{_WISH})", re.IGNORECASE)
# "majors preferred 6+ years": two lines that lost their break.
_ANOTHER_LINES_WISH = re.compile(r"\w+\W+\w+ preferred\)?\s$", re.IGNORECASE)
_WISHED_HEADING = re.compile(
    r"^(?![-•*·–]\s)[^\w\n]*(?:(?:preferred|desired|desirable|nice|bonus|good to have|pluses"
    r"|optional|pluspunkte|wünschenswert|it['’]s a (?:bonus|plus)|extra credit|what would be"
    r"|assets?|meriterande|we prefer|how to stand out|additional or preferred)\b[^\n.]{0,50}"
    r"|(?:\w+ ){0,2}(?:qualifications?|skills?|experience|requirements?|also|highly|these are)"
    r" \(?(?:preferred|desired|desirable|nice to haves?)\)?)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADING = re.compile(
    r"^[^\w\n•]*(?:[^\n•.]{2,70}:|(?=[^\n•.]{2,60}$)(?:\w+ ){0,3}(?:requirements?|required|minimum"
    r"|basic|essential|must|qualifications?|responsibilit\w+|duties|benefits|about|what|who|why"
    r"|the role|skills|education|compensation|salary|location|how to apply)\b[^\n•.]*)\s*$",
    re.IGNORECASE | re.MULTILINE,
)
# Years of time, before and after the count: "within the last", "old", "in a row".
_TIME_BEFORE = re.compile(
    r"\b(?:(?:last|past|next|first|coming|previous|every|each|after|another|vest\w*|warranty|aged?"
    r"|valid for|extend\w* (?:by|for)|resid\w+|lived|serv(?:e|ice) (?:of|for)|since|until|spent"
    r"|lasts?|lasting|sabbatical|renewable)\s(?:\w+\s){0,2}|(?:within|duration)\s(?:[\w-]+\s){0,5})$",
    re.IGNORECASE,
)
_TIME_AFTER = re.compile(
    r"[\s-]{0,2}(?:old\b|of age|(?:or|and) older|ago\b|from now|in a row"
    r"|running\s*(?:[.,;!)]|$)|in business|later"
    r"|of (?:excellence|innovation|history|service|success|growth|tradition|heritage|college"
    r"|university|education|stud(?:y|ies)|school|full-time stud\w+|post|high school|employment"
    r"|tenure|residen\w+|marriage|operation|age|(?:an? |their )?(?:degree|b\.?[as]c?\b|bachelor))\b"
    r"|at (?-i:[A-Z])|as an? (?:great|best|top|good) (?:place|employer)|uk residen|young|after\b"
    r"|from the|to complete|into\b|strong\b|anniversar\w+|apart|maximum|undergraduate"
    r"|college|university|degree)",
    re.IGNORECASE,
)
# "a 3-year programme": one thing that lasts. "3 years' programme management" is experience.
_LASTING = re.compile(
    r"[\s-]{1,2}(?:plan|roadmap|strateg\w+|contract|fixed|term|appointment|assignment|program"
    r"|programme|project|period|duration|cycle|vesting|warranty|course|apprenticeship|visa|lease"
    r"|horizon|outlook|budget|secondment|internship|initiative|partnership|grant|engagement|bachelor"
    r"|bsc|b\.|history|probation\w*|mission|transformation|limited|long|rolling|renewable)\b",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:(?:we|our|us|company|firm|organi[sz]ation|gmbh|ltd|inc|they|wir"
    r"|nous|vi|wij)\b(?:['’]ve)?(?:,?\s[\w'’-]+){0,7}|(?:our|its|their|unser\w*|notre)(?:\s\w+){0,3}"
    r"|for(?: over| more than| nearly| almost| about| the)?|history of|heritage of|legacy of"
    r"|founded|combined|collective\w*|celebrat\w+|has been[^.]{0,60})\s$",
    re.IGNORECASE,
)
_COMPANY_AFTER = re.compile(
    r"[^.\n]{0,90}?,\s?(?:we\b|[A-Z][\w&]+(?: [A-Z][\w&]+)? (?:is|are|has|helps|provides|offers)\b)"
)
_DEGREE = (
    r"\b(?:degree|bachelor\w*|b\.?[as]c?\.?\b|master\w*|m\.?[as]c?\.?\b|mba|ph\.?d|doctora\w+"
    r"|diploma|graduate|associate['’]s|ged\b|high school|studium|hochschul\w*)"
)
_OTHER_DEGREE = re.compile(
    r"\b(?:master\w*|m\.?[as]c?\.?\b|mba|ph\.?d|doctora\w+|associate['’]s|ged\b|high school)",
    re.IGNORECASE,
)
_BACHELOR = re.compile(r"\b(?:bachelor\w*|b\.?[as]c?\.?\b|undergraduate)", re.IGNORECASE)
# "a degree, or 4 years of experience" asks for no years from those with a degree.
_INSTEAD = re.compile(
    rf"(?:{_DEGREE}|education|certificat\w+)(?:(?!{_DEGREE})[^.;\n]){{0,90}}?(?<!and/)\bor\b,?"
    r"(?:\s(?:at least|an?|the|minimum|of|with|equivalent|equal|combination|additional|have|has))*"
    r"\s\(?$",
    re.IGNORECASE,
)
_INSTEAD_AFTER = re.compile(
    r"[^.;\n]{0,60}?\b(?:in lieu of|instead of|in place of|(?:may|can) (?:be )?substitut\w+"
    r"|equivalent to an?\b|will be considered in)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(
    r"[.!?]\s+(?=[^a-zäöüéåñ\s])|\n(?!of\b|in\b)|[;•●\uf0b7]|(?<=[a-z)])\.(?=[A-Z\d])|(?<=[a-z)])(?=\d)"
    # A line that lost its break begins like the next requirement.
    r"|(?<=[a-z)])\s(?=(?:Minimum|Previous|Experience|Proven|Strong|Ability|Excellent|Knowledge"
    r"|Bachelor|Demonstrated|Good|Familiarity|Must|Proficien|Understanding|Certifi|Degree|At least)"
    r"(?:\w*\b))"
)
_STATED_BESIDE = re.compile(
    r"\s?\((required|preferred)\)", re.IGNORECASE
)  # "SQL: 2 years (Required)"
_HEAD = re.compile(
    r"(?:an?\s+(?:absolute\s+)?minimum\s+of|minimum\s+of|at\s+least|minimum|min\.?|mindestens|minst"
    r"|au\s+moins|mínimo\s+de|mínimo|minimaal|more\s+than|over|up\s+to|>|between)\s*$",
    re.IGNORECASE,
)
_LESS_THAN = re.compile(r"(?:<|less than|under|fewer than)\s?$", re.IGNORECASE)
_TAIL = re.compile(
    r"[^,;.()\n]{0,40}?\b(?:experience|\w*erfahrung|expérience|experiencia|esperienza|\w*ervaring"
    r"|erfarenhet|erfaring)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Count:
    """A number of years in the text, and the words of its sentence up to its neighbours."""

    start: int
    end: int
    low: float
    high: float | None
    before: str
    after: str
    written: str


def parse_experience(text: str) -> ExperienceYears | None:
    """Return the years of experience that an ad asks for, or None.

    Years of project work win over years of other work, then those stated first; of a ladder
    ("Master's and 6 years, or Bachelor's and 8") the bachelor's row counts. Months are given as
    parts of a year.

    >>> parse_experience("At least three years of experience managing projects.")
    ExperienceYears(minimum=3.0, maximum=None, text='At least three years of experience')
    >>> parse_experience("3-5 years' experience").maximum
    5.0
    >>> parse_experience("For over 20 years we have built bridges.")
    """
    counts = [count for count in _counts(text) if count.low <= MOST_YEARS and _is_asked(count)]
    if not counts:
        return None
    wished = list(_wished_parts(text, counts[-1].start))
    asked = [count for count in counts if not any(a <= count.start < b for a, b in wished)]
    if not asked:
        return None
    best = min(asked, key=lambda count: (_rank(count), count.start))
    start, end = best.start, best.end
    if head := _HEAD.search(text, max(0, start - 30), start):
        start = head.start()
    if tail := _TAIL.match(text, end):
        end = tail.end()
    return ExperienceYears(best.low, best.high, text[start:end])


def _counts(text: str) -> list[_Count]:
    spans = list(_spans(text))
    counts = []
    for index, (start, end, low, high) in enumerate(spans):
        # A sentence is shared with the counts before and after: each has its own part of it.
        first = max(start - 200, spans[index - 1][1] if index else 0)
        last = min(end + 200, spans[index + 1][0] if index + 1 < len(spans) else len(text))
        before, after = text[first:start], text[end:last]
        for stop in _SENTENCE_END.finditer(text, max(0, first - 1), start + 1):
            if first <= stop.end() <= start:
                before = text[stop.end() : start]
        if stopped := _SENTENCE_END.search(after):
            after = after[: stopped.start()]
        counts.append(_Count(start, end, low, high, before, after, text[start:end]))
    return counts


def _spans(text: str) -> Iterator[tuple[int, int, float, float | None]]:
    """Yield (start, end, low, high) of every number of years or months, in order."""
    done = 0
    for hit, unit in sorted(_units(text), key=lambda pair: pair[0].start()):
        if hit.start() < done:
            continue
        if hit[0].lower().startswith("decade"):
            unit = 10.0
        begin = max(done, hit.start() - 60)
        count = _COUNT.search(text, begin, hit.start()) if _has_figure(text, begin, hit) else None
        start, end = (count.start(), hit.end()) if count else (0, 0)
        if not count and (count := _years_first(text, hit)):
            start, end = hit.start(), count.end()
        low, high = (_figure(count["low"]), _figure(count["high"])) if count else (None, None)
        if low is not None:
            if high is None and _LESS_THAN.search(text, max(0, start - 12), start):
                low, high = 0.0, low
            done = end
            yield start, end, round(low * unit, 2), round(high * unit, 2) if high else None


def _units(text: str) -> Iterator[tuple[re.Match[str], float]]:
    """Yield every word for a year or a month, and how many years it stands for."""
    other = False
    for which, start, _ in places(text, _BEGINNINGS):
        beginning = _BEGINNINGS[which]
        if beginning in _OTHER_HINTS:
            other = True
        elif beginning in _MONTH_BEGINNINGS:
            if month := _MONTHS.match(text, start):
                yield month, 1 / 12
        elif year := _YEAR.match(text, start):
            yield year, 1.0
    if other:
        for hit in _OTHER_YEAR.finditer(text):
            yield hit, 1.0


def _has_figure(text: str, begin: int, hit: re.Match[str]) -> bool:
    """Tell cheaply whether a figure can stand before a year: most years in ads have none."""
    words = text[begin : hit.start()].lower().replace("-", " ").split()[-6:]
    return any(word in NUMBERS or not word.isalpha() for word in words)


def _years_first(text: str, hit: re.Match[str]) -> re.Match[str] | None:
    """Match "years of experience: 5" and "Experience (years): 5"."""
    at = hit.end() + (text[hit.end() : hit.end() + 1] == " ")
    found = _YEARS_FIRST.match(text, at)
    if found and ("experience" in found[0].lower() or _EXPERIENCE_FIRST.search(
        text, max(0, hit.start() - 20), hit.start())):  # fmt: skip
        return found
    return None


def _figure(word: str | None) -> float | None:
    if not word:
        return None
    return NUMBERS.get(word.lower()) or (
        float(word.replace(",", ".")) if word[0].isdigit() else None
    )


def _is_asked(count: _Count) -> bool:
    before, after = count.before, count.after
    if stated := _STATED_BESIDE.match(after):
        return stated[1].lower() == "required"
    if _TIME_BEFORE.search(before) or _TIME_AFTER.match(after):
        return False
    if not count.written.lower().rstrip("'’ ").endswith("s") and _LASTING.match(after):
        return False
    if _is_wished(before[-80:], after[:90]):
        return False
    if _INSTEAD.search(before) or _INSTEAD_AFTER.match(after) or _is_the_companys(before, after):
        return False
    near = f"{before[-90:]} {count.written} {after[:110]}"
    if "onth" in count.written:
        return bool(_NAMED_EXPERIENCE.search(near))
    return bool(
        _EXPERIENCE.search(near)
        or (_SAYS_IN_WHAT.match(after) and (_LIST_ITEM.fullmatch(before) or _ASKED.search(before)))
    )


def _is_wished(before: str, after: str) -> bool:
    clause = before.rpartition(")")[2]
    if _WISHED_BEFORE.search(clause) and not _ANOTHER_LINES_WISH.search(clause):
        return True
    return _WISHED_AFTER.search(re.split(r"[,(]", after, maxsplit=1)[0]) is not None


def _is_the_companys(before: str, after: str) -> bool:
    if not (companys := _COMPANY.search(before)):
        return not _ASKED.search(before) and _COMPANY_AFTER.match(after) is not None
    return not _ASKED.search(before, companys.start())


def _rank(count: _Count) -> int:
    """Return 0 for project work, 2 for other work; 1 more for the row of another degree."""
    project = _PROJECT.search(count.after[:80]) or _PROJECT.search(count.before[-60:])
    near = count.before[-80:]
    other_row = _OTHER_DEGREE.search(near) and not _BACHELOR.search(near)
    return (0 if project else 2) + bool(other_row)


def _wished_parts(text: str, last: int) -> Iterator[tuple[int, int]]:
    """Yield the parts that stand under a heading such as "Preferred" and begin before `last`."""
    start = 0
    while start < last:  # line by line, since an expression tries every character
        if heading := _WISHED_HEADING.match(text, start):
            closing = _HEADING.search(text, heading.end() + 1)
            yield heading.end(), closing.start() if closing else len(text)
        start = text.find("\n", heading.end() if heading else start) + 1 or last
