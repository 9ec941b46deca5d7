"""What pmjobs would ask after reading a résumé: only what it could not find or tell."""

from collections.abc import Iterator

from pmjobs.domain.levels import dimensions
from pmjobs.ladder import DUTY_DIMENSIONS
from pmjobs.resume.record import Resume, ScaleKind

_MOST_OF_A_KIND = 3


def questions_about(resume: Resume) -> tuple[str, ...]:
    """Return the questions, most useful first."""
    return tuple(_questions(resume))


def _questions(resume: Resume) -> Iterator[str]:
    if not resume.roles:
        yield "experience: no roles found; which posts did you hold, from when to when?"
    shown = {proposal.dimension for proposal in resume.anchors}
    for dimension in DUTY_DIMENSIONS:
        if dimension not in shown:
            info = dimensions()[dimension]
            yield f"{info.name}: nothing found; {info.question[0].lower()}{info.question[1:]}"
    kinds = {size.kind for size in resume.scale}
    if ScaleKind.BUDGET not in kinds:
        yield "largest project: no budget found; how much money was in your largest project?"
    if any(size.kind is ScaleKind.BUDGET and size.currency == "$" for size in resume.scale):
        yield "largest project: a budget in $; in which country's dollars?"
    if ScaleKind.TEAM not in kinds:
        yield "largest project: no size of team found; how many people worked in it?"
    undated = [role.title or role.employer for role in resume.roles if role.start is None]
    for name in undated[:_MOST_OF_A_KIND]:
        yield f"{name}: no dates found; from when to when?"
    open_ended = [role for role in resume.roles if role.start and not role.end and not role.current]
    for role in open_ended[:_MOST_OF_A_KIND]:
        yield f"{role.title or role.employer}: no end found; is it your present post?"
    nameless = [role for role in resume.roles if role.title is None]
    for role in nameless[:_MOST_OF_A_KIND]:
        yield f"{role.employer} ({role.where}): no title found; what was your post called?"
    undated_certificates = [c.name for c in resume.certificates if c.awarded is None]
    for certificate in undated_certificates[:_MOST_OF_A_KIND]:
        yield f"{certificate}: when was it given, and does it still hold?"
    if not resume.skills:
        yield "skills: none found; which methods, tools and kinds of work do you know?"
    yield "pay: what do you earn now (amount, currency, a year or a day)? It is never in a résumé"
    yield "wishes: what do you want more of, where, and what is out of the question?"
