"""Propose an anchor for each duty dimension from the lines of past work, and reckon the years.

Conservative on purpose: only roles that end within RECENT_YEARS count, only lines of roles (never
a summary, which is a slogan), a title never. Every anchor is for the person to confirm.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from pmjobs.compare.words import find_words
from pmjobs.domain import read_table
from pmjobs.domain.cues import compile_phrase
from pmjobs.domain.sectors import sectors
from pmjobs.ladder import DUTY_DIMENSIONS, Dimension
from pmjobs.resume.periods import covered_months, last_index
from pmjobs.resume.record import Month, ProposedAnchor, Role, Scale, ScaleKind

RECENT_YEARS = 10  # this project's judgement: what was done before says little of today

# Amounts of the rubric for IT and business change; other sectors divide first (sectors.toml).
_BUDGET_STEPS = ((Decimal(10_000_000), 4.0), (Decimal(1_000_000), 3.0), (Decimal(100_000), 2.0))
_MANAGES = re.compile(
    r"""\b(?:(?:project|programme|program|portfolio|delivery|pmo|transformation|change|implementation)s?
      (?:\s(?:and|&|/)\s?\w+|\s\w+)?[\s,/-]+(?:managers?|lead(?:er)?|director|head)
    |(?:head|director|vp|manager|chief|leader)[\w\s,]{0,12}\b(?:of|for|,)\s(?:\w+\s){0,2}
      (?:projects?|programmes?|programs?|pmo|project\sdelivery|delivery|portfolio|transformation|change)
    |chief\s(?:project|transformation|delivery|portfolio)\sofficer|release\strain\sengineer
    |(?:\w*projekt|programm|teilprojekt|gesamtprojekt)-?(?:leiter|leitung|manager)
    |chef\sde\sprojet|directeur\sde\s(?:projet|programme)s?|jefe\sde\sproyectos?|projectleider
    |projektledare
    |projektleder|programmamanager)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_MANAGES_NOT = re.compile(
    r"\b(?:assistant|associate|assistenz|junior|trainee|intern|graduate|support|coordinator|administrator"
    r"|officer"
    r"|analyst|product|account|property|fund|investment|sales|service delivery|office manager"
    r"|category"
    r"|teilprojekt\w*|engineer(?!ing project))\b(?!\s+to\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Cue:
    dimension: Dimension
    anchor: float  # -1: a trap
    pattern: re.Pattern[str]


def years_managing(roles: Iterable[Role], *, today: date) -> float | None:
    """Return the years covered by roles whose titles manage projects, or None if none has dates.

    Overlaps count once; titles of support and coordination do not count, however much was done.
    """
    spans = []
    for role in roles:
        if role.title and manages_projects(role.title) and role.start:
            end = role.end or (_this_month(today) if role.current else None)
            if end:
                spans.append((role.start, end))
    return round(covered_months(spans) / 12, 1) if spans else None


def manages_projects(title: str) -> bool:
    """Whether a title says that its holder manages projects, programmes or those who do.

    >>> manages_projects("Senior Project Manager"), manages_projects("Assistant Project Manager")
    (True, False)
    """
    return bool(_MANAGES.search(title)) and not _MANAGES_NOT.search(title)


def proposed_anchors(
    roles: Sequence[Role], scale: Sequence[Scale], *, today: date
) -> tuple[ProposedAnchor, ...]:
    """Return at most one proposal a duty dimension: the highest anchor, its latest line.

    An anchor of 4 needs two lines, since one grand sentence among modest ones is a slogan; with
    one it becomes 3.5.
    """
    recent = [role for role in roles if _is_recent(role, today)]
    found: dict[Dimension, list[ProposedAnchor]] = {d: [] for d in DUTY_DIMENSIONS}
    for role in recent:
        for proof in role.bullets:
            for dimension, anchor in shown_by(proof.text).items():
                found[dimension].append(
                    ProposedAnchor(dimension, anchor, proof, role.end, role.current)
                )
    divisor = sector_divisor(recent)
    lines = {proof for role in recent for proof in role.bullets}
    for size in scale:
        if size.proof in lines:
            for dimension, anchor in _by_size(size, divisor):
                found[dimension].append(
                    ProposedAnchor(dimension, anchor, size.proof, size.last, size.current)
                )
    return tuple(best for d in DUTY_DIMENSIONS if (best := _best(found[d])))


def shown_by(line: str) -> dict[Dimension, float]:
    """Return the anchors that one line shows, by dimension.

    >>> shown_by("Line-managed four project managers")[Dimension.PEOPLE]
    4.0
    >>> shown_by("Collected stamps")
    {}
    """
    text = line.lower()
    found: dict[Dimension, float] = {}
    trapped = set()
    for cue in _cues():
        if cue.pattern.search(text):
            if cue.anchor < 0:
                trapped.add(cue.dimension)
            else:
                found[cue.dimension] = max(found.get(cue.dimension, 0.0), cue.anchor)
    # A trap speaks against strength, not against the humble cues of the same line.
    return {d: a for d, a in found.items() if d not in trapped or a <= 1}


def sector_divisor(roles: Iterable[Role]) -> Decimal:
    """Return what budgets are divided by before the rubric's amounts apply.

    The sector with the most different words in the roles wins, from two on; else 1.
    """
    text = " ".join(
        " ".join((role.employer or "", role.title or "", *(p.text for p in role.bullets)))
        for role in roles
    )
    sector = find_words(text).sector
    return Decimal(str(sectors()[sector].divide_by)) if sector else Decimal(1)


def _by_size(size: Scale, divisor: Decimal) -> list[tuple[Dimension, float]]:
    """What a number alone shows; never the highest anchor, which needs the work described."""
    if size.kind is ScaleKind.BUDGET:
        scaled = size.value / divisor
        anchor = next((a for least, a in _BUDGET_STEPS if scaled >= least), 1.0)
        return [(Dimension.SCOPE, min(anchor, 3.5))]
    if size.kind is ScaleKind.PROJECTS and size.value >= 3:
        return [(Dimension.SCOPE, 3.0 if size.value <= 8 else 3.5)] if _leads(size) else []
    if size.kind is ScaleKind.COUNTRIES and size.value >= 3:
        return [(Dimension.SCOPE, 3.0)]
    if size.kind is ScaleKind.DURATION:
        return [(Dimension.SCOPE, 3.0 if size.value > 12 else 2.0)]
    return []


def _leads(size: Scale) -> bool:
    return bool(
        re.search(r"\b(?:led|lead|managed?|ran|run|directed|delivered|oversaw|leitung)\b",
                  size.proof.text, re.IGNORECASE)
    )  # fmt: skip


def _best(found: list[ProposedAnchor]) -> ProposedAnchor | None:
    if not found:
        return None
    top = max(proposal.anchor for proposal in found)
    strongest = [proposal for proposal in found if proposal.anchor == top]
    latest = max(strongest, key=lambda p: (p.current, last_index(p.last) if p.last else 0))
    if top == 4 and len({p.proof for p in strongest}) < 2:
        return ProposedAnchor(latest.dimension, 3.5, latest.proof, latest.last, latest.current)
    return latest


def _is_recent(role: Role, today: date) -> bool:
    if role.current:
        return True
    end = role.end or role.start
    return end is not None and last_index(end) >= (today.year - RECENT_YEARS) * 12 + today.month


def _this_month(today: date) -> Month:
    return Month(today.year, today.month)


@cache
def _cues() -> tuple[_Cue, ...]:
    return tuple(
        _Cue(Dimension(dimension), -1.0 if anchor == "trap" else float(anchor), compile_phrase(p))
        for dimension, groups in read_table("proofs").items()
        for anchor, phrases in groups.items()
        for p in phrases
    )
