"""Find the roles in the lines of a section of experience: title, employer, period, bullets.

A role is known by its period; its title and employer stand in the same line or beside it. Which
is which is told by words that titles have and words that firms have. What cannot be told stays
None.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pmjobs.resume.lines import Line
from pmjobs.resume.periods import find_lone_month, find_period
from pmjobs.resume.record import Period, Proof, Role

_TITLE = re.compile(
    r"""\b(?:managers?|director|leader|lead|head\ of|chief|officer|co-?ordinator|administrator
    |assistant|analyst|consultant|engineer|planner|scheduler|specialist|scrum\ master|architect
    |support|secretary|associate|controller|executive|producer|president|vp|principal"
    r"|supervisor|intern
    |trainee|developer|accountant|advisor|adviser|owner|partner|coach|expert|pmo|technician
    |\w*leiter(?:in)?|\w*leitung|\w*manager(?:in)?|\w*koordinator(?:in)?|\w*assisten[tz](?:in)?
    |\w*berater(?:in)?|\w*referent(?:in)?|\w*ingenieur(?:in)?|geschäftsführer(?:in)?
    |werkstudent(?:in)?
    |chef(?:fe)?\ de|directeur|directrice|responsable|jefe|jefa|director|directora|coordinador\w*
    |projectleider|projektledare|projektleder|programmamanager)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_FIRM = re.compile(
    r"""(?:\b(?:ltd|limited|plc|llp|inc|llc|corp|corporation|gmbh|ag|se|kg|mbh|e\.?\s?v|b\.?v|n\.?v
    |s\.?a|s\.?a\.?s|sarl|s\.?p\.?a|oy|ab|a/s|pty|group|gruppe|holdings?|council|university
    |universität|hochschule|hospitals?|trust|nhs|bank|insurance|versicherung\w*|authority|agency
    |ministry|department\ for|ministerium|charity|foundation|stiftung|partners|consulting
    |consultants|consultancy|systems|solutions|services|technologies|software|industries|logistics
    |energy|airlines?|railways?|stadtwerke|institute|institut|college|school|associates|labs?
    |construction|engineering|studios?|utilities|pharma|networks|works|werke|water|telecom)\b\.?
    |&\ (?:co|sons|söhne)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_LOCATION = re.compile(
    r"""(?:remote|hybrid|on-?site|home\ office|london|manchester|leeds|bristol|birmingham|edinburgh
    |glasgow|cardiff|belfast|dublin|cork|berlin|hamburg|munich|münchen|cologne|köln|frankfurt
    |leipzig
    |stuttgart|düsseldorf|vienna|wien|zurich|zürich|geneva|basel|bern|paris|lyon|lille|madrid
    |barcelona
    |lisbon|porto|milan|rome|amsterdam|rotterdam|utrecht|the\ hague|eindhoven|brussels|antwerp|ghent
    |copenhagen|stockholm|gothenburg|malmö|oslo|bergen|helsinki|warsaw|kraków|krakow|prague|budapest
    |new\ york|boston|chicago|austin|dallas|houston|denver|seattle|san\ francisco|los\ angeles
    |atlanta
    |toronto|vancouver|montreal|calgary|ottawa|sydney|melbourne|brisbane|perth|auckland|wellington
    |singapore|hong\ kong|dubai|bangalore|mumbai|delhi|uk|u\.k\.|united\ kingdom|england
    |scotland|wales
    |ireland|germany|deutschland|austria|österreich|switzerland|schweiz|france|spain|portugal|italy
    |netherlands|belgium|denmark|sweden|norway|finland|poland|usa?|united\ states|canada|australia
    |new\ zealand|india|europe|emea|[A-Z]{2})(?:\s+area)?""",
    re.IGNORECASE | re.VERBOSE,
)
_STRONG = re.compile(r"\t+|\s+[|·•]\s+|\s*[|•·]\s*|\s+[–—-]+\s+|\s+@\s+|;\s+|\s+:\s+|\s{3,}")
_AT = re.compile(r"\s+(?:at|bei(?:\s+der|\s+dem)?|chez|bij|hos|für\s+die)\s+(?=[A-ZÄÖÜ])")
_COMMA = re.compile(r",\s+")
_NOISE = re.compile(
    r"(?:\(?(?:full|part)[- ]?time\)?|permanent|fixed[- ]term|contract(?:or)?|interim"
    r"|festanstellung|vollzeit|teilzeit|befristet|internship"
    r"|(?:\(?\d+\s*(?:years?|yrs?|jahre?|months?|mos?|monate?)\.?,?\s*(?:and\s+)?)+\)?)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:employer|company|client|position|post|role|firm|organi[sz]ation|job title|title|location"
    r"|dates?|period|firma"
    r"|arbeitgeber|zeitraum|ort|employeur|poste)\s*:\s*",
    re.IGNORECASE,
)
# Full stops that end a firm's name and no sentence
_LEGAL_END = re.compile(
    r"\b(?:inc|ltd|co|corp|llc|plc|o\.o|e\.\s?v|[bn]\.v|s\.[alr]|a\.s|u\.k|bros)\.$", re.I
)
# Lines that only say what the lines below are
_CAPTION = re.compile(
    r"(?:(?:key|main|selected|major)\s+)?(?:responsibilities|duties|achievements|accomplishments|tasks"
    r"|results|highlights|projects|aufgaben|erfolge|tätigkeiten|missions|réalisations)\s*:?",
    re.IGNORECASE,
)
_LONGEST_HEADER = 110  # characters
_MOST_HEADER_LINES = 4


@dataclass(slots=True)
class _Draft:
    """A role being put together; `header` are its lines that are not bullets."""

    header: list[Line] = field(default_factory=list)
    period: Period | None = None
    body: list[Line] = field(default_factory=list)


def roles_of(lines: Sequence[Line]) -> tuple[Role, ...]:
    """Return the roles in `lines`, in their order; lines before the first belong to none.

    A role under another's employer ("three posts at one firm") takes the employer over.
    """
    roles: list[Role] = []
    for draft in _drafts(lines):
        title, employer = title_and_employer(line.text for line in draft.header)
        if title is None and employer is None:
            continue
        if employer is None and roles and _same_house(draft):
            employer = roles[-1].employer
        roles.append(
            Role(
                title,
                employer,
                draft.period.start if draft.period else None,
                draft.period.end if draft.period else None,
                draft.period.current if draft.period else False,
                tuple(
                    Proof(line.text, line.where)
                    for line in draft.body
                    if not _CAPTION.fullmatch(line.text)
                ),
                draft.header[0].where,
            )
        )
    return tuple(roles)


def title_and_employer(texts: Iterable[str]) -> tuple[str | None, str | None]:
    """Return the title and the employer that a role's header names, either may be None.

    >>> title_and_employer(["Senior Project Manager, Quillon Foods Ltd, Leeds"])
    ('Senior Project Manager', 'Quillon Foods Ltd')
    >>> title_and_employer(["Tarn Bank | London", "PMO Analyst"])
    ('PMO Analyst', 'Tarn Bank')
    """
    pieces = [piece for text in texts for piece in _pieces(text)]
    titles = [p for p in pieces if _TITLE.search(p)]
    pure = [p for p in titles if not _FIRM.search(p)]
    title = next(iter(pure or titles), None)
    rest = [p for p in pieces if p != title and not _LOCATION.fullmatch(p)]
    firms = [p for p in rest if _FIRM.search(p) and p not in pure]
    others = [p for p in rest if p not in pure]
    employer = next(iter(firms or others), None)
    return title, employer


def _pieces(text: str) -> list[str]:
    found = find_period(text)
    if found:
        text = f"{text[: found[1]]}\t{text[found[2] :]}"
    text = re.sub(r"\(\s*\)|\[\s*\]", "\t", _LABEL.sub("", text))
    pieces: list[str] = []
    for strong in _strong_parts(text):
        for part in _AT.split(strong):
            pieces += _by_commas(part)
    trimmed = (re.sub(r"^[\s,;:(\[–—-]+|[\s,;:\[–—-]+$", "", piece) for piece in pieces)
    return [
        piece.strip("* _")
        for piece in (p if "(" in p else p.rstrip(")") for p in trimmed)
        if any(c.isalpha() for c in piece) and not _NOISE.fullmatch(piece.strip())
    ]


def _strong_parts(text: str) -> list[str]:
    """The parts between bars, dots and dashes; "Producer / Project Manager" is one title."""
    parts: list[str] = []
    for part in _STRONG.split(text):
        halves = part.split(" / ")
        parts += [part] if all(_TITLE.search(half) for half in halves) else halves
    return parts


def _by_commas(text: str) -> list[str]:
    """The parts between commas, but "Quillon, Inc." and "Director, Change" stay whole."""
    parts = [part.strip() for part in _COMMA.split(text) if part.strip()]
    merged: list[str] = []
    for part in parts:
        legal = re.fullmatch(r"(?:inc|llc|ltd|plc|corp|co)\.?", part, re.IGNORECASE)
        if merged and legal:
            merged[-1] += f", {part}"
        elif (
            merged
            and len(merged) == 1
            and re.fullmatch(r"(?:senior |vice |group )*(?:director|vp|president|head|lead"
                             r"|manager)",
                             merged[0], re.IGNORECASE)
            and not _FIRM.search(part)
            and not _LOCATION.fullmatch(part)
        ):  # fmt: skip
            merged[-1] += f", {part}"
        else:
            merged.append(part)
    return merged


def _drafts(lines: Sequence[Line]) -> list[_Draft]:
    """Group lines into roles: header lines around a period, then the body."""
    heads = _header_spans(lines)
    drafts = []
    for n, (start, stop, period) in enumerate(heads):
        end = heads[n + 1][0] if n + 1 < len(heads) else len(lines)
        drafts.append(_Draft(list(lines[start:stop]), period, list(lines[stop:end])))
    return drafts


def _header_spans(lines: Sequence[Line]) -> list[tuple[int, int, Period | None]]:
    """Where each role's header starts and stops, and its period."""
    dated = [n for n, line in enumerate(lines) if _heads(line)]
    spans: list[tuple[int, int, Period | None]] = []
    floor = 0
    for k, n in enumerate(dated):
        found = find_period(lines[n].text)
        assert found is not None
        ceiling = dated[k + 1] if k + 1 < len(dated) else len(lines)
        if n < floor:
            continue  # a second date line of the same header
        start = _upwards(lines, n, floor)
        stop = _downwards(lines, start, n, ceiling)
        spans += _undated(lines, floor, start)
        spans.append((start, stop, found[0]))
        floor = stop
    spans += _undated(lines, floor, len(lines))
    return spans


def _heads(line: Line) -> bool:
    """Whether a line has a period and heads a role, and is no bullet that mentions one."""
    found = find_period(line.text)
    if found is None:
        return False
    _, start, end = found
    rest = f"{line.text[:start]} {line.text[end:]}"
    if len(rest) > _LONGEST_HEADER:
        return False
    at_edge = not re.search(r"\w{2}", line.text[:start]) or not re.search(r"\w{2}", line.text[end:])
    in_brackets = line.text[max(0, start - 1) : start] in ("(", "[")
    if line.bullet:
        # Some people write each post as a bullet.
        return (at_edge or in_brackets) and bool(_TITLE.search(rest)) and not _is_prose(rest)
    return (at_edge or in_brackets or len(_pieces(line.text)) >= 2) and not _is_prose(rest)


def _is_prose(text: str) -> bool:
    words = text.split()
    if text.rstrip().endswith(".") and len(words) > 6 and not _LEGAL_END.search(text.rstrip()):
        return True
    small = sum(word[:1].islower() for word in words)
    return len(words) > 9 and small > len(words) * 0.6


def _header_like(line: Line) -> bool:
    return (
        not line.bullet
        and len(line.text) <= _LONGEST_HEADER
        and not _is_prose(line.text)
        and (not line.text.rstrip().endswith((".", ":")) or bool(_LEGAL_END.search(line.text)))
        and (line.heading > 0 or line.text[:1].isupper() or not line.text[:1].isalpha())
    )


def _upwards(lines: Sequence[Line], n: int, floor: int) -> int:
    """The first header line of the role dated at `n`, not above `floor`."""
    if lines[n].bullet:
        return n
    start = n
    while start > floor and n - start < _MOST_HEADER_LINES - 1:
        above = lines[start - 1]
        title, employer = title_and_employer(line.text for line in lines[start : n + 1])
        # Above a blank line only the firm of several posts still belongs here.
        only_noise = not _pieces(above.text)  # "Full-time · 5 yrs"
        firm_missing = title and not employer and (only_noise or _names_firm(above.text))
        if not _header_like(above) or (lines[start].gap and not above.heading and not firm_missing):
            break
        if title and employer and not above.heading and not lines[start - 1].gap:
            break
        if title and employer and (lines[start].heading or lines[start].gap):
            break
        start -= 1
    return start


def _downwards(lines: Sequence[Line], start: int, n: int, ceiling: int) -> int:
    """Where the header of the role dated at `n` stops."""
    stop = n + 1
    while stop < ceiling and stop - n < _MOST_HEADER_LINES:
        line = lines[stop]
        title, employer = title_and_employer(each.text for each in lines[start:stop])
        if title and employer:
            break
        if not _header_like(line) or line.gap:
            break
        if title and not employer and not _names_firm(line.text):
            break
        if stop + 1 == ceiling and stop + 1 < len(lines) and stop > n + 1:
            break  # the line right above the next date heads the next role
        stop += 1
    # "Leeds" or "Full-time" below the date belongs to the header too.
    while stop < ceiling and _only_place(lines[stop]):
        stop += 1
    return stop


def _names_firm(text: str) -> bool:
    """Short and capitalised, as firms are: what follows a title without a firm may name it."""
    words = text.split()
    capital = sum(word[:1].isupper() for word in words)
    return bool(_FIRM.search(text)) or (len(words) <= 6 and capital * 2 >= len(words))


def _only_place(line: Line) -> bool:
    pieces = _pieces(line.text)
    return not line.bullet and (
        not pieces or all(_LOCATION.fullmatch(piece) for piece in pieces)
    ) and len(line.text) < 50  # fmt: skip


def _undated(lines: Sequence[Line], start: int, stop: int) -> list[tuple[int, int, Period | None]]:
    """Roles without a period: headings, declared as such, that hold a title."""
    spans: list[tuple[int, int, Period | None]] = []
    for n in range(start, stop):
        if lines[n].heading and _TITLE.search(lines[n].text) and not find_period(lines[n].text):
            last = n + 1
            while (
                last < stop and lines[last].heading > lines[n].heading and _header_like(lines[last])
            ):
                last += 1
            spans.append((n, last, _lone(lines[n])))
    return spans


def _lone(line: Line) -> Period | None:
    found = find_lone_month(line.text)
    return Period(found[0], found[0]) if found else None


def _same_house(draft: _Draft) -> bool:
    """Whether a header has nothing that could be an employer."""
    return all(
        _TITLE.search(piece) or _LOCATION.fullmatch(piece)
        for line in draft.header
        for piece in _pieces(line.text)
    )
