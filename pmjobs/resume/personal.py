"""Keep out of the records who a person is: only what they did is read.

The name at a file's head is used while reading, to blank it out of the lines that are kept, and
then forgotten. Lines of personal data are dropped whole; pronouns and titles that tell a gender
become neutral ones.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pmjobs.parsing.contacts import redact
from pmjobs.resume.headings import section_of
from pmjobs.resume.lines import LONGEST_LINE, Line, tidy
from pmjobs.resume.periods import find_period

BLANK = "[name]"

_PERSONAL = re.compile(
    r"""\b(?:date\s+(?:and\s+place\s+)?of\s+birth|place\s+of\s+birth|d\.?o\.?b\b|birth\s?(?:date|day|place|name)
    |born\s+(?:on|in|\d|[A-Z])|nationality|citizenship|citizens?\s+of|marital|civil\s+status
    |passport|ethnic\w*|religio\w+|maiden\s+name|pronouns
    |geburts\w+|geboren\s+(?:am|in|\d)|geb\.\s?(?:am\s)?\d|staatsangehörigkeit|nationalität
    |familienstand
    |staatsbürgerschaft|konfession|verheiratet|ledig\b|geschieden|verwitwet
    |né(?:e)?\s+le|date\s+de\s+naissance|nationalité|état\s+civil|situation\s+familiale|célibataire
    |fecha\s+de\s+nacimiento|nacionalidad|estado\s+civil|geboortedatum|nationaliteit
    |burgerlijke\s+staat
    |fødselsdato|födelsedatum|data\s+di\s+nascita|nazionalità)""",
    re.IGNORECASE | re.VERBOSE,
)
_LABELLED = re.compile(
    r"""\s*(?:(?:full\s|first\s|last\s|family\s|given\s)?name|surname|gender|sex|age|status|address|home\saddress
    |home|residence|phone|telephone|tel|mobile|cell|fax|e-?mail|mail|linked-?in|github|website
    |web|photo
    |picture|children|dependants|family|right\sto\swork|work\spermit|visa(?:\sstatus)?
    |driving\slicen[cs]e
    |vorname|nachname|geschlecht|alter|anschrift|adresse|wohnort|telefon|mobil|handy|kinder|foto
    |führerschein|nom|prénom|sexe|âge|téléphone|domicile|permis|nombre|apellidos|sexo|edad|dirección
    |teléfono|naam|geslacht|leeftijd|adres|telefoon)\s*[:\t].*""",
    re.IGNORECASE | re.VERBOSE,
)
_WHOLE = re.compile(
    r"\s*(?:(?:mr|mrs|ms|miss|mx|herr|frau)\.?|male|female|man|woman|non-binary|married|single"
    r"|divorced"
    r"|männlich|weiblich|\d{1,2} years old|aged? \d{1,2})\s*\.?\s*",
    re.IGNORECASE,
)
_URL = re.compile(r"\(?\b(?:https?://|www\.|linkedin\.com|xing\.com|github\.com)\S*", re.IGNORECASE)
_HONORIFIC = re.compile(
    r"\b(?:Mrs?|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lady|Herrn?|Frau|Mme|Señora?)\.?\s+"
    r"(?:(?:Dr|Prof)\.?\s+)*[A-ZÄÖÜ][\w'’-]+(?:\s+(?:(?:van|von|de|der|den"
    r"|la)\s+)*[A-ZÄÖÜ][\w'’-]+){0,2}"
)
_REPORTS_TO = re.compile(
    r"(?<=\b)(?P<lead>(?i:report(?:ed|ing)?\s+to|line\s+manager:?|manager:|supervis(?:ed\s+by"
    r"|or:)|berichtet\s+an))"
    r"\s+(?P<who>[A-ZÄÖÜ][a-zäöüß'’-]+\s+[A-ZÄÖÜ][a-zäöüß'’-]+)(?=\s*[,(.;]|\s*$)"
)
_NEUTRAL = (
    (re.compile(r"\b(?:she|he)\b", re.IGNORECASE), "they"),
    (re.compile(r"\b(?:her|his|hers)\b", re.IGNORECASE), "their"),
    (re.compile(r"\b(?:herself|himself)\b", re.IGNORECASE), "themselves"),
    (re.compile(r"\bchair(?:wo)?man\b", re.IGNORECASE), "chair"),
    (
        re.compile(r"\s*\((?:m|w|d|f|x|i|gn|all)(?:\s?[/|*]\s?(?:m|w|d|f|x|i|gn|h)){1,3}\)", re.I),
        "",
    ),
    (
        re.compile(
            r"((?:leiter|manager|koordinator|berater|referent|ingenieur|assistent|führer|entwickler"
            r"|planer|controller|beauftragter?|verantwortliche?r?|administrator|analyst|direktor"
            r"|trainer|experte?|architekt))(?:[/:*_(]-?in\)?|in\b|:in\b)",
            re.IGNORECASE,
        ),
        r"\1",
    ),
    (re.compile(r"\b(c)heffe\b", re.IGNORECASE), r"\1hef"),
    (re.compile(r"\b(d)irectrice\b", re.IGNORECASE), r"\1irecteur"),
    (re.compile(r"\b(c)oordinatrice\b", re.IGNORECASE), r"\1oordinateur"),
    (re.compile(r"\b(director|coordinador|gestor)a\b", re.IGNORECASE), r"\1"),
    (re.compile(r"\b(j)efa\b", re.IGNORECASE), r"\1efe"),
    (re.compile(r"\b(assistant|adjoint|consultant)e\b", re.IGNORECASE), r"\1"),
)
_NOT_A_NAME = re.compile(
    r"\b(?:project|programme?|program|portfolio|delivery|change|senior|junior|lead|leader"
    r"|manager|director"
    r"|head|officer|analyst|consultant|coordinator|engineer|pmo|agile|scrum|business|technology"
    r"|digital"
    r"|transformation|management|professional|certified|curriculum|vitae|cv|resume|résumé"
    r"|lebenslauf"
    r"|profile|summary|experience|street|road|avenue|lane|straße|strasse|weg|platz|united|kingdom"
    r"|germany|england|london|city|page|confidential|prince2|pmp|msc|bsc|mba|support|assistant"
    r"|administrator|planner|controls|infrastructure|construction|services|projektleiter\w*"
    r"|leiter\w*)\b",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"^(?:curriculum vitae|cv|r[ée]sum[ée]|lebenslauf|name|full name)(?:\s+(?:of|von"
    r"|de))?\s*[:–—|-]?\s*",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.?\s+)?[^\W\d_][\w'’.-]*(?:\s+(?:(?:van|von|de|der|den|la|el|bin"
    r"|al)\s+)*"
    r"[^\W\d_][\w'’.-]*){1,3}"
)


@dataclass(frozen=True, slots=True)
class Veil:
    """What hides one person's name; it lives only while their file is read."""

    pattern: re.Pattern[str] | None

    def clean(self, text: str) -> str | None:
        """Return `text` without what identifies a person, or None if it is only that."""
        text = tidy(text[:LONGEST_LINE])
        if _PERSONAL.search(text) or _LABELLED.fullmatch(text) or _WHOLE.fullmatch(text):
            return None
        text = _without_contacts(_URL.sub("", text))
        if self.pattern:
            text = self.pattern.sub(BLANK, text)
        text = _HONORIFIC.sub(BLANK, text)
        text = _REPORTS_TO.sub(rf"\g<lead> {BLANK}", text)
        for pattern, neutral in _NEUTRAL:
            text = pattern.sub(neutral, text)
        text = re.sub(rf"{re.escape(BLANK)}(?:\s+{re.escape(BLANK)})+", BLANK, text)
        left = text.replace(BLANK, "").replace("[e-mail]", "").replace("[phone]", "")
        return " ".join(text.split(" ")).strip() if any(c.isalnum() for c in left) else None

    def clean_lines(self, lines: Iterable[Line]) -> tuple[Line, ...]:
        """Return the lines that are left, cleaned."""
        return tuple(
            replace(line, text=text)
            for line in lines
            if (text := self.clean(line.text)) is not None
        )


def veil_of(names: Iterable[str]) -> Veil:
    """Return the veil over `names`, each the full name of one person.

    >>> veil_of(["Jo Sample"]).clean("Jo led the move; he reported to the board")
    '[name] led the move; they reported to the board'
    """
    words: set[str] = set()
    wholes: set[str] = set()
    for name in names:
        parts = [p for p in re.split(r"[\s,.]+", name) if len(p) > 1]
        if len(parts) > 1:
            wholes.add(r"\W+".join(map(re.escape, parts)))
            wholes.add(r"\W+".join(map(re.escape, reversed(parts))))
        words |= {p for p in parts if p[0].isalpha() and p.lower() not in _PARTICLES}
    if not words:
        return Veil(None)
    single = "|".join(
        sorted({re.escape(form) for w in words for form in (w, w.upper(), w.capitalize())}, key=len,
               reverse=True)
    )  # fmt: skip
    whole = "|".join(sorted(wholes, key=len, reverse=True))
    # Whole names in any case; single words only with their capital, or "will" would go.
    pattern = rf"\b(?:{single})(?:['’]s)?\b"
    if whole:
        pattern = rf"(?i:\b(?:{whole})\b)|{pattern}"
    return Veil(re.compile(pattern))


def names_in_head(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return what looks like a person's name in the lines before the first section.

    Big type that is no section's heading counts as head wherever it stands.
    """
    found: list[str] = []
    in_head = True
    for n, line in enumerate(lines):
        if section_of(line.text):
            in_head = False
        labelled = re.match(r"\s*(?:full )?name\s*[:\t]", line.text, re.IGNORECASE)
        if (in_head and n < 12) or line.heading == 1 or labelled:
            found += _names(line.text)
    return tuple(dict.fromkeys(found))


def _without_contacts(text: str) -> str:
    """Redact around periods: "03/2016 - 12/2018" has the figures of a telephone number."""
    found = find_period(text)
    if not found:
        return redact(text)
    _, start, end = found
    return redact(text[:start]) + text[start:end] + _without_contacts(text[end:])


_PARTICLES = frozenset({"van", "von", "de", "der", "den", "la", "el", "bin", "al", "dr", "prof"})


def _names(text: str) -> list[str]:
    bare = _PREFIX.sub("", text.strip())
    names = []
    for piece in re.split(r"\t|\s[|·•–—-]\s|,", bare):
        piece = piece.strip()
        if _NAME.fullmatch(piece) and not _NOT_A_NAME.search(piece):
            words = [w for w in piece.split() if w.lower() not in _PARTICLES]
            if all(w[:1].isupper() for w in words):
                names.append(piece)
        break  # what follows a comma or a bar in the head is a title or a town
    return names
