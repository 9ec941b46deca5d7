"""Hide what an ad calls its own post, so that the model reads the work and not the name.

Self-mentions are found by their place in the sentence ("as our …, you will", "the … will",
"we are looking for a …", a line that is only a role's name), never with the ad's title: an
estimate must not change when the title field does. Other people's roles ("reports to the
programme director", "manages project managers") are evidence and stay.

Every hidden character becomes one `MASK`, so offsets into the masked text are offsets into the
ad as given.
"""

import re
from collections.abc import Iterator
from functools import cache

import ahocorasick_rs

from pmjobs.parsing.nearby import each
from pmjobs.parsing.sections import lower

MASK = "_"

_HEADS = (
    r"managers?|directors?|coordinators?|co-ordinators?|officers?|leads?|leaders?|"
    r"administrators?|assistants?|analysts?|planners?|schedulers?|engineers?|masters?|"
    r"specialists?|consultants?|secretary|president|head|coach|executive|associates?|advisors?|"
    r"controllers?|supervisor|superintendent|architect|intern|PMs?|TPMs?|PMO"
)
_WORD = r"(?:[SJ]r\.|[\w&/’'+\-]+(?:\.\w+)*)"
_TAIL = (
    r"(?:\s+of\s+(?:the\s+)?(?-i:[A-Z])[\w&]+(?:\s+(?:&|and|(?-i:[A-Z])[\w&]+)){0,3})?"
    r"(?:\s+(?-i:I{1,3}|IV|V)\b)?"
)
# Lazy, so that the nearest head noun ends the name.
_ROLE = (
    rf"(?:{_WORD},?\s+){{0,7}}?(?:{_HEADS})"
    rf"(?:\s*[/,-]\s*(?:{_WORD}\s+){{0,3}}(?:{_HEADS}))?\b{_TAIL}"
)
# An article at the start of a sentence or line. One letter comes first, to be found fast: the
# search for it is quick only where its case is spelt out.
_OPENING = r"(?-i:[TtOoAa])(?:(?<=\A.)|(?<=[.!?:;•\n].)|(?<=[.!?:;•\n*–-]\s.))(?:he|his|ur|n)?"
_VERBS = (
    r"will|is|shall|must|should|has|can|may|works?|reports?|leads?|manages?|provides?|ensures?|"
    r"supports?|oversees?|serves?|plays?|performs?|acts?|directs?|coordinates?|plans?|owns?|"
    r"drives?|assists?|helps?|develops?|maintains?|responsibilit|at|would|requires?|needs?|who|"
    r"coordinates|collaborates|partners|executes|delivers|prepares|monitors|with|in|for|on"
)
_POST = r"role|position|post|job|vacancy|opportunity|opening|responsibilities|duties"

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # as our senior project manager, you will …
        rf"\b(?:as|being)\s+(?:an?|our|the|its)\s+(?P<role>{_ROLE})"
        r"(?=\s*[,:(–-]|\s+(?:you|at|in|on|with|for|within|will|your|reporting|and)\b)",
        # as senior project manager, you will …
        rf"\bas\s+(?!(?:an?|our|the|its)\b)(?P<role>{_ROLE})(?=\s*,?\s+you(?:['’]ll|\s+will|\s+are)\b)",
        # we are looking for a senior project manager
        rf"\b(?:looking|searching|opening|opportunity|vacancy|recruiting|hiring|search)\s+(?:for|as)\s+(?P<role>{_ROLE})",
        rf"\b(?:seek|seeks|seeking|hiring|recruiting|recruit|appoint|appointing|require|requires|need|needs|want|hire)\s+(?:an?|our|the|two|several|another)\s+(?P<role>{_ROLE})",
        rf"\bjoin\s+(?:{_WORD}\s+){{1,6}}?as\s+(?:an?|our|the)?\s*(?P<role>{_ROLE})",
        # role of project manager; Job title: project manager
        rf"\b(?:role|position|post|job|title|function)\s+(?:of|as)\s+(?:an?|our|the)?\s*(?P<role>{_ROLE})",
        rf"\b(?:job title|position title|title|position|job|role|post|designation)\s*[:–]\s*"
        rf"(?P<role>{_ROLE})",
        # you will be our project manager
        rf"\byou(?:['’]ll|\s+will|['’]re|\s+are)\s+(?:be\s+)?(?:an?|our|the)\s+(?P<role>{_ROLE})",
        rf"\b(?:is|are)\s+(?:currently\s+|now\s+|actively\s+)?(?:looking|hiring|recruiting|seeking)\s+(?:for\s+)?(?P<role>{_ROLE})",
    )
)
# Words with which these patterns begin, or the beginnings of such words.
_LEADS = (
    ("as", "being"),
    ("as",),
    ("looking", "search", "opening", "opportunity", "vacancy", "recruiting", "hiring"),
    ("seek", "hiring", "recruit", "appoint", "require", "need", "want", "hire"),
    ("join",),
    ("role", "position", "post", "job", "title", "function"),
    ("title", "position", "job", "role", "post", "designation"),
    ("you",),
    ("is", "are"),
)
# The project manager will …
_OPENED = re.compile(
    rf"{_OPENING}\s+(?P<role>{_ROLE})(?=,?\s+(?:{_VERBS})\b|\s*[,(])", re.IGNORECASE
)
# In the project manager role. Tried only where a post is named so, for articles are everywhere.
_POST_NAMED = re.compile(
    r"(?-i:[TtOoAaYy])(?<!\w.)(?:(?<=t)h(?:is|e)|(?<=o)ur|(?<=a)n?|(?<=y)our)"
    rf"\s+(?P<role>{_ROLE})(?=\s+(?:{_POST})\b)",
    re.IGNORECASE,
)
_POSTS = tuple(_POST.split("|"))
_HEAD_ENDS = re.compile(r"(?:er|o)?s?(?!\w)")  # "lead" is found in leaders, "pm" in PMO
_NOT_SELF = re.compile(
    r"(?:experienced?|worked|working|served|background|career|proven|years|track record|acting|"
    r"success|employed)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_LINE_ROLE = re.compile(
    rf"[\W_]*(?P<role>(?:(?-i:[A-Z0-9&])[\w&/’'.\-]*,?\s+|(?:of|and|the|for)\s+|[&–-]\s+){{0,8}}"
    rf"(?:{_HEADS})\b(?:[\s,–|:()/-]+[A-Z(][\w&/().,-]*){{0,8}})[\W_]*",
    re.IGNORECASE,
)
_VERB_LINE = re.compile(
    r"\b(?:\w+ing|manage|lead|support|assist|report|reports|work|coordinate|experience|degree|"
    r"years?|certified|certification|ability|with|to|by|as|is|are|will|you|your|skills)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:\bto|\bwith|\bby|\bfrom|\bunder|\bfor|\bmanag\w+|\bsupervis\w+|\bmentor\w*|\bcoach\w*|"
    r"\bsupport\w*|\bassist\w*|\bhelp\w*|\bother|\bof|\blead\w*|\boversee\w*)\s+"
    r"(?:an?|the|our|your|their)?\s*(?:\w+\s+)?$",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(
    r"(?:\b[A-Z][\w&/.-]*\s+){1,5}(?:[A-Z]\w+)$|^[A-Z]\w+(?:\s+[A-Z]\w+){1,5}$"
)
_EDGE = re.compile(r"\b")
_VISIBLE = re.compile(r"\S")
_BEFORE, _BEHIND = 110, 60  # characters round a role's last noun in which its name is looked for
_LONGEST_LINE = 110  # characters; a longer line is a sentence, not a heading


def mask(text: str) -> str:
    """Return `text` with the ad's names for its own post hidden; the length stays the same.

    >>> mask("As our Senior Project Manager, you will report to the Programme Director.")
    'As our ______ _______ _______, you will report to the Programme Director.'
    """
    lowered = lower(text)
    heads = [
        (start, end)
        for _, start, end in _heads().find_matches_as_indexes(lowered)
        if (start == 0 or not text[start - 1].isalnum()) and _HEAD_ENDS.match(lowered, end)
    ]
    spans = list(_headings(text, heads))
    for start, end in _regions(heads, text):
        for match in _found(text, lowered, start, end):
            if not _NOT_SELF.search(text, max(0, match.start() - 40), match.start()):
                spans.append(match.span("role"))
    if not spans:
        return text
    names = {_name(text[start:end]) for start, end in spans}
    spans.extend(_repeated(lowered, {lower(name) for name in names if name}))
    return _blank(text, spans)


@cache
def _heads() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(
        [head.removesuffix("s?").lower() for head in _HEADS.split("|")],
        implementation=ahocorasick_rs.Implementation.DFA,
    )


def _found(text: str, lowered: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What the patterns find in text[start:end]."""
    part = lowered[start:end]
    words, begun = _leads()
    done = [0] * len(_PATTERNS)
    for word, at, _ in words.find_matches_as_indexes(part, overlapping=True):
        first = start + at
        if first and lowered[first - 1].isalnum():
            continue
        for which in begun[word]:
            if first >= done[which] and (match := _PATTERNS[which].match(text, first, end)):
                done[which] = match.end()
                yield match
    yield from _OPENED.finditer(text, start, end)
    if any(map(part.__contains__, _POSTS)):
        yield from _POST_NAMED.finditer(text, start, end)


@cache
def _leads() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[int, ...], ...]]:
    """The words of _LEADS, and for each which patterns it begins."""
    words = sorted({word for leads in _LEADS for word in leads})
    begun = (tuple(i for i, leads in enumerate(_LEADS) if word in leads) for word in words)
    automaton = ahocorasick_rs.AhoCorasick(words, implementation=ahocorasick_rs.Implementation.DFA)
    return automaton, tuple(begun)


def _regions(heads: list[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Stretches round the nouns that end roles' names; the patterns need not look elsewhere."""
    start = end = -1
    for first, last in heads:
        if end < 0 or first - _BEFORE > end:
            if end > 0:
                yield start, end
            start = max(0, first - _BEFORE)
        end = min(len(text), last + _BEHIND)
        while end < len(text) and text[end].isalnum():  # a word cut short is another word
            end += 1
    if end > 0:
        yield start, end


def _headings(text: str, heads: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Short lines that are nothing but the name of a role."""
    done = -1
    for first, _ in heads:
        if first < done:
            continue
        start, end = text.rfind("\n", 0, first) + 1, text.find("\n", first)
        done = end if end >= 0 else len(text)
        if done - start > _LONGEST_LINE or _VERB_LINE.search(text, start, done):
            continue
        if match := _LINE_ROLE.fullmatch(text, start, done):
            yield match.span("role")


def _name(role: str) -> str | None:
    """The last capitalised words of a self-mention: the post's name without its adjectives."""
    words = _CAPITALISED.findall(role)
    return words[-1].strip() if words else None


def _repeated(lowered: str, names: set[str]) -> Iterator[tuple[int, int]]:
    """Where the names stand once more, unless as somebody else's; of two at a place, the longer."""
    found = sorted((at, -len(name)) for name in names for at in each(lowered, name))
    done = 0
    for start, length in found:
        end = start - length
        if start >= done and _EDGE.match(lowered, start) and _EDGE.match(lowered, end):
            done = end
            if not _OTHERS.search(lowered[max(0, start - 40) : start]):
                yield start, end


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    parts, done = [], 0
    for start, end in sorted(spans):
        if end > done:
            parts += [text[done:start], _VISIBLE.sub(MASK, text[max(start, done) : end])]
            done = end
    return "".join(parts) + text[done:]
