"""How a sentence of an ad asks: whether it states a requirement at all, and how much it insists.

A heading decides ("Nice to have"), a clause of its own more; what stands among the duties asks
for nothing, unless its words say so.
"""

import re
from collections.abc import Sequence

from pmjobs.compare.reading import Importance
from pmjobs.compare.words import Mention
from pmjobs.domain.skills import Group, skills
from pmjobs.parsing.sections import Sentence, Zone

WISHED = re.compile(
    r"desir(?:ed|able)|preferr?(?:ed|able|ably)?\b|preference|nice[- ]to[- ]have|\bpluses\b"
    r"|good[- ]to[- ]have|\bbonus(?! scheme)|advantage|beneficial|not essential|optional"
    r"|not (?:strictly )?(?:required|necessary)|would help|\bhelpful|useful|given preference"
    r"|ideal(?:ly)?\b(?! (?:for|candidate))"
    r"|would be (?:great|good|nice|helpful|useful|welcome|ideal)|welcome\b|an asset|even better"
    r"|we['’]d (?:like|love)|extra (?:points|credit)|brownie points|would like|favou?rable"
    r"|is nice|be nice|don['’]t need|no need for|working towards?|stand out"
    r"|set you apart|not a must|in your favou?r|\bhelps\b"
    r"|(?:\ba|\bis|are|big|huge|definite|strong|real|considered) plus\b"
    r"|willing(?:ness)? to (?:study|work towards?|obtain|gain)",
    re.IGNORECASE,
)
# These speak of what follows them; all others of what stands before.
_AHEAD = re.compile(
    r"ideal(?:ly)?\b(?! (?:for|candidate))|preferably|nice[- ]to[- ]have|bonus|desirable:"
    r"|preferred:|we['’]d|even better|would (?:be|like)|extra|don['’]t need|no need for"
    r"|working towards?|willing",
    re.IGNORECASE,
)
_INSISTED = re.compile(
    r"\bmust\b|essential|\brequired?\b|require(?:s|ment)\b|mandatory|minimum|at least"
    r"|necessary|need(?:ed|s)?\b|you (?:will )?(?:have|bring|hold)\b|non-negotiable"
    r"|you['’]ll (?:have|bring|need)\b|you['’]ve\b|looking for|seeking"
    r"|we (?:want|expect|ask for|are looking for|seek)",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"\bmust\b(?! have)|essential|\brequired?\b|mandatory|non-negotiable", re.IGNORECASE
)  # what makes a thing essential even under "Nice to have"
_SPLIT = re.compile(r"[,;()]|\bbut\b|\bwhile\b|\bwith\b(?= \w+ (?:desir|prefer))|\.\s")
# A sentence among the duties that states what the person must have or should have.
_STATES = re.compile(
    r"^\W*(?:[\w,/-]+ ){0,3}(?:knowledge|understanding|experience|skills|ability|familiarity) "
    r"(?:of|in|with|and|to|is|are|within|at|on)\b|track record|must (?:have|be able|hold|possess)"
    r"|(?:should|will) (?:preferably |ideally |also )?have (?:an?|experience|knowledge|proven"
    r"|strong|excellent|good|at least)\b|what (?:we|you)(?:['’]\w+| would| will)? (?:ask|want|need"
    r"|bring|have|look)\w*(?: for)?:|people who (?:can|could) do this"
    r"|requires someone|(?:is|are) (?:strictly )?(?:required|essential|mandatory|a must)"
    r"|\bexperience\W? ?(?:BS|BA)\b|minimum (?:of )?\w+ years"
    r"|years(?:['’])? (?:of )?\w* ?experience|years or more|or more years"
    r"|^\W*(?:at least |minimum |a good |around |some )?\w+\+? years\b|\brequired\s*(?:$|[,.;])"
    r"|(?:is|are|would be) (?:a plus|an advantage|desirable|preferred|an asset|beneficial)",
    re.IGNORECASE,
)
_YOU_HAVE = re.compile(
    r"\byou(?:['’](?:ll|d|ve)| will| would)? (?:have|had|bring|need|hold)\b(?! no\b)", re.IGNORECASE
)  # states a requirement where years or a kind of knowledge follow
OPENS_REQUIREMENTS = re.compile(
    r"\W*(?:what (?:you|we)(?:['’]\w+| would| will)? (?:need|bring|ask|want|have|look)"
    r"|you(?:['’]ll|['’]d| will)? (?:need|bring|have)\b)(?: to see| for| to bring)?",
    re.IGNORECASE,
)  # headings that other rules may take for duties
_BULLET = re.compile(r"^[•●▪◦‣·*–-]\s*")
_DUTY = re.compile(
    r"^\W*(?:Answer|Build|Chair|Coach|Coordinate|Create|Define|Deliver|Develop|Direct|Drive|Ensure"
    r"|Establish|Facilitate|Help|Hold|Identify|Keep|Lead|Liaise|Maintain|Make|Manage|Monitor"
    r"|Negotiate|Oversee|Own|Plan|Prepare|Present|Provide|Report|Run|Set|Support|Take|Track|Write)\s"
)  # a duty, even where requirements stand
_CANDIDATE_HAS = re.compile(
    r"(?:candidate|applicant|they|who)s? (?:\w+ )?(?:will |should |must |also |preferably )*"
    r"(?:have|has|bring|brings|possess|possesses)\b|people who (?:can|could) do this have",
    re.IGNORECASE,
)  # even among words about the firm
_NO_ASKING = re.compile(
    r"(?:gain|build|share|offer|provide|give you|enhance|customer|user|guest|patient|client)"
    r" experience|based on|depend(?:ing|s) (?:up)?on|commensurate|share knowledge"
    r"|develop (?:your|the) (?:skills|knowledge)|transfer of knowledge",
    re.IGNORECASE,
)
_ASKS = re.compile(r"experien|skill|knowledge|qualif|certif|background", re.IGNORECASE)
HAS_YEARS = re.compile(r"\b(?:years?|yrs|months?)\b", re.IGNORECASE)
# Stems of which one stands in every sentence that the long patterns match: a look for them is
# twenty times faster than the pattern, and most sentences have none.
_CUE_STEMS = (
    *("prefer", "desir", "nice", "plus", "bonus", "advantage", "benefi", "essential", "optional"),
    *("requir", "necessary", "help", "useful", "ideal", "would", "welcome", "asset", "better"),
    *("we'd", "we’d", "extra", "brownie", "favo", "need", "toward", "stand out", "apart", "must"),
    *("willing", "mandatory", "minimum", "at least", "you", "non-neg", "looking", "seek", "good"),
    *("we want", "we expect", "we ask"),
)
_STATED_STEMS = (
    *("knowledge", "understanding", "experience", "skills", "ability", "familiarity", "record"),
    *("must", "have", "need", "requir", "essential", "mandatory", "plus", "advantage", "desirable"),
    *("preferred", "asset", "beneficial", "minimum", "years", "bring"),
)
_SHORT_BULLET = 10  # words
_SHORT_CLAUSE = 4  # words: an item of a list, not a statement of its own


def is_stated(quote: str, zone: Zone) -> bool:
    """Whether a sentence outside the requirements asks for something all the same."""
    if zone is Zone.PACKAGE or not _may_match(quote, _STATED_STEMS):
        return False
    if zone is Zone.BOILERPLATE:
        return bool(_CANDIDATE_HAS.search(quote))
    if _YOU_HAVE.search(quote) and (_ASKS.search(quote) or HAS_YEARS.search(quote)):
        return True
    return _STATES.search(quote) is not None and _NO_ASKING.search(quote) is None


def is_duty(quote: str) -> bool:
    """Whether a bullet among the requirements tells what is done, not what is asked for."""
    return bool(_DUTY.match(quote)) and not (_ASKS.search(quote) or HAS_YEARS.search(quote))


def lists_certificates(quote: str, mentions: Sequence[Mention]) -> bool:
    """Whether a short bullet names nothing but certificates."""
    named = [skills()[mention.skill].group for mention in mentions]
    short = bool(_BULLET.match(quote)) and len(quote.split()) <= _SHORT_BULLET
    return short and bool(named) and set(named) <= {Group.CERTIFICATIONS, Group.METHODS}


def may_insist(quote: str) -> bool:
    """Whether `importance_of` could find anything in this sentence; a quick look."""
    return _may_match(quote, _CUE_STEMS)


def _may_match(quote: str, stems: Sequence[str]) -> bool:
    lowered = quote.lower()
    return any(stem in lowered for stem in stems)


def importance_of(
    text: str, piece: Sentence, start: int, end: int, default: Importance
) -> Importance:
    """What the words around text[start:end] make of it, in its clause, then in its sentence."""
    sentence = text[piece.start : piece.end]
    cuts = [0, *(m.end() for m in _SPLIT.finditer(sentence)), len(sentence)]
    clauses = [(a, b) for a, b in zip(cuts, cuts[1:], strict=False) if a < b]
    at = start - piece.start
    mine = next((n for n, (a, b) in enumerate(clauses) if a <= at < b), 0)
    own = sentence[clauses[mine][0] : max(clauses[mine][1], end - piece.start)]
    where = at - clauses[mine][0]
    if any(m.start() < where or not _AHEAD.match(m[0]) for m in WISHED.finditer(own)):
        return Importance.DESIRABLE
    insisted = _STRONG if default is Importance.DESIRABLE else _INSISTED
    if insisted.search(own) and (default is not Importance.PASSING or _ASKS.search(sentence)):
        return Importance.ESSENTIAL
    for a, b in reversed(clauses[:mine]):  # "Ideally a degree, PRINCE2, Jira"
        before = sentence[a:b]
        if _INSISTED.search(before):
            break
        if _AHEAD.search(before):
            return Importance.DESIRABLE
    for a, b in clauses[mine + 1 :]:  # "PRINCE2, Jira or Asana desirable"
        after = sentence[a:b]
        if (cue := WISHED.search(after)) and not _AHEAD.search(cue[0]):
            return Importance.DESIRABLE
        if _INSISTED.search(after) or len(after.split()) > _SHORT_CLAUSE:
            break
    if default is Importance.PASSING and _ASKS.search(sentence) and _INSISTED.search(sentence):
        return Importance.ESSENTIAL
    return default
