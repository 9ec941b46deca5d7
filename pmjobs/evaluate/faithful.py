"""Whether the evidence is what moved the answer, and whether more of it ever lowers a level.

Comprehensiveness: how far the level's probability falls when the three spans that are quoted
first are taken out. Sufficiency: how far it falls when only the five first are left. Both beside
random sentences of the ad, the nearest in length. Directions: a larger budget, more years and a
higher reporting line are written into the ad; its level must not fall.
"""

import re
from collections.abc import Iterable, Sequence

import numpy as np

from pmjobs.evaluate.rounds import Study, look_at, probabilities_of
from pmjobs.level.contributions import contributions
from pmjobs.level.evidence import find_evidence
from pmjobs.level.reading import Reading, read
from pmjobs.level.training import SEED, Recipe

TAKEN_OUT, LEFT_IN = 3, 5
RANDOM_DRAWS = 3
Spans = Sequence[tuple[int, int]]
# Written before an ad's duties, from the lower to the higher.
RAISES = {
    "budget": [
        f"Hold the project's budget of ${amount}."
        for amount in ("200,000", "2 million", "20 million")
    ],
    "years": [
        f"At least {years} years of experience managing projects." for years in (2, 5, 8, 12)
    ],
    "reporting line": [
        f"The post reports to the {head}."
        for head in ("project manager", "programme manager", "director", "chief executive officer")
    ],
    "people": [
        "Nobody reports to the post.",
        "Line manage two project coordinators.",
        "Line manage a team of eight project managers.",
    ],
}


class Faithfulness:
    """Gathers, fold by fold, what the evidence of unseen ads is worth."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._random = np.random.default_rng(SEED)
        self._falls: dict[str, list[float]] = {}
        self._steps: dict[str, list[tuple[float, int]]] = {name: [] for name in RAISES}
        self._sums: list[float] = []

    def watch(self, recipe: Recipe, asked: Sequence[int]) -> None:
        """Try the ads `asked` with a model that has not seen them."""
        for i in asked:
            text = self._study.labels[i].ad.description
            self._try_evidence(recipe, text, self._study.reading(i))
            for name, lines in RAISES.items():
                raised = [read(f"Duties:\n{line}\n{text}") for line in lines]
                found = probabilities_of(recipe, raised)
                means = found @ np.arange(1, 8)
                levels = (found.cumsum(axis=1) < 0.5).sum(axis=1)
                self._steps[name] += zip(np.diff(means), np.diff(levels), strict=True)

    def evidence(self) -> dict[str, float]:
        """Return the mean falls in probability, and how far shares are from adding up."""
        means = {name: float(np.mean(falls)) for name, falls in self._falls.items()}
        return means | {
            "n": float(len(self._sums)),
            "sum_off_at_most": max(self._sums, default=0.0),
        }

    def directions(self) -> dict[str, dict[str, float]]:
        """Return for each raise its mean gain in levels and how often the level fell."""
        return {
            name: {
                "mean_gain": float(np.mean([gain for gain, _ in steps])),
                "level_fell": float(np.mean([step < 0 for _, step in steps])),
                "n": float(len(steps)),
            }
            for name, steps in self._steps.items()
            if steps
        }

    def _try_evidence(self, recipe: Recipe, text: str, reading: Reading) -> None:
        look = look_at(recipe, reading)
        moved = contributions(recipe.vocabulary.view(reading), look, recipe.level)
        total = moved.base + moved.sentences.sum() + sum(moved.facts.values())
        self._sums.append(abs(float(total) - recipe.level.score(look)))
        quotes = find_evidence(text, reading, look.reads, moved.sentences)
        spans = list(dict.fromkeys((quote.start, quote.end) for quote in quotes))
        if len(spans) < TAKEN_OUT:
            return
        others = [(s.start, s.end) for s in reading.sentences]
        before = probabilities_of(recipe, [reading])[0]
        level = int((before.cumsum() < 0.5).sum())
        first, five = spans[:TAKEN_OUT], spans[:LEFT_IN]
        texts = {
            "comprehensiveness": [blank(text, first)],
            "sufficiency": [only(text, five, others)],
        }
        draws = [(self._like(first, others), self._like(five, others)) for _ in range(RANDOM_DRAWS)]
        texts["comprehensiveness_random"] = [blank(text, out) for out, _ in draws]
        texts["sufficiency_random"] = [only(text, left, others) for _, left in draws]
        for name, changed in texts.items():
            found = probabilities_of(recipe, [read(one) for one in changed])[:, level]
            self._falls.setdefault(name, []).append(float(before[level] - found.mean()))

    def _like(self, spans: Spans, others: Spans) -> Spans:
        """As many random sentences as there are spans, each among the five nearest in length."""
        left, drawn = list(others), []
        for start, end in spans:
            left.sort(key=lambda other: abs(other[1] - other[0] - (end - start)))
            if left:
                drawn.append(left.pop(int(self._random.integers(min(5, len(left))))))
        return drawn


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return `text` with the spans blanked out.

    >>> blank("Plan it. Do it.", [(0, 8)])
    '         Do it.'
    """
    for start, end in spans:
        text = text[:start] + re.sub(r"\S", " ", text[start:end]) + text[end:]
    return text


def only(text: str, spans: Spans, sentences: Spans) -> str:
    """Return `text` with those sentences blanked out that no span touches."""
    gone = [
        (start, end)
        for start, end in sentences
        if not any(start < last and first < end for first, last in spans)
    ]
    return blank(text, gone)
