"""What a title claims, from its words alone. Never an input to the level."""

import re

from pmjobs.domain.titles import title_claims
from pmjobs.ladder import Level

_SENIORITY = r"(?:senior|sr|lead|principal|staff|junior|jr|associate|assistant|graduate|trainee)"
_HEAD_FIRST = re.compile(
    r"^(manager|director|lead|head|coordinator|officer|administrator|analyst|vp|vice president|"
    rf"{_SENIORITY} (?:manager|director|coordinator|analyst))\s*[,–—-]\s*(?:of )?(.+)$"
)
_RANK_LAST = re.compile(rf"^(.+?)\s*[,(–—-]+\s*({_SENIORITY})\)?$")
_SPELLINGS = {
    "co-ordinator": "coordinator",
    "mgr": "manager",
    "jr": "junior",
    "pm": "pm",
    "programmes": "programme",
    "svp": "vp",
    "evp": "vp",
    "avp": "vp",
}


def title_level(title: str | None) -> Level | None:
    """Return the level that `title` claims, or None if it names no project work.

    The longest pattern that matches wins; of equally long ones the higher claim.

    >>> title_level("Project Manager, Senior")
    <Level.SENIOR: 4>
    >>> title_level("Program Manager II")
    <Level.PROGRAMME: 5>
    >>> title_level("Baker")
    """
    best: tuple[int, int] | None = None
    for wording in _wordings(title or ""):
        for claim in title_claims():
            for match in claim.pattern.finditer(wording):
                key = (len(match[0]), int(claim.claims))
                best = key if best is None else max(best, key)
    return None if best is None else Level(best[1])


def plain_title(title: str) -> str:
    """Return `title` in lower case, without punctuation, grades or numerals.

    >>> plain_title("Sr. Project Co-ordinator (m/w/d) - III")
    'sr project coordinator'
    """
    text = re.sub(r"\((?:[mwfdxhk]/?)+\)|\b(?:m/[wf]/[dx])\b", " ", title.lower())
    text = text.replace("co-ordinator", "coordinator")
    words = re.findall(r"[\w&]+", text)
    kept = [w for w in words if not re.fullmatch(r"i{1,3}|iv|v|\d+", w)]
    return " ".join(_SPELLINGS.get(word, word) for word in kept)


def _wordings(title: str) -> list[str]:
    """The title as it stands, and turned round where its rank or its head noun stands apart."""
    lowered = title.lower().strip()
    turned = [title]
    if match := _RANK_LAST.match(re.sub(r"\.", "", lowered)):
        turned.append(f"{match[2]} {match[1]}")
    if match := _HEAD_FIRST.match(re.sub(r"\.", "", lowered)):
        turned.append(f"{match[2]} {match[1]}")
        turned.append(f"{match[1]} of {match[2]}")
    return [plain_title(wording) for wording in turned]
