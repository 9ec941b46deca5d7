"""Facts as evidence: what each speaks for, and at which anchor of the rubric."""

from collections.abc import Mapping

from pmjobs.ladder import Dimension, Evidence
from pmjobs.level.model import USUAL
from pmjobs.level.reading import Reading
from pmjobs.level.stated import Stated

# From which value a fact stands for which anchor, the highest first. After levels.md, section 2,
# where it gives figures: years 2.9, budgets, months and projects 2.2, people 2.3. The rank of a
# boss is read as freedom: who answers to an executive is less supervised (2.5).
_ANCHORS = {
    Stated.YEARS: (Dimension.EXPERIENCE, ((10, 4.0), (5, 3.0), (3, 2.0), (1, 1.0))),
    Stated.BUDGET: (Dimension.SCOPE, ((1e7, 4.0), (1e6, 3.0), (1e5, 2.0), (0, 1.0))),
    Stated.TEAM: (Dimension.PEOPLE, ((40, 4.0), (10, 3.0), (2, 2.0), (1, 1.0))),
    Stated.PROJECTS: (Dimension.SCOPE, ((3, 3.0), (2, 2.0), (1, 1.0))),
    Stated.MONTHS: (Dimension.SCOPE, ((24, 4.0), (12, 3.0), (3, 2.0), (0, 1.0))),
    Stated.BOSS: (Dimension.AUTONOMY, ((6.5, 3.5), (5.5, 3.0), (3.5, 2.0), (0, 1.0))),
    Stated.MANAGERS: (Dimension.PEOPLE, ((1, 4.0),)),
    Stated.QUALIFICATION: (
        Dimension.QUALIFICATIONS,
        tuple((half / 2, half / 2) for half in range(8, -1, -1)),
    ),
}


def evidence_of_facts(
    text: str, reading: Reading, adds: Mapping[Stated, float]
) -> tuple[Evidence, ...]:
    """Return the words of each fact, the anchor it stands for and what it adds to the score.

    A strong fact may take away: £3m is a large project, and less than the usual, which the model
    takes where no sum is named. So each says on which side of the usual it stands.
    """
    found = []
    for kind in Stated:
        if (fact := reading.facts.get(kind)) is None:
            continue
        dimension, steps = _ANCHORS[kind]
        anchor = next((anchor for least, anchor in steps if fact.value >= least), 0.0)
        quote = text[fact.start : fact.end]
        share, side = round(adds[kind], 4), _side(fact.value, USUAL[kind][0])
        found.append(Evidence(dimension, anchor, quote, fact.start, fact.end, share, side))
    return tuple(found)


def _side(value: float, usual: float) -> str:
    return "below" if value < usual else "above" if value > usual else "at"
