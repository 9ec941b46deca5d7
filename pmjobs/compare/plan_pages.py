"""A plan as a document, for `as_text`, `as_markdown` and `as_html`."""

from pmjobs.compare.document import Document, Section
from pmjobs.compare.plan import Plan, PlannedGap, Story
from pmjobs.compare.verdicts import Standing
from pmjobs.domain.levels import rungs

_STANDS = {
    Standing.MET: "you show it",
    Standing.MISSING: "you do not show it",
    Standing.UNCLEAR: "not in your profile",
}
_PROMPTS = {
    "situation": "what was wrong or wanted, and for whom",
    "size": "how big it was: money, months, people, sites",
    "own part": "what you did yourself, in verbs",
    "result": "what came of it, in a figure",
}
MOST_TITLES = 8


def plan_document(plan: Plan) -> Document:
    """Return the plan in the order of use: what to do, what to tell, what the market asks."""
    if not plan.n_ads:
        return Document("Your plan", "No ads are wanted yet: rank some first, or mark them.", ())
    opening = (
        f"Over {plan.n_ads} ads you would want. A plan mixes training, practice, a coach and a "
        "mentor, and takes time; practice beats courses. What your profile does not show is not "
        "shown, which is not the same as missing: write it down if you have it."
    )
    sections = [
        Section("The ads", points=plan.titles[:MOST_TITLES] + _rest(plan)),
        Section(
            "What to work on",
            paragraphs=() if plan.gaps else ("Nothing that these ads ask for is missing.",),
            parts=(*map(_gap, plan.gaps), *_later(plan)),
        ),
        Section(
            "Stories to have ready",
            paragraphs=()
            if plan.stories
            else ("No strength has a line of proof yet; add proofs to your profile.",),
            parts=tuple(map(_story, plan.stories)),
        ),
    ]
    if plan.to_show:
        sections.append(
            Section(
                "To write down if you have it",
                paragraphs=("Asked for, usual at your level, and not in your profile:",),
                points=plan.to_show,
            )
        )
    sections += [_market(plan), Section("Inside or outside", paragraphs=(plan.internal,))]
    return Document("Your plan", opening, tuple(sections))


def _later(plan: Plan) -> tuple[Section, ...]:
    return (Section("Later", paragraphs=(f"{', '.join(plan.later)}.",)),) if plan.later else ()


def _rest(plan: Plan) -> tuple[str, ...]:
    more = len(plan.titles) - MOST_TITLES
    return (f"and {more} more",) if more > 0 else ()


def _gap(planned: PlannedGap) -> Section:
    gap, advice = planned.gap, planned.advice
    insists = f", {planned.n_essential} of them insist" if planned.n_essential else ""
    ads = "ad asks" if planned.n_ads == 1 else "ads ask"
    points = [f"Training: {advice.training}", f"Doing: {advice.doing}",
              f"Coach: {advice.coach}", f"Mentor: {advice.mentor}"]  # fmt: skip
    lead = {"training": 0, "doing": 1, "coach": 2, "mentor": 3}[advice.lead]
    points.insert(0, points.pop(lead))
    if planned.first:
        points.insert(0, planned.first)
    points += [
        f"It leaves: {advice.leaves}, by {planned.by_when:%B %Y}",
        f"To say till then: “{gap.name} I cannot show in full yet; I am on it ({advice.lead}), and "
        "this post would complete it.”",
    ]
    return Section(
        f"{gap.name} ({gap.kind})",
        paragraphs=(
            f"{planned.n_ads} {ads} for it{insists}{f': {gap.note}' if gap.note else ''}.",
            *(f"“{quote}”" for quote in planned.quotes),
        ),
        points=tuple(points),
    )


def _story(story: Story) -> Section:
    strength = story.strength
    ads = "1 ad wants" if story.n_ads == 1 else f"{story.n_ads} ads want"
    gain = f" It gives them {strength.benefit}." if strength.benefit else ""
    builds = f" Why you want it: {strength.builds}." if strength.builds else ""
    points = [f"Your line: {story.proof}"]
    points += [f"Add the {part}: {_PROMPTS[part]}" for part in story.missing]
    return Section(strength.name, paragraphs=(f"{ads} it.{gain}{builds}",), points=tuple(points))


def _market(plan: Plan) -> Section:
    market = plan.market
    levels = ", ".join(f"{n} x L{int(level)} ({rungs()[level].name})" for level, n in market.levels)
    said = [f"The work: {levels}." if levels else "No level can be told."]
    for pay in market.pay:
        said.append(
            f"Pay in {pay.currency}, {pay.n_ads} ads: {pay.lowest:,.0f} to {pay.highest:,.0f} a "
            f"year, the middle at {pay.middle:,.0f}; of ranges the lower third."
        )
    if market.n_without_pay:
        said.append(f"{market.n_without_pay} ads state no pay that can be compared.")
    if market.years is not None:
        said.append(f"Where years are asked for, the middle is {market.years:g}.")
    rows = tuple((name, str(n), _STANDS[standing]) for name, n, standing in market.asked)
    return Section(
        "What these ads pay and ask",
        paragraphs=tuple(said),
        columns=("asked for", "ads", "you"),
        rows=rows,
    )
