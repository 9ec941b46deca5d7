"""Read the entries of the smaller sections: education, certificates, languages."""

import re
from collections.abc import Iterable, Iterator

from pmjobs.resume.lines import Line
from pmjobs.resume.periods import find_lone_month, find_period
from pmjobs.resume.record import CertificateFound, Education, LanguageFound, Month, Proof

_DEGREE = re.compile(
    r"""\b(?:b\.?\s?sc|b\.?a\.?sc|m\.?\s?sc|b\.?\s?a|m\.?\s?a|b\.?\s?eng|m\.?\s?eng|m\.?\s?b\.?\s?a|ph\.?\s?d|d\.?phil|mphil
    |ll\.?b|ll\.?m|bachelor(?:['’]?s)?|master(?:['’]?s)?|doctorate|diplom\w*|diploma|degree|magister
    |foundation\ degree|hnd|hnc|honours|a[- ]levels?|gcses?|abitur|fachabitur|baccalauréat
    |licence|btec|nvq
    |apprenticeship|berufsausbildung|ausbildung\ zu\w*|staatsexamen|promotion|pgdip|pgcert
    |licenciatura
    |grado|laurea|ingeniør|civilingenjör|high\ school|certificate\ in)(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_SCHOOL = re.compile(
    r"""\b(?:universit\w+|\w*universität|college|school|institut\w*|academy|akademie|\w*hochschule|\w*hogeschool|högskola|polytechnic|fh
    |tu|eth|école|ecole|escuela|universidad|universitat|gymnasium|berufsschule|faculty
    |politecnico|business\ school)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_PART = re.compile(r"\t+|\s+[|·•]\s+|\s+[–—-]+\s+|,\s+|;\s+|\s+(?:at|from)\s+(?=[A-Z])|\s*\|\s*")
_ISSUER = re.compile(
    r"\b(?:issued by|awarded by|axelos|peoplecert|pmi|apmg|apm|project management institute|ipma"
    r"|gpm"
    r"|scrum alliance|scrum\.org|prosci|scaled agile|exin|tüv|ihk"
    r"|association for project management)\b",
    re.IGNORECASE,
)
_EXPIRY = re.compile(
    r"\b(?:expir\w+|valid (?:to|until|till|through)|renew\w* (?:by|due)|gültig bis|until"
    r"|bis)\s*:?\s*",
    re.IGNORECASE,
)
_NO_CERTIFICATE = re.compile(
    r"\b(?:in progress|studying|working towards|planned|expected|exam booked|in vorbereitung"
    r"|enrolled)\b",
    re.IGNORECASE,
)
_ID = re.compile(
    r"[,;(\s]*\b(?:credential|certificate|licen[cs]e|member(?:ship)?|registration|cert\.?)?"
    r"\s*(?:id|no\.?|nr\.?|number|#)\s*[:#]?\s*[\w/-]*\d[\w/-]*\)?",
    re.IGNORECASE,
)

_LANGUAGES = {
    form: english
    for english, forms in {
        "English": "english englisch anglais inglés engels inglese engelska engelsk",
        "German": "german deutsch allemand alemán duits tedesco tyska tysk",
        "French": "french französisch français francés frans francese franska fransk",
        "Spanish": "spanish spanisch espagnol español castellano spaans spagnolo spanska",
        "Italian": "italian italienisch italien italiano italiaans italienska",
        "Portuguese": "portuguese portugiesisch portugais português portugués portugees",
        "Dutch": "dutch niederländisch holländisch néerlandais nederlands neerlandés",
        "Swedish": "swedish schwedisch suédois svenska sueco",
        "Danish": "danish dänisch danois dansk",
        "Norwegian": "norwegian norwegisch norvégien norsk",
        "Finnish": "finnish finnisch finnois suomi",
        "Polish": "polish polnisch polonais polski polaco",
        "Czech": "czech tschechisch tchèque čeština",
        "Hungarian": "hungarian ungarisch hongrois magyar",
        "Romanian": "romanian rumänisch roumain română",
        "Greek": "greek griechisch grec",
        "Turkish": "turkish türkisch turc türkçe",
        "Russian": "russian russisch russe русский",
        "Ukrainian": "ukrainian ukrainisch",
        "Arabic": "arabic arabisch arabe",
        "Hebrew": "hebrew hebräisch",
        "Hindi": "hindi",
        "Urdu": "urdu",
        "Punjabi": "punjabi",
        "Bengali": "bengali",
        "Tamil": "tamil",
        "Mandarin": "mandarin chinese chinesisch chinois",
        "Cantonese": "cantonese",
        "Japanese": "japanese japanisch japonais",
        "Korean": "korean koreanisch",
        "Welsh": "welsh cymraeg",
        "Irish": "irish gaeilge",
        "Catalan": "catalan català katalanisch",
    }.items()
    for form in forms.split()
}
_LANGUAGE = re.compile(rf"\b(?:{'|'.join(_LANGUAGES)})\b", re.IGNORECASE)
_FLUENCY = (
    ("fluent", re.compile(
        r"\b(?:c[12]|native|mother|mutter\w+|fluent\w*|fließend\w*|verhandlungssicher\w*|bilingual"
        r"|langue maternelle|courant|lengua materna|moedertaal|vloeiend|proficient"
        r"|full professional"
        r"|near-native|5/5|excellent)\b", re.I)),
    ("working", re.compile(
        r"\b(?:b[12]|professional|working|business|good|gut\w*|konversations\w*|intermediate"
        r"|advanced"
        r"|upper|conversational|intermédiaire|medio|limited working|[34]/5|sehr gut"
        r"|bon niveau)\b", re.I)),
    ("basic", re.compile(
        r"\b(?:a[12]|basic|elementary|beginner|grund\w*|anfänger\w*|notions|básico|basis|school"
        r"|[12]/5)\b",
        re.I)),
)  # fmt: skip


def education_of(lines: Iterable[Line]) -> Iterator[Education]:
    """Yield degrees and schools; years, grades and people's names are left where they are."""
    qualification: str | None = None
    institution: str | None = None
    where = ""
    for line in lines:
        if line.bullet and not (_DEGREE.search(line.text) or _SCHOOL.search(line.text)):
            continue
        degree, school = _degree_and_school(line.text)
        opens = (degree and qualification) or (school and institution)
        if opens and (qualification or institution):
            yield Education(qualification, institution, where)
            qualification = institution = None
        if degree or school:
            where = where if (qualification or institution) else line.where
            qualification, institution = qualification or degree, institution or school
    if qualification or institution:
        yield Education(qualification, institution, where)


def certificates_of(lines: Iterable[Line]) -> Iterator[CertificateFound]:
    """Yield the certificates of a section of certificates; those only planned are left out."""
    for line in lines:
        for item in _items(line.text):
            if _NO_CERTIFICATE.search(item):
                continue
            if found := certificate_of(item, Proof(line.text, line.where)):
                yield found


def certificate_of(text: str, proof: Proof) -> CertificateFound | None:
    """Return the certificate that one entry names, or None if it names none.

    >>> str(certificate_of("PRINCE2 Practitioner (AXELOS), June 2021", Proof("", "")).awarded)
    '2021-06'
    """
    expires: Month | None = None
    rest = _ID.sub(" ", text)
    match = _EXPIRY.search(rest)
    if match and (found := find_lone_month(rest[match.end() :])):
        expires = found[0]
        rest = rest[: match.start()] + rest[match.end() + found[2] :]
    awarded: Month | None = None
    if period := find_period(rest):
        awarded, expires = period[0].start, period[0].end or expires
        rest = f"{rest[: period[1]]}\t{rest[period[2] :]}"
    elif month := find_lone_month(rest):
        awarded = month[0]
        rest = f"{rest[: month[1]]}\t{rest[month[2] :]}"
    pieces = [re.sub(r"^[\s,:;()\[\]–—-]+|[\s,:;(\[–—-]+$", "", p) for p in _PART.split(rest)]
    pieces = [p for p in pieces if any(c.isalpha() for c in p)]
    # "AXELOS" beside the name issued it; "PMI-ACP" is a name.
    named = [p for p in pieces if not _ISSUER.fullmatch(re.sub(r"[()\d]", "", p).strip())] or pieces
    if not named or len(named[0]) > 90:
        return None
    name = re.sub(r"\s*\((?:[^()]*)\)?\s*$", "", named[0]) if _ISSUER.search(
        named[0].partition("(")[2]
    ) or named[0].rstrip().endswith(("(", "()")) else named[0]  # fmt: skip
    name = re.sub(r"\(\s*\)?\s*$", "", name).strip()
    return CertificateFound(name, awarded, expires, proof) if name else None


def languages_of(lines: Iterable[Line]) -> Iterator[LanguageFound]:
    """Yield the languages that the lines name, each with how well as far as stated.

    >>> found = languages_of([Line("Deutsch: Muttersprache, English B2", "")])
    >>> [(each.language, each.level) for each in found]
    [('German', 'fluent'), ('English', 'working')]
    """
    waiting: LanguageFound | None = None
    for line in lines:
        matches = list(_LANGUAGE.finditer(line.text))
        if not matches and waiting:
            yield LanguageFound(waiting.language, waiting.level or _level(line.text), waiting.where)
            waiting = None
        for n, match in enumerate(matches):
            if waiting:
                yield waiting
            end = matches[n + 1].start() if n + 1 < len(matches) else len(line.text)
            level = _level(line.text[match.end() : end])
            if level is None and n == 0:
                level = _level(line.text[: match.start()])  # "fluent English"
            waiting = LanguageFound(_LANGUAGES[match[0].lower()], level, line.where)
    if waiting:
        yield waiting


def _level(text: str) -> str | None:
    found = [(match.start(), name) for name, p in _FLUENCY if (match := p.search(text))]
    return min(found)[1] if found else None


def _degree_and_school(text: str) -> tuple[str | None, str | None]:
    if period := find_period(text):
        text = f"{text[: period[1]]}\t{text[period[2] :]}"
    text = re.sub(r"[(\[]?\b(?:19|20)\d\d\b[)\]]?", "\t", text)
    pieces = [p.strip(" ,;:()–—-.") for p in _PART.split(text)]
    pieces = [p for p in pieces if any(c.isalpha() for c in p)]
    degree = next((p for p in pieces if _DEGREE.search(p) and not _SCHOOL.search(p)), None)
    degree = degree or next((p for p in pieces if _DEGREE.search(p)), None)
    school = next((p for p in pieces if _SCHOOL.search(p) and p != degree), None)
    if degree and (follow := pieces.index(degree) + 1) < len(pieces):
        subject = pieces[follow]
        # "BSc, Civil Engineering": the subject belongs to the degree.
        if len(degree.split()) <= 2 and subject != school and subject[:1].isupper() and school:
            degree = f"{degree} {subject}"
    return degree, school


def _items(text: str) -> list[str]:
    """Entries of one line: "PMP; PSM I" has two, "PMP, 2019, PMI" one."""
    for mark in (";", " • ", " · ", " | "):
        parts = [part.strip() for part in text.split(mark) if part.strip()]
        several = len(parts) > 1 and all(len(part) > 2 for part in parts)
        detail = any(_ISSUER.fullmatch(p) or find_lone_month(p) for p in parts[1:])
        if several and (mark == ";" or not detail):
            return parts
    if "," in text:
        parts = [part.strip() for part in text.split(",") if part.strip()]
        if len(parts) > 1 and all(_CERTIFICATE_WORD.search(part) for part in parts):
            return parts
    return [text]


_CERTIFICATE_WORD = re.compile(
    r"\b(?:prince2|pmp|capm|pgmp|pfmp|csm|psm|cspo|acp|msp|mop|p3o|m_?o_?r|apm|pmq|pfq|ppq|chpp"
    r"|ipma|itil|safe"
    r"|agilepm|prosci|six sigma|green belt|black belt|icagile|scrum|nec|ccmp|evm)\b",
    re.IGNORECASE,
)
