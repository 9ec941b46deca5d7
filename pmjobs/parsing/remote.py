"""Read whether the work can be done from home.

A field made for it counts first, then the place, the title, and sentences of the description
that speak of the post. Hybrid beats remote wherever both are named: who must come in twice a
week does not work from anywhere.
"""

import re

from pmjobs.parsing.nearby import lowered, stretches
from pmjobs.posting import Remote, WorkPlace

_HYBRID = re.compile(
    r"\b(?:hybrid\w*|hybrides?|híbrid[oa]|partly remote|part remote|partially remote"
    r"|remote[- ]?/[- ]?office|flexible remote|teilweise (?:remote|homeoffice))\b",
    re.IGNORECASE,
)
_REMOTE = re.compile(
    r"\b(?:remote|remotely|fully[- ]remote|home[- ]?based|home[- ]?office|work(?:ing)? from home"
    r"|wfh|telecommut\w*|telework\w*|télétravail|teletrabajo|distans\w*|virtual|distributed"
    r"|anywhere|thuiswerk\w*|fernarbeit)\b",
    re.IGNORECASE,
)
_ONSITE = re.compile(
    r"\b(?:on[- _]?site|in[- ]?office|office[- ]based|in[- ]person|vor ort|sur site|presencial"
    r"|på plats|not remote|non[- ]remote|no remote\w*)\b",
    re.IGNORECASE,
)

# Values of workplace fields that no pattern above would read rightly.
_FIELD = {
    "none": None,
    "unspecified": None,
    "no": None,
    "fully": WorkPlace.REMOTE,
    "full": WorkPlace.REMOTE,
    "temporary": None,
    "telecommute": WorkPlace.REMOTE,
    "ora_hybrid": WorkPlace.HYBRID,
    "ora_remote": WorkPlace.REMOTE,
    "ora_on_site": WorkPlace.ONSITE,
}

_POST = r"(?:role|position|job|post|opportunity|vacancy|contract|assignment|stelle|tjänst|poste)"
_LABEL = (
    r"(?:work(?:ing)?[ -](?:style|model|type|place|mode|arrangement)|workplace(?:\stype)?|location)"
    r"\s*[:–-]\s*"
)
_COUNT = r"(?:\d|one|two|three|four|(?:a )?few|couple of|some)"
# Sentences about the post. Each is checked for what it is *not* about by `_TRAP`.
_STATED_HYBRID = re.compile(
    rf"""
    \bhybrid(?:[\w ,/-]{{0,30}}?(?:{_POST}|working|work|model|basis|schedule|set-?up|policy
        |environment|arrangement|remote|pattern|office|approach))
    | \b{_POST}[\w\ ,]{{0,30}}\ hybrid\b | \bhybrides\ arbeiten | \bhybridarbeit
    | ^\W*hybrid\W*$ | {_LABEL}[^\n]{{0,40}}?hybrid
    | \b{_COUNT}(?:\s?(?:-|–|to|or)\s?{_COUNT})?\s+(?:\w+\ ){{0,2}}?days?\s+
        (?:(?:a|per|each|every|/)\s*week\s+)?(?:in|at|from|on|onsite|on-site)\s*
        (?:(?:the|our|an?|your|its?)\s+)?(?:[\w-]+\s+){{0,2}}?
        (?:office|site|home|hub|hq|campus|remotely)\b
    | \bpartly\ from\ home\b | \bremote[- ]?(?:and|/)[- ]?office\b
    | \bmobile[sn]?\ arbeiten\ bis\ zu\b
    """,
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_STATED_REMOTE = re.compile(
    rf"""
    \b(?:fully|100\s?%|completely|entirely|all|permanently)[- ]remote\b | \bfull\ remote\b
    | \bremote[- ](?:first|only) | \bremote[\w\ ,()/-]{{0,25}}?{_POST}\b
    | \b{_POST}[^.\n]{{0,40}}?\b(?:is|be|are)\s+(?:\w+\ )?(?:remote|home[- ]based
        |work(?:ed)?\ (?:from\ home|remotely)|performed\ (?:from\ home|remotely)
        |based\ (?:from|at)\ home|open\ to\ remote)\b
    | \bwork(?:ing)?\ (?:(?:fully|100%|completely|entirely|permanently)\ )?(?:from\ home|remotely)\b
    | \bwork\ from\ anywhere\b | \bremote\ (?:work|working)\b | \bhome[- ]based\b
    | ^\W*(?:fully\ )?remote\W*$ | {_LABEL}[^\n]{{0,40}}?\bremote\b
    | \b(?:100\s?%|komplett|vollständig)\ (?:im\ )?(?:remote|homeoffice)\b
    | \bdistansarbete\b | \b100\s?%\ télétravail\b | \bteletrabajo\ 100\s?%
    """,
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_STATED_ONSITE = re.compile(
    rf"""
    \b(?:(?:100\s?%|fully|entirely|full[- ]time)[- ]
            (?:on-?site|in[- ](?:the[- ])?office|in[- ]person)
        | on-?site\ {_POST} | in-office\ {_POST} | no\ remote\ (?:work|working|option|possib)\w*
        | {_POST}[^.\n]{{0,30}}?\ (?:is|be)\ (?:not\ (?:a\ )?remote|on-?site|office[- ]based
            |in[- ]person|in[- ]office)
        | not\ (?:a\ )?remote\ (?:role|position|job) | (?:5|five)\ days\ (?:a|per)\ week\ (?:in|on)
        | remote\ work(?:ing)?\ is\ not\ (?:possible|available|an\ option|offered|permitted))\b
    | {_LABEL}(?:on-?site|in[- ]office|in[- ]person)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Remote and hybrid things that are not the place of work.
_TRAP = re.compile(
    r"\bremote(?:ly)?[- ](?:sites?|locations?|areas?|regions?|teams?|control\w*|sens\w+|monitor\w*"
    r"|access|support|desktop|communit\w+|workers?|employees?|colleagues?|stakeholders?|operat\w+"
    r"|patient\w*|island\w*|offices?|users?|server\w*|diagnos\w+|meeting\w*|workforce|managed)\b"
    r"|\bhybrid[- ](?:cloud|agile|project|vehicles?|cars?|methodolog\w+|delivery|infrastructure"
    r"|events?|power|energy|approach to|it\b|multi|teams?|integration|methods?)"
    r"|\b(?:occasional\w*|temporar\w+|some|limited|eventual\w*) remote|remote (?:work )?tools?"
    r"|\b(?:manag|lead|support|coordinat)\w* [\w ]{0,20}(?:remote|hybrid)",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:no|not|never|without|cannot|isn't|kein\w*|nicht|inte|pas)\b[^.,;]{0,20}$", re.I
)


def find_remote(
    *,
    workplace: str | None = None,
    telecommute: bool | None = None,
    location: str | None = None,
    title: str | None = None,
    description: str | None = None,
) -> Remote | None:
    """Return where the work is done and the words that say so, or None if nothing does.

    `workplace` is a field of the source made for it ("hybrid", "fully", "ON_SITE"); `telecommute`
    a flag of the source, which says remote when True and nothing when False; they win over
    `location`, that over `title`, that over sentences in `description`, except that a hybrid
    named in the description qualifies a mere flag, place or title.

    >>> find_remote(location="Remote - US")
    Remote(kind=<WorkPlace.REMOTE: 'remote'>, text='Remote - US')
    >>> find_remote(description="You lead remote teams at remote sites.")
    >>> find_remote(telecommute=True, description="Three days a week in the office.").kind
    <WorkPlace.HYBRID: 'hybrid'>
    """
    if stated := _of_field(workplace):
        return stated
    stated = _of_words(location) or _of_words(title, sentence=True)
    if stated is None and telecommute:
        stated = Remote(WorkPlace.REMOTE, "remote: true")
    if stated is not None and stated.kind is not WorkPlace.REMOTE:
        return stated
    told = _of_description(description) if description else None
    if stated is None or (told is not None and told.kind is WorkPlace.HYBRID):
        return told
    return stated


def _of_field(value: str | None) -> Remote | None:
    words = (value or "").strip()
    if not words or len(words) > 200:
        return None
    if words.lower() in _FIELD:
        kind = _FIELD[words.lower()]
        return Remote(kind, words) if kind else None
    return _of_words(words.replace("_", " "), text=words)


def _of_words(
    words: str | None, *, text: str | None = None, sentence: bool = False
) -> Remote | None:
    if not words:
        return None
    if sentence and _TRAP.search(words):
        return None
    text = text or words.strip()
    if _HYBRID.search(words):
        return Remote(WorkPlace.HYBRID, text)
    if _ONSITE.search(words):
        both = re.search(r"(?<!not )(?<!non.)(?<!no )\bremote\b", words, re.IGNORECASE)
        return Remote(WorkPlace.HYBRID if both else WorkPlace.ONSITE, text)
    if _REMOTE.search(words):
        return Remote(WorkPlace.REMOTE, text)
    return None


def _of_description(description: str) -> Remote | None:
    lower = lowered(description)
    for kind, pattern, hints in _STATED:
        for start, end in stretches(lower, hints, _REACH):
            for match in pattern.finditer(description, start, end):
                if _is_about_the_post(kind, description, match):
                    return Remote(kind, match[0].strip())
    return None


def _is_about_the_post(kind: WorkPlace, description: str, match: re.Match[str]) -> bool:
    line = description.rfind("\n", 0, match.start()) + 1
    before = description[max(line, match.start() - 40) : match.start()]
    if _TRAP.search(before[-25:] + match[0] + description[match.end() : match.end() + 12]):
        return False
    return kind is WorkPlace.ONSITE or not _NEGATED.search(before)


_REACH = 90
# The order decides: hybrid beats on-site, and that remote. One of the hints stands in every text
# that the pattern can match.
_STATED = (
    (WorkPlace.HYBRID, _STATED_HYBRID,
     ("hybrid", "days", " day ", "partly from home", "remote", "mobile")),
    (WorkPlace.ONSITE, _STATED_ONSITE,
     ("onsite", "on-site", "on site", "office", "in-person", "in person", "no remote", "not remote",
      "not a remote", "remote work", "days ")),
    (WorkPlace.REMOTE, _STATED_REMOTE,
     ("remote", "home", "anywhere", "distansarbete", "télétravail", "teletrabajo")),
)  # fmt: skip
