"""The rubric's last word on the top rung: L7 needs a mandate for the whole enterprise.

L7 is nearly absent from real ads, so the model knows it from invented ones and takes grand words
for it. The gate asks for what the rubric asks: strategy and an audience read near the top of
their scales, and words that put the post at the head of the whole house. Where they are missing,
the probability of L7 goes to L6. It reads the same duties as the model and can only lower.
"""

import re

import numpy as np

from pmjobs.ladder import Dimension
from pmjobs.level.model import OPINIONS, LevelScorer, Look
from pmjobs.level.reading import Reading
from pmjobs.level.vocabulary import Array

# Near the anchor 4 that the rubric asks for: the regressions draw extremes to the middle.
NEAR_TOP = 2.9
TOP_BOSS = 7.0  # the rank of a chief executive, a board or a minister
LEAST = 0.01  # probability of L7 below which there is nothing worth moving
_NEEDED = tuple(OPINIONS.index(d) for d in (Dimension.STRATEGIC, Dimension.STAKEHOLDERS))
_MANDATE = re.compile(
    r"\b(?:enterprise|group|company|organi[sz]ation|government|department)[- ]wide\b"
    r"|\b(?:whole|entire) (?:group|company|organi[sz]ation|enterprise|department|firm|government"
    r"|portfolio)\b|\b(?:enterprise|group|corporate|national) (?:portfolio|transformation)\b"
    r"|\b(?:member of|seat on|sit on|sits on|join) (?:the |our )?(?:executive|group) "
    r"(?:committee|team|board|leadership)\b"
    r"|\b(?:answer|answers|accountable|advise|advises) (?:directly )?(?:to )?(?:the )?"
    r"(?:ceo|chief executive|board|minister)\b"
)


def has_mandate(reading: Reading) -> bool:
    """Whether duties or requirements tell of a mandate for the whole enterprise."""
    if reading.boss and reading.boss.value >= TOP_BOSS:
        return True
    return any(
        _MANDATE.search(reading.lowered, sentence.start, sentence.end)
        for sentence in reading.sentences
    )


def gated_probabilities(scorer: LevelScorer, look: Look, reading: Reading) -> tuple[Array, bool]:
    """Return (seven probabilities, whether the gate of L7 was shut on any worth naming)."""
    probabilities = scorer.probabilities(look)
    if probabilities[6] < LEAST:
        return probabilities, False
    if min(look.opinions[column] for column in _NEEDED) >= NEAR_TOP and has_mandate(reading):
        return probabilities, False
    moved = np.array(probabilities)
    moved[5] += moved[6]
    moved[6] = 0.0
    return moved, True
