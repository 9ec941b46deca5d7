"""The case for one post, as a document: what to show, with whose proof, and what is still missing.

Meant for a post one holds in hand: one's own job description, an internal vacancy, a saved ad.
"""

from collections.abc import Iterator, Sequence

from pmjobs.compare.comparison import Comparison
from pmjobs.compare.document import Document, Section
from pmjobs.compare.lines import anchor_shown, best_line
from pmjobs.compare.reading import Importance
from pmjobs.compare.verdicts import Standing
from pmjobs.domain.levels import dimensions, rungs
from pmjobs.ladder import DUTY_DIMENSIONS, Dimension, Level
from pmjobs.profile import Profile


def case_document(one: Comparison, profile: Profile) -> Document:
    """Return what to say for oneself about one post, in the order of use."""
    posting = one.posting
    title = f"The case for {posting.title or 'this post'}"
    title += f", {posting.employer}" if posting.employer else ""
    sections = [
        Section("What the post is", paragraphs=tuple(_post(one, profile))),
        Section("Work you do already", points=tuple(_done(one, profile))),
        Section("Lead with", parts=tuple(_strengths(one))),
        Section("Close, but not the same", points=tuple(_close(one))),
        Section("Where it goes beyond you", points=tuple(_beyond(one, profile))),
        Section("Gaps, and what to do about them", parts=tuple(_gaps(one))),
        Section("Asked for; say it if you have it", points=tuple(_unclear(one))),
        Section("Ask", points=tuple(question.text for question in one.questions)),
    ]
    return Document(title, _opening(one), tuple(s for s in sections if s.points or s.parts or
                                                s.paragraphs))  # fmt: skip


def together(documents: Sequence[Document]) -> Document:
    """Return several documents as one, each a section; one alone stays as it is."""
    if len(documents) == 1:
        return documents[0]
    parts = tuple(
        Section(document.title, paragraphs=(document.opening,), parts=document.sections)
        for document in documents
    )
    return Document(f"{len(documents)} posts", "One after the other.", parts)


def _opening(one: Comparison) -> str:
    if one.moved.internal:
        return (
            "A post at your own employer: the people who decide know your work, so show the work "
            "of the next level that you do already, before you ask for its title and its pay."
        )
    return "Lead with what you can prove, and speak of a gap before they find it."


def _post(one: Comparison, profile: Profile) -> Iterator[str]:
    estimate = one.estimate
    if estimate.level is not None:
        own = f"; you work at {_rung(profile.level)}" if profile.level else ""
        yield f"The work is {_rung(estimate.level)}{own}."
    gap = estimate.title_gap
    if gap and estimate.title_level:
        than = "less" if gap > 0 else "more"
        yield f"Its title claims {than} than the work: {_rung(estimate.title_level)}."
    yield f"{one.saying}. Move: {', '.join(one.moved.moves)}. Pay: {one.pay.note}."


def _done(one: Comparison, profile: Profile) -> Iterator[str]:
    """Duties in which the reader's own rating reaches the post's, with the line of proof."""
    for dimension, theirs in _duties(one):
        own = profile.anchors.get(dimension)
        if own is not None and own.anchor >= theirs:
            proof = own.proof or "no proof line yet: write one into your profile"
            yield f"{dimensions()[dimension].name}: {proof}"


def _beyond(one: Comparison, profile: Profile) -> Iterator[str]:
    """Duties in which the post asks for more than the reader's own rating, with its line."""
    for dimension, theirs in _duties(one):
        own = profile.anchor(dimension)
        if own is not None and own < theirs:
            line = best_line(one.estimate, dimension)
            words = f": “{_bare(line.quote)}”" if line else ""
            yield f"{dimensions()[dimension].name}, {theirs:g} of 4 for your {own:g}{words}"


def _duties(one: Comparison) -> Iterator[tuple[Dimension, float]]:
    """The duty dimensions that the post shows, heaviest first."""
    for dimension in sorted(DUTY_DIMENSIONS, key=lambda d: -dimensions()[d].weight):
        if (theirs := anchor_shown(one.estimate, dimension)) is not None:
            yield dimension, theirs


def _strengths(one: Comparison) -> Iterator[Section]:
    for strength in one.strengths:
        points = [f"They want: “{_bare(strength.evidence)}”", f"Your proof: {strength.proof}"]
        points += [f"What it gives them: {strength.benefit}"] if strength.benefit else []
        points += [f"Why you want it: {strength.builds}"] if strength.builds else []
        yield Section(strength.name, points=tuple(points))


def _close(one: Comparison) -> Iterator[str]:
    """What is asked for and not held, with what the reader has instead."""
    for importance in (Importance.ESSENTIAL, Importance.DESIRABLE):
        for judged in one.standing(Standing.MET, importance):
            if judged.close:
                words = _bare(judged.requirement.quote)
                yield f"{judged.name} ({importance}): “{words}”; close: {judged.close}"


def _gaps(one: Comparison) -> Iterator[Section]:
    for gap in one.gaps:
        points = (f"They want: “{_bare(gap.evidence)}”", f"{gap.lead.capitalize()}: {gap.advice}")
        note = (gap.note,) if gap.note else ()
        yield Section(f"{gap.name} ({gap.importance}, {gap.kind})", paragraphs=note, points=points)


def _unclear(one: Comparison) -> Iterator[str]:
    for importance in (Importance.ESSENTIAL, Importance.DESIRABLE):
        for judged in one.standing(Standing.UNCLEAR, importance):
            yield f"{judged.name} ({importance}): “{_bare(judged.requirement.quote)}”"


def _bare(quote: str) -> str:
    """A quoted line without the bullet before it."""
    return quote.lstrip("-–•*· \t")


def _rung(level: Level) -> str:
    return f"L{int(level)}, {rungs()[level].name}"
