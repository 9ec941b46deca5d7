"""A Resume → the text of a profile to go through: every value with the line it came from.

What a file states (posts, skills, certificates) is written as it stands; what was concluded (the
anchors, the largest project) is written as a comment, marked "proposed: confirm".
"""

import json
from collections.abc import Iterator
from decimal import Decimal

from pmjobs.domain.levels import dimensions
from pmjobs.domain.skills import Group, skill_named
from pmjobs.ladder import DUTY_DIMENSIONS
from pmjobs.resume.periods import last_index
from pmjobs.resume.record import Proof, Resume, Role, Scale, ScaleKind, SkillFound

CONFIRM = "proposed: confirm"
_LONGEST = 300  # characters of a proof line
_MOST_SKILLS = 60
_LONGEST_CAREER = 60  # years


def propose_profile(resume: Resume, *, live: bool = False) -> str:
    """Return TOML in the format of `pmjobs profile init`.

    Proposals are comments, so that a person takes them over one by one. `live` writes them as
    values, still marked, for a first comparison before anything is confirmed.
    """
    return "\n".join(_lines(resume, "" if live else "# ")) + "\n"


def _lines(resume: Resume, mark: str) -> Iterator[str]:
    yield "# Proposed by `pmjobs profile import`; nothing here is confirmed. Go through it line by"
    yield f'# line: what is marked "{CONFIRM}" came from the place named beside it; behind a "#" it'
    yield '# counts once you take the "# " away. What is missing counts as not shown, never as no.'
    yield ""
    yield from _now(resume)
    yield from _level(resume, mark)
    yield from _experience(resume, mark)
    yield from _skills(resume)
    yield from _certificates(resume)
    if resume.languages:
        stated = ", ".join(f"{x.language} ({x.level or 'not stated'})" for x in resume.languages)
        yield from ("", f"# Languages read: {stated}")
    yield from ("", "# [pay]", "# amount = 52_000", '# currency = "GBP"', '# period = "year"')
    yield from ("", "[wishes]", '# step = "up"                      # up, same, down or any')
    yield from ("", "# What pmjobs would ask:", *(f"# - {_one(q)}" for q in resume.questions))
    yield from (f"# Note: {_one(note)}" for note in resume.notes)


def _now(resume: Resume) -> Iterator[str]:
    yield "[now]"
    role = _present(resume.roles)
    if role and role.title:
        yield f"title = {_quoted(role.title)}  # {CONFIRM}; {role.where}"
    if role and role.employer:
        yield f"employer = {_quoted(role.employer)}  # {CONFIRM}; {role.where}"
    yield '# track = "project"'
    yield '# country = "GB"'
    yield "# sectors = []"
    yield ""


def _level(resume: Resume, mark: str) -> Iterator[str]:
    yield "# Your own level: rate what you have DONE, from 0 to 4 in halves, with a line of proof."
    found = {proposal.dimension: proposal for proposal in resume.anchors}
    for dimension in DUTY_DIMENSIONS:
        info, proposal = dimensions()[dimension], found.get(dimension)
        head = mark if proposal else "# "
        yield ""
        yield f"{head}[level.{dimension}]  # {info.question}"
        if proposal is None:
            yield "# nothing found in the file"
            yield "# anchor = 0"
            yield '# proof = ""'
            continue
        yield f"#   {proposal.anchor:g} means about: {info.anchors[int(proposal.anchor)]}"
        yield f"{mark}anchor = {proposal.anchor:g}  # {CONFIRM}; {proposal.proof.where}"
        yield f"{mark}proof = {_quoted(_short(proposal.proof))}"
    yield ""


def _experience(resume: Resume, mark: str) -> Iterator[str]:
    yield "[experience]"
    if resume.years_managing is None or resume.years_managing > _LONGEST_CAREER:
        yield "# years_managing_projects = 0       # no dated post that manages projects was found"
    else:
        yield (
            f"years_managing_projects = {resume.years_managing:g}  # {CONFIRM}; the time covered "
            "by posts whose title manages projects"
        )
    degree = next((e for e in resume.education if e.qualification), None)
    if degree:
        yield f'# degree = "degree"                # {_one(degree.qualification or "")}; master?'
    sizes = _largest(resume)
    if not sizes:
        yield ""
        return
    first = next(iter(sizes.values()))
    yield ""
    yield f"{mark}[experience.largest]  # {CONFIRM}: is this the biggest piece of work you led?"
    for kind, size in sizes.items():
        comment = f"{CONFIRM}; {_one(size.text)!r}, {size.proof.where}"
        if kind is ScaleKind.BUDGET and (size.currency is None or size.currency == "$"):
            yield f"# budget = {_number(size.value)}  # whose dollars? {comment}"
            continue
        yield f"{mark}{_KEYS[kind]} = {_number(size.value)}  # {comment}"
        if kind is ScaleKind.BUDGET:
            yield f"{mark}currency = {_quoted(size.currency or '')}"
    yield f"{mark}proof = {_quoted(_short(first.proof))}"
    yield ""


_KEYS = {
    ScaleKind.BUDGET: "budget",
    ScaleKind.TEAM: "team",
    ScaleKind.DURATION: "months",
    ScaleKind.COUNTRIES: "countries",
}


def _largest(resume: Resume) -> dict[ScaleKind, Scale]:
    """The largest budget, and the other sizes of the same line or role; without one, the largest.

    Amounts in different currencies are compared as they stand: the person confirms.
    """
    budgets = [size for size in resume.scale if size.kind is ScaleKind.BUDGET]
    found: dict[ScaleKind, Scale] = {}
    if budgets:
        found[ScaleKind.BUDGET] = max(budgets, key=lambda size: size.value)
    role = next(
        (r for r in resume.roles if budgets and found[ScaleKind.BUDGET].proof in r.bullets), None
    )
    for kind in (ScaleKind.TEAM, ScaleKind.DURATION, ScaleKind.COUNTRIES):
        sizes = [size for size in resume.scale if size.kind is kind]
        same = [size for size in sizes if budgets and size.proof == found[ScaleKind.BUDGET].proof]
        near = [size for size in sizes if role is None or size.proof in role.bullets]
        # Line reports are no project team.
        near = [size for size in near if not size.text.lower().startswith("line")]
        if same or near:
            found[kind] = max(same or near, key=lambda size: size.value)
    return found


def _skills(resume: Resume) -> Iterator[str]:
    yield "# depth: aware, practised, competent, proficient, expert."
    for skill in _ordered(resume.skills)[:_MOST_SKILLS]:
        yield ""
        yield "[[skill]]"
        yield f"name = {_quoted(skill.skill)}  # {CONFIRM}; {skill.words!r}, {skill.proof.where}"
        yield '# depth = "competent"'
        if skill.last_used and not skill.in_use:
            yield f"last_used = {skill.last_used.year}"
        if skill.last_used or skill.in_use:
            yield f"proof = {_quoted(_short(skill.proof))}"
        else:
            yield '# proof = ""                         # listed only: where did you use it?'


def _ordered(skills: tuple[SkillFound, ...]) -> list[SkillFound]:
    """In use, then used, then only listed; what the table does not know comes last."""
    return sorted(
        skills,
        key=lambda s: (
            not s.known,
            not s.in_use,
            -(last_index(s.last_used) if s.last_used else 0),
        ),
    )


def _certificates(resume: Resume) -> Iterator[str]:
    for certificate in resume.certificates:
        known = skill_named(certificate.name)
        if known and known.group is Group.EDUCATION:
            continue
        yield ""
        yield "[[certificate]]"
        yield f"name = {_quoted(certificate.name)}  # {CONFIRM}; {certificate.proof.where}"
        if certificate.awarded:
            yield f"year = {certificate.awarded.year}"
        if certificate.expires:
            yield f"# expires {certificate.expires}"


def _present(roles: tuple[Role, ...]) -> Role | None:
    """The post held now, or the latest; of several the one that began last."""
    dated = [role for role in roles if role.start]
    if not dated:
        return roles[0] if roles else None
    return max(
        dated,
        key=lambda r: (
            r.current,
            last_index(r.end) if r.end else 0,
            last_index(r.start) if r.start else 0,
        ),
    )


def _short(proof: Proof) -> str:
    text = _one(proof.text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"


def _one(text: str) -> str:
    """Text on one line, so that a comment cannot end early."""
    return " ".join(text.split())


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are TOML's."""
    return json.dumps(_one(text)[:_LONGEST], ensure_ascii=False).replace("\x7f", "")


def _number(value: Decimal) -> str:
    """A TOML number: 1_200_000, or 1.5 where the line has a fraction."""
    return f"{int(value):_}" if value == int(value) else f"{value.normalize():f}"
