"""What a title claims, from its words alone. Never an input to the level."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pmjobs.domain import read_table
from pmjobs.ladder import Level


@dataclass(frozen=True, slots=True)
class TitlePattern:
    """One pattern over plain titles, the level such titles claim, and where they are seen."""

    pattern: re.Pattern[str]
    words: frozenset[str]  # those of `role`; a match may hold words of a trade between them
    claims: Level
    low: Level  # the lowest and highest level at which such titles were seen doing work
    high: Level


@dataclass(frozen=True, slots=True)
class Claim:
    """The words of one title that claim a level."""

    words: str  # plain, as they stand in the title: "sr it project manager"
    role: str  # the same for every spelling and trade: "senior project manager"
    level: Level
    low: Level
    high: Level


@cache
def title_patterns() -> tuple[TitlePattern, ...]:
    """Return all patterns; where several match, the longest match wins."""
    return tuple(
        TitlePattern(
            re.compile(rf"\b(?:{_spaced(row['pattern'])})s?\b"),
            frozenset(spelled(_OPTIONAL.sub(r"\1", row["pattern"])).split()),
            Level(row["claims"]),
            Level(row["low"]),
            Level(row["high"]),
        )
        for row in read_table("titles")["title"]
    )


@lru_cache(maxsize=4096)  # an estimate asks twice, a market page for the same few titles
def claim_of(title: str | None) -> Claim | None:
    """Return what `title` claims, or None if it names no project work.

    The longest pattern that matches wins; of equally long ones the higher claim. Of several posts
    in one title the lowest counts (levels.md, 3.5).

    >>> claim_of("Project Manager / Senior Project Manager").words
    'project manager'
    >>> claim_of("Project Manager, Senior").level
    <Level.SENIOR: 4>
    >>> claim_of("Program Manager II").words
    'program manager'
    >>> claim_of("Sr. Construction Project Manager").role
    'senior project manager'
    >>> claim_of("Baker")
    """
    if posts := posts_of(title or ""):
        return min(posts, key=lambda claim: claim.level)
    return _claim(title or "")


def posts_of(title: str) -> tuple[Claim, ...]:
    """Return the claim of each post that a title offers, or () if it offers but one.

    >>> [int(post.level) for post in posts_of("Project Manager or Senior Project Manager")]
    [3, 4]
    >>> posts_of("Project/Programme Manager")
    ()
    """
    posts = _POSTS.split(title[:_LONGEST])
    if len(posts) < 2:  # nearly every title
        return ()
    claims = [claim for post in posts if (claim := _claim(post))]
    return tuple(claims) if len(claims) > 1 else ()


def _claim(title: str) -> Claim | None:
    found = [
        Claim(match[0], _role(match[0], pattern), pattern.claims, pattern.low, pattern.high)
        for wording in _wordings(title)
        for pattern in title_patterns()
        for match in pattern.pattern.finditer(wording)
    ]
    return max(found, key=lambda claim: (len(claim.words), claim.level), default=None)


def role_of(title: str) -> str | None:
    """Return the role that a title names, the same however it is spelt, or None.

    "PM" is read as project manager: use it for project work only, where it is no product manager.

    >>> role_of("Snr Program Manager, Payments"), role_of("IT PM"), role_of("Baker")
    ('senior programme manager', 'project manager', None)
    """
    claim = claim_of(_PM.sub("project manager", title[:_LONGEST]))
    return claim.role if claim else None


def spelled(title: str) -> str:
    """Return `title` plain and in one spelling: one programme, one senior, one PM, no plurals.

    >>> spelled("Sr. PM / Program Managers")
    'senior project manager programme manager'
    """
    words = [_SAME.get(word, word) for word in plain_title(title).split()]
    text = " ".join(word[:-1] if word in _PLURALS else word for word in words)
    for long, short in _SHORTER.items():
        text = text.replace(long, short)
    return text


def plain_title(title: str) -> str:
    """Return `title` in lower case, without punctuation, grades or numerals.

    >>> plain_title("Sr. Project Co-ordinator (m/w/d) - III")
    'sr project coordinator'
    """
    text = re.sub(r"\((?:[mwfdxhk]/?)+\)|\b(?:m/[wf]/[dx])\b", " ", title.lower()[:_LONGEST])
    words = re.findall(r"[\w&]+", text.replace("co-ordinator", "coordinator"))
    kept = [word for word in words if not re.fullmatch(r"i{1,3}|iv|v|\d+", word)]
    return " ".join(_SPELLINGS.get(word, word) for word in kept)


_LONGEST = 300  # characters of a title that are read
_POSTS = re.compile(r"\s*[/|]\s*|\s+or\s+", re.IGNORECASE)  # between two posts in one title
_SENIORITY = r"(?:senior|sr|lead|principal|staff|junior|jr|associate|assistant|graduate|trainee)"
_HEAD_FIRST = re.compile(
    r"^(manager|director|lead|head|coordinator|officer|administrator|analyst|vp|vice president|"
    rf"{_SENIORITY} (?:manager|director|coordinator|analyst))\s*[,–—-]\s*(?:of )?(.+)$"
)
_RANK_LAST = re.compile(rf"^(.+?)\s*[,(–—-]+\s*({_SENIORITY})\)?$")
_SPELLINGS = {
    "mgr": "manager",
    "jr": "junior",
    "snr": "senior",
    "svp": "vp",
    "evp": "vp",
    "avp": "vp",
}
_SAME = {"sr": "senior", "program": "programme", "programs": "programmes", "pm": "project manager"}
_SHORTER = {"vice president": "vp", "project management office": "pmo"}
_HEADS = """
    manager director lead leader coordinator officer administrator assistant analyst planner
    scheduler master engineer specialist
"""
_PLURALS = frozenset(f"{word}s" for word in _HEADS.split())
_PM = re.compile(r"\bPM\b", re.IGNORECASE)
_OPTIONAL = re.compile(r"\(?(\w+|\.)\)?\?")  # "program(me)?", "sr\\.?"


def _role(words: str, pattern: TitlePattern) -> str:
    return " ".join(word for word in spelled(words).split() if word in pattern.words)


def _wordings(title: str) -> list[str]:
    """The title as it stands, and turned round where its rank or its head noun stands apart."""
    lowered = title[:_LONGEST].lower().strip().replace(".", "")
    turned = [title]
    if match := _RANK_LAST.match(lowered):
        turned.append(f"{match[2]} {match[1]}")
    if match := _HEAD_FIRST.match(lowered):
        turned.extend([f"{match[2]} {match[1]}", f"{match[1]} of {match[2]}"])
    return [plain_title(wording) for wording in turned]


def _spaced(pattern: str) -> str:
    """Let up to three words of trade stand after a seniority word: "senior IT project manager"."""
    pattern = re.sub(r"^senior ", "(senior|sr) ", pattern.replace(r"sr\.?", "sr"))
    return pattern.replace(") ", r")(?: [\w&]+){0,3}? ")
