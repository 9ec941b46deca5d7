"""Read the kind of employment from a source's field or from an ad's text.

"Permanent" and its like say how long, not how much, and schema.org has no word for it: alone
they give nothing.
"""

import re
from collections.abc import Iterable

from pmjobs.parsing.nearby import lowered, stretches
from pmjobs.posting import EmploymentType as Type

# Words of a field, without case; "_", "-" and blanks are the same. In schema.org's order.
WORDS = {
    Type.FULL_TIME: r"full time|fulltime|fte|vollzeit|temps plein|plein temps|tiempo completo"
    r"|jornada completa|voltijd|heltid|tempo pieno|tempo integral|pełny etat|täysipäiväinen",
    Type.PART_TIME: r"part time|parttime|teilzeit|temps partiel|medio tiempo|media jornada"
    r"|tiempo parcial|jornada parcial|deeltijd|deltid|tempo parziale|meio período|working student"
    r"|werkstudent\w*",
    Type.CONTRACTOR: r"contractor|contract|contracting|freelance\w*|freiberuf\w*|independent"
    r"|indépendant|autónomo|zzp|b2b|1099|corp to corp|c2c|konsultuppdrag|outside ir35|inside ir35",
    Type.TEMPORARY: r"temporary|temp|fixed term|ftc|befristet\w*|zeitarbeit|cdd|temporaire|intérim"
    r"|temporal|tijdelijk\w*|interim|visstid\w*|vikariat|tidsbegränsad\w*|tillfällig\w*|seasonal"
    r"|maternity cover|limited",
    Type.INTERN: r"intern|internship|praktikum|praktikant\w*|stage|stagiaire|prácticas|becari[oa]"
    r"|praktik|trainee|stageplaats|co ?op|estágio|tirocinio",
    Type.VOLUNTEER: r"volunteer\w*|voluntary|ehrenamt\w*|bénévol\w*|voluntari\w*|vrijwillig\w*"
    r"|volontär\w*|ideell\w*",
    Type.PER_DIEM: r"per diem|prn",
    Type.OTHER: r"other|sonstige\w*|autre|otro|övrigt",
}  # fmt: skip

_WORDS = {
    kind: re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])", re.IGNORECASE)
    for kind, words in WORDS.items()
}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_WORDS = re.compile(
    r"\b(?:contract to hire|non temporary|no contractors|unbefristet\w*)\b", re.I
)

# In a description only a statement about the post counts: "a full-time role", "Job type: ...".
_KIND = (
    r"full[- ]?time|part[- ]?time|fixed[- ]term|temporary|freelance|contract|internship|vollzeit"
    r"|teilzeit|befristete?|temps plein|temps partiel|heltid|deltid|voltijd|deeltijd"
    r"|tiempo completo|jornada completa"
)
# One of these stands in every such statement.
_HINTS = (
    "full-time", "full time", "fulltime", "part-time", "part time", "parttime", "contract",
    "temporary", "fixed", "freelance", "intern", "vollzeit", "teilzeit", "befristet", "temps p",
    "heltid", "deltid", "voltijd", "deeltijd", "completa", "completo",
)  # fmt: skip
_REACH = 110
_LABELLED = re.compile(
    r"\W{0,3}(?:(?:job|employment|contract|position|work|engagement|appointment) (?:type|status"
    r"|schedule|basis)|type of (?:employment|contract|position)|hours|schedule|contract|duration"
    r"|anstellungsart|beschäftigungsart|arbeitszeit|vertragsart|type de contrat|contrat"
    r"|anställningsform|omfattning|tipo de contrato|dienstverband)\s*[:–-]\s*"
    r"(?P<value>[^\n]{2,80})",
    re.IGNORECASE,
)
_STATED = re.compile(
    rf"\b(?:this is|this will be|we offer|on|as|it is|it's|offering|für|is)\s+(?:an?|eine?)\s+"
    rf"(?P<value>(?:[\w-]+[ ,/]+){{0,4}}?(?:{_KIND})(?:[ ,/]+[\w-]+){{0,4}}?)\s+"
    r"(?:position|role|job|post|opportunity|contract|basis|appointment|assignment|stelle|vacancy)\b"
    rf"|^\W{{0,3}}(?P<line>(?:{_KIND})(?:\s*[,/|·–-]\s*[\w -]{{2,30}}){{0,3}})\W{{0,3}}$",
    re.IGNORECASE | re.MULTILINE,
)


def parse_employment_type(value: str | Iterable[object] | None) -> tuple[Type, ...]:
    """Return the kinds of employment that a source's field names, () if it names none.

    Takes one text or a list of them, in schema.org's words, in codes such as "FullTime" or
    "fulltime_fixed_term", or in English, German, French, Spanish, Dutch and Swedish.

    >>> parse_employment_type("FullTime")
    (<EmploymentType.FULL_TIME: 'FULL_TIME'>,)
    >>> [str(kind) for kind in parse_employment_type("Teilzeit, befristet")]
    ['PART_TIME', 'TEMPORARY']
    >>> parse_employment_type("Permanent")
    ()
    """
    if value is None:
        return ()
    texts = [value] if isinstance(value, str) else [item for item in value if isinstance(item, str)]
    text = " | ".join(_CAMEL.sub(" ", item[:200]) for item in texts[:20])
    text = _NOT_WORDS.sub(" ", re.sub(r"[_\-‑–\s]+", " ", text))
    found = tuple(kind for kind, words in _WORDS.items() if words.search(text))
    return found if found == (Type.OTHER,) else tuple(k for k in found if k is not Type.OTHER)


def find_employment_type(description: str) -> tuple[tuple[Type, ...], str] | None:
    """Return the kinds an ad's text states for its post, and the words, or None.

    A label ("Job type: contract") wins over a sentence ("This is a full-time role").

    >>> find_employment_type("You plan.\\nThis is a part-time, remote position.")
    ((<EmploymentType.PART_TIME: 'PART_TIME'>,), 'part-time, remote')
    >>> find_employment_type("You lead full-time staff and contractors.")
    """
    near = stretches(lowered(description), _HINTS, _REACH)
    starts = dict.fromkeys(description.rfind("\n", 0, start + 1) + 1 for start, _ in near)
    labelled = (_LABELLED.match(description, start) for start in starts)
    stated = (_STATED.search(description, start, end) for start, end in near)
    for match in (*labelled, *stated):
        words = next(group for group in match.groups() if group) if match else None
        if words and (kinds := parse_employment_type(words)):
            return kinds, words.strip()
    return None
